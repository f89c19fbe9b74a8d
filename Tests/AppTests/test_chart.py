"""The chart and its values, without a cluster."""

import os
import shutil
import subprocess
from collections import Counter

import chart_rules
import pytest
from chart import CHART, CREATED, MANIFESTS, ChartError, go_renderer, objects, render, render_with_helm

needs_renderer = pytest.mark.skipif(go_renderer() is None, reason="Go and its sprig library are not installed")

RULES = [
    chart_rules.every_used_value_is_defined,
    chart_rules.every_value_is_used,
    chart_rules.values_and_schema_name_the_same,
    chart_rules.every_value_has_its_comment,
]


@needs_renderer
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule_holds(rule):
    rule()


@needs_renderer
def test_the_chart_makes_exactly_these_objects():
    counts = Counter(kind for kind, _ in objects(render()))
    assert counts == {"Deployment": 2, "Service": 2, "Ingress": 1, "ConfigMap": 1, "PodDisruptionBudget": 2}
    assert Counter(kind for kind, _ in objects(render(values=CREATED))) == counts + Counter({"Secret": 1})


@needs_renderer
def test_the_manifests_are_what_the_templates_give():
    header, separator, rendered = MANIFESTS.read_text().partition("---\n")
    if separator + rendered != render():
        if "TODOTOP_RECORD" in os.environ:
            MANIFESTS.write_text(header + render())
        pytest.fail(f"{MANIFESTS.name} is stale; TODOTOP_RECORD=1 writes it anew")
    assert not any(kind == "Secret" for kind, _ in objects(rendered))


def break_unused_value(chart):
    append(chart / "values.yaml", "\nautoscaling:\n  # Nobody reads it.\n  enabled: true\n")
    replace(
        chart / "values.schema.json",
        '"global":',
        '"autoscaling": {"properties": {"enabled": {"type": "boolean"}}, "type": "object"}, "global":',
    )


def break_used_value(chart):
    replace(chart / "templates/service.yaml", "type: ClusterIP", "type: {{ .Values.frontend.serviceType }}")


def break_schema(chart):
    replace(chart / "values.schema.json", '"logLevel": {"enum"', '"level": {"enum"')


def break_template_syntax(chart):
    append(chart / "templates/configmap.yaml", "{{- if .Values.config.logLevel }}\n")


def break_yaml(chart):
    append(chart / "templates/configmap.yaml", "\tindented: by a tab\n")


def break_comment(chart):
    replace(chart / "values.yaml", "  # The name that people open.\n", "\n")


def break_object_name(chart):
    replace(chart / "templates/service.yaml", "}}-backend\n  namespace", "}}-frontend\n  namespace")


BREAKS = [
    (break_unused_value, "no template uses autoscaling.enabled"),
    (break_used_value, "service.yaml uses .Values.frontend.serviceType, which values.yaml lacks"),
    (break_schema, "config: Additional properties are not allowed ('logLevel'"),
    (break_template_syntax, "configmap.yaml:15: unexpected EOF"),
    (break_yaml, "configmap.yaml: error converting YAML to JSON"),
    (break_comment, "host: todo.local has no comment above it"),
    (break_object_name, "('Service', 'todo-frontend') is there twice"),
]


@needs_renderer
@pytest.mark.parametrize("damage, words", BREAKS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_broken_chart_is_noticed(damage, words, tmp_path):
    copy = tmp_path / "todo-app"
    shutil.copytree(CHART, copy)
    damage(copy)
    with pytest.raises((AssertionError, ChartError)) as error:
        for rule in RULES:
            rule(copy)
        objects(render(copy))
    assert words in str(error.value)


@needs_renderer
@pytest.mark.parametrize(
    "values, sentence",
    [
        (
            {"secrets": {"create": True}},
            'secrets.create is true and secrets.existingSecret is "todo-secrets": choose one',
        ),
        ({"secrets": {"existingSecret": ""}}, "The backend needs a Secret: set secrets.existingSecret to its name"),
        ({"secrets": {"create": True, "existingSecret": ""}}, "so secrets.databaseUrl is needed"),
        ({"secrets": {"databaseUrl": "mysql://host/todo"}}, "secrets.databaseUrl: 'mysql://host/todo' does not match"),
        ({"backend": {"image": {"tag": "latest"}}}, "backend.image.tag: 'latest' should not be valid"),
        ({"ingress": {"hostname": "todo.local"}}, "ingress: Additional properties are not allowed ('hostname'"),
        ({"frontend": {"replicas": "two"}}, "frontend.replicas: 'two' is not of type 'integer'"),
    ],
)
def test_wrong_values_are_refused_with_a_sentence(values, sentence):
    with pytest.raises(ChartError) as error:
        render(values=values)
    assert sentence in str(error.value)


@needs_renderer
def test_a_changed_setting_brings_new_backend_pods():
    def checksums(values):
        return objects(render(values=values))["Deployment", "todo-backend"]["spec"]["template"]["metadata"][
            "annotations"
        ]

    other_key = {"secrets": {**CREATED["secrets"], "openaiApiKey": "another"}}
    assert checksums({})["checksum/config"] != checksums({"config": {"logLevel": "debug"}})["checksum/config"]
    assert checksums(CREATED)["checksum/secret"] != checksums(other_key)["checksum/secret"]
    assert "checksum/secret" not in checksums({})


@pytest.mark.skipif(not shutil.which("helm"), reason="helm is not installed")
def test_helm_itself_agrees():
    subprocess.run(["helm", "lint", "--strict", CHART], check=True)
    assert objects(render_with_helm()) == objects(MANIFESTS.read_text())
    assert ("Secret", "todo-secrets") in objects(render_with_helm(values=CREATED))


def append(file, text):
    file.write_text(file.read_text() + text)


def replace(file, old, new):
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
