"""Why: how busy the services were at every table, after the room has guessed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from tabletop.analysis.bottleneck import BUSY
from tabletop.exercise.reveal import Seen, ShownTo
from tabletop.exercise.state import State
from tabletop.exercise.why import PoolState
from tabletop.pools import POOLS
from tabletop.report.room.columns import columns
from tabletop.report.room.fitting import heading
from tabletop.report.room.rows import Who, arranged, everybody
from tabletop.report.room.view import View

SERVICES = 4
BAR = {1: 70.0, 2: 96.0, 3: 66.0}
"""Pixels of a full bar, by columns of rows."""


@dataclass(frozen=True)
class Load:
    """How busy a service is: the filled part of its bar in pixels, and in words."""

    filled: float
    text: str
    is_busy: bool


@dataclass(frozen=True)
class WhyRow:
    """A table: its services, and the wait for the busiest."""

    who: Who
    loads: tuple[Load | None, ...]
    """None where a service has no limit, or nobody."""
    wait: str


@dataclass(frozen=True)
class Why(View):
    """Rows in columns; bars alone where they are many."""

    template: ClassVar[str] = "why.html"
    services: tuple[str, ...]
    columns: tuple[tuple[WhyRow, ...], ...]
    bar: float


@dataclass(frozen=True)
class Asked(View):
    """The question, with the services to choose from."""

    template: ClassVar[str] = "asked.html"
    services: tuple[str, ...]


def asked(shown: ShownTo) -> Asked:
    """Which service was busiest, before it is told."""
    return Asked(
        heading("4 · Why? Which service was the busiest at your table?"),
        "Agree at your table, then show of hands. Next: the answer.",
        tuple(POOLS[pool].title for pool in _services(shown.outcomes.values())),
    )


def why(state: State, shown: ShownTo) -> Why:
    """How busy the services were, table by table."""
    services = _services(shown.outcomes.values())
    bar = BAR[columns(len(state.teams))]
    rows = []
    for who in everybody(state.teams):
        found = {one.pool: one for one in shown.outcomes[who.name].pools}
        worst = max((found[pool] for pool in services), key=lambda one: one.utilisation or 0.0, default=None)
        wait = "" if worst is None or worst.wait is None else f"{worst.wait:.0f}"
        rows.append(WhyRow(who, tuple(_load(found[pool], bar) for pool in services), wait))
    return Why(
        heading(*_findings(state, shown)),
        _foot([POOLS[pool].title for pool in services], in_one=columns(len(state.teams)) == 1),
        tuple(POOLS[pool].title for pool in services),
        arranged(rows),
        bar,
    )


def _foot(services: Sequence[str], *, in_one: bool) -> str:
    if in_one:
        return f"Share of staff time at work; dark from {100 * BUSY:.0f} % on. Wait: for the busiest service."
    return f"From left: {', '.join(services)}; dark from {100 * BUSY:.0f} % on."


def _load(one: PoolState, bar: float) -> Load | None:
    if one.utilisation is None:
        return None
    return Load(min(1.0, one.utilisation) * bar, f"{100 * one.utilisation:.0f}", one.is_busy)


def _services(seen: Iterable[Seen]) -> tuple[str, ...]:
    """The four services that were busiest at any table or under the baseline, in the order of pillars."""
    most: dict[str, float] = {}
    for one in seen:
        for pool in one.pools:
            if pool.utilisation is not None:
                most[pool.pool] = max(most.get(pool.pool, 0.0), pool.utilisation)
    chosen = sorted(most, key=lambda pool: -most[pool])[:SERVICES]
    return tuple(pool for pool in most if pool in chosen)


def _findings(state: State, shown: ShownTo) -> Iterable[str]:
    """Which services were full at most tables."""
    full = Counter(one.pool for team in state.teams for one in shown.outcomes[team].pools if one.is_busy)
    if not full:
        yield "4 · Why: no service was full"
        return
    of = len(state.teams)
    most = [f"{POOLS[pool].title} full at {number}" for pool, number in full.most_common(2)]
    yield f"4 · Why: {', '.join(most)} of {of} tables"
    yield f"4 · Why: {most[0]} of {of} tables"
