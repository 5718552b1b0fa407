"""Over time: incidents so far, trust, open cases and open proceedings, a mix a row beside the baseline."""

from array import array
from math import ceil
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator

from tabletop.analysis.compare import Comparison
from tabletop.analysis.words import figure as number
from tabletop.experiment.mix_names import mix_names
from tabletop.experiment.results import Results
from tabletop.plots.headline import verdicts_title
from tabletop.plots.key import KeyEntry, draw_key
from tabletop.plots.labels import others, short
from tabletop.plots.lettering import fitted, width
from tabletop.plots.panels import number_axis
from tabletop.plots.plot import CatalogueFigure, counted
from tabletop.plots.sheet import Sheet
from tabletop.plots.spread import Spread, spread
from tabletop.plots.style import BLUE, INK, QUIET, RULE, SKY
from tabletop.plots.table import Table
from tabletop.series import MONTH_DAYS


class SeriesPanel(NamedTuple):
    """A series that is shown, and whether it grows from 0 at StartEx."""

    name: str
    title: str
    unit: str
    grows: bool
    measure: str | None = None
    """The measure whose verdict says most about it."""


LINES = (
    SeriesPanel("incidents", "Incidents so far", "number", True, "incidents"),
    SeriesPanel("trust", "Trust", "share", False, "trust_mean"),
    SeriesPanel("open_cases", "Open cases", "number", grows=False),
    SeriesPanel("open_proceedings", "Open proceedings", "number", grows=False),
)
KEY, HEAD, FOOT, GAP = 32.0, 28.0, 56.0, 62.0
ROW, BETWEEN = 56.0, 14.0
"""Least pixels of a row, and pixels between two."""
DASHED = (0, (4, 2))

Path = tuple[tuple[float, Spread], ...]
"""The spread of replications by month."""


def title(results: Results, compared: Comparison) -> str:
    """The verdicts on incidents and trust, which the first two columns show."""
    judged = [line.measure for line in LINES if line.measure in compared.primary]
    if judged and others(compared):
        return verdicts_title(compared, judged, mix_names(results, compared.mixes))
    paths = [_paths(results, compared, mix)[LINES[0]] for mix in compared.mixes]
    medians = [path[-1][1].middle or 0.0 for path in paths]
    return (
        f"Incidents until EndEx: medians of the mixes from {number(min(medians))} to {number(max(medians))}"
    )


def picture(results: Results, compared: Comparison) -> Figure:
    """A row for each mix, a column for each series: medians and spreads, the baseline's behind in grey."""
    mixes = others(compared) or compared.mixes
    names = mix_names(results, compared.mixes)
    body = KEY + HEAD + FOOT + len(mixes) * (ROW + BETWEEN)
    sheet = Sheet(title(results, compared), _notes(compared), body=body)
    draw_key(sheet, sheet.left, sheet.top + KEY / 2 - 6, _entries(short(names[compared.baseline])))
    lines = 3 if len(mixes) <= 6 else 2
    labels = [fitted(names[mix], 190, lines) for mix in mixes]
    label_width = max(width(part) for label in labels for part in label.split("\n")) + 46
    wide = (sheet.right - sheet.left - label_width - (len(LINES) - 1) * GAP - 8) / len(LINES)
    top = sheet.top + KEY + HEAD
    deep = (sheet.bottom - top - FOOT) / len(mixes)
    of_mix = {mix: _paths(results, compared, mix) for mix in compared.mixes}
    for column, line in enumerate(LINES):
        x = sheet.left + label_width + column * (wide + GAP)
        sheet.text(
            x,
            top - HEAD / 2 - 4,
            f"{line.title}" + (f" ({line.unit})" if line.unit == "share" else ""),
            weight="bold",
        )
        paths = {mix: of_mix[mix][line] for mix in compared.mixes}
        every = [value for path in paths.values() for _, at in path for value in at if value is not None]
        for row, mix in enumerate(mixes):
            axes = sheet.axes(x, top + row * deep, wide, deep - BETWEEN)
            _draw(axes, paths[compared.baseline], is_baseline=True)
            if mix != compared.baseline:
                _draw(axes, paths[mix], is_baseline=False)
            for inject in results.design.scenario.injects:
                if inject.when is None:
                    axes.axvline(inject.day / MONTH_DAYS, color=QUIET, lw=1, ls=(0, (1, 2)), zorder=0)
            _set_axes(axes, results, every, whole=line.unit == "number", is_last=row == len(mixes) - 1)
            if not column:
                y = top + row * deep + (deep - BETWEEN) / 2
                sheet.text(x - 46, y, labels[row], ha="right", linespacing=1.1)
    sheet.text(
        (sheet.left + label_width + sheet.right) / 2, sheet.bottom - 14, "months since StartEx", ha="center"
    )
    return sheet.figure


def data(results: Results, compared: Comparison) -> Table:
    """A row for each series, mix and month."""
    of_mix = {mix: _paths(results, compared, mix) for mix in compared.mixes}
    return Table.of(
        ("series", "unit", "mix", "day", "replications", "p10", "median", "p90"),
        [
            (line.name, line.unit, mix, month * MONTH_DAYS, len(compared.replications), *at)
            for line in LINES
            for mix in compared.mixes
            for month, at in of_mix[mix][line]
        ],
    )


def _paths(results: Results, compared: Comparison, mix: str) -> dict[SeriesPanel, Path]:
    """Every line of a mix, month by month, from StartEx on where that is 0 by definition."""
    days: tuple[float, ...] = ()
    values: dict[SeriesPanel, list[array[float]]] = {line: [] for line in LINES}
    for series in results.runs.series(mix, compared.replications):
        days = series.days
        for line, of_line in values.items():
            of_line.append(array("d", series.values[line.name]))
    return {
        line: (
            *([(0.0, Spread(0.0, 0.0, 0.0))] if line.grows else []),
            *((day / MONTH_DAYS, spread([one[at] for one in of_line])) for at, day in enumerate(days)),
        )
        for line, of_line in values.items()
    }


def _draw(axes: Axes, path: Path, *, is_baseline: bool) -> None:
    months = [month for month, _ in path]
    low, middle, high = ([at[i] or 0.0 for _, at in path] for i in range(3))
    ground = RULE if is_baseline else SKY
    axes.fill_between(months, low, high, color=ground, alpha=0.55, lw=0, zorder=1 if is_baseline else 2)
    if not is_baseline:
        for edge in (low, high):
            axes.plot(months, edge, color=BLUE, lw=0.8, zorder=3)
    if is_baseline:
        axes.plot(months, middle, color=INK, lw=2.2, ls=DASHED, zorder=5)
    else:
        axes.plot(months, middle, color=BLUE, lw=3, zorder=4)


def _set_axes(axes: Axes, results: Results, every: list[float], *, whole: bool, is_last: bool) -> None:
    horizon = results.design.scenario.horizon_days / MONTH_DAYS
    low, high = min(every), max(every)
    pad = 0.06 * (high - low) or 0.05
    axes.set_xlim(0, horizon)
    axes.set_ylim(max(0.0, low - pad), high + pad)
    number_axis(axes, "y", most=2, whole=whole)
    axes.xaxis.set_major_locator(MultipleLocator(_step(horizon)))
    axes.xaxis.set_major_formatter(lambda month, _: f"{month:.0f}")
    axes.tick_params(axis="x", labelbottom=is_last)


def _step(months: float) -> float:
    """Months between two ticks: a quarter, a year or so, so that there are about four."""
    step = next((s for s in (1, 3, 6, 12, 24, 60, 120, 240) if months / s <= 4.5), 480)
    return float(step) if months >= 1 else ceil(months * 10) / 40


def _entries(baseline: str) -> list[KeyEntry]:
    return [
        KeyEntry("median of the mix in the row", line=(BLUE, "-")),
        KeyEntry(f"median of {fitted(baseline, 260, 1)}", line=(INK, DASHED)),
        KeyEntry("spread of replications, 10th to 90th percentile", ground=SKY),
    ]


def _notes(compared: Comparison) -> list[str]:
    return [f"Blue and grey bands: spread of replications. Dotted: injects. {counted(compared)}"]


PLOT = CatalogueFigure(
    "over_time",
    "Incidents so far, trust, open cases and open proceedings by month: median and spread of replications.",
    title,
    picture,
    data,
    contrasts=False,
)
