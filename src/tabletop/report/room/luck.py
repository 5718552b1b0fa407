"""Luck: what happened at each table, among twenty worlds that could have been."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from tabletop.analysis.words import MINUS
from tabletop.exercise.luck import Split
from tabletop.exercise.policy_effect import PolicyEffect
from tabletop.exercise.reveal import ShownTo
from tabletop.exercise.state import State
from tabletop.measures import MEASURES
from tabletop.plots.dots import DOTS, stacked, twentieths
from tabletop.plots.scale import Scale
from tabletop.plots.wording import in_prose
from tabletop.report.room.axis import Tick, ticks
from tabletop.report.room.columns import columns
from tabletop.report.room.fitting import heading
from tabletop.report.room.numbers import numerals, one_world
from tabletop.report.room.rows import Who, arranged, chart_width, everybody
from tabletop.report.room.view import View

ASIDE = {1: 270.0, 2: 0.0, 3: 0.0}
EDGE, BASE = 36.0, 38.0
"""Pixels at the ends of a chart, and of the ground on which dots stand in a row of 41."""
RADIUS, DEEP = 4.4, 4
"""Pixels of a dot, and dots above each other; what is more stands beside them."""


@dataclass(frozen=True)
class LuckRow:
    """A table: its dots, what happened, the mean of the worlds, and the two parts in words."""

    who: Who
    dots: tuple[tuple[float, float], ...]
    happened: float | None
    mean: float | None
    policy: str
    luck: str
    spoken: str


@dataclass(frozen=True)
class Luck(View):
    """Rows in columns, on one axis."""

    template: ClassVar[str] = "luck.html"
    columns: tuple[tuple[LuckRow, ...], ...]
    ticks: tuple[Tick, ...]
    width: float
    radius: float
    baseline: float | None
    """Pixel of the baseline's mean."""


def luck(state: State, measure: str, shown: ShownTo) -> Luck:
    """What happened among the other worlds in one measure of a move."""
    effects = {team: one for team in state.teams if (one := shown.effects.get((team, measure))) is not None}
    dots = {
        team: twentieths([value for value in one.own.values if value is not None])
        for team, one in effects.items()
    }
    usual = next((one.baseline.mean for one in effects.values()), None)
    there = [one.own.realised for one in effects.values() if one.own.realised is not None]
    every = [
        *there,
        *(value for of in dots.values() for value in of),
        *([usual] if usual is not None else []),
    ]
    low, high = min(every, default=0.0), max(every, default=1.0)
    wide = chart_width(len(state.teams), ASIDE[columns(len(state.teams))])
    scale = Scale(low, high if high > low else low + 1.0, EDGE, wide - EDGE)
    rows = []
    for who in everybody(state.teams):
        one = effects.get(who.name)
        if one is None:
            rows.append(LuckRow(who, (), None, None, "", "", "missing"))
            continue
        style = numerals(state.scenario, measure, usual or 0.0)
        parts = ("", "") if one.split is None else _parts(one.split, style.difference, style.step())
        rows.append(
            LuckRow(
                who,
                _placed(dots[who.name], scale),
                None if one.own.realised is None else scale.at(one.own.realised),
                None if one.own.mean is None else scale.at(one.own.mean),
                *parts,
                _spoken(state, one, parts),
            )
        )
    count = max((len(of) for of in dots.values()), default=0)
    each = f"{DOTS} equally likely worlds" if count == DOTS else f"{count} other worlds"
    style = numerals(state.scenario, measure, usual or 0.0)
    whole = MEASURES[measure].kind == "count"
    return Luck(
        heading(
            f"3 · What happened, among worlds that could have been: {in_prose(measure)}",
            f"3 · Luck: {in_prose(measure)}",
        ),
        each,
        arranged(rows),
        ticks(scale, lambda value: f"{value:,.0f}" if whole else style.axis(value), whole=whole),
        wide,
        RADIUS,
        None if usual is None else scale.at(usual),
    )


def _placed(values: Sequence[float], scale: Scale) -> tuple[tuple[float, float], ...]:
    """The dots of a table: above each other, and beside each other from the fifth on."""
    places = [*stacked(values, scale, RADIUS)]
    high = {x: nth + 1 for x, nth in places}
    found = []
    for x, nth in places:
        across = -(-high[x] // DEEP)
        aside = (nth // DEEP - (across - 1) / 2) * 2 * RADIUS
        found.append((x + aside, BASE - RADIUS - 2 * RADIUS * (nth % DEEP)))
    return tuple(found)


def _parts(split: Split, write: Callable[[float], str], step: float) -> tuple[str, str]:
    """Policy, and luck: the world's with how the policy met it; rounded so that they add up as they stand."""
    total, policy = (round(value / step) * step for value in (split.total, split.policy))
    return write(policy), write(total - policy)


def _spoken(state: State, one: PolicyEffect, parts: tuple[str, str]) -> str:
    happened = one_world(state.scenario, one.measure, one.own.realised)
    mean = (
        ""
        if one.own.mean is None
        else f", mean of the others {numerals(state.scenario, one.measure).mean(one.own.mean)}"
    )
    return f"{happened} happened{mean}; policy {parts[0] or MINUS}, luck {parts[1] or MINUS}"
