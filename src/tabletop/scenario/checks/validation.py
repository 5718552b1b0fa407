"""Pydantic's validation errors, in sentences that say what would be right."""

import re
from collections.abc import Iterator
from math import isfinite
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from tabletop.scenario.fields import Field
from tabletop.scenario.policy import LEVERS, PILLARS
from tabletop.scenario.words import MOST, clipped, nearest, number, shown
from tabletop.scenario.yaml_document import Fault, Path

NO_UNITS = ("yes or no", "list", "group", "number")
"""What the format says of fields that are measured in nothing."""
_NAME = "begin with a letter, then letters, digits, '-' and '_', 40 characters at most"
_SHAPES = {
    r"^[A-Z][A-Z0-9]{0,3}$": (
        "is not a code; write a capital, then capitals and digits, 4 characters at most, as D3"
    ),
    r"^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,3}$": (
        "is not a language tag; write a code of two or three letters, as en, fr or ar, or with a region or "
        "script, as pt-BR"
    ),
}
"""What to say of a text that does not match one of these patterns."""


def faults(error: ValidationError, data: Any) -> Iterator[Fault]:
    """One fault for each thing that pydantic found in a file's data, at the path where the file has it."""
    seen: set[Path] = set()
    for detail in error.errors(include_url=False):
        # of a list whose items are wrong pydantic says that it is short of right ones, too
        if detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]:
            continue
        path = _path(detail, data)
        message = _message(detail, path)
        # the branches of a union complain one by one about one value
        if path in seen and detail["loc"][-1] in ("float", "bool"):
            continue
        seen.add(path)
        yield Fault(path, message)


def _path(detail: ErrorDetails, data: Any) -> Path:
    """Where the file has it: what pydantic adds for its own unions and keys is not in the file."""
    path: Path = ()
    here: Any = data
    for key in detail["loc"]:
        item = isinstance(here, list) and isinstance(key, int)
        entry = isinstance(here, dict) and key in here
        if item or entry:
            here = here[key]
        elif detail["type"] == "missing" and isinstance(here, dict):
            pass
        else:
            break
        path = (*path, key)
    return path


def _message(detail: ErrorDetails, path: Path) -> str:  # noqa: PLR0911 - one sentence each
    kind, value = detail["type"], detail["input"]
    field = Field.root().at(path)
    match kind:
        case "missing":
            return f"missing; {_wanted(field)}" if field else "missing"
        case "extra_forbidden":
            return unknown_key(path)
        case "value_error":
            message = str(detail["msg"]).removeprefix("Value error, ")
            return f"{shown(value)} {message}" if message.startswith(("is ", "has ", "shows ")) else message
        case "string_pattern_mismatch":
            return f"{shown(value)} {_misshapen(field)}"
        case "string_too_short":
            return "empty; write some text"
        case "string_too_long":
            return f"a text of {len(value)} characters; at most {detail['ctx']['max_length']} are allowed"
        case "too_short":
            return f"empty; {_wanted(field)}" if field else "empty"
        case "too_long":
            return f"{len(value)} entries; at most {detail['ctx']['max_length']} are allowed"
        case "literal_error" if field is not None:
            return f"{shown(value)} is none of the choices{nearest(str(value), field.choices)}"
        case "finite_number":
            return f"{shown(value)} is not finite; {_wanted(field)}" if field else "not finite"
        case "greater_than_equal" | "greater_than" | "less_than_equal" | "less_than" if field is not None:
            return f"{shown(value)} is not {out_of(field)}"
    if field is None:
        return clipped(str(detail["msg"]))
    return f"{_described(value, field)}; {_wanted(field)}{_hint(value, field)}"


def _misshapen(field: Field | None) -> str:
    """What to say of a text that is not of the shape that a field wants."""
    pattern = field.pattern if field else ""
    letters = "letters" if "A-Z" in pattern else "lower-case letters"
    return _SHAPES.get(pattern, f"is not a name here; {_NAME.replace('letters', letters)}")


def out_of(field: Field) -> str:
    """The range that a number is not in, with its unit."""
    return f"{str(field.limits) or 'finite'}{_unit(field)}"


def _unit(field: Field) -> str:
    return f" ({field.unit})" if field.unit and field.unit not in NO_UNITS else ""


def unknown_key(path: Path) -> str:
    """What to say of a key that the format does not have."""
    above, key = path[:-1], str(path[-1])
    parent = Field.root().at(above)
    names = parent.names if parent else ()
    noun = "key"
    if path[0] == "conditions":
        noun = "condition"
    elif path[0] == "policy_mixes":
        if path[-2] in PILLARS:
            noun = "lever"
        if key in LEVERS:
            return f"a lever of {LEVERS[key].pillar}; write it there"
    return f"no such {noun}{nearest(key, names)}"


def _described(value: Any, field: Field) -> str:  # noqa: PLR0911 - one sentence each
    match value:
        case None:
            return "nothing (null)"
        case str():
            return f"{shown(value)} is text"
        case bool():
            return f"{shown(value)} is a yes or no"
        case int() if "number" in field.types:
            return f"{shown(value)} is too large"
        case float() if not isfinite(value):
            return f"{shown(value)} is no finite number"
        case float() if "integer" in field.types:
            return f"{shown(value) if value != int(value) else f'{value:.1f}'} has a decimal point"
        case int() | float():
            return f"{shown(value)} is a number"
        case _:
            return f"this is {shown(value)}"


def _wanted(field: Field) -> str:  # noqa: PLR0911 - one sentence each
    """What to write."""
    limits = str(field.limits)
    limits = f" {limits}" if limits else ""
    or_null = ", or null" if "null" in field.types else ""
    if field.is_duration:
        return f"write a number of {field.unit or 'days'}, or a mapping of family, mean and cv{or_null}"
    if "integer" in field.types:
        return f"write a whole number{limits}{_unit(field)}{or_null}"
    if "number" in field.types:
        boolean = ", or true or false" if "boolean" in field.types else ""
        return f"write a number{limits}{_unit(field)}{boolean}" + ("" if boolean else or_null)
    if "boolean" in field.types:
        return "write true or false"
    if "string" in field.types:
        return f"write one of {', '.join(field.choices)}" if field.choices else "write a text"
    if "array" in field.types:
        return "write a list, each item after '- '"
    if not field.names:
        return "write a mapping, each entry as 'name: value'"
    return f"write a mapping of {', '.join(field.names[:MOST])}" + (" …" if len(field.names) > MOST else "")


_THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2}(,[0-9]{3})+")
"""A number with commas between its thousands, or one with a decimal comma."""


def _hint(value: Any, field: Field) -> str:
    """The likely slip behind a text where a number or a yes or no should be."""
    if not isinstance(value, str):
        return ""
    if "boolean" in field.types and value.casefold() in ("yes", "on", "y"):
        return " (here true)"
    if "boolean" in field.types and value.casefold() in ("no", "off", "n"):
        return " (here false)"
    if field.types & {"number", "integer"}:
        if _THOUSANDS.fullmatch(value):
            whole = value.replace(",", "")
            other = f", or {value.replace(',', '.')}" if value.count(",") == 1 else ""
            return f" (here {whole}{other}: decimals take a point)"
        for written, factor in ((value.replace(",", "."), 1.0), (value.removesuffix("%").strip(), 0.01)):
            try:
                return f" (here {number(float(written) * factor)})"
            except ValueError:
                continue
    return ""
