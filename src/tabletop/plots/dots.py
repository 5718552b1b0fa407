"""Dots: twenty equally likely outcomes of every mix, and how many of them are good enough."""

from collections.abc import Iterable, Iterator, Sequence
from math import ceil, floor
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from tabletop.analysis.compare import Comparison
from tabletop.analysis.numerals import Numerals
from tabletop.engine.percentile import percentile
from tabletop.experiment.mix_names import mix_names
from tabletop.experiment.results import Results
from tabletop.measures import MEASURES
from tabletop.plots.form import Form
from tabletop.plots.labels import leading_measure, mix_numbers, short
from tabletop.plots.plot import CatalogueFigure, counted
from tabletop.plots.scale import Scale
from tabletop.plots.sheet import Sheet
from tabletop.plots.shortening import shortened
from tabletop.plots.style import PIXELS_PER_POINT, QUIET, RULE, identity
from tabletop.plots.table import Table
from tabletop.plots.wording import capital, in_prose, titled

DOTS = 20
"""So many that stacks of up to four are seen without counting (Kay et al. 2016, Fernandes et al. 2018)."""
ROW, NARROW_ROW, HEAD, FOOT, RIGHT = 60.0, 92.0, 36.0, 40.0, 104.0
LARGEST, SMALLEST = 8.0, 2.0
"""Pixels of a dot's radius."""
TINT, DEEP_BLUE = "#e6eef6", "#1c5078"


class Threshold(NamedTuple):
    """What a good outcome is, and in words."""

    value: float
    sign: int
    words: str

    def reached(self, values: Sequence[float]) -> int:
        """How many outcomes are as good or better."""
        return sum(self.sign * (value - self.value) >= -1e-9 for value in values)


def title(results: Results, compared: Comparison) -> str:
    """How many of twenty worlds are good with the baseline, and with the mix that has most."""
    measure = leading_measure(results, compared)
    names = mix_names(results, compared.mixes)
    dots = _dots(results, compared, measure)
    what = in_prose(measure)
    limit = threshold(results, compared, measure)
    if limit is None or not all(dots.values()):
        return f"{capital(what)}: equally likely outcomes of every mix"
    reached = {mix: limit.reached(of) for mix, of in dots.items()}
    best = max((mix for mix in compared.mixes), key=lambda mix: reached[mix])
    number = len(dots[compared.baseline])
    start = f"{capital(what)}, {limit.words}: {reached[compared.baseline]} of {number} worlds now"
    if best == compared.baseline:
        return titled([f"{start}, and with no mix more", start])
    return titled([f"{start}, {reached[best]} with {short(names[best])}", start])


def picture(results: Results, compared: Comparison, form: Form) -> Figure:
    """A row of dots for each mix; the good side is tinted, and counted at the right."""
    measure = leading_measure(results, compared)
    names, numbers = mix_names(results, compared.mixes), mix_numbers(results, compared)
    dots = _dots(results, compared, measure)
    limit = threshold(results, compared, measure)
    row = NARROW_ROW if form.is_narrow else ROW
    body = HEAD + FOOT + row * len(dots)
    sheet = Sheet(title(results, compared), notes(results, compared), body=body, form=form)
    canvas = sheet.canvas()
    deep = (sheet.room - HEAD - FOOT) / len(dots)
    label = 0.0 if form.is_narrow else 330.0 if form.is_titled else 262.0
    left, right = sheet.left + label + 14, sheet.right - RIGHT
    every = [value for of in dots.values() for value in of] or [0.0]
    low = 0.0 if MEASURES[measure].adds_up else min(every)
    pad = 0.04 * (max(every) - low) or 1.0
    scale = Scale(low - pad, max(every) + pad, left, right)
    top, bottom = sheet.top + HEAD, sheet.bottom - FOOT
    if limit is not None:
        _draw_threshold(sheet, canvas, scale, limit, _step(results, measure), top, bottom)
    numerals = Numerals.of(measure, results.design.scenario.measures[measure].delta)
    for tick in scale.ticks(5, whole=MEASURES[measure].unit == "count"):
        if tick < min(0.0, low):
            continue
        sheet.text(
            scale.at(tick), bottom + 18, numerals.axis(tick), ha="center", size=form.small, color=QUIET
        )
    room = sheet.right - sheet.left - 40 if form.is_narrow else label - 36
    labels = shortened([names[mix] for mix in dots], room, form.text, bold=True)
    radius = _radius(dots.values(), scale, deep - (34 if form.is_narrow else 8))
    for place, (mix, of) in enumerate(dots.items()):
        y = top + place * deep
        middle = y + (16 if form.is_narrow else deep / 2 + 8)
        if numbers[mix]:
            sheet.badge(canvas, sheet.left + 14, middle, numbers[mix], radius=13)
        weight = "bold" if numbers[mix] else "normal"
        sheet.text(sheet.left + 36, middle, labels[place], weight=weight)
        base = y + deep - 4
        canvas.plot([sheet.left, sheet.right], [base, base], color=RULE, lw=1, zorder=1)
        places = [(x, base - 4 - radius - nth * (2 * radius + 1)) for x, nth in stacked(of, scale, radius)]
        canvas.plot(
            [x for x, _ in places], [up for _, up in places], marker="o", ls="none", zorder=3,
            markersize=2 * radius / PIXELS_PER_POINT, mew=0, color=identity(numbers[mix]),
        )  # fmt: skip
        if limit is not None and of:
            said = f"{limit.reached(of)} of {len(of)}"
            sheet.text(sheet.right, base - 18, said, ha="right", weight="bold")
    return sheet.figure


def data(results: Results, compared: Comparison) -> Table:
    """A row for each dot."""
    measure = leading_measure(results, compared)
    limit = threshold(results, compared, measure)
    rows = [
        (
            measure,
            MEASURES[measure].unit,
            mix,
            place,
            value,
            None if limit is None else bool(limit.reached([value])),
        )
        for mix, of in _dots(results, compared, measure).items()
        for place, value in enumerate(of, start=1)
    ]
    return Table.of(("measure", "unit", "mix", "dot", "value", "as_good_as_threshold"), rows)


def notes(results: Results, compared: Comparison) -> list[str]:
    """What a dot is."""
    measure = leading_measure(results, compared)
    n = len(compared.replications)
    each = f"one of {DOTS} equally likely worlds (quantiles of {n:,})" if n >= DOTS else "one world"
    return [f"{capital(in_prose(measure))}: each dot is {each}. {counted(compared)}"]


def threshold(results: Results, compared: Comparison, measure: str) -> Threshold | None:
    """The better quartile of the baseline, rounded to the better side; None where neither side is better."""
    direction = MEASURES[measure].direction
    values = _values(results, compared, measure, compared.baseline)
    if not direction or not values:
        return None
    step = _step(results, measure)
    at = percentile(sorted(values), 0.25 if direction < 0 else 0.75)
    value = (floor(at / step + 1e-9) if direction < 0 else ceil(at / step - 1e-9)) * step
    numerals = Numerals.of(measure, results.design.scenario.measures[measure].delta)
    side = "more" if direction > 0 else "fewer" if MEASURES[measure].unit == "count" else "less"
    return Threshold(value, direction, f"{numerals.axis(value)} or {side}")


def _step(results: Results, measure: str) -> float:
    """What a threshold is rounded to: one of a count, else the last digit that is shown."""
    if MEASURES[measure].unit == "count":
        return 1.0
    numerals = Numerals.of(measure, results.design.scenario.measures[measure].delta)
    return numerals.step()


def _values(results: Results, compared: Comparison, measure: str, mix: str) -> list[float]:
    columns = results.outcomes(compared.mixes).columns
    return [value for value in columns[mix][measure].each() if value is not None]


def _dots(results: Results, compared: Comparison, measure: str) -> dict[str, list[float]]:
    """The baseline's dots first, then those of the others."""
    order = [compared.baseline, *(mix for mix in compared.mixes if mix != compared.baseline)]
    return {mix: twentieths(_values(results, compared, measure, mix)) for mix in order}


def twentieths(values: Sequence[float]) -> list[float]:
    """Twenty of the sorted values, at the middle of each twentieth; of fewer, all."""
    ordered, n = sorted(values), len(values)
    return ordered if n < DOTS else [ordered[int((i + 0.5) * n / DOTS)] for i in range(DOTS)]


def _draw_threshold(
    sheet: Sheet, canvas: Axes, scale: Scale, limit: Threshold, step: float, top: float, bottom: float
) -> None:
    """The ground of good outcomes, to the middle between the last of them and the first that is not."""
    edge = scale.at(limit.value - limit.sign * step / 2)
    x, wide = (scale.start, edge - scale.start) if limit.sign < 0 else (edge, scale.end - edge)
    canvas.add_patch(Rectangle((x, top), max(0.0, wide), bottom - top, fc=TINT, lw=0, zorder=0))
    sheet.text(sheet.right, top - 18, limit.words, ha="right", weight="bold", color=DEEP_BLUE)


def _radius(rows: Iterable[Sequence[float]], scale: Scale, room: float) -> float:
    """The radius of all dots: as large as the highest stack of any row allows."""
    radius = LARGEST
    while radius > SMALLEST:
        highest = max((nth + 1 for row in rows for _, nth in stacked(row, scale, radius)), default=1)
        if highest * (2 * radius + 1) <= room:
            break
        radius -= 0.5
    return radius


def stacked(values: Sequence[float], scale: Scale, radius: float) -> Iterator[tuple[float, int]]:
    """Pixel and place in its stack of each value: a stack holds what lies within one dot of its first."""
    start, nth = float("-inf"), 0
    for value in values:
        x = scale.at(value)
        if x - start < 1.6 * radius:
            nth += 1
        else:
            start, nth = x, 0
        yield start, nth


PLOT = CatalogueFigure(
    "dots",
    "Twenty equally likely outcomes of every mix in the leading measure.",
    title,
    picture,
    data,
    notes,
    contrasts=False,
)
