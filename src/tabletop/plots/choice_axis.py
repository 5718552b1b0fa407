"""An axis of choices: a band for each, in which variants lie side by side, and nothing between two bands."""

from collections.abc import Iterable, Sequence
from math import floor, isinf
from typing import Literal

from matplotlib.axes import Axes

from tabletop.experiment.robustness.study import Robustness
from tabletop.experiment.robustness.variants import amount_in_words
from tabletop.plots.form import Form
from tabletop.plots.lettering import fitted
from tabletop.plots.study_labels import BESIDE, condition_axis
from tabletop.plots.style import RULE
from tabletop.scenario.uncertain import Uncertain

Which = Literal["x", "y"]
BAND = 0.7
"""Share of a band over which variants are spread, so that there is a gap to the next."""


def spread(one: Uncertain, share: float) -> float:
    """Where a variant stands on the axis: in the band of its choice, in the order of their shares."""
    if one.choices is None:
        return share
    count, case = len(one.choices), one.case(share)
    return (case + 0.5 + BAND * (share * count - case - 0.5)) / count


def spread_end(one: Uncertain, end: float) -> float:
    """Where the end of a box stands: between two bands; a choice in whose middle it lies is below it."""
    if one.choices is None or isinf(end):
        return end
    return floor(end * len(one.choices) + 0.5) / len(one.choices)


def as_written(conditions: Iterable[Uncertain]) -> str:
    """What shows where the file itself stands on axes of these conditions."""
    return "Bold, or dashes" if any(one.choices is not None for one in conditions) else "Dashes"


def range_axis(axes: Axes, which: Which, study: Robustness, place: int, form: Form) -> None:
    """The axis of a condition: its range, or a band for each choice."""
    one = study.ranges.uncertain[place]
    if one.choices is None:
        condition_axis(axes, which, study, place, form)
    else:
        said = [amount_in_words(one, choice) for choice in one.choices]
        _name_bands(axes, which, said, study.ranges.own[place], form)


def _name_bands(axes: Axes, which: Which, said: Sequence[str], own: float, form: Form) -> None:
    """The names of the choices, that of the file in bold, and a line between two bands; no scale."""
    count = len(said)
    at, here = [(case + 0.5) / count for case in range(count)], min(int(own * count), count - 1)
    left, right = axes.get_xlim()
    band = axes.get_window_extent().width / (right - left) / count
    room, lines = (band - 8, 1) if which == "x" else (BESIDE, 2)
    names = [fitted(name, room, lines, form.small, bold=case == here) for case, name in enumerate(said)]
    (axes.set_xticks if which == "x" else axes.set_yticks)(at, names)
    (axes.get_xticklabels if which == "x" else axes.get_yticklabels)()[here].set_fontweight("bold")
    axes.tick_params(axis=which, length=0)
    axes.spines["bottom" if which == "x" else "left"].set_visible(False)
    for case in range(1, count):
        (axes.axvline if which == "x" else axes.axhline)(case / count, color=RULE, lw=1.0, zorder=-1)
