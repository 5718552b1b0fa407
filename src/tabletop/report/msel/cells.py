"""Cells: how values are written in them, and read back."""

import re
from typing import Any

from tabletop.report.msel.columns import MARK
from tabletop.report.msel.refusals import Place, Wrong
from tabletop.scenario.words import nearest, number, shown

_DAY = re.compile(r"(?:from\s+)?(?:day\s*)?(\d{1,9}(?:\.\d{1,9})?)", re.IGNORECASE)
_MARKED = re.compile(rf"\s*{MARK.strip()}\s*")


def unmarked(text: str) -> str:
    """A message without the mark that an export puts before it."""
    marked = _MARKED.match(text)
    return text if marked is None else text[marked.end() :]


def objective(place: Place, text: str, known: list[str]) -> str | Wrong | None:
    """The id of an objective, None for an empty cell."""
    if not text:
        return None
    found = next((one for one in known if one.casefold() == text.casefold()), None)
    return found or Wrong(place, f"{shown(text)}: no such objective{nearest(text, known)}")


def day(place: Place, text: str) -> float | Wrong:
    """The day that a cell states, a whole one as a whole number."""
    value = stated_day(text)
    if value is None:
        return Wrong(place, f"{shown(text)} is no day; write 'day 180', or 'day 180.5' for a part of a day")
    return value


def stated_day(text: str) -> float | None:
    """The day in a text, as 'day 180', 'from day 180' or '180'; None if it states none."""
    stated = _DAY.fullmatch(text)
    if stated is None:
        return None
    value = float(stated[1])
    return int(value) if value.is_integer() else value


def even(text: str) -> str:
    """A text as a spreadsheet gives it back: without spaces at the ends of its lines."""
    return re.sub(r"[^\S\n]+\n", "\n", text).strip()


def displayed(value: Any) -> str:
    """A value as an export shows it."""
    if value is None:
        return ""
    return number(value) if isinstance(value, float) else str(value)
