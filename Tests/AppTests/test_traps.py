"""Known mistakes of charts of this kind, each absent from ours."""

import re
import sys

import pytest
from chart import CREATED, MANIFESTS, PROJECT, objects, render
from conftest import BACKEND
from test_chart import needs_renderer

RESOURCES = PROJECT / "Resources"
SCRIPTS = sorted((RESOURCES / "infra/scripts").iterdir())

pytestmark = needs_renderer


@pytest.fixture(scope="module")
def rendered():
    return objects(render())


def pod(rendered, component):
    return rendered["Deployment", f"todo-{component}"]["spec"]["template"]["spec"]


def container(rendered, component):
    return pod(rendered, component)["containers"][0]


def test_the_backend_is_given_what_it_reads_and_reads_what_it_is_given(rendered):
    sys.path.insert(0, str(BACKEND))
    from todo_api.settings import VARIABLES

    given = {variable["name"] for variable in container(rendered, "backend")["env"]}
    given |= set(rendered["ConfigMap", "todo-config"]["data"])
    assert given == set(VARIABLES) - {"HOST", "PORT"}  # those two are the image's


def test_both_database_names_hold_one_value(rendered):
    sources = {variable["name"]: variable["valueFrom"] for variable in container(rendered, "backend")["env"]}
    assert sources["DATABASE_URL"] == sources["NEON_DB_URL"]
    assert "optional" not in sources["DATABASE_URL"]["secretKeyRef"]
    assert sources["OPENAI_API_KEY"]["secretKeyRef"]["optional"] is True


def test_no_path_is_rewritten_and_api_goes_to_the_backend(rendered):
    ingress = rendered["Ingress", "todo"]
    assert "annotations" not in ingress["metadata"] and ingress["spec"]["ingressClassName"] == "nginx"
    paths = ingress["spec"]["rules"][0]["http"]["paths"]
    assert [(path["path"], path["pathType"], path["backend"]["service"]["name"]) for path in paths] == [
        ("/api", "Prefix", "todo-backend"),
        ("/", "Prefix", "todo-frontend"),
    ]


def test_every_reference_leads_somewhere(rendered):
    for component in ("frontend", "backend"):
        service = rendered["Service", f"todo-{component}"]["spec"]
        labels = rendered["Deployment", f"todo-{component}"]["spec"]["template"]["metadata"]["labels"]
        assert service["selector"].items() <= labels.items()
        assert service["ports"][0]["targetPort"] == container(rendered, component)["ports"][0]["name"]
        assert rendered["PodDisruptionBudget", f"todo-{component}"]["spec"]["selector"]["matchLabels"] == {
            "app": f"todo-{component}"
        }
    assert container(rendered, "backend")["envFrom"] == [{"configMapRef": {"name": "todo-config"}}]


def test_nothing_claims_to_be_helms_before_helm_made_it():
    # Helm adds the label and its annotations itself; in a manifest they would stop a later helm install.
    assert "managed-by" not in MANIFESTS.read_text() and "meta.helm.sh" not in MANIFESTS.read_text()
    created = objects(render(values=CREATED))["Secret", "todo-secrets"]
    assert set(created["stringData"]) == {"DATABASE_URL", "OPENAI_API_KEY", "BETTER_AUTH_SECRET"}


def test_the_page_reads_no_variable(rendered):
    assert "env" not in container(rendered, "frontend") and "envFrom" not in container(rendered, "frontend")
    for source in (RESOURCES / "app/frontend/src").rglob("*.*"):
        assert not re.search(r"process\.env|import\.meta\.env|NEXT_PUBLIC", source.read_text())


def test_a_rollout_takes_nothing_away(rendered):
    for component in ("frontend", "backend"):
        spec = rendered["Deployment", f"todo-{component}"]["spec"]
        assert spec["replicas"] >= 2
        assert spec["strategy"]["rollingUpdate"] == {"maxSurge": 1, "maxUnavailable": 0}
        sleep = container(rendered, component)["lifecycle"]["preStop"]["exec"]["command"]
        assert (
            sleep[0] == "sleep" and 0 < int(sleep[1]) < pod(rendered, component)["terminationGracePeriodSeconds"] - 20
        )
        assert rendered["PodDisruptionBudget", f"todo-{component}"]["spec"]["minAvailable"] == 1


def test_probes_and_resources_are_as_required(rendered):
    wanted = {
        "frontend": ("/healthz", "/healthz", {"cpu": "200m", "memory": "256Mi"}),
        "backend": ("/health/ready", "/health/live", {"cpu": "300m", "memory": "512Mi"}),
    }
    for component, (ready, live, amounts) in wanted.items():
        its = container(rendered, component)
        assert (its["readinessProbe"]["httpGet"]["path"], its["readinessProbe"]["periodSeconds"]) == (ready, 5)
        assert (its["livenessProbe"]["httpGet"]["path"], its["livenessProbe"]["periodSeconds"]) == (live, 10)
        assert its["resources"] == {"requests": amounts, "limits": amounts}


def test_pods_may_do_little(rendered):
    for component in ("frontend", "backend"):
        assert pod(rendered, component)["securityContext"]["runAsNonRoot"] is True
        assert pod(rendered, component)["automountServiceAccountToken"] is False
        assert container(rendered, component)["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }


def test_images_are_found_where_they_are_loaded_to(rendered):
    for component in ("frontend", "backend"):
        its = container(rendered, component)
        assert its["imagePullPolicy"] == "IfNotPresent" and its["image"] == f"todo-{component}:v1.0.0"


@pytest.mark.parametrize(
    "mistake",
    [
        r'command -v "docker ai"',
        r"[Hh]ealth score|/100",
        r"kubectl wait|cluster wait",
        r"todo\.local/health",
        r"--set .*[Uu]rl=",
    ],
)
def test_no_script_or_note_makes_a_known_mistake(mistake):
    texts = [*SCRIPTS, RESOURCES / "infra/helm/todo-app/templates/NOTES.txt", MANIFESTS]
    assert not [path.name for path in texts if re.search(mistake, path.read_text())]
