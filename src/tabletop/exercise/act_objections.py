"""What is wrong with the parts of an act as somebody typed them, and what would be right."""

from collections.abc import Iterator

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from tabletop.scenario.inject import Effect
from tabletop.scenario.words import clipped, nearest, shown

Where = tuple[str | int, ...]
CHANGES = "one of add, multiply and set"


def objections(error: ValidationError) -> Iterator[tuple[Where, str]]:
    """Each thing that is wrong, with the part that it is wrong in; the first part of a path is the act's."""
    for detail in error.errors(include_url=False):
        yield detail["loc"][1:], _sentence(detail)


def _sentence(detail: ErrorDetails) -> str:  # noqa: PLR0911 - one sentence each
    kind, value, part = detail["type"], detail["input"], detail["loc"][-1]
    context = detail.get("ctx", {})
    match kind:
        case "string_too_short":
            return "missing; see `help`"
        case "string_too_long":
            return f"a text of {len(value):,} characters; write at most {context['max_length']:,}"
        case "string_pattern_mismatch":
            return f"{shown(value)}: write a small letter, then small letters, digits, - and _, 40 at most"
        case "string_unicode":
            return "holds characters that are no text in UTF-8; write it again"
        case "missing":
            return "missing; an effect says on what, as on: trust, and then " + CHANGES
        case "extra_forbidden":
            return f"no such part of an effect{nearest(str(part), Effect.model_fields)}"
        case "too_long":
            return f"{len(value)} of them; write at most {context['max_length']}"
        case "finite_number":
            return f"{shown(value)}: write a finite number"
        case "greater_than_equal":
            return f"{shown(value)}: write {context['ge']:g} or more"
        case "greater_than":
            return f"{shown(value)}: write more than {context['gt']:g}"
        case "less_than_equal":
            return f"{shown(value)}: write {context['le']:g} or less"
        case "value_error":
            return clipped(str(detail["msg"]).removeprefix("Value error, "))
    wanted = (
        "a number" if kind.startswith(("float", "int")) else "a text" if kind.startswith("string") else ""
    )
    return f"{shown(value)}: write {wanted or 'it as `help` shows'}"
