"""Case flow: where plots and innocent people end, pillar by pillar, as bars in the order of the flow."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tabletop.analysis.compare import Comparison
from tabletop.analysis.estimate import Estimate, Quantity, estimate
from tabletop.analysis.interval import CONFIDENCE
from tabletop.analysis.outcomes import Column
from tabletop.analysis.words import figure as number
from tabletop.analysis.words import share
from tabletop.experiment.mix_names import mix_names
from tabletop.experiment.results import Results
from tabletop.plots.headline import fitting, so_far
from tabletop.plots.labels import listed, short
from tabletop.plots.lettering import fitted, width
from tabletop.plots.panels import ONE_LINE
from tabletop.plots.plot import CatalogueFigure, counted
from tabletop.plots.sheet import Sheet
from tabletop.plots.style import BLUE, DASHED, INK, ORANGE, QUIET, SKY, VERMILLION
from tabletop.plots.table import Table, ends

Tally = Mapping[str, float]


@dataclass(frozen=True)
class Fate:
    """One way in which a plot, or an innocent person, comes to an end."""

    group: str
    title: str
    colour: str
    count: Callable[[Tally], float]


def _sum(*fields: str) -> Callable[[Tally], float]:
    return lambda tally: sum(tally[field] for field in fields)


def _without(field: str, other: str) -> Callable[[Tally], float]:
    return lambda tally: tally[field] - tally[other]


EVIDENCE = "Plots not stopped in time: how far their traces had come"
ENDED = "How plots ended"
COURT = "Disrupted plots: verdict"
INNOCENT = "Innocents with a case"
JUDGED = "Innocents charged: verdict"

FATES = (
    (
        Fate(EVIDENCE, "no trace seen", ORANGE, _sum("missed_untraced", "missed_uncaptured")),
        Fate(EVIDENCE, "screened out, lapsed", ORANGE, _sum("missed_screened_out", "missed_lapsed")),
        Fate(EVIDENCE, "only on file", ORANGE, _sum("missed_filed")),
        Fate(EVIDENCE, "waiting for a team", ORANGE, _sum("missed_handover", "missed_waiting")),
        Fate(EVIDENCE, "with a team", ORANGE, _sum("missed_investigated", "missed_lost")),
        Fate(ENDED, "incident", VERMILLION, _sum("incidents")),
        Fate(ENDED, "foiled", BLUE, _sum("foiled")),
        Fate(ENDED, "turned back", BLUE, _sum("turned_back")),
        Fate(ENDED, "disrupted", BLUE, _sum("disrupted")),
    ),
    (
        Fate(COURT, "convicted", BLUE, _without("convictions", "wrongful_convictions")),
        Fate(COURT, "acquitted", VERMILLION, _sum("guilty_acquitted")),
        Fate(COURT, "released", VERMILLION, _sum("guilty_released")),
        Fate(INNOCENT, "cleared", SKY, _sum("cleared")),
        Fate(INNOCENT, "charged", VERMILLION, _sum("wrongful")),
        Fate(JUDGED, "convicted", VERMILLION, _sum("wrongful_convictions")),
        Fate(JUDGED, "acquitted", SKY, _without("acquittals", "guilty_acquitted")),
        Fate(JUDGED, "released", SKY, _without("limit_releases", "guilty_released")),
    ),
)
"""Two rows of bars: plots on their way, and what justice and innocent people see."""

GROUP, HEAD, BETWEEN, GAP = 26.0, 49.0, 18.0, 10.0
NUMBER = 44.0
"""Pixels for a number behind its bar."""


def title(results: Results, compared: Comparison) -> str:
    """The stage that the evidence on the largest group of missed plots had reached, mix by mix."""
    counts = _counts(results, compared)
    missed = [fate for fate in FATES[0] if fate.group == EVIDENCE]
    most: dict[str, list[str]] = {}
    for mix in compared.mixes:
        totals = {fate.title: fsum(counts[fate][mix]) for fate in missed}
        if any(totals.values()):
            most.setdefault(max(totals, key=lambda name: totals[name]), []).append(mix)
    names = mix_names(results, compared.mixes)
    if not most:
        return "No plot was carried out or foiled at the last moment in any mix"
    start = f"Plots not stopped in time: the largest group{so_far(compared)} was"
    if len(most) == 1:
        return f"{start} {next(iter(most))}" + (", whatever the mix" if len(compared.mixes) > 1 else "")
    named = {stage: [short(names[mix]) for mix in mixes] for stage, mixes in most.items()}
    said = ["; ".join(f"{at} ({listed(who, n)})" for at, who in named.items()) for n in (6, 4, 3, 2, 1)]
    return fitting(f"{start} {one}" for one in said)


def picture(results: Results, compared: Comparison) -> Figure:
    """Two rows of columns of bars, a mix a line; under one heading they have one scale."""
    names = mix_names(results, compared.mixes)
    labels = [fitted(names[mix], 235, 1) for mix in compared.mixes]
    block = GROUP + HEAD + ONE_LINE * len(labels)
    sheet = Sheet(title(results, compared), _notes(compared), body=2 * block + BETWEEN)
    label_width = max(width(label) for label in labels) + 14
    deep = (sheet.room - BETWEEN) / 2
    estimates = _estimates(results, compared)
    for row, fates in enumerate(FATES):
        top = sheet.top + row * (deep + BETWEEN)
        wide = (sheet.right - sheet.left - label_width - GAP * (len(fates) - 1)) / len(fates)
        for line, label in enumerate(labels):
            y = top + GROUP + HEAD + (line + 0.5) * (deep - GROUP - HEAD) / len(labels)
            sheet.text(sheet.left + label_width - 14, y, label, ha="right", va="center_baseline")
        for column, fate in enumerate(fates):
            x = sheet.left + label_width + column * (wide + GAP)
            if not column or fates[column - 1].group != fate.group:
                members = sum(f.group == fate.group for f in fates)
                _head_group(sheet, fate.group, x, top, members * (wide + GAP) - GAP)
            sheet.text(
                x,
                top + GROUP + HEAD - 8,
                fitted(fate.title, wide + 4, 2, end=True),
                va="baseline",
                linespacing=1.05,
            )
            axes = sheet.axes(x, top + GROUP + HEAD, wide, deep - GROUP - HEAD)
            alike = [_end(e) for f in fates if f.group == fate.group for e in estimates[f].values()]
            _draw_bars(axes, fate, list(estimates[fate].values()), max(alike), room=wide)
    return sheet.figure


def data(results: Results, compared: Comparison) -> Table:
    """A row for each fate and mix: counts a replication."""
    return Table.of(
        ("group", "end", "mix", "replications", "mean", "low", "high", "rests_on", "unit"),
        [
            (
                fate.group,
                fate.title,
                mix,
                e.n,
                e.value,
                *ends(e.interval),
                e.basis.in_words(),
                "number per replication",
            )
            for fate, by_mix in _estimates(results, compared).items()
            for mix, e in by_mix.items()
        ],
    )


def _estimates(results: Results, compared: Comparison) -> dict[Fate, dict[str, Estimate]]:
    """The mean number of each fate, by mix."""
    return {
        fate: {
            mix: estimate(Column(tuple(of), (1.0,) * len(of)), Quantity(is_count=True))
            for mix, of in by_mix.items()
        }
        for fate, by_mix in _counts(results, compared).items()
    }


def _counts(results: Results, compared: Comparison) -> Mapping[Fate, Mapping[str, Sequence[float]]]:
    """The number of each fate in every replication, by mix."""
    found: dict[Fate, dict[str, array[float]]] = {fate: {} for fates in FATES for fate in fates}
    for mix in compared.mixes:
        for by_mix in found.values():
            by_mix[mix] = array("d")
        for tally in results.runs.tallies(mix, compared.replications):
            for fate, by_mix in found.items():
                by_mix[mix].append(fate.count(tally))
    return found


def _end(estimated: Estimate) -> float:
    """Where its bar and interval end."""
    return estimated.interval.high if estimated.interval else estimated.value or 0.0


def _head_group(sheet: Sheet, group: str, x: float, top: float, room: float) -> None:
    canvas = sheet.canvas()
    canvas.plot([x, x + room], [top + GROUP, top + GROUP], color=QUIET, lw=1)
    sheet.text(x, top + GROUP / 2, fitted(group, room + 4, 1, bold=True, end=True), weight="bold")


def _draw_bars(axes: Axes, fate: Fate, estimates: list[Estimate], highest: float, *, room: float) -> None:
    scale = highest or 1.0
    for row, estimated in enumerate(estimates):
        mean = estimated.value or 0.0
        axes.barh(row, mean, 0.66, color=fate.colour, edgecolor=INK, lw=0.6)
        end = _end(estimated)
        if estimated.interval is not None and estimated.interval.half_width > 0:
            style = DASHED if estimated.basis.in_words() else "-"
            axes.plot([estimated.interval.low, end], [row, row], color=INK, lw=1.6, ls=style)
        axes.annotate(
            number(mean, decimals=1 if mean < 99.95 else 0), (end, row), (5, 0), va="center_baseline",
            textcoords="offset points",
        )  # fmt: skip
    axes.set_xlim(0, scale * room / max(10.0, room - NUMBER - 6))
    axes.set_ylim(len(estimates) - 0.5, -0.5)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines["bottom"].set_visible(False)


def _notes(compared: Comparison) -> list[str]:
    bars = f"Bars: mean number per replication; line: its {share(CONFIDENCE)} interval"
    return [
        "Not stopped in time: plots that became an incident or were foiled at the last moment.",
        f"{bars} (dashed: little data). {counted(compared)}",
    ]


PLOT = CatalogueFigure(
    "case_flow",
    "Where plots and innocent people end, pillar by pillar: mean numbers per replication in every mix.",
    title,
    picture,
    data,
    contrasts=False,
)
