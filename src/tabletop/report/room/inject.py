"""An inject, or a ruling, in large letters with the picture of what it does; not what is expected of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from tabletop.exercise.log_words import override_in_words
from tabletop.exercise.reveal import ShownTo
from tabletop.exercise.state import State
from tabletop.pools import POOLS
from tabletop.report.room.fitting import ONE_LINE, WIDTH, Fitted, fitting
from tabletop.report.room.view import View
from tabletop.scenario.inject import Effect
from tabletop.scenario.staged import StagedInject
from tabletop.scenario.staging import Staging
from tabletop.scenario.words import number
from tabletop.world import SHOCKABLE

EVERYBODY = Staging.model_fields["recipient"].default
WIDE = 1160.0
"""Pixels of its text."""


@dataclass(frozen=True)
class BudgetBar:
    """What a year's money was and is, and what runs already, in pixels and in words."""

    runs: float
    before: float
    after: float
    runs_words: str
    words: str


@dataclass(frozen=True)
class Days:
    """Where on the line from StartEx to EndEx it lasts, in pixels and in words."""

    start: float
    end: float
    words: str


@dataclass(frozen=True)
class InjectView(View):
    """One inject."""

    template: ClassVar[str] = "inject.html"
    kind: str
    sender: str
    to: str
    title: Fitted
    text: Fitted | None
    budget: BudgetBar | None
    days: Days | None
    services: tuple[str, ...]
    """The services of which it changes how many are at work."""
    end: str
    """The last day of the line of days."""


def inject(state: State, one: StagedInject) -> InjectView:
    """An inject that everybody may read."""
    standing, staging = state.inject_status[one.inject.id], one.staging
    money = _budget(state, staging.budget)
    lasting = [effect for effect in one.inject.effects if effect.on not in SHOCKABLE]
    days = _days(state, lasting, standing.day) if lasting else None
    services = tuple(
        dict.fromkeys(
            POOLS[name].title
            for effect in one.inject.effects
            for name in effect.on.split(".")
            if name in POOLS
        )
    )
    high = 330.0 - (100.0 if money else 0.0) - (90.0 if days else 0.0) - (60.0 if services else 0.0)
    message = (
        fitting(one.inject.message, WIDE, max(high, 120.0), (40, 34, 28))
        if one.inject.message.strip()
        else None
    )
    return InjectView(
        heading="",
        foot=_foot(message, day=standing.day),
        kind=f"Inject · {staging.mode}",
        sender=staging.sender,
        to="" if staging.recipient == EVERYBODY else staging.recipient,
        title=fitting(one.inject.title, WIDE, 142.0, (54, 46, 40)),
        text=message,
        budget=money,
        days=days,
        services=services,
        end=f"day {number(state.scenario.horizon_days)}",
    )


def counted(state: State, one: StagedInject, shown: ShownTo) -> InjectView | None:
    """An inject that waited for a count, with the tables at which it happened; None if at none."""
    days = [
        (team, seen.fired[one.inject.id])
        for team, seen in shown.outcomes.items()
        if one.inject.id in seen.fired
    ]
    tables = [(state.teams.index(team) + 1, day) for team, day in days if team in state.teams]
    if not tables:
        return None
    where = ", ".join(f"{table} (day {day:.0f})" for table, day in sorted(tables))
    foot = fitting(f"It happened at table {where}.", WIDTH, ONE_LINE, (28,)).text
    return replace(inject(state, one), foot=foot, to="", budget=None, days=None)


def ruling(state: State, line: int) -> InjectView:
    """A ruling of the controller's, or the effects of an override, as it stands in the record."""
    act = next(act for _, of, act in state.overrides if of == line)
    text = fitting(override_in_words(act), WIDE, 330.0, (40, 34, 28))
    title = "A ruling beside the model's result" if act.ruling else "An override, for all and the baseline"
    days = None if act.day is None else _days(state, act.effects, act.day)
    return InjectView(
        "", _foot(text, act.day), "Ruling" if act.ruling else "Override", "Exercise control", act.team,
        Fitted(title, 54), text, None, days, (), f"day {number(state.scenario.horizon_days)}" if days else "",
    )  # fmt: skip


def _foot(text: Fitted | None, day: float | None) -> str:
    when = "" if day is None else f"Day {number(day)}. "
    is_cut = text is not None and text.is_cut
    return when + ("Shortened here: the controller reads out the whole." if is_cut else "Talk it over.")


def _budget(state: State, change: float | None) -> BudgetBar | None:
    after = state.budget()
    if not change or after is None:
        return None
    before, runs = after - change, state.scenario.yearly_cost(state.scenario.baseline)
    most = max(before, after, runs)
    per = WIDE / most
    return BudgetBar(
        per * runs, per * before, per * after, f"what runs already: {runs:.1f}", f"{before:.1f} → {after:.1f}"
    )


def _days(state: State, effects: Sequence[Effect], day: float) -> Days:
    end = state.scenario.horizon_days
    lasts = [effect.for_days for effect in effects]
    until = None if None in lasts else max((days for days in lasts if days is not None), default=0.0)
    last = end if until is None else min(end, day + until)
    words = f"from day {number(day)} on" if until is None else f"day {number(day)} to {number(day + until)}"
    return Days(WIDE * day / end, WIDE * last / end, words)
