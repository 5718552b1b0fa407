"""An axis of choices: a band for each, in which variants lie side by side, and nothing between two bands."""

from collections.abc import Iterable
from typing import Literal

from matplotlib.axes import Axes

from tabletop.experiment.robustness.variants import amount_in_words
from tabletop.plots.form import Form
from tabletop.plots.lettering import fitted
from tabletop.plots.study_labels import BESIDE
from tabletop.plots.style import RULE
from tabletop.scenario.uncertain import Uncertain

Which = Literal["x", "y"]
BAND = 0.7
"""Share of a band over which variants are spread, so that there is a gap to the next."""


def spread(one: Uncertain, share: float) -> float:
    """Where a variant stands on the axis: in the band of its choice, in the order of their shares."""
    if one.choices is None:
        return share
    count = len(one.choices)
    case = min(int(share * count), count - 1)
    return (case + 0.5 + BAND * (share * count - case - 0.5)) / count


def spread_end(one: Uncertain, end: float, shares: Iterable[float]) -> float:
    """Where the end of a box stands: between two bands, unless it parts variants of one choice."""
    if one.choices is None or not 0 < end < 1:
        return end
    between = round(end * len(one.choices)) / len(one.choices)
    low, high = sorted((end, between))
    return spread(one, end) if any(low < share <= high for share in shares) else between


def choice_axis(axes: Axes, which: Which, one: Uncertain, own: float, form: Form) -> None:
    """The names of the choices, that of the file in bold, and a line between two bands; no scale."""
    assert one.choices is not None, "only choices have bands"
    count = len(one.choices)
    at = [(case + 0.5) / count for case in range(count)]
    said = [amount_in_words(one, choice) for choice in one.choices]
    if which == "x":
        room = axes.get_window_extent().width / count - 8
        axes.set_xticks(at, [fitted(text, room, 1, form.small, bold=True) for text in said])
        labels, spine = axes.get_xticklabels(), "bottom"
    else:
        axes.set_yticks(at, [fitted(text, BESIDE, 2, form.small, bold=True) for text in said])
        labels, spine = axes.get_yticklabels(), "left"
    axes.tick_params(axis=which, length=0)
    axes.spines[spine].set_visible(False)
    for case in range(1, count):
        (axes.axvline if which == "x" else axes.axhline)(case / count, color=RULE, lw=1.0, zorder=-1)
    labels[min(int(own * count), count - 1)].set_fontweight("bold")
