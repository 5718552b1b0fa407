"""The wording that all messages about scenario files share."""

from collections.abc import Iterable
from typing import Any

from tabletop.errors import LONGEST, did_you_mean
from tabletop.safe_text import safe

MOST = 12
"""Names that a message lists."""


def clipped(text: str) -> str:
    """A text on one line, cut to what a message can hold."""
    line = safe(" ".join(text.split()))
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def shown(value: Any) -> str:  # noqa: PLR0911 - one wording each
    """A value as a person would recognise it from the file."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return f"'{clipped(value)}'"
        case dict():
            return "a mapping"
        case list() | tuple():
            return "a list"
        case int() if abs(value) >= 10**15:
            return f"a whole number of {len(str(abs(value)))} digits"
        case int():
            return str(value)
        case float():
            return f"{value:.15g}"
        case _:
            return clipped(str(value))


def number(value: float) -> str:
    """A number, a whole one without its fraction, and short of what arithmetic adds in the last places."""
    return str(value) if isinstance(value, int) else f"{value:.10g}"


def nearest(name: str, names: Iterable[str]) -> str:
    """The end of a message about an unknown name: the nearest one, or those that there are."""
    known = list(names)
    if near := did_you_mean(name, known):
        return near
    if not known:
        return "; there are none"
    listed = ", ".join(known[:MOST])
    return f"; known: {listed}" + (f" and {len(known) - MOST} more" if len(known) > MOST else "")


def spelled(path: tuple[str | int, ...]) -> str:
    """A path as messages write it: `injects[0].effects[1].on`."""
    text = ""
    for key in path:
        if isinstance(key, int):
            text += f"[{key}]"
        else:
            text += f".{clipped(key)}" if text else clipped(key)
    return text
