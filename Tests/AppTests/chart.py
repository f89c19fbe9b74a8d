"""The chart, rendered: values checked against their schema as Helm does, then the templates executed."""

import copy
import json
import os
import shutil
import subprocess
from pathlib import Path

import jsonschema
import yaml

PROJECT = Path(__file__).resolve().parents[2]
CHART = PROJECT / "Resources/infra/helm/todo-app"
MANIFESTS = PROJECT / "Resources/infra/manifests/todo.yaml"
GO_LIBRARIES = Path("/usr/share/gocode")

# Values with which the chart makes the Secret itself.
CREATED = {
    "secrets": {
        "create": True,
        "existingSecret": "",
        "databaseUrl": "postgresql://someone:something@db.example.invalid/todo",
        "openaiApiKey": "not-a-real-key",
        "betterAuthSecret": "not-a-real-secret",
    }
}


class ChartError(Exception):
    """The chart cannot be rendered; the text is what a person would read."""


def go_renderer():
    """The renderer of this folder, built once; None where Go or the libraries are missing."""
    if not shutil.which("go") or not (GO_LIBRARIES / "src/github.com/Masterminds/sprig").is_dir():
        return None
    program = PROJECT / ".build/render"
    source = Path(__file__).with_name("render.go")
    if not program.exists() or program.stat().st_mtime < source.stat().st_mtime:
        environment = {**os.environ, "GO111MODULE": "off", "GOPATH": str(GO_LIBRARIES), "GOFLAGS": ""}
        subprocess.run(["go", "build", "-o", program, source], check=True, env=environment)
    return program


def render(chart=CHART, values=None):
    """The text of all objects, as the release todo in the namespace todo."""
    check_schema(chart, values)
    command = [go_renderer(), "-release", "todo", "-namespace", "todo", "-values", "-", chart]
    return _output(command, values)


def render_with_helm(chart=CHART, values=None):
    return _output(["helm", "template", "todo", chart, "--namespace", "todo", "--values", "-"], values)


def objects(text):
    """The objects of a rendering by kind and name."""
    found = {}
    for document in yaml.safe_load_all(text):
        if document:
            key = (document["kind"], document["metadata"]["name"])
            assert key not in found, f"{key} is there twice"
            found[key] = document
    return found


def default_values(chart=CHART):
    return yaml.safe_load((chart / "values.yaml").read_text())


def schema(chart=CHART):
    return json.loads((chart / "values.schema.json").read_text())


def check_schema(chart, values):
    merged = merge(default_values(chart), values or {})
    try:
        jsonschema.validate(merged, schema(chart), jsonschema.Draft7Validator)
    except jsonschema.ValidationError as error:
        raise ChartError(f"{'.'.join(map(str, error.absolute_path))}: {error.message}") from None


def merge(older, newer):
    merged = copy.deepcopy(older)
    for key, value in newer.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = merge(merged[key], value) if both else value
    return merged


def leaves(values, path=()):
    """Each value that is no map, with its path."""
    for key, value in values.items():
        if isinstance(value, dict):
            yield from leaves(value, (*path, key))
        else:
            yield (*path, key), value


def at_path(path, value):
    for key in reversed(path):
        value = {key: value}
    return value


def _output(command, values):
    outcome = subprocess.run(command, input=yaml.safe_dump(values or {}), capture_output=True, text=True)
    if outcome.returncode:
        raise ChartError(outcome.stderr.strip())
    return outcome.stdout
