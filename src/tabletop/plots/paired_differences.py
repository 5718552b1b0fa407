"""Paired differences: every mix against the baseline in every primary measure, with the δ zone."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from tabletop.analysis.compare import Comparison
from tabletop.analysis.contrast import Contrast, ContrastVerdict
from tabletop.analysis.interval import CONFIDENCE, FEW_WORLDS
from tabletop.analysis.words import figure as number
from tabletop.analysis.words import share
from tabletop.experiment.mix_names import mix_names
from tabletop.experiment.results import Results
from tabletop.measures import MEASURES
from tabletop.plots.headline import verdict_title
from tabletop.plots.key import KeyEntry, draw_key
from tabletop.plots.labels import leading_measure, others, shown_measures, unit
from tabletop.plots.panels import TICKS, Panels, number_axis
from tabletop.plots.plot import CatalogueFigure, counted
from tabletop.plots.sheet import Sheet
from tabletop.plots.style import DASHED, INK, MARKS, PAPER, QUIET, ZONE
from tabletop.plots.table import Table, ends

KEY = 32.0
"""Pixels of the key's line."""
ROOMY = 60.0
"""Pixels of a row from which the verdict stands beside its mark."""


def title(results: Results, compared: Comparison) -> str:
    """The verdicts on the leading measure."""
    return verdict_title(compared, leading_measure(results, compared), mix_names(results, compared.mixes))


def picture(results: Results, compared: Comparison) -> Figure:
    """A panel for each measure: interval and mark of each mix; the δ zone is grey."""
    measures, mixes = shown_measures(results, compared), others(compared)
    names = mix_names(results, compared.mixes)
    deltas = {name: results.design.scenario.measures[name].delta for name in measures}
    heads = [f"{MEASURES[name].title} (δ {number(deltas[name])})" for name in measures]
    panels = Panels.of([names[mix] for mix in mixes], heads, foot=TICKS + 34)
    sheet = Sheet(title(results, compared), _notes(compared), body=KEY + panels.needs)
    shown = [compared.contrast(name, mix) for name in measures for mix in mixes]
    worded = panels.pixels_a_row(sheet, sheet.top + KEY) > ROOMY
    draw_key(sheet, sheet.left, sheet.top + KEY / 2 - 6, _entries(shown, worded=worded))
    for name, axes in zip(measures, panels.axes(sheet, sheet.top + KEY), strict=True):
        contrasts = [compared.contrast(name, mix) for mix in mixes]
        _draw_measure(axes, contrasts, deltas[name])
        if worded:
            _say_verdicts(axes, contrasts)
        _name_sides(axes, name)
    return sheet.figure


def data(results: Results, compared: Comparison) -> Table:
    """A row for each measure and mix."""
    return Table.of(
        (
            "measure", "unit", "mix", "baseline", "replications", "differing", "difference", "low", "high",
            "confidence", "method", "adjustment", "delta", "verdict", "few_worlds_differ", "skewed",
            "in_words",
        ),
        [
            (
                c.measure, MEASURES[c.measure].unit, c.mix, c.baseline, c.n, c.differing, c.difference,
                *ends(c.interval),
                c.interval.confidence if c.interval else None,
                c.interval.method.value if c.interval else None,
                "Bonferroni" if c.primary else "unadjusted",
                c.delta, c.verdict.value, c.few_worlds_differ, c.is_skewed, c.in_words(),
            )
            for name in shown_measures(results, compared)
            for c in (compared.contrast(name, mix) for mix in others(compared))
        ],
    )  # fmt: skip


def _draw_measure(axes: Axes, contrasts: list[Contrast], delta: float) -> None:
    axes.axvspan(-delta, delta, color=ZONE, lw=0, zorder=0)
    axes.axvline(0, color=INK, lw=1.2, zorder=1)
    ends = [-1.15 * delta, 1.15 * delta]
    for row, contrast in enumerate(contrasts):
        mark = MARKS[contrast.verdict]
        interval = contrast.interval
        if interval is not None:
            style = DASHED if contrast.rests_on_little else "-"
            axes.plot([interval.low, interval.high], [row, row], color=mark.colour, lw=3, ls=style, zorder=2)
            ends += [interval.low, interval.high]
        if contrast.difference is None or contrast.verdict in {
            ContrastVerdict.SAME_POLICY,
            ContrastVerdict.NO_DIFFERENCE_SEEN,
        }:
            axes.text(
                0.5, row, mark.word, transform=axes.get_yaxis_transform(), ha="center", va="center_baseline",
                color=QUIET, bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1.5}, zorder=4,
            )  # fmt: skip
            continue
        axes.plot([contrast.difference], [row], **mark.drawn(), zorder=3)
        ends.append(contrast.difference)
    margin = 0.04 * (max(ends) - min(ends))
    axes.set_xlim(min(ends) - margin, max(ends) + margin)
    number_axis(axes, "x", signed=True)


def _say_verdicts(axes: Axes, contrasts: list[Contrast]) -> None:
    """Above each mark: its verdict, kept inside the panel."""
    low, high = axes.get_xlim()
    for row, contrast in enumerate(contrasts):
        if contrast.difference is None or MARKS[contrast.verdict].shape == "|":
            continue
        place = (contrast.difference - low) / (high - low)
        side = "left" if place < 0.3 else "right" if place > 0.7 else "center"
        slight = ", by less than δ" if "but" in contrast.verdict else ""
        axes.annotate(
            MARKS[contrast.verdict].word + slight, (contrast.difference, row), (0, 12), ha=side, va="bottom",
            textcoords="offset points", path_effects=[withStroke(linewidth=4, foreground=PAPER)],
        )  # fmt: skip


def _name_sides(axes: Axes, measure: str) -> None:
    """Below a panel: its unit, and which side is better."""
    sides = {-1: ("◀ better", "worse ▶"), 1: ("◀ worse", "better ▶"), 0: ("◀ lower", "higher ▶")}
    left, right = sides[MEASURES[measure].direction]
    below: dict[str, Any] = {"va": "top", "textcoords": "offset points", "xycoords": "axes fraction"}
    drop = -TICKS * 0.72
    axes.annotate(left, (0, 0), (0, drop), ha="left", color=QUIET, **below)
    axes.annotate(right, (1, 0), (0, drop), ha="right", color=QUIET, **below)
    axes.annotate(unit(measure), (0.5, 0), (0, drop), ha="center", **below)


def _entries(contrasts: list[Contrast], *, worded: bool) -> list[KeyEntry]:
    """What the marks that occur mean."""
    marks = [
        MARKS[verdict]
        for verdict in MARKS
        if any(c.verdict is verdict and c.difference is not None for c in contrasts)
    ]
    words = {mark.word: KeyEntry(mark.word, mark) for mark in marks if mark.shape != "|" and not worded}
    entries = [*words.values(), KeyEntry("smaller than δ", ground=ZONE)]
    if any(c.rests_on_little for c in contrasts):
        entries.append(KeyEntry(f"fewer than {FEW_WORLDS} worlds tell, or skewed", line=(INK, DASHED)))
    return entries


def _notes(compared: Comparison) -> list[str]:
    together = compared.intervals_together
    held = f"all {together} at {share(CONFIDENCE)} together" if together > 1 else f"at {share(CONFIDENCE)}"
    return [f"Line: interval of the mean paired difference, {held}. {counted(compared)}"]


PLOT = CatalogueFigure(
    "paired_differences",
    "Difference of every mix from the baseline in every primary measure, with its interval and δ.",
    title,
    picture,
    data,
)
