"""The format of scenario files: what its schema says of every field."""

import json
from pathlib import Path

import pytest

from tabletop.scenario.fields import Field, Limits
from tabletop.scenario.policy import LEVERS
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.schema import schema, schema_text
from tabletop.scenario.source import shipped

GROUPS = {"scenario": schema(), **schema()["$defs"]}
FIELDS = [
    (f"{name}.{key}", field)
    for name, group in GROUPS.items()
    for option in (group, *group.get("anyOf", ()))
    for key, field in option.get("properties", {}).items()
]


def is_numeric(field):
    options = field.get("anyOf", [field])
    return any(option.get("type") in ("number", "integer") for option in options)


@pytest.mark.parametrize(("name", "field"), FIELDS, ids=[name for name, _ in FIELDS])
def test_every_field_says_what_it_is_and_every_number_its_unit(name, field):
    assert field["description"].removesuffix("]").rstrip()
    assert "." in field["description"], "it is a sentence"
    if is_numeric(field) or str(field.get("$ref", "")).endswith("Duration"):
        assert field["unit"], name


def test_every_group_says_what_it_is():
    assert all(group["description"] for group in GROUPS.values())


def test_every_lever_and_condition_tells_its_default_and_source():
    for lever in LEVERS.values():
        field = Field.root().at(("policy_mixes", "any", lever.pillar, lever.name))
        assert field is not None
        assert (field.unit, field.default, field.source) == (lever.unit, lever.default, "assumption")
    preparation = Field.root().at(("conditions", "threat", "preparation"))
    assert preparation is not None
    assert preparation.source.startswith("Kaplan")


def test_a_duration_may_be_a_number_or_a_mapping():
    number, mapping = schema()["$defs"]["Duration"]["anyOf"]
    assert (number["type"], mapping["type"]) == ("number", "object")


def test_unknown_keys_are_errors_for_editors_too():
    closed = [group for group in GROUPS.values() if "properties" in group]
    assert all(group["additionalProperties"] is False for group in closed)


def test_the_schema_is_plain_json():
    assert json.loads(schema_text()) == schema()


def test_the_committed_schema_is_current():
    committed = next(iter(shipped().values())).with_name("schema.json")
    assert committed.read_text("utf-8") == schema_text(), "tabletop schema --out scenarios/schema.json"


@pytest.mark.parametrize("file", shipped().values(), ids=shipped())
def test_shipped_files_name_the_schema_for_editors(file: Path):
    assert file.read_text("utf-8").startswith("# yaml-language-server: $schema=schema.json\n")


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(0, 1), "in [0, 1]"),
        (Limits(0, 1, above=True), "in (0, 1]"),
        (Limits(0, 2**63, below=True), "in [0, 9223372036854775808)"),
        (Limits(0), "0 or more"),
        (Limits(0, above=True), "above 0"),
        (Limits(high=3), "3 or less"),
        (Limits(high=3, below=True), "below 3"),
        (Limits(), ""),
    ],
)
def test_limits_are_told_in_words(limits, words):
    assert str(limits) == words


def test_a_path_that_the_format_lacks_has_no_field():
    assert Field.root().at(("conditions", "weather")) is None
    assert Field.root().at(("title", 0, "x")) is None
    assert set(Field.root().names) == set(Scenario.model_fields)
