"""Luck: every mix against the baseline in the same worlds, a point a replication."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from tabletop.analysis.compare import Comparison
from tabletop.experiment.mix_names import mix_names
from tabletop.experiment.results import Results
from tabletop.measures import MEASURES
from tabletop.plots.headline import fitting
from tabletop.plots.labels import leading_measure, others, short, unit
from tabletop.plots.lettering import fitted
from tabletop.plots.matrix import matrix, needs
from tabletop.plots.panels import number_axis
from tabletop.plots.plot import CatalogueFigure, counted
from tabletop.plots.sheet import Sheet
from tabletop.plots.style import BLUE, INK, PAPER, ZONE
from tabletop.plots.table import Table

MOST = 1000
"""Replications that are drawn; more would hide each other."""


class Pair(NamedTuple):
    """One world under the baseline and under a mix."""

    replication: int
    theirs: float
    mine: float


def title(results: Results, compared: Comparison) -> str:
    """In how many worlds the mix that differs most often is lower, higher and the same."""
    measure = leading_measure(results, compared)
    names = mix_names(results, compared.mixes)
    split = {mix: _split(_pairs(results, compared, measure, mix)) for mix in others(compared)}
    mix = max(split, key=lambda m: (abs(split[m][0] - split[m][1]), split[m][0] + split[m][1]))
    lower, higher, same = split[mix]
    what, less = MEASURES[measure].title, "fewer" if MEASURES[measure].unit == "count" else "lower"
    greater = "more" if less == "fewer" else "higher"
    worlds = len(compared.replications)
    missing = worlds - lower - higher - same
    if missing == worlds:
        return f"{what}: missing in every world"
    lacking = f", missing in {missing}" if missing else ""
    if not lower + higher:
        where = f"in every world{lacking}, whatever the mix"
        return f"{what}: the same as with {short(names[compared.baseline])} {where}"
    first, second = (
        ((less, lower), (greater, higher)) if lower >= higher else ((greater, higher), (less, lower))
    )
    said = f"{what}: {first[0]} in {first[1]} of {worlds} worlds with {short(names[mix])}"
    against = f" than with {short(names[compared.baseline])} and the same luck"
    return fitting(f"{said}{versus}, {second[0]} in {second[1]}{lacking}" for versus in (against, ""))


def picture(results: Results, compared: Comparison) -> Figure:
    """A panel for each mix: on the line both are equal; the better side is grey."""
    measure = leading_measure(results, compared)
    names = mix_names(results, compared.mixes)
    pairs = {mix: _pairs(results, compared, measure, mix) for mix in others(compared)}
    every = [value for found in pairs.values() for pair in found for value in (pair.theirs, pair.mine)]
    low, high = min(every, default=0.0), max(every, default=1.0)
    pad = 0.08 * (high - low) or 1.0
    sheet = Sheet(title(results, compared), _notes(compared), body=needs(len(pairs)) + 30)
    heads = [names[mix] for mix in pairs]
    asides = [f"same in {_split(found)[2]}" for found in pairs.values()]
    panels = matrix(sheet, heads, top=sheet.top, foot=26, asides=asides)
    for mix, axes in zip(pairs, panels, strict=True):
        axes.set(xlim=(low - pad, high + pad), ylim=(low - pad, high + pad))
        _draw(axes, pairs[mix], measure)
    what = f"{MEASURES[measure].title.lower()} ({unit(measure)})"
    across = f"across: with {fitted(names[compared.baseline], 500, 1)}"
    caption = f"{what} of each world; {across}; up: with the mix"
    sheet.text((sheet.left + sheet.right) / 2, sheet.bottom - 8, caption, ha="center")
    return sheet.figure


def data(results: Results, compared: Comparison) -> Table:
    """A row for each mix and replication that is drawn."""
    measure = leading_measure(results, compared)
    return Table.of(
        ("measure", "unit", "mix", "baseline", "replication", "baseline_value", "mix_value"),
        [
            (measure, MEASURES[measure].unit, mix, compared.baseline, *pair)
            for mix in others(compared)
            for pair in _pairs(results, compared, measure, mix)[:MOST]
        ],
    )


def _pairs(results: Results, compared: Comparison, measure: str, mix: str) -> list[Pair]:
    outcomes = results.outcomes(compared.mixes)
    theirs, mine = (outcomes.columns[name][measure].each() for name in (compared.baseline, mix))
    return [
        Pair(r, there, here)
        for r, there, here in zip(outcomes.replications, theirs, mine, strict=True)
        if there is not None and here is not None
    ]


def _split(pairs: Sequence[Pair]) -> tuple[int, int, int]:
    """In how many worlds the mix is lower, higher, and the same."""
    lower = sum(pair.mine < pair.theirs for pair in pairs)
    higher = sum(pair.mine > pair.theirs for pair in pairs)
    return lower, higher, len(pairs) - lower - higher


def _draw(axes: Axes, pairs: Sequence[Pair], measure: str) -> None:
    low, high = axes.get_xlim()
    direction = MEASURES[measure].direction
    if direction:
        axes.fill_between(
            [low, high], [low, high], high if direction > 0 else low, color=ZONE, lw=0, zorder=0
        )
    axes.plot([low, high], [low, high], color=INK, lw=1.2, zorder=1)
    met = Counter((pair.theirs, pair.mine) for pair in pairs[:MOST])
    sizes = [60.0 * times for times in met.values()]
    axes.scatter(
        [x for x, _ in met],
        [y for _, y in met],
        s=sizes,
        color=BLUE,
        edgecolor=PAPER,
        lw=0.8,
        alpha=0.85,
        zorder=2,
    )
    lower, higher, _ = _split(pairs)
    up, down = {1: ("better", "worse"), -1: ("worse", "better"), 0: ("higher", "lower")}[direction]
    halo: dict[str, Any] = {"path_effects": [withStroke(linewidth=4, foreground=PAPER)], "zorder": 4}
    axes.text(0.02, 0.97, f"{up} in {higher}", transform=axes.transAxes, va="top", **halo)
    axes.text(0.98, 0.03, f"{down} in {lower}", transform=axes.transAxes, ha="right", va="bottom", **halo)
    whole = MEASURES[measure].unit == "count"
    number_axis(axes, "x", most=3, whole=whole, lowest=0.0)
    number_axis(axes, "y", most=3, whole=whole, lowest=0.0)


def _notes(compared: Comparison) -> list[str]:
    shown = f" The first {MOST:,} are drawn." if len(compared.replications) > MOST else ""
    return [f"On the line the two are equal; area: worlds that coincide. {counted(compared)}{shown}"]


PLOT = CatalogueFigure(
    "luck",
    "The first primary measure under every mix against the baseline, replication by replication.",
    title,
    picture,
    data,
)
