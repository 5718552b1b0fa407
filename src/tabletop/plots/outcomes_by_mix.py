"""Outcomes by mix: the mean of every primary measure, with its interval and the spread of replications."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tabletop.analysis.compare import Comparison
from tabletop.analysis.estimate import Estimate
from tabletop.analysis.interval import CONFIDENCE
from tabletop.analysis.words import decimals_for, share
from tabletop.analysis.words import figure as number
from tabletop.experiment.mix_names import mix_names
from tabletop.experiment.results import Results
from tabletop.measures import MEASURES
from tabletop.plots.headline import fitting, so_far
from tabletop.plots.key import KeyEntry, draw_key
from tabletop.plots.labels import leading_measure, short, shown_measures, unit
from tabletop.plots.lettering import fitted
from tabletop.plots.panels import TICKS, Panels, number_axis
from tabletop.plots.plot import CatalogueFigure, counted
from tabletop.plots.sheet import Sheet
from tabletop.plots.spread import Spread, spread_of_replications
from tabletop.plots.style import BLUE, DASHED, INK, QUIET, RULE, Mark
from tabletop.plots.table import Table, ends

KEY = 32.0
BAR = 0.5
"""Height of a bar, in rows."""
LEAST_SHARE = 0.02
"""Least range of an axis of shares."""


def title(results: Results, compared: Comparison) -> str:
    """Between which means the leading measure lies."""
    name = leading_measure(results, compared)
    names = mix_names(results, compared.mixes)
    means = {mix: e.value for mix, e in compared.estimates[name].items() if e.value is not None}
    measure = MEASURES[name]
    if not means:
        return f"{measure.title}: missing in every mix"
    low, high = (best(means, key=lambda mix: means[mix] or 0.0) for best in (min, max))
    if means[low] == means[high]:
        return f"{measure.title}: the same mean in every mix, {_mean(compared.estimates[name][low])}"
    ends = [f"{_mean(compared.estimates[name][mix])} with {short(names[mix])}" for mix in (low, high)]
    little = any(e.basis.is_thin for e in compared.estimates[name].values())
    means_so_far = f"means{' so far' if little else so_far(compared)}"
    said = f"{measure.title}: {means_so_far} from {ends[0]} to {ends[1]}"
    return fitting([f"{said}; which differences count, the paired intervals say", said])


def picture(results: Results, compared: Comparison) -> Figure:
    """A panel for each measure: a bar for the spread, a mark and a line for the mean."""
    measures = shown_measures(results, compared)
    names = mix_names(results, compared.mixes)
    heads = [MEASURES[name].title for name in measures]
    panels = Panels.of([names[mix] for mix in compared.mixes], heads, foot=TICKS + 28)
    sheet = Sheet(title(results, compared), _notes(compared), body=KEY + panels.needs)
    draw_key(sheet, sheet.left, sheet.top + KEY / 2 - 6, _entries(short(names[compared.baseline])))
    for name, axes in zip(measures, panels.axes(sheet, sheet.top + KEY), strict=True):
        _draw_measure(axes, name, results, compared)
    return sheet.figure


def data(results: Results, compared: Comparison) -> Table:
    """A row for each measure and mix."""
    spreads = {
        name: spread_of_replications(results, compared, name) for name in shown_measures(results, compared)
    }
    return Table.of(
        ("measure", "unit", "mix", "replications", "mean", "low", "high", "rests_on", "p10", "median", "p90"),
        [
            (
                name, MEASURES[name].unit, mix, e.n, e.value, *ends(e.interval), e.basis.in_words(),
                *spread[mix],
            )
            for name, spread in spreads.items()
            for mix, e in compared.estimates[name].items()
        ],
    )  # fmt: skip


def _draw_measure(axes: Axes, name: str, results: Results, compared: Comparison) -> None:
    spreads = spread_of_replications(results, compared, name)
    estimates = compared.estimates[name]
    for row, mix in enumerate(compared.mixes):
        _draw_row(axes, row, estimates[mix], spreads[mix], is_baseline=mix == compared.baseline)
    reference = estimates[compared.baseline].value
    if reference is not None:
        axes.axvline(reference, color=INK, lw=1.2, ls=(0, (1, 2)), zorder=1)
    low, high = axes.get_xlim()
    if MEASURES[name].unit == "share":  # shares move little: the axis begins near them
        high = max(high, low + LEAST_SHARE)
        floor = max(0.0, low - 0.05 * (high - low))
    else:
        floor, high = 0.0, high if high > LEAST_SHARE and any(e.value for e in estimates.values()) else 1.0
    # Room on the right for the means in figures.
    axes.set_xlim(floor, high + 0.26 * (high - floor))
    for row, mix in enumerate(compared.mixes):
        axes.text(
            0.995, row, _mean(estimates[mix]), transform=axes.get_yaxis_transform(), ha="right",
            va="center_baseline",
        )  # fmt: skip
    number_axis(axes, "x", most=3)
    axes.annotate(
        f"{unit(name)}{_wish(name)}", (0.5, 0), (0, -TICKS * 0.72), ha="center", va="top",
        xycoords="axes fraction", textcoords="offset points",
    )  # fmt: skip


def _draw_row(axes: Axes, row: int, estimate: Estimate, spread: Spread, *, is_baseline: bool) -> None:
    colour = QUIET if is_baseline else BLUE
    if spread.low is not None and spread.high is not None:
        axes.barh(row, spread.high - spread.low, BAR, left=spread.low, color=RULE, lw=0, zorder=0)
    if estimate.interval is not None:
        style = DASHED if estimate.basis.in_words() else "-"
        span = [estimate.interval.low, estimate.interval.high]
        axes.plot(span, [row, row], color=colour, lw=4, ls=style, zorder=2)
    if estimate.value is not None:
        axes.plot([estimate.value], [row], **Mark("", colour, "o").drawn(9), zorder=3, clip_on=False)


def _mean(estimate: Estimate) -> str:
    if estimate.value is None:
        return "missing"
    if estimate.interval is None:
        return number(estimate.value)
    return number(estimate.value, decimals=decimals_for(estimate.interval.half_width))


def _wish(name: str) -> str:
    return {-1: ", less is better", 1: ", more is better", 0: ""}[MEASURES[name].direction]


def _entries(baseline: str) -> list[KeyEntry]:
    return [
        KeyEntry(f"mean and its {share(CONFIDENCE)} interval", Mark("", BLUE, "o")),
        KeyEntry("spread of replications, 10th to 90th percentile", ground=RULE),
        KeyEntry(f"mean of {fitted(baseline, 1236 - 860, 1)}", line=(INK, (0, (1, 2)))),
    ]


def _notes(compared: Comparison) -> list[str]:
    own = "Intervals of the mean are each mix's own: their overlap is no test."
    return [f"{own} {counted(compared)}", "Dashed: it rests on few worlds, or on skewed ones."]


PLOT = CatalogueFigure(
    "outcomes_by_mix",
    "Mean of every primary measure in every mix, with its interval and the spread of replications.",
    title,
    picture,
    data,
    contrasts=False,
)
