"""Convergence: how the mean paired difference and its interval settle as replications are added."""

from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tabletop.analysis.compare import Comparison
from tabletop.analysis.contrast import Contrast, ContrastVerdict
from tabletop.analysis.interval import CONFIDENCE
from tabletop.analysis.outcomes import Column
from tabletop.analysis.paired import Paired
from tabletop.analysis.words import figure as number
from tabletop.analysis.words import plural, share
from tabletop.experiment.mix_names import mix_names
from tabletop.experiment.results import Results
from tabletop.measures import MEASURES
from tabletop.plots.form import Form
from tabletop.plots.headline import fitting
from tabletop.plots.key import LINE, KeyEntry, draw_key, key_lines
from tabletop.plots.labels import leading_measure, listed, others, short, unit
from tabletop.plots.matrix import matrix, needs
from tabletop.plots.number_axis import number_axis
from tabletop.plots.plot import CatalogueFigure, counted
from tabletop.plots.sheet import MARGIN, Sheet
from tabletop.plots.style import BLUE, INK, SKY, ZONE
from tabletop.plots.table import Table, ends

LOOKS = 120
"""Numbers of replications at which the mean is shown, at most."""
KEY = 32.0
_WITHOUT = {
    ContrastVerdict.MISSING,
    ContrastVerdict.ONE_REPLICATION,
    ContrastVerdict.TOO_LITTLE,
    ContrastVerdict.UNADJUSTED,
}


class Look(NamedTuple):
    """The paired difference after so many replications."""

    replications: int
    difference: float
    low: float | None
    high: float | None


def title(results: Results, compared: Comparison) -> str:
    """What is decided after so many replications, and what would need more."""
    measure = leading_measure(results, compared)
    names = mix_names(results, compared.mixes)
    contrasts = [compared.contrast(measure, mix) for mix in others(compared)]
    after = f"{MEASURES[measure].title}: after {plural(len(compared.replications), 'replication')}"
    if all(c.verdict in _WITHOUT for c in contrasts):
        return f"{after} there is no verdict"
    open_ = [c for c in contrasts if c.verdict is ContrastVerdict.UNDECIDED]
    if not open_:
        seen = any(c.differing for c in contrasts)
        return f"{after} no mix is undecided" if seen else f"{after} no difference seen"
    most = max(c.more or 0 for c in open_)
    start = f"{after} undecided for"
    more = f"; about {number(most)} more {'are' if most > 1 else 'is'} needed" + (
        " at most" if len(open_) > 1 else ""
    )
    return fitting(
        f"{start} {listed([short(names[c.mix]) for c in open_], n)}{more}" for n in (6, 4, 3, 2, 1)
    )


def picture(results: Results, compared: Comparison, form: Form) -> Figure:
    """A panel for each mix: the running mean, its interval, zero and the δ zone."""
    measure = leading_measure(results, compared)
    names = mix_names(results, compared.mixes)
    contrasts = [compared.contrast(measure, mix) for mix in others(compared)]
    looks = {c.mix: _looks(results, compared, c) for c in contrasts}
    entries = _entries(contrasts[0])
    key = KEY + LINE * (len(key_lines(form, form.width - 2 * MARGIN, entries)) - 1)
    body = key + needs(len(contrasts), form) + 30
    sheet = Sheet(title(results, compared), notes(results, compared), body=body, form=form)
    draw_key(sheet, sheet.left, sheet.top + KEY / 2 - 6, entries)
    low, high = _extent(contrasts, looks)
    heads = [names[c.mix] for c in contrasts]
    for contrast, axes in zip(contrasts, matrix(sheet, heads, top=sheet.top + key - 6, foot=26), strict=True):
        axes.set(xlim=(0, max(2, len(compared.replications))), ylim=(low, high))
        _draw(axes, looks[contrast.mix], contrast.delta)
    what = f"difference in {MEASURES[measure].title.lower()} ({unit(measure)})"
    caption = f"across: replications; up: {what}"
    sheet.text((sheet.left + sheet.right) / 2, sheet.bottom - 8, caption, ha="center")
    return sheet.figure


def data(results: Results, compared: Comparison) -> Table:
    """A row for each mix and number of replications that is shown."""
    measure = leading_measure(results, compared)
    return Table.of(
        ("measure", "unit", "mix", "baseline", "replications", "difference", "low", "high", "confidence"),
        [
            (measure, MEASURES[measure].unit, mix, compared.baseline, *look, _confidence(compared, contrast))
            for mix in others(compared)
            for contrast in [compared.contrast(measure, mix)]
            for look in _looks(results, compared, contrast)
        ],
    )


def _looks(results: Results, compared: Comparison, contrast: Contrast) -> list[Look]:
    """The running difference, at evenly spaced numbers of replications."""
    columns = results.outcomes(compared.mixes).columns
    mine, theirs = columns[contrast.mix][contrast.measure], columns[contrast.baseline][contrast.measure]
    n = len(compared.replications)
    numbers = (
        sorted({max(1, round(n * look / LOOKS)) for look in range(1, LOOKS + 1)})
        if n > LOOKS
        else range(1, n + 1)
    )
    found = []
    for size in numbers:
        first = {contrast.mix: _first(mine, size), contrast.baseline: _first(theirs, size)}
        paired = Paired.of(first, {contrast.mix: 1.0, contrast.baseline: -1.0})
        if paired is None:
            continue
        found.append(Look(size, paired.moments.mean, *ends(paired.interval(_confidence(compared, contrast)))))
    return found


def _first(column: Column, size: int) -> Column:
    """The first replications of a column."""
    return Column(column.numerators[:size], column.denominators[:size], is_ratio=column.is_ratio)


def _confidence(compared: Comparison, contrast: Contrast) -> float:
    """The confidence of one interval among those that hold together."""
    return 1 - (1 - CONFIDENCE) / max(1, compared.intervals_together if contrast.primary else 1)


def _extent(contrasts: list[Contrast], looks: dict[str, list[Look]]) -> tuple[float, float]:
    """What the panels show: intervals from a third of the way on, for the first ones are far too wide."""
    ends = [0.0]
    for contrast in contrasts:
        ends += [-(contrast.delta or 0.0), contrast.delta or 0.0]
        found = looks[contrast.mix]
        for look in found[len(found) // 3 :]:
            ends += [end for end in (look.low, look.high, look.difference) if end is not None]
    low, high = min(ends), max(ends)
    pad = 0.08 * (high - low) or 1.0
    return low - pad, high + pad


def _draw(axes: Axes, looks: list[Look], delta: float | None) -> None:
    if delta:
        axes.axhspan(-delta, delta, color=ZONE, lw=0, zorder=0)
    axes.axhline(0, color=INK, lw=1.2, zorder=1)
    wide = [look for look in looks if look.low is not None and look.high is not None]
    sizes = [look.replications for look in wide]
    low, high = [look.low or 0.0 for look in wide], [look.high or 0.0 for look in wide]
    axes.fill_between(sizes, low, high, color=SKY, alpha=0.45, lw=0, zorder=2)
    for edge in (low, high):
        axes.plot(sizes, edge, color=BLUE, lw=1, zorder=3)
    means = ([look.replications for look in looks], [look.difference for look in looks])
    axes.plot(*means, color=BLUE, lw=3, zorder=4, marker="o" if len(looks) < 2 else None, markersize=9)
    number_axis(axes, "x", most=4)
    number_axis(axes, "y", most=4, signed=True)


def _entries(contrast: Contrast) -> list[KeyEntry]:
    entries = [
        KeyEntry("running mean of the paired difference", line=(BLUE, "-")),
        KeyEntry("interval of the mean", ground=SKY),
    ]
    return [*entries, KeyEntry("smaller than δ", ground=ZONE)] if contrast.delta else entries


def notes(results: Results, compared: Comparison) -> list[str]:
    """What the band is, and what not to conclude from it."""
    together = compared.intervals_together
    held = f" for {together} together" if together > 1 else ""
    warning = "Only the last counts: stopping when it leaves 0 is no test."
    return [f"Interval: {share(CONFIDENCE)}{held}. {warning} {counted(compared)}"]


PLOT = CatalogueFigure(
    "convergence",
    "Running mean of the paired difference in the first primary measure, with its interval.",
    title,
    picture,
    data,
    notes,
    has_narrow_form=False,
)
