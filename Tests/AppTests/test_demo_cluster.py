"""The rendered manifests, applied by the real kubectl to TodoTop's demo cluster."""

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
def kubectl():
    """Runs kubectl against an empty demo cluster."""
    command = [PROGRAM, "demo", "--serve", "0", "--scenario", "bare", "--speed", "10"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as demo:
        try:
            kubeconfig = next(line.split()[1] for line in demo.stdout if line.startswith("kubeconfig "))

            def run(*arguments, standard_input=None):
                return subprocess.run(
                    ["kubectl", "--kubeconfig", kubeconfig, "--namespace", "todo", *arguments],
                    input=standard_input,
                    capture_output=True,
                    text=True,
                    check=True,
                    timeout=60,
                ).stdout

            yield run
        finally:
            demo.terminate()


def test_every_object_is_accepted_and_every_pod_becomes_ready(kubectl):
    kubectl("create", "namespace", "todo")
    kubectl(
        "create",
        "secret",
        "generic",
        "todo-secrets",
        "--from-env-file=/dev/stdin",
        standard_input="DATABASE_URL=postgresql://demo:not-a-real-password@db.example.invalid/todo\n",
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


def contains(stored, wanted):
    """Whether everything wanted is stored; a cluster adds defaults."""
    if isinstance(wanted, dict):
        return isinstance(stored, dict) and all(key in stored and contains(stored[key], wanted[key]) for key in wanted)
    if isinstance(wanted, list):
        return len(stored) == len(wanted) and all(map(contains, stored, wanted))
    return stored == wanted
