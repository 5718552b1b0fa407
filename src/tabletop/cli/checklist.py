"""The checklist before a class: one row a check, each with what would be right."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from os import environ
from pathlib import Path

from tabletop.analysis.words import plural
from tabletop.cli.measured_waits import Waits
from tabletop.cli.missing import unprintable
from tabletop.errors import in_words
from tabletop.report.paper import missing
from tabletop.scenario.checks.teaching import notes
from tabletop.scenario.exercise_plan import ExercisePlan
from tabletop.scenario.fitted_minutes import typing_in_words, typing_seconds
from tabletop.scenario.planned_minutes import in_words as minutes_in_words
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import number

MEGABYTE = 1_000_000
REPORT_BYTES = 50 * MEGABYTE
"""Room for figures, report, bundle and pack. Assumption: several times what the flagship writes."""


class Standing(StrEnum):
    """Whether a class can be held with what was found."""

    WELL = "ok"
    NOTE = "note"
    STOP = "STOP"


@dataclass(frozen=True)
class Row:
    """One check: what was looked at, what was found, and what would be right."""

    name: str
    standing: Standing
    found: str
    right: str = ""
    """Empty where all is well."""


def extras() -> Row:
    """The libraries for PDF and DOCX."""
    told = missing("docx", "typst")
    if not told:
        return Row("extras", Standing.WELL, "PDF and DOCX can be written")
    found, _, right = told.rpartition("To have it: ")
    return Row("extras", Standing.NOTE, found.strip(), right)


def fonts(scenario: Scenario) -> Row:
    """Whether every letter of the scenario can be drawn."""
    told = unprintable(scenario, {})
    if not told:
        return Row("fonts", Standing.WELL, "every letter of the scenario can be drawn")
    found, _, right = told.rpartition("Install ")
    return Row("fonts", Standing.NOTE, found.strip(), f"install {right}")


def disk(out: Path, needed: int) -> Row:
    """Whether the exercise's folder can be made, and has room."""
    there = next(one for one in (out.absolute(), *out.absolute().parents) if one.exists())
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
        free = shutil.disk_usage(there).free
    except OSError as error:
        wrong = f"nothing can be written to {there} ({in_words(error)})"
        return Row("disk", Standing.STOP, wrong, "name another folder by --out")
    found = f"{_megabytes(free)} free in {there}; an exercise takes up to {_megabytes(needed)}"
    if free < needed:
        return Row("disk", Standing.STOP, found, "make room, or name another folder by --out")
    return Row("disk", Standing.WELL, found)


def viewer() -> Row:
    """Whether a figure or a page can be opened from here."""
    if sys.platform in ("win32", "darwin"):
        return Row("viewer", Standing.WELL, "the system opens figures and pages")
    opener = shutil.which("xdg-open")
    if opener and (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        return Row("viewer", Standing.WELL, f"{opener} opens figures and pages")
    lacking = "xdg-open is not installed" if not opener else "this terminal has no graphical screen"
    return Row(
        "viewer",
        Standing.NOTE,
        f"{lacking}: figures are written, and nothing opens them",
        "play at a desktop's own terminal, or open the files that are named by hand",
    )


def minutes(plan: ExercisePlan, teams: int) -> Row:
    """Whether the decisions of all teams can be typed in the time for them."""
    typing = typing_seconds(teams)
    short = [
        str(place) for place, move in enumerate(plan.moves, start=1) if move.minutes.decision * 60 < typing
    ]
    found = f"{minutes_in_words(plan)}; {typing_in_words(teams)}"
    if not short:
        return Row("minutes", Standing.WELL, found)
    return Row(
        "minutes",
        Standing.NOTE,
        f"{found}: more than there is to decide in move {', '.join(short)}",
        f"write what `tabletop validate --minutes {number(plan.duration_minutes)}` says",
    )


def cards(scenario: Scenario) -> Row:
    """What dates and prices alone speak against."""
    found = [*notes(scenario)]
    if found:
        right = "change the cards; `tabletop rehearse` simulates each of them"
        return Row("cards", Standing.NOTE, "; ".join(found), right)
    said = "nothing in their dates and prices speaks against the exercise"
    return Row("cards", Standing.WELL, said)


def waits(measured: Waits) -> Iterator[Row]:
    """Whether what is simulated is there when it is shown, by the slowest measurement."""
    times = plural(len(measured.paces), "measurement")
    for one in measured.each():
        found = (
            f"{one.runs:,} runs, {_range(one.shortest, one.longest)} on {measured.workers_in_words} by "
            f"{times}; {_seconds(one.at_hand)} are at hand {one.while_}"
        )
        fewer = max(2, int(measured.others * one.at_hand / max(one.longest, one.at_hand)))
        right = f"take fewer other worlds, as --others {fewer}"
        standing = Standing.WELL
        if one.longest > one.most:
            standing = Standing.STOP
        elif one.longest > one.at_hand:
            standing = Standing.NOTE
        yield Row(one.name, standing, found, "" if standing is Standing.WELL else right)


def _range(shortest: float, longest: float) -> str:
    least, most = _seconds(shortest), _seconds(longest)
    return most if least == most else f"{least} to {most}"


def _seconds(seconds: float) -> str:
    if seconds >= 90:
        return f"{seconds / 60:.0f} min"
    return f"{seconds:.0f} s" if seconds >= 1 else "under 1 s"


def _megabytes(amount: int) -> str:
    return f"{amount / MEGABYTE:,.0f} MB"
