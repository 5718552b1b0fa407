"""What everybody has seen so far: the last year before StartEx, or the last stretch under the baseline."""

from collections.abc import Mapping
from dataclasses import dataclass

from tabletop.exercise.reveal import Seen, measures_shown
from tabletop.exercise.state import State
from tabletop.measures import COST, MEASURES, POOL_MEASURES
from tabletop.plots.wording import capital
from tabletop.pools import POOLS
from tabletop.report.room.numbers import one_world

OUTCOMES, SERVICES, SQUARES = 3, 4, 12
"""Measures and services that have room, and squares of a count that are seen without reading."""


@dataclass(frozen=True)
class Line:
    """A measure: squares of a small count, the filled part of a share, and the value in words."""

    title: str
    text: str
    squares: int = 0
    share: float | None = None


@dataclass(frozen=True)
class Past:
    """A few outcomes, and how busy the services were."""

    title: str
    outcomes: tuple[Line, ...]
    services: tuple[Line, ...]


def last_stretch(state: State, baseline: Seen) -> Past:
    """The move before the present one, under the baseline in the world that is played."""
    days = f"days {state.plan.moves[state.move - 1].day:g} to {state.present.day:g}"
    return _past(state, f"Under the baseline: {days}", baseline.values)


def past_year(state: State, title: str, values: Mapping[str, float]) -> Past:
    """The time before StartEx, in the world that is played, by observable measure."""
    return _past(state, title, values)


def _past(state: State, title: str, values: Mapping[str, float | None]) -> Past:
    loads = {names.utilisation: pool for pool, names in POOL_MEASURES.items()}
    names = [*state.plan.predictions, *measures_shown(state)]
    outcomes = [name for name in dict.fromkeys(names) if values.get(name) is not None and name not in loads]
    known = {name: values[name] or 0.0 for name in loads if values.get(name) is not None}
    busy = sorted(known, key=lambda name: -known[name])[:SERVICES]
    return Past(
        title,
        tuple(_line(state, name, values[name]) for name in outcomes if name != COST)[:OUTCOMES],
        tuple(
            Line(capital(POOLS[loads[name]].title), f"{100 * known[name]:.0f} %", share=known[name])
            for name in known
            if name in busy
        ),
    )


def _line(state: State, name: str, value: float | None) -> Line:
    text, one = one_world(state.scenario, name, value), MEASURES[name]
    small = one.kind == "count" and value is not None and 0 < value <= SQUARES
    return Line(
        one.title,
        text,
        squares=int(value or 0) if small else 0,
        share=value if one.unit == "share" else None,
    )
