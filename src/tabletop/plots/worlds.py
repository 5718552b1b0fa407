"""Worlds: every world by itself, under the baseline and under each mix, from lucky to unlucky."""

from collections.abc import Sequence
from math import ceil
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from tabletop.analysis.compare import Comparison
from tabletop.analysis.numerals import Numerals
from tabletop.analysis.outcomes import ROUNDING
from tabletop.analysis.worlds import Worlds
from tabletop.experiment.mix_names import mix_names
from tabletop.experiment.results import Results
from tabletop.measures import MEASURES
from tabletop.plots.form import Form
from tabletop.plots.labels import leading_measure, mix_numbers, others, short
from tabletop.plots.lettering import fitted
from tabletop.plots.plot import CatalogueFigure, counted
from tabletop.plots.scale import Scale
from tabletop.plots.sheet import Sheet
from tabletop.plots.shortening import shortened
from tabletop.plots.style import BLUE, INK, PAPER, QUIET, RULE, VERMILLION
from tabletop.plots.table import Table
from tabletop.plots.wording import capital, in_prose, quantity_word, titled

HEAD, FOOT, GAP, LEFT, LEAST = 66.0, 34.0, 26.0, 62.0, 150.0
"""Pixels above a panel, below it, beside it, for its numbers, and of its least height."""
MOST = 60
"""Worlds that a panel shows; of more, as many are taken evenly by rank."""


class Pair(NamedTuple):
    """One world under the baseline and under a mix."""

    replication: int
    theirs: float
    mine: float

    @property
    def is_same(self) -> bool:
        """Whether both come to the same."""
        return abs(self.mine - self.theirs) <= ROUNDING * max(abs(self.mine), abs(self.theirs))


def title(results: Results, compared: Comparison) -> str:
    """In how many worlds the mix that differs most often is on one side, and on the other."""
    measure, mix = leading_measure(results, compared), clearest(results, compared)
    names = mix_names(results, compared.mixes)
    worlds = compared.contrast(measure, mix).worlds
    what = in_prose(measure)
    if worlds.missing == worlds.total:
        return f"{capital(what)}: missing in every world"
    if not worlds.lower + worlds.higher:
        return f"{capital(what)}: the same in every world, whatever the mix"
    first, second = (
        (("less", worlds.lower), ("more", worlds.higher))
        if worlds.lower >= worlds.higher
        else (("more", worlds.higher), ("less", worlds.lower))
    )
    words = [quantity_word(measure, -1.0 if side == "less" else 1.0) for side, _ in (first, second)]
    start = f"{capital(words[0])} {what} in {first[1]} of {worlds.total} worlds with {short(names[mix])}"
    return titled(
        [f"{start}, {words[1]} in {second[1]}", start, f"{capital(words[0])} {what} in {first[1]} worlds"]
    )


def clearest(results: Results, compared: Comparison) -> str:
    """The mix that differs from the baseline on one side in most more worlds than on the other."""
    measure = leading_measure(results, compared)
    counts = {mix: compared.contrast(measure, mix).worlds for mix in others(compared)}
    return max(
        counts, key=lambda m: (abs(counts[m].lower - counts[m].higher), counts[m].lower + counts[m].higher)
    )


def picture(results: Results, compared: Comparison, form: Form, mixes: Sequence[str] | None = None) -> Figure:
    """A panel for each mix: of those that are named, else of all, on a phone of the clearest one.

    A ring is the baseline's outcome in a world, a disc or a square the mix's.
    """
    measure = leading_measure(results, compared)
    names, numbers = mix_names(results, compared.mixes), mix_numbers(results, compared)
    if mixes is None:
        mixes = [clearest(results, compared)] if form.is_narrow else others(compared)
    pairs = {mix: _drawn(_pairs(results, compared, measure, mix), measure) for mix in mixes}
    across = _columns(len(pairs), form)
    down = ceil(len(pairs) / across)
    pitch = HEAD + LEAST + FOOT
    sheet = Sheet(title(results, compared), notes(results, compared), body=down * pitch, form=form)
    canvas = sheet.canvas()
    wide = (sheet.right - sheet.left - GAP * (across - 1)) / across
    deep = sheet.room / down
    every = [value for of in pairs.values() for pair in of for value in (pair.theirs, pair.mine)]
    numerals = Numerals.of(measure, results.design.scenario.measures[measure].delta)
    labels = shortened([names[mix] for mix in pairs], wide - 36, form.text, bold=True)
    for place, (mix, of) in enumerate(pairs.items()):
        row, column = divmod(place, across)
        x, y = sheet.left + column * (wide + GAP), sheet.top + row * deep
        sheet.badge(canvas, x + 14, y + 16, numbers[mix], radius=14)
        sheet.text(x + 36, y + 16, labels[place], weight="bold")
        said = counts_in_words(compared.contrast(measure, mix).worlds, measure)
        sheet.text(x, y + 46, fitted(said, wide + 8, 1, form.small), size=form.small, color=QUIET)
        frame = (x + LEFT, y + HEAD, x + wide - 6, y + deep - FOOT)
        _draw_panel(sheet, canvas, of, every, measure, numerals, frame)
    return sheet.figure


def data(results: Results, compared: Comparison) -> Table:
    """A row for each mix and world."""
    measure = leading_measure(results, compared)
    return Table.of(
        ("measure", "unit", "mix", "baseline", "replication", "baseline_value", "mix_value"),
        [
            (measure, MEASURES[measure].unit, mix, compared.baseline, *pair)
            for mix in others(compared)
            for pair in _pairs(results, compared, measure, mix)
        ],
    )


def counts_in_words(worlds: Worlds, measure: str) -> str:
    """'fewer in 20, more in 2, same in 8 of 30'."""
    less, more = (quantity_word(measure, sign) for sign in (-1.0, 1.0))
    missing = f", missing in {worlds.missing}" if worlds.missing else ""
    both = f"{less} in {worlds.lower}, {more} in {worlds.higher}"
    return f"{both}, same in {worlds.same}{missing} of {worlds.total}"


def notes(results: Results, compared: Comparison) -> list[str]:
    """What a column and its marks are."""
    measure = leading_measure(results, compared)
    direction = MEASURES[measure].direction
    marks = "disc: the mix, better; square: worse" if direction else "disc: the mix"
    shown = f" {MOST} are drawn, evenly by rank." if len(compared.replications) > MOST else ""
    ring = f"Ring: {short(mix_names(results, compared.mixes)[compared.baseline])}"
    return [f"A column is a world. {ring}; {marks}; ring with a point: the same. {counted(compared)}{shown}"]


def _columns(number: int, form: Form) -> int:
    """Panels beside each other."""
    if form.is_narrow:
        return 1
    if form.is_titled:
        return min(number, 3 if number <= 6 else 4)
    return min(number, 2)


def _pairs(results: Results, compared: Comparison, measure: str, mix: str) -> list[Pair]:
    outcomes = results.outcomes(compared.mixes)
    theirs, mine = (outcomes.columns[name][measure].each() for name in (compared.baseline, mix))
    return [
        Pair(r, there, here)
        for r, there, here in zip(outcomes.replications, theirs, mine, strict=True)
        if there is not None and here is not None
    ]


def _drawn(pairs: list[Pair], measure: str) -> list[Pair]:
    """From the luckiest world to the unluckiest, or some of them, evenly by rank."""
    sign = MEASURES[measure].direction or -1
    ordered = sorted(pairs, key=lambda pair: (-sign * pair.theirs, -sign * pair.mine, pair.replication))
    n = len(ordered)
    if n <= MOST:
        return ordered
    return [ordered[int((i + 0.5) * n / MOST)] for i in range(MOST)]


def _draw_panel(
    sheet: Sheet,
    canvas: Axes,
    pairs: Sequence[Pair],
    every: Sequence[float],
    measure: str,
    numerals: Numerals,
    frame: tuple[float, float, float, float],
) -> None:
    left, top, right, bottom = frame
    low, high = min(every, default=0.0), max(every, default=1.0)
    if MEASURES[measure].adds_up:
        low = 0.0
    pad = 0.06 * (high - low) or 1.0
    scale = Scale(low - (pad if low else 0.0), high + pad, bottom, top)
    for tick in scale.ticks(4, whole=MEASURES[measure].unit == "count"):
        if tick < min(0.0, low):
            continue
        y = scale.at(tick)
        canvas.plot([left, right], [y, y], color=RULE, lw=0.7, zorder=1)
        text = numerals.axis(tick)
        sheet.text(left - 8, y, text, ha="right", size=sheet.form.small, color=QUIET)
    direction = MEASURES[measure].direction
    of = " worlds" if right - left > 280 else ""
    words = (f"lucky{of}", f"unlucky{of} →") if direction else ("low", "high →")
    sheet.text(left, bottom + 18, words[0], size=sheet.form.small, color=QUIET)
    sheet.text(right, bottom + 18, words[1], size=sheet.form.small, color=QUIET, ha="right")
    step = (right - left) / max(1, len(pairs))
    size = max(3.0, min(7.0, step * 0.6))
    at = {
        pair: (left + (place + 0.5) * step, scale.at(pair.theirs), scale.at(pair.mine))
        for place, pair in enumerate(pairs)
    }
    kinds = {
        (BLUE if direction else INK, "o"): [p for p in pairs if not p.is_same and _is_better(p, direction)],
        (VERMILLION if direction else INK, "s" if direction else "o"): [
            p for p in pairs if not p.is_same and not _is_better(p, direction)
        ],
    }
    marks: dict[str, Any] = {"ls": "none", "markersize": size}
    for (colour, shape), members in kinds.items():
        stems = [[(at[p][0], at[p][1]), (at[p][0], at[p][2])] for p in members]
        canvas.add_collection(LineCollection(stems, colors=colour, linewidths=2.4, alpha=0.45, zorder=2))
        canvas.plot(
            [at[p][0] for p in members],
            [at[p][2] for p in members],
            marker=shape,
            color=colour,
            zorder=4,
            **marks,
        )
    rings = ([x for x, _, _ in at.values()], [y for _, y, _ in at.values()])
    canvas.plot(*rings, marker="o", mfc=PAPER, mec=INK, mew=1.3, zorder=3, **marks)
    same = [at[p] for p in pairs if p.is_same]
    marks["markersize"] = size * 0.4
    canvas.plot([x for x, _, _ in same], [y for _, y, _ in same], marker="o", color=INK, zorder=4, **marks)


def _is_better(pair: Pair, direction: int) -> bool:
    return (pair.mine - pair.theirs) * (direction or -1) > 0


PLOT = CatalogueFigure(
    "worlds",
    "The leading measure in every world, under the baseline and under each mix.",
    title,
    picture,
    data,
    notes,
)
