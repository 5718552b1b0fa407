"""Cells: how values are written in them, and read back."""

import re
from typing import Any

from tabletop.exercise.msel import BETWEEN
from tabletop.report.msel.columns import MARK
from tabletop.report.msel.refusals import Place, Wrong
from tabletop.scenario.words import nearest, number, shown

_DAY = re.compile(r"(?:from\s+)?(?:day\s*)?(\d{1,9}(?:\.\d{1,9})?)", re.IGNORECASE)
_MINUTE = re.compile(r"[-+\N{MINUS SIGN}]?\d{1,9}(?:\.\d{1,9})?")
_MARKED = re.compile(rf"\s*{MARK.strip()}\s*")


def unmarked(text: str) -> str:
    """A message without the mark that an export puts before it."""
    marked = _MARKED.match(text)
    return text if marked is None else text[marked.end() :]


def objective(place: Place, text: str, known: list[str]) -> str | list[str] | Wrong | None:
    """The id of an objective, a list of several, None for an empty cell."""
    if not text:
        return None
    found = named(place, text, known, "objective")
    return found[0] if isinstance(found, list) and len(found) == 1 else found


def named(place: Place, text: str, known: list[str], what: str) -> list[str] | Wrong:
    """The names in a text, with semicolons between them, as they are written where they are known."""
    found: list[str] = []
    for said in [text] if text in known else filter(None, map(str.strip, text.split(BETWEEN.strip()))):
        name = next((one for one in known if one.casefold() == said.casefold()), None)
        if name is None:
            return Wrong(place, f"{shown(said)}: no such {what}{nearest(said, known)}")
        if name not in found:
            found.append(name)
    return found


def minute(place: Place, text: str) -> float | Wrong | None:
    """The minute that a cell states, a whole one as a whole number; None for an empty cell."""
    if not text:
        return None
    value = stated_minute(text)
    if value is None:
        return Wrong(
            place, f"{shown(text)} is no minute; write minutes since StartEx, as '25', '-10' or '12.5'"
        )
    return value


def stated_minute(text: str) -> float | None:
    """The minute in a text; None if it states none."""
    if _MINUTE.fullmatch(text) is None:
        return None
    value = float(text.replace("\N{MINUS SIGN}", "-"))
    return int(value) if value.is_integer() else value


def file_names(text: str) -> list[str]:
    """Attachments, one a line."""
    return [line.strip() for line in text.split("\n") if line.strip()]


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
