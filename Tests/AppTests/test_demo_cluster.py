"""The rendered manifests, applied by the real kubectl to TodoTop's demo cluster."""

import base64
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from chart import MANIFESTS, PROJECT, objects

PROGRAM = Path(os.environ.get("TODOTOP_BINARY") or PROJECT / ".build/debug/todotop")

pytestmark = [
    pytest.mark.skipif(not PROGRAM.exists(), reason="TodoTop is not built: run script/build, or set TODOTOP_BINARY"),
    pytest.mark.skipif(not shutil.which("kubectl"), reason="kubectl is not installed"),
]


@pytest.fixture
def kubeconfig():
    """The kubeconfig of an empty demo cluster."""
    command = [PROGRAM, "demo", "--serve", "0", "--scenario", "bare", "--speed", "10"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as demo:
        try:
            yield next(line.split()[1] for line in demo.stdout if line.startswith("kubeconfig "))
        finally:
            demo.terminate()


@pytest.fixture
def kubectl(kubeconfig):
    def run(*arguments, given=None):
        command = ["kubectl", "--kubeconfig", kubeconfig, "--namespace", "todo", *arguments]
        return subprocess.run(command, input=given, capture_output=True, text=True, check=True, timeout=60).stdout

    return run


def test_every_object_is_accepted_and_every_pod_becomes_ready(kubectl):
    kubectl("create", "namespace", "todo")
    kubectl(
        "create",
        "secret",
        "generic",
        "todo-secrets",
        "--from-env-file=/dev/stdin",
        given="DATABASE_URL=postgresql://demo:not-a-real-password@db.example.invalid/todo\n",
    )
    wanted = objects(MANIFESTS.read_text())

    applied = kubectl("apply", "--server-side", "--dry-run=none", "-f", MANIFESTS)
    assert applied.count("serverside-applied") == len(wanted)

    for name in ("todo-frontend", "todo-backend"):
        assert "successfully rolled out" in kubectl("rollout", "status", f"deployment/{name}", "--timeout=50s")
    pods = json.loads(kubectl("get", "pods", "-o", "json"))["items"]
    assert len(pods) == 4
    for pod in pods:
        conditions = {condition["type"]: condition["status"] for condition in pod["status"]["conditions"]}
        assert conditions["Ready"] == "True"
    slices = json.loads(kubectl("get", "endpointslices", "-o", "json"))["items"]
    ready = [endpoint for part in slices for endpoint in part["endpoints"] if endpoint["conditions"]["ready"]]
    assert len(ready) == 4

    again = kubectl("apply", "--server-side", "--dry-run=none", "-f", MANIFESTS)
    assert again == applied
    for (kind, name), object in wanted.items():
        stored = json.loads(kubectl("get", kind, name, "-o", "json"))
        assert contains(stored.get("spec") or stored["data"], object.get("spec") or object["data"]), (kind, name)


def test_the_scripts_deploy_with_the_real_kubectl(kubeconfig, kubectl):
    context = kubectl("config", "current-context").strip()

    def script(name, *arguments, given=""):
        environment = {**os.environ, "KUBECONFIG": kubeconfig, "TODO_CONTEXT": context}
        command = [PROJECT / "Resources/infra/scripts" / name, *arguments]
        return subprocess.run(command, env=environment, input=given, capture_output=True, text=True, timeout=120)

    assert "no Secret todo-secrets with DATABASE_URL" in script("deploy", "--without-helm").stderr
    for password in ("first", "second"):
        stored = script("secrets", given=f"DATABASE_URL=postgresql://demo:{password}@db.example.invalid/todo\n")
        assert stored.returncode == 0, stored.stderr
    key = base64.b64decode(kubectl("get", "secret", "todo-secrets", "-o", "jsonpath={.data.DATABASE_URL}"))
    assert key == b"postgresql://demo:second@db.example.invalid/todo"
    deployed = script("deploy", "--without-helm")
    assert deployed.returncode == 0 and "Deployed in " in deployed.stderr, deployed.stderr
    assert script("hosts").stdout == "127.0.0.1 todo.local\n"
    removed = script("cleanup", "--yes")
    assert removed.returncode == 0, removed.stderr
    assert kubectl("get", "namespaces", "todo", "--ignore-not-found") == ""


def contains(stored, wanted):
    """Whether everything wanted is stored; a cluster adds defaults."""
    if isinstance(wanted, dict):
        return isinstance(stored, dict) and all(key in stored and contains(stored[key], wanted[key]) for key in wanted)
    if isinstance(wanted, list):
        return len(stored) == len(wanted) and all(map(contains, stored, wanted))
    return stored == wanted
