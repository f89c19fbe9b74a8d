"""The scripts, with stand-ins for docker, minikube, helm, kubectl and todotop that write down how they were called."""

import subprocess

import pytest
from chart import PROJECT
from stand_ins import Programs

RESOURCES = PROJECT / "Resources"
SCRIPTS = RESOURCES / "infra/scripts"
NAMES = sorted(path.name for path in SCRIPTS.iterdir() if path.name != "common.sh")
SECRETS = "DATABASE_URL=postgresql://todo:hunter2@db.example.invalid/todo\nOPENAI_API_KEY=sk-hunter2\n"

SETUP = [
    "minikube start --profile minikube --cpus 4 --memory 4096",
    "minikube addons enable ingress --profile minikube",
    "minikube addons enable metrics-server --profile minikube",
    "kubectl --context minikube rollout status deployment/ingress-nginx-controller --namespace ingress-nginx"
    " --timeout 180s",
]
BUILD = [
    f"docker build --file {RESOURCES}/infra/docker/frontend/Dockerfile --tag todo-frontend:v1.0.0"
    f" {RESOURCES}/app/frontend",
    "docker image inspect --format {{.Size}} todo-frontend:v1.0.0",
    f"docker build --file {RESOURCES}/infra/docker/backend/Dockerfile --tag todo-backend:v1.0.0"
    f" {RESOURCES}/app/backend",
    "docker image inspect --format {{.Size}} todo-backend:v1.0.0",
]
LOAD = [
    "minikube image load todo-frontend:v1.0.0 --profile minikube",
    "minikube image load todo-backend:v1.0.0 --profile minikube",
    "minikube image ls --profile minikube",
]
STORE = [
    "kubectl --context minikube get namespace todo",
    "kubectl --context minikube get secret todo-secrets --namespace todo --ignore-not-found --output"
    r" jsonpath={.metadata.annotations.meta\.helm\.sh/release-name}",
    "kubectl --context minikube create secret generic todo-secrets --namespace todo --from-env-file=/dev/stdin"
    " --dry-run=client --output yaml",
    "kubectl --context minikube apply --server-side --force-conflicts --field-manager todo-secrets --filename -",
]
CHECK_SECRET = (
    "kubectl --context minikube get secret todo-secrets --namespace todo --ignore-not-found --output"
    " go-template={{if .data.DATABASE_URL}}found{{end}}"
)
FOLLOW = [
    "kubectl --context minikube rollout status deployment/todo-frontend --namespace todo --timeout 180s",
    "kubectl --context minikube rollout status deployment/todo-backend --namespace todo --timeout 180s",
]
FIND_HOST = [
    "kubectl --context minikube get ingress todo --namespace todo --ignore-not-found --output"
    " jsonpath={.spec.rules[0].host}",
    "kubectl config view --minify --context minikube --output jsonpath={.clusters[0].cluster.server}",
    "minikube ip --profile minikube",
]


def install(undo, *more):
    chart = RESOURCES / "infra/helm/todo-app"
    command = f"helm upgrade --install todo {chart} --kube-context minikube --namespace todo --create-namespace {undo}"
    return " ".join([command, "--wait --timeout 5m", *more])


@pytest.fixture
def programs(tmp_path):
    return Programs(tmp_path)


def succeed(programs, name, *arguments, **options):
    outcome = programs.run(SCRIPTS / name, *arguments, **options)
    assert outcome.returncode == 0, outcome.stderr
    return outcome


def refuse(programs, name, *arguments, **options):
    outcome = programs.run(SCRIPTS / name, *arguments, **options)
    assert outcome.returncode == 1
    return outcome.stderr


@pytest.mark.parametrize("name", NAMES)
def test_every_script_says_what_it_does(programs, name):
    outcome = succeed(programs, name, "--help")
    assert outcome.stdout.splitlines()[0].endswith(".") and f"\n  {name}" in outcome.stdout
    assert programs.calls == [] and outcome.stderr == ""
    text = (SCRIPTS / name).read_text()
    assert text.startswith("#!/usr/bin/env bash\n# ") and "\nset -euo pipefail\n" in text


def test_minikube_is_started_with_its_addons(programs):
    succeed(programs, "minikube-setup")
    assert programs.calls == SETUP
    succeed(programs, "minikube-setup", MINIKUBE_DRIVER="docker", MINIKUBE_CPUS="2", MINIKUBE_MEMORY="3000")
    assert programs.calls[0] == "minikube start --profile minikube --driver docker --cpus 2 --memory 3000"


def test_both_images_are_built_and_measured(programs):
    outcome = succeed(programs, "build")
    assert programs.calls == BUILD
    assert "todo-frontend:v1.0.0: 52 MB, built in " in outcome.stderr and "not under" not in outcome.stderr
    programs.answers[BUILD[3]] = "200000000"
    assert "todo-backend:v1.0.0 is not under its 200 MB." in succeed(programs, "build").stderr
    programs.answers = {BUILD[0].split(" --tag")[0]: 1}
    assert programs.run(SCRIPTS / "build").returncode == 1 and len(programs.calls) == 1


def test_both_images_are_loaded_and_looked_for(programs):
    succeed(programs, "load")
    assert programs.calls == LOAD
    programs.answers["minikube image ls"] = "docker.io/library/todo-frontend:v1.0.0\nother/todo-backend:v1.0.0-rc1"
    assert "todo-backend:v1.0.0 did not arrive in Minikube; build it first" in refuse(programs, "load")


def test_secrets_are_stored_from_standard_input_alone(programs):
    outcome = succeed(programs, "secrets", given=f"# a comment\n\n{SECRETS}")
    assert programs.calls == STORE
    assert programs.records[2]["input"] == SECRETS
    assert "hunter2" not in " ".join(programs.calls) + outcome.stdout.replace(SECRETS, "") + outcome.stderr


def test_the_namespace_is_made_where_it_is_missing(programs):
    programs.answers[STORE[0]] = 1
    succeed(programs, "secrets", given=SECRETS)
    assert programs.calls[1] == "kubectl --context minikube create namespace todo"


@pytest.mark.parametrize(
    "given, words",
    [
        ("", "DATABASE_URL is needed"),
        ("OPENAI_API_KEY=sk-hunter2\n", "DATABASE_URL is needed"),
        ("DATABASE_URL=mysql://hunter2\n", "DATABASE_URL must begin with postgresql://."),
        (f"{SECRETS}PASSWORD=hunter2\n", "a line begins with none of these names"),
        ("hunter2\n", "a line begins with none of these names"),
        (f"{SECRETS}BETTER_AUTH_SECRET=\n", "BETTER_AUTH_SECRET has no value"),
    ],
)
def test_wrong_secrets_are_refused_before_anything_is_called(programs, given, words):
    said = refuse(programs, "secrets", given=given)
    assert words in said and "hunter2" not in said and programs.calls == []


def test_secrets_are_never_taken_as_arguments(programs):
    assert "takes no arguments" in refuse(programs, "secrets", SECRETS)
    said = refuse(programs, "deploy", "--set", "secrets.databaseUrl=postgresql://hunter2")
    assert "can be read by others" in said and "hunter2" not in said and programs.calls == []


def test_a_secret_of_helm_is_left_to_helm(programs):
    programs.answers[STORE[1]] = "todo"
    assert "belongs to the Helm release todo" in refuse(programs, "secrets", given=SECRETS)
    assert programs.calls == STORE[:2]


@pytest.mark.parametrize("version, undo", [("v3.12.0", "--atomic"), ("v4.0.1", "--rollback-on-failure")])
def test_each_helm_is_told_in_its_own_words_to_undo_a_failure(programs, version, undo):
    programs.answers["helm version"] = version
    succeed(programs, "deploy")
    assert programs.calls == [CHECK_SECRET, "helm version --template {{.Version}}", install(undo), *FOLLOW]
    succeed(programs, "deploy", "--set", "ingress.className=traefik")
    assert programs.calls[1] == install(undo, "--set", "ingress.className=traefik")


def test_without_helm_the_manifests_are_applied(programs):
    (programs.folder / "helm").unlink()
    succeed(programs, "deploy", "--without-helm")
    apply = f"kubectl --context minikube apply --server-side --filename {RESOURCES}/infra/manifests/todo.yaml"
    assert programs.calls == [CHECK_SECRET, apply, *FOLLOW]
    assert "rendered for the namespace todo" in refuse(programs, "deploy", "--without-helm", TODO_NAMESPACE="other")


def test_nothing_is_deployed_without_its_secret(programs):
    del programs.answers[CHECK_SECRET.split("={{")[0]]
    for arguments in ([], ["--without-helm"]):
        assert "no Secret todo-secrets with DATABASE_URL" in refuse(programs, "deploy", *arguments)
        assert programs.calls == [CHECK_SECRET]


def test_the_hosts_line_names_the_node_or_this_machine(programs):
    outcome = succeed(programs, "hosts")
    assert programs.calls == FIND_HOST and outcome.stdout == "192.168.49.2 todo.local\n"
    for server in ("https://127.0.0.1:55000", "https://localhost:8443"):
        programs.answers["kubectl config view"] = server
        outcome = succeed(programs, "hosts")
        assert outcome.stdout == "127.0.0.1 todo.local\n" and "minikube tunnel --profile minikube" in outcome.stderr
    del programs.answers["kubectl --context minikube get ingress"]
    assert "there is no Ingress todo" in refuse(programs, "hosts")


def test_cleanup_asks_first(programs):
    assert "nothing was deleted" in refuse(programs, "cleanup", given="n\n") and programs.calls == []
    assert "nothing was deleted" in refuse(programs, "cleanup") and programs.calls == []
    succeed(programs, "cleanup", given="y\n")
    of_release = "--kube-context minikube --namespace todo"
    removal = [
        f"helm status todo {of_release}",
        f"helm uninstall todo {of_release} --wait --timeout 2m",
        "kubectl --context minikube delete namespace todo --ignore-not-found --timeout 120s",
    ]
    assert programs.calls == removal
    succeed(programs, "cleanup", "--yes", "--minikube")
    assert programs.calls == [*removal, "minikube delete --profile minikube"]
    programs.answers["helm status"] = 1
    succeed(programs, "cleanup", "--yes")
    assert programs.calls == [removal[0], removal[2]]


HAS_SECRET = "kubectl --context minikube get secret todo-secrets --namespace todo"
PREREQUISITES = [
    "docker version --format {{.Server.Version}}",
    "minikube version --short",
    "helm version --template {{.Version}}",
]
CHECK = "todotop check --context minikube --namespace todo"


def test_quickstart_goes_all_eight_steps(programs):
    programs.answers = {CHECK_SECRET: "found", STORE[1]: "", HAS_SECRET: 1, **programs.answers}
    outcome = succeed(programs, "quickstart", given=SECRETS)
    deployed = [CHECK_SECRET, "helm version --template {{.Version}}", install("--atomic"), *FOLLOW]
    steps = [PREREQUISITES, SETUP, BUILD, LOAD, [HAS_SECRET], STORE, deployed, FIND_HOST, [CHECK]]
    assert programs.calls == [call for step in steps for call in step]
    assert "hunter2" not in " ".join(programs.calls) and "step 8 of 8" in outcome.stderr
    assert any(record["input"] == SECRETS for record in programs.records)


def test_quickstart_keeps_a_secret_and_ends_as_the_check_does(programs):
    programs.answers[CHECK] = 1
    outcome = programs.run(SCRIPTS / "quickstart")
    assert outcome.returncode == 1 and "is there and stays as it is" in outcome.stderr and programs.calls[-1] == CHECK
    assert not any("create secret" in call for call in programs.calls)


@pytest.mark.parametrize("missing, version", [("docker", None), ("minikube", "v1.31.2"), ("helm", "v3.11.3")])
def test_quickstart_begins_nothing_that_cannot_end(programs, missing, version):
    if version:
        programs.answers[f"{missing} version"] = programs.answers[f"{missing} version --short"] = version
        assert f"{missing.capitalize()} {version[1:]} is too old" in refuse(programs, "quickstart", given=SECRETS)
    else:
        programs.answers["docker version"] = 1
        assert "Docker does not answer" in refuse(programs, "quickstart", given=SECRETS)
    assert not any(call.startswith(("minikube start", "docker build")) for call in programs.calls)


def test_a_missing_program_is_named_with_the_place_to_get_it(programs):
    (programs.folder / "minikube").unlink()
    assert "minikube is missing; install it from https://minikube.sigs.k8s.io" in refuse(programs, "load")


def test_shellcheck_finds_nothing():
    scripts = [*SCRIPTS.iterdir(), PROJECT / "script/setup", PROJECT / "script/test-app"]
    subprocess.run(["shellcheck", "--external-sources", "--source-path=SCRIPTDIR", *scripts], check=True)
