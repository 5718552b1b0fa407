"""The ranges of all tables in one measure: before the world is shown, and with what happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from tabletop.exercise.log_words import override_in_words
from tabletop.exercise.predictions import LEVEL
from tabletop.exercise.reveal import ShownTo, overrides_of
from tabletop.exercise.state import State
from tabletop.measures import MEASURES
from tabletop.plots.scale import Scale
from tabletop.plots.wording import in_prose
from tabletop.report.room.axis import Tick, ticks
from tabletop.report.room.columns import columns
from tabletop.report.room.fitting import ONE_LINE, WIDTH, fitting, heading
from tabletop.report.room.numbers import numerals, one_world
from tabletop.report.room.rows import Who, arranged, chart_width, everybody
from tabletop.report.room.view import View
from tabletop.scenario.words import number

EDGE = 36.0
"""Pixels at both ends of a chart, so that the number of the last tick fits."""


@dataclass(frozen=True)
class RangeRow:
    """A table's range in pixels and in words, what happened, and whether it lies in it."""

    who: Who
    line: tuple[float, float] | None
    """None for a table that gave no range."""
    words: str
    at: float | None = None
    is_held: bool | None = None


@dataclass(frozen=True)
class Ranges(View):
    """Rows in columns, on one axis."""

    template: ClassVar[str] = "ranges.html"
    columns: tuple[tuple[RangeRow, ...], ...]
    ticks: tuple[Tick, ...]
    width: float
    head: str
    """Over what stands at the right."""


def ranges(state: State, measure: str) -> Ranges:
    """All ranges of the present move, before the world is shown."""
    title = in_prose(measure)
    rows, axis = _rows(state, measure, {})
    given = sum(row.line is not None for row in rows)
    return Ranges(
        heading(f"1 · Your ranges for {title}, before the world is shown", f"1 · Your ranges: {title}"),
        f"{given} of {len(rows)} tables gave a range, 80 % sure. Next: what happened.",
        arranged(rows),
        *axis,
        "80 % sure",
    )


def held(state: State, measure: str, shown: ShownTo) -> Ranges:
    """The same with what happened at each table, once it is disclosed to the room."""
    happened = {team: seen.values[measure] for team, seen in shown.outcomes.items()}
    rows, axis = _rows(state, measure, happened)
    judged = [row for row in rows if row.is_held is not None]
    hits, due = sum(bool(row.is_held) for row in judged), round(LEVEL * len(judged))
    of = f"{hits} of {len(judged)} held"
    what = MEASURES[measure].title
    return Ranges(
        heading(f"1 · What happened: {what}")
        if not judged
        else heading(
            f"1 · {what}: {of}, about {due} expected",
            f"1 · {what}: {of}",
        ),
        _beside(state)
        or (
            f"{what}: ● in the range, ✕ outside. Who is 80 % sure is right 8 times in 10."
            if judged
            else "No table gave a range."
        ),
        arranged(rows),
        *axis,
        "happened",
    )


def _beside(state: State) -> str:
    """The rulings and overrides beside the model's result, on one line; each has a screen of its own."""
    said = [
        f"Ruling{f' for {act.team}' if act.team else ''}: {act.ruling}"
        if act.day is None
        else f"Override from day {number(act.day)}: {override_in_words(act)}"
        for act in overrides_of(state, state.move)
    ]
    if not said:
        return ""
    return fitting(f"● in the range, ✕ outside. {' · '.join(said)}", WIDTH, ONE_LINE, (28,)).text


def _rows(
    state: State, measure: str, happened: Mapping[str, float | None]
) -> tuple[list[RangeRow], tuple[tuple[Tick, ...], float]]:
    said = {team: state.predictions.get((team, state.move, measure)) for team in state.teams}
    known = [one for one in said.values() if one is not None]
    ends = [end for one in known for end in (one.low, one.high)]
    there = [value for team in state.teams if (value := happened.get(team)) is not None]
    wide = chart_width(len(said), 250.0 if columns(len(said)) == 1 else 0.0)
    whole = MEASURES[measure].kind == "count"
    low, high = min([*ends, *there], default=0.0), max([*ends, *there], default=1.0)
    scale = Scale(low, high if high > low else low + 1.0, EDGE, wide - EDGE)
    style = numerals(state.scenario, measure, high)

    def write(value: float) -> str:
        return f"{value:,.0f}" if whole else style.axis(value)

    rows = []
    for who in everybody(state.teams):
        one, value = said[who.name], happened.get(who.name)
        hit = None if one is None or value is None else one.low <= value <= one.high
        rows.append(
            RangeRow(
                who,
                None if one is None else (scale.at(one.low), scale.at(one.high)),
                _words(
                    "no range" if one is None else f"{write(one.low)} to {write(one.high)}",
                    one_world(state.scenario, measure, value),
                    hit=hit,
                    is_awaited=not happened,
                ),
                None if value is None else scale.at(value),
                hit,
            )
        )
    return rows, (ticks(scale, write, whole=whole), wide)


def _words(said: str, happened: str, *, hit: bool | None, is_awaited: bool) -> str:
    if hit is None:
        return said if is_awaited else happened
    return f"{happened}, {'held' if hit else 'missed'}"
