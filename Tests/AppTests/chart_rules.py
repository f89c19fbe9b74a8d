"""What must hold of the chart. Each rule raises an AssertionError or a ChartError that names what is wrong."""

import re

from chart import CHART, CREATED, ChartError, at_path, default_values, leaves, merge, render, schema

REFERENCE = re.compile(r"\.Values((?:\.\w+)+)")


def every_used_value_is_defined(chart=CHART):
    values = default_values(chart)
    for template in sorted((chart / "templates").iterdir()):
        for match in REFERENCE.finditer(template.read_text()):
            found = values
            for key in match[1].strip(".").split("."):
                assert isinstance(found, dict) and key in found, (
                    f"{template.name} uses {match[0]}, which values.yaml lacks"
                )
                found = found[key]


def every_value_is_used(chart=CHART):
    """Another value gives another rendering, with the Secret that exists or with the created one."""
    bases = [{}, CREATED]
    texts = [render(chart, base) for base in bases]
    for path, value in leaves(default_values(chart)):
        changed = at_path(path, another(path, value, chart))
        renderings = zip(bases, texts, strict=True)
        assert any(_differs(chart, merge(base, changed), text) for base, text in renderings), (
            f"no template uses {'.'.join(path)}"
        )


def values_and_schema_name_the_same(chart=CHART):
    named, defined = (
        set(_schema_paths(schema(chart), schema(chart))),
        {path for path, _ in leaves(default_values(chart))},
    )
    assert named == defined, f"only in one of values.yaml and values.schema.json: {named ^ defined}"


def every_value_has_its_comment(chart=CHART):
    lines = (chart / "values.yaml").read_text().splitlines()
    for above, line in zip(["", *lines[:-1]], lines, strict=True):
        value = re.match(r" *(\w+): .", line)
        if value and value[1] not in ("requests", "limits"):  # said together, at resources
            assert above.strip().startswith("#"), f"{line.strip()} has no comment above it"


def another(path, value, chart=CHART):
    """A value that the schema allows at this place and that is not the given one."""
    rule = _rule(path, chart)
    if "enum" in rule:
        return next(choice for choice in rule["enum"] if choice != value)
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if path[-1] == "databaseUrl":
        return "postgresql://another.example.invalid/todo"
    return f"1{value}" if path[-1] in ("cpu", "memory") else f"{value}x"


def _differs(chart, values, text):
    try:
        return render(chart, values) != text
    except ChartError:
        return True  # a value that makes the chart refuse is looked at


def _rule(path, chart):
    document = rule = schema(chart)
    for key in path:
        rule = _resolved(rule, document).get("properties", {}).get(key, {})
    return rule


def _schema_paths(rule, document, path=()):
    for key, below in _resolved(rule, document).get("properties", {}).items():
        if _resolved(below, document).get("type") != "object":
            yield (*path, key)
        else:
            yield from _schema_paths(below, document, (*path, key))


def _resolved(rule, document):
    return document["definitions"][rule["$ref"].rsplit("/", 1)[1]] if "$ref" in rule else rule
