"""What the policies do on average over the other worlds: mean paired differences from the baseline."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from tabletop.exercise.policy_effect import PolicyEffect
from tabletop.exercise.reveal import ShownTo
from tabletop.exercise.state import State
from tabletop.measures import MEASURES
from tabletop.plots.scale import Scale
from tabletop.plots.wording import Side, better_word, in_prose, quantity_word, side
from tabletop.report.room.axis import Tick, ticks
from tabletop.report.room.columns import columns
from tabletop.report.room.fitting import heading
from tabletop.report.room.numbers import numerals
from tabletop.report.room.rows import Who, arranged, chart_width, everybody
from tabletop.report.room.view import View

ASIDE = {1: 330.0, 2: 100.0, 3: 92.0}
"""Pixels of the words at the end of a row, by columns of rows."""
EDGE = 42.0
MARKS = {
    Side.BETTER: "better",
    Side.WORSE: "worse",
    Side.EQUAL: "equal",
    Side.HIGHER: "higher",
    Side.LOWER: "lower",
}
"""By which shape a side is drawn; what is not here is a ring."""


@dataclass(frozen=True)
class EffectRow:
    """A table's mean difference and its interval in pixels, and in words."""

    who: Who
    mark: str
    """Empty where there is nothing to draw."""
    at: float
    line: tuple[float, float] | None
    is_dashed: bool
    is_decided: bool
    number: str
    worlds: str
    spoken: str


@dataclass(frozen=True)
class Policy(View):
    """Rows in columns; right is better."""

    template: ClassVar[str] = "policy.html"
    columns: tuple[tuple[EffectRow, ...], ...]
    ticks: tuple[Tick, ...]
    width: float
    zone: tuple[float, float]
    zero: float
    better: str
    """What lies at the right; empty where neither side is better."""
    marks: tuple[str, ...]
    """Those that are drawn, for the key."""


def policy(state: State, measure: str, shown: ShownTo) -> Policy:
    """The mean difference of every table from the baseline, in one measure of a move."""
    effects = {team: one for team in state.teams if (one := shown.effects.get((team, measure))) is not None}
    contrasts = [one.contrast for one in effects.values() if one.contrast is not None]
    delta = next((one.delta for one in effects.values()), 0.0)
    direction = MEASURES[measure].direction
    across = columns(len(state.teams))
    wide = chart_width(len(state.teams), ASIDE[across])
    scale = Scale.of_contrasts(contrasts, delta, direction, EDGE, wide - EDGE)
    style = numerals(
        state.scenario, measure, next((one.baseline.realised or 0.0 for one in effects.values()), 0.0)
    )
    rows = [_row(who, effects, scale, in_one=across == 1, state=state) for who in everybody(state.teams)]
    low, high = sorted((scale.at(-delta), scale.at(delta)))
    unit = f", in {style.unit()}" if style.unit() else ""
    return Policy(
        _heading(measure, effects),
        f"95 % for all at once, {_worlds(effects)} worlds{unit}",
        arranged(rows),
        ticks(scale, style.tick),
        wide,
        (low, high),
        scale.at(0.0),
        better_word(measure) if direction else "",
        tuple(dict.fromkeys(row.mark for row in rows if row.mark)),
    )


def _heading(measure: str, effects: Mapping[str, PolicyEffect]) -> str:
    """How many tables differ on average, to which side; that none can be told, where it is so."""
    title = in_prose(measure)
    sides = [side(one.contrast) for one in effects.values() if one.contrast is not None]
    better, worse = sides.count(Side.BETTER), sides.count(Side.WORSE)
    other = sides.count(Side.HIGHER) + sides.count(Side.LOWER)
    if not better + worse + other:
        return heading(
            f"2 · On average no table’s {title} can be told from the baseline’s yet",
            f"2 · {MEASURES[measure].title}: on average nothing can be told yet",
        )
    found = [
        f"{number} {word}"
        for number, word in ((better, "better"), (worse, "worse"), (other, "apart"))
        if number
    ]
    return heading(
        f"2 · On average, {title}: {', '.join(found)}, of {len(sides)} tables",
        f"2 · {MEASURES[measure].title}: {', '.join(found)} of {len(sides)}",
    )


def _worlds(effects: Mapping[str, PolicyEffect]) -> int:
    return max((one.contrast.n for one in effects.values() if one.contrast is not None), default=0)


def _row(
    who: Who, effects: Mapping[str, PolicyEffect], scale: Scale, *, in_one: bool, state: State
) -> EffectRow:
    effect = effects.get(who.name)
    contrast = None if effect is None else effect.contrast
    if effect is None or contrast is None or contrast.difference is None:
        return EffectRow(who, "", 0.0, None, False, False, "missing", "", "missing")
    measure, found = effect.measure, side(contrast)
    style = numerals(state.scenario, measure, effect.baseline.realised or 0.0)
    if found is Side.SAME:
        return EffectRow(
            who,
            "ring",
            scale.at(0.0),
            None,
            False,
            False,
            "none" if in_one else "0",
            "no world differs" if in_one else "",
            str(found),
        )
    number = style.difference(contrast.difference)
    worlds = contrast.worlds
    count, total = max(worlds.higher, worlds.lower), worlds.total
    words = f"{quantity_word(measure, worlds.higher - worlds.lower)} in {count} of {total}"
    if worlds.higher == worlds.lower:
        words = f"differs in {2 * count} of {total}"
    line = None
    if contrast.interval is not None:
        low, high = sorted((scale.at(contrast.interval.low), scale.at(contrast.interval.high)))
        line = (low, high)
    return EffectRow(
        who,
        MARKS.get(found, "ring"),
        scale.at(contrast.difference),
        line,
        contrast.rests_on_little,
        found.is_decided,
        number,
        words if in_one else "",
        ", ".join(part for part in (str(found), number, style.span(contrast.interval), words) if part),
    )
