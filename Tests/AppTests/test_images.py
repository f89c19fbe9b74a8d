"""The images' recipes, as far as they can be judged without an engine: nothing here builds or runs them."""

import json
import re

import pytest
from chart import PROJECT, objects, render
from test_chart import needs_renderer

RESOURCES = PROJECT / "Resources"
COMPONENTS = ["frontend", "backend"]


def instructions(component):
    """The instructions of a Dockerfile: (word, rest) each, continued lines joined."""
    text = (RESOURCES / f"infra/docker/{component}/Dockerfile").read_text()
    text = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ")
    return [tuple(line.split(None, 1)) for line in text.splitlines() if line.strip()]


def given(component, word):
    return [rest for first, rest in instructions(component) if first == word]


@pytest.mark.parametrize("component", COMPONENTS)
def test_each_base_image_has_its_version(component):
    bases = given(component, "FROM")
    assert len(bases) == {"frontend": 2, "backend": 1}[component]
    for base in bases:
        image, _, tag = base.split()[0].partition(":")
        assert re.match(r"\d+(\.\d+)?-(slim|alpine)$", tag), f"{image} has no fixed small version"


@pytest.mark.parametrize("component, user", [("frontend", "101"), ("backend", "1000")])
def test_nothing_runs_as_root_and_the_chart_names_the_same_user(component, user):
    assert given(component, "USER")[-1] == user
    words = [word for word, _ in instructions(component)]
    assert "RUN" not in words[words.index("USER") :]


@pytest.mark.parametrize("component, port, path", [("frontend", 8080, "/healthz"), ("backend", 8000, "/health/live")])
def test_each_image_looks_after_its_health(component, port, path):
    assert given(component, "EXPOSE") == [str(port)]
    options, command = given(component, "HEALTHCHECK")[0].split("CMD ")
    assert "--interval=10s" in options and f"127.0.0.1:{port}{path}" in json.loads(command)[-1]


@pytest.mark.parametrize("component", COMPONENTS)
def test_no_secret_is_in_an_image(component):
    text = " ".join(rest for word, rest in instructions(component) if word in ("ENV", "ARG"))
    assert not re.search(r"_KEY|SECRET|TOKEN|PASSWORD|_URL", text)
    ignored = (RESOURCES / f"app/{component}/.dockerignore").read_text().splitlines()
    assert {".env", "node_modules", ".git"} <= set(ignored)


@pytest.mark.parametrize("component", COMPONENTS)
def test_what_is_copied_is_there(component):
    for copied in given(component, "COPY"):
        *sources, _ = copied.split()
        if not sources[0].startswith("--from"):
            for source in sources:
                assert (RESOURCES / "app" / component / source).exists(), copied


@needs_renderer
@pytest.mark.parametrize("component", COMPONENTS)
def test_the_chart_agrees_with_the_image(component):
    pod = objects(render())["Deployment", f"todo-{component}"]["spec"]["template"]["spec"]
    assert str(pod["securityContext"]["runAsUser"]) == given(component, "USER")[-1]
    assert str(pod["containers"][0]["ports"][0]["containerPort"]) == given(component, "EXPOSE")[0]
