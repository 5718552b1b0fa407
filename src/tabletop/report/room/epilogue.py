"""The epilogue: what the final mixes lead to, on average over the other worlds, beside the baseline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from tabletop.exercise.adjudication import Adjudication
from tabletop.exercise.policy_effect import PolicyEffect, policy_effect
from tabletop.exercise.state import State
from tabletop.measures import MEASURES
from tabletop.plots.scale import Scale
from tabletop.plots.wording import better_word, side
from tabletop.report.room.fitting import heading
from tabletop.report.room.numbers import numerals
from tabletop.report.room.policy import MARKS
from tabletop.report.room.rows import Who, arranged, chart_width, everybody
from tabletop.report.room.view import View
from tabletop.scenario.words import number

EDGE, VALUE = 14.0, 104.0
"""Pixels at the ends of a chart, and of the number beside it."""


@dataclass(frozen=True)
class Stem:
    """A mean in pixels, with the interval of its difference from the baseline's, and in words."""

    at: float | None
    line: tuple[float, float] | None
    mark: str
    text: str


@dataclass(frozen=True)
class EpilogueRow:
    """A table: a stem for each measure."""

    who: Who
    stems: tuple[Stem, ...]


@dataclass(frozen=True)
class Epilogue(View):
    """Rows in columns, a chart for each measure; right is better."""

    template: ClassVar[str] = "epilogue.html"
    heads: tuple[str, ...]
    zeros: tuple[float, ...]
    width: float
    columns: tuple[tuple[EpilogueRow, ...], ...]


def epilogue(state: State, measures: Sequence[str], found: Adjudication) -> Epilogue:
    """The mean of each measure at every table, from the baseline's mean."""
    wide = chart_width(len(state.teams), len(measures) * VALUE) / len(measures)
    stems: dict[str, list[Stem]] = {team: [] for team in state.teams}
    zeros = []
    for name in measures:
        effects = {
            team: policy_effect(state.scenario, found, team, name, is_baseline=not state.hand(team).played)
            for team in state.teams
        }
        scale = Scale.of_contrasts(
            [one.contrast for one in effects.values() if one.contrast is not None],
            None, MEASURES[name].direction, EDGE, wide - EDGE,
        )  # fmt: skip
        zeros.append(scale.at(0.0))
        for team, stem in _stems(state, name, effects, scale).items():
            stems[team].append(stem)
    means = ", ".join(_usual(state, name, found) for name in measures)
    return Epilogue(
        heading(f"What you left: days {number(found.start)} to {number(found.end)}"),
        f"Means of {found.other_worlds}, 95 % for all at once. Dashed: baseline, {means}.",
        tuple(_head(name) for name in measures),
        tuple(zeros),
        wide,
        arranged([EpilogueRow(who, tuple(stems[who.name])) for who in everybody(state.teams)]),
    )


def _head(name: str) -> str:
    return f"{MEASURES[name].title}, {better_word(name)} →"


def _usual(state: State, name: str, found: Adjudication) -> str:
    mean = found.baseline.mean(name)
    return f"{'missing' if mean is None else numerals(state.scenario, name, mean).mean(mean)}"


def _stems(state: State, name: str, effects: Mapping[str, PolicyEffect], scale: Scale) -> dict[str, Stem]:
    stems = {}
    for team, one in effects.items():
        contrast, mean = one.contrast, one.own.mean
        if contrast is None or contrast.difference is None or mean is None:
            stems[team] = Stem(None, None, "", "missing")
            continue
        interval = contrast.interval
        ends = None if interval is None else sorted((scale.at(interval.low), scale.at(interval.high)))
        text = numerals(state.scenario, name, one.baseline.mean or 0.0).mean(mean)
        line = None if ends is None else (ends[0], ends[1])
        stems[team] = Stem(scale.at(contrast.difference), line, MARKS.get(side(contrast), "ring"), text)
    return stems
