"""The JSON Schema of scenario files, for editors and for the checks and explanations made from it."""

import json
from functools import cache
from typing import Any

from tabletop.scenario.scenario import Scenario

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@cache
def schema() -> dict[str, Any]:
    """The schema of a scenario file, with a description of every field and the unit of every number."""
    raw = Scenario.model_json_schema()
    definitions = raw["$defs"]
    for definition in definitions.values():
        _tidy(definition)
    _tidy(raw)
    for name, definition in definitions.items():
        if "family" in definition["properties"]:
            definitions[name] = _duration(definition)
    return {"$schema": DIALECT, **raw}


def _duration(mapping: dict[str, Any]) -> dict[str, Any]:
    """A Duration as files write it: pydantic sees only the mapping, files may give a number."""
    mean = mapping["properties"]["mean"]
    limits = {key: mean[key] for key in ("minimum", "maximum") if key in mean}
    number = {"type": "number", **limits, "description": "Always so much."}
    return {"description": mapping.pop("description"), "anyOf": [number, mapping]}


def _tidy(group: dict[str, Any]) -> None:
    """Takes out what repeats the key or the defaults further down, and what is meant for Python readers."""
    group.pop("title", None)
    for field in group.get("properties", {}).values():
        field.pop("title", None)
        if isinstance(field.get("default"), dict | list):
            del field["default"]
        if (
            "unit" in field
            and "description" in field
            and field["unit"] not in ("group", "list", "yes or no", "number")
        ):
            field["description"] = f"{field['description']} [{field['unit']}]"


def schema_text() -> str:
    """The schema as the text of a file."""
    return json.dumps(schema(), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
