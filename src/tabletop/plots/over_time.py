"""Over time: how the difference from the baseline grows, month by month, a line a mix."""

from array import array
from collections.abc import Mapping, Sequence
from math import fsum
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from tabletop.analysis.compare import Comparison
from tabletop.analysis.interval import CONFIDENCE, Interval
from tabletop.analysis.numerals import Numerals
from tabletop.analysis.outcomes import Column
from tabletop.analysis.paired import Paired
from tabletop.analysis.words import share
from tabletop.experiment.mix_names import mix_names
from tabletop.experiment.results import Results
from tabletop.measures import MEASURES
from tabletop.plots.form import Form
from tabletop.plots.labels import mix_numbers, others, short
from tabletop.plots.lettering import height, width
from tabletop.plots.plot import CatalogueFigure, counted
from tabletop.plots.scale import Scale
from tabletop.plots.sheet import Sheet
from tabletop.plots.shortening import shortened
from tabletop.plots.spreading import spread_out
from tabletop.plots.style import INK, QUIET, RULE, identity
from tabletop.plots.table import Table, ends
from tabletop.plots.wording import Side, better_word, capital, in_prose, of_all, side, titled
from tabletop.series import MONTH_DAYS, TALLIED

HEAD, FOOT, LEFT, LEAST = 66.0, 40.0, 66.0, 250.0
BAR = 7.0
"""Pixels from one bar of the ends to the next."""


class Line(NamedTuple):
    """What is followed, in which numbers, and whether it grows from 0 at StartEx."""

    series: str
    measure: str
    """Gives direction, unit and δ."""
    title: str
    grows: bool


class Course(NamedTuple):
    """The mean difference of one mix, on each of `days`."""

    days: tuple[float, ...]
    means: tuple[float, ...]
    band: tuple[Interval | None, ...]
    """Its interval on each of the days, where there is one."""

    @property
    def distinctness(self) -> float:
        """The difference at EndEx, in half-widths of its interval; 0 without one."""
        last = self.band[-1] if self.band else None
        return abs(self.means[-1]) / last.half_width if last is not None and last.half_width else 0.0


def title(results: Results, compared: Comparison) -> str:
    """With how many mixes each line's measure is better, as far as its verdict says."""
    mixes = others(compared)
    said = []
    for line in lines(results, compared):
        if line.measure in compared.primary:
            better = [m for m in mixes if side(compared.contrast(line.measure, m)) is Side.BETTER]
            who = of_all(len(better), len(mixes)) if better else "none"
            said.append(f"{better_word(line.measure)} {in_prose(line.measure)} with {who}")
    months = f"{capital(in_prose(lines(results, compared)[0].measure))} beside the baseline, month by month"
    return titled([capital(", ".join(said)), capital(said[0])]) if said else months


def picture(results: Results, compared: Comparison, form: Form) -> Figure:
    """A panel for each line: the mean differences of all mixes, and at the right their intervals at EndEx."""
    shown = lines(results, compared)
    names, numbers = mix_names(results, compared.mixes), mix_numbers(results, compared)
    mixes = others(compared)
    beside = form.is_titled and len(shown) > 1
    listed = len(mixes) * height(1, form.text) + 10 if form.is_narrow else 0.0
    least = max(LEAST, 30.0 * len(mixes))
    body = (HEAD + least + FOOT) * (1 if beside else len(shown)) + listed
    sheet = Sheet(title(results, compared), notes(results, compared), body=body, form=form)
    canvas = sheet.canvas()
    label = 0.0 if form.is_narrow else 250.0 if form.is_titled else 230.0
    texts = shortened([names[mix] for mix in mixes], label - 8, form.text, bold=True)
    tail = BAR * len(mixes) + 52
    deep = (sheet.room - listed) if beside else (sheet.room - listed) / len(shown)
    for place, line in enumerate(shown):
        x, y, right = sheet.left, sheet.top + place * deep, sheet.right - label
        if beside:
            wide = (sheet.right - label - sheet.left - 30) / 2
            x, y, right = sheet.left + place * (wide + 30), sheet.top, sheet.left + place * (wide + 30) + wide
        frame = (x + LEFT, y + HEAD, right - tail, y + deep - FOOT)
        is_labelled = not form.is_narrow and (not beside or place == len(shown) - 1)
        courses = _courses(results, compared, line)
        _Panel(sheet, canvas, results, compared, line, frame).draw(
            courses, numbers, dict(zip(mixes, texts, strict=True)) if is_labelled else {}
        )
    if form.is_narrow:
        for row, mix in enumerate(mixes):
            y = sheet.bottom - listed + (row + 0.5) * height(1, form.text) + 6
            sheet.badge(canvas, sheet.left + 13, y, numbers[mix], radius=12)
            text = shortened([names[mix]], sheet.right - sheet.left - 34, form.text)[0]
            sheet.text(sheet.left + 34, y, text)
    return sheet.figure


def data(results: Results, compared: Comparison) -> Table:
    """A row for each line, mix and month."""
    return Table.of(
        ("series", "unit", "mix", "baseline", "day", "worlds", "difference", "low", "high", "confidence"),
        [
            (
                line.series, MEASURES[line.measure].unit, mix, compared.baseline, day,
                len(compared.replications), mean, *ends(interval), _confidence(compared),
            )
            for line in lines(results, compared)
            for mix, course in _courses(results, compared, line).items()
            for day, mean, interval in zip(*course, strict=True)
        ],
    )  # fmt: skip


def notes(results: Results, compared: Comparison) -> list[str]:
    """What lines, band and bars are."""
    together = compared.intervals_together
    held = f"{share(CONFIDENCE)}, all {together} at once" if together > 1 else share(CONFIDENCE)
    dotted = " Dotted: injects." if any(one.when is None for one in results.design.scenario.injects) else ""
    return [f"Mean difference; band and bars: {held}. Grey: too small to matter.{dotted} {counted(compared)}"]


def lines(results: Results, compared: Comparison) -> tuple[Line, ...]:
    """The first primary measure that adds up, and trust if the scenario asks for it."""
    named = [name for name in results.design.scenario.measures if name in compared.primary]
    named += [name for name in results.design.scenario.measures if name not in named]
    first = next((name for name in named if name in TALLIED), "incidents")
    found = [Line(first, first, f"{MEASURES[first].title} so far", grows=True)]
    if trust := next((name for name in named if name in {"trust_mean", "trust_end"}), None):
        found.append(Line("trust", trust, "Trust", grows=False))
    return tuple(found)


def _courses(results: Results, compared: Comparison, line: Line) -> Mapping[str, Course]:
    """Every mix's mean difference with its interval, month by month."""
    columns = {mix: _months(results, compared, mix, line) for mix in compared.mixes}
    days, theirs = columns[compared.baseline]
    start = ((0.0,), (0.0,), (None,))
    found = {}
    for mix in others(compared):
        _, mine = columns[mix]
        means, band = [], []
        for here, there in zip(mine, theirs, strict=True):
            means.append(fsum(a - b for a, b in zip(here, there, strict=True)) / len(here))
            ones = (1.0,) * len(here)
            both = {mix: Column(tuple(here), ones), compared.baseline: Column(tuple(there), ones)}
            paired = Paired.of(both, {mix: 1.0, compared.baseline: -1.0})
            known = paired is not None and paired.n > 1 and paired.differing and not paired.tells_too_little
            band.append(paired.interval(_confidence(compared)) if known and paired is not None else None)
        found[mix] = Course((*start[0], *days), (*start[1], *means), (*start[2], *band))
    return found


def _months(
    results: Results, compared: Comparison, mix: str, line: Line
) -> tuple[tuple[float, ...], Sequence[Sequence[float]]]:
    """The days, and for each of them the value in every world."""
    days: tuple[float, ...] = ()
    worlds = []
    for series in results.runs.series(mix, compared.replications):
        days = series.days
        worlds.append(array("d", series.values[line.series]))
    return days, [[world[at] for world in worlds] for at in range(len(days))]


def _confidence(compared: Comparison) -> float:
    return 1 - (1 - CONFIDENCE) / max(1, compared.intervals_together)


class _Panel:
    """One line of the figure: its scales, and what is drawn between them."""

    def __init__(
        self,
        sheet: Sheet,
        canvas: Axes,
        results: Results,
        compared: Comparison,
        line: Line,
        frame: tuple[float, float, float, float],
    ) -> None:
        self.sheet, self.canvas, self.line = sheet, canvas, line
        self.scenario = results.design.scenario
        self.baseline = short(mix_names(results, compared.mixes)[compared.baseline])
        self.left, self.top, self.right, self.bottom = frame
        self.delta = (
            self.scenario.measures[line.measure].delta if line.measure in self.scenario.measures else None
        )
        self.numerals = Numerals.of(line.measure, self.delta or 1.0)
        self.across = Scale(0.0, self.scenario.horizon_days, self.left, self.right)

    def draw(
        self, courses: Mapping[str, Course], numbers: Mapping[str, int], texts: Mapping[str, str]
    ) -> None:
        """Everything, with the names of mixes at the right, if there are any."""
        direction = MEASURES[self.line.measure].direction or 1
        every = [0.0, *(mean for course in courses.values() for mean in course.means)]
        best = max(courses, key=lambda mix: courses[mix].distinctness)
        shown = [*courses[best].band, *(course.band[-1] for course in courses.values())]
        every += [end for interval in shown if interval is not None for end in (interval.low, interval.high)]
        spread = max(every) - min(every)
        if self.delta is not None and (self.delta < 2 * spread or not spread):
            every += [-self.delta, self.delta]
        up = Scale.spanning(every, direction, self.bottom, self.top)
        self._ground(up)
        if courses[best].distinctness:
            days, _, band = courses[best]
            inner = [(d, i) for d, i in zip(days, band, strict=True) if i is not None]
            xs = [self.across.at(day) for day, _ in inner]
            low, high = ([up.at(getattr(i, end)) for _, i in inner] for end in ("low", "high"))
            self.canvas.fill_between(xs, low, high, color=identity(numbers[best]), alpha=0.18, lw=0, zorder=2)
        finish = {mix: up.at(course.means[-1]) for mix, course in courses.items()}
        for nth, (mix, course) in enumerate(courses.items()):
            colour = identity(numbers[mix])
            xs, ys = [self.across.at(d) for d in course.days], [up.at(m) for m in course.means]
            self.canvas.plot(xs, ys, color=colour, lw=3.2 if mix == best else 2.0, zorder=4)
            if (last := course.band[-1]) is not None:
                x = self.right + 10 + BAR * nth
                self.canvas.plot([x, x], [up.at(last.low), up.at(last.high)], color=colour, lw=2.4, zorder=4)
        badges = self.right + 10 + BAR * len(courses) + 16
        pitch = 29.0 if texts else 26.0
        places = spread_out(list(finish.values()), pitch, self.top, self.bottom)
        radius = min(13.0, (self.bottom - self.top) / max(1, len(places)) / 2)
        for (mix, _), y in zip(finish.items(), places, strict=True):
            self.sheet.badge(self.canvas, badges, y, numbers[mix], radius=radius)
            if texts:
                weight = "bold" if mix == best else "normal"
                self.sheet.text(badges + 20, y, texts[mix], weight=weight)

    def _ground(self, up: Scale) -> None:
        small = self.sheet.form.small
        if self.delta is not None:
            ends = sorted(min(self.bottom, max(self.top, up.at(end))) for end in (-self.delta, self.delta))
            box = ((self.left, ends[0]), self.right - self.left, ends[1] - ends[0])
            self.canvas.add_patch(Rectangle(*box, fc=INK, alpha=0.07, lw=0, zorder=0))
        zero = up.at(0.0)
        self.canvas.plot([self.left, self.right], [zero, zero], color=INK, lw=1.6, ls=(0, (4, 2)), zorder=3)
        for tick in up.ticks(4):
            self.sheet.text(
                self.left - 8, up.at(tick), self.numerals.tick(tick), ha="right", size=small, color=QUIET
            )
        for inject in self.scenario.injects:
            if inject.when is None and 0 < inject.day < self.scenario.horizon_days:
                x = self.across.at(inject.day)
                self.canvas.plot(
                    [x, x], [self.top, self.bottom], color=RULE, lw=1.4, ls=(0, (1, 2)), zorder=1
                )
        free = self.left
        for day, word in _ticks(self.scenario.horizon_days, narrow=self.right - self.left < 380):
            x, wide = self.across.at(day), width(word, small)
            begin = x if day == 0 else x - wide / 2
            if begin >= free:
                side = "left" if day == 0 else "center"
                self.sheet.text(x, self.bottom + 20, word, ha=side, size=small, color=QUIET)
                free = begin + wide + 8
        points = f", in {self.numerals.unit()}" if self.numerals.unit() else ""
        self.sheet.text(self.left - LEFT, self.top - 50, f"{self.line.title}{points}", weight="bold")
        said = f"↑ {better_word(self.line.measure)} than {self.baseline}"
        self.sheet.text(self.left - LEFT, self.top - 22, said, size=small, color=QUIET)


def _ticks(horizon: float, *, narrow: bool) -> list[tuple[float, str]]:
    """StartEx, and years, or months where there is not one whole year."""
    years = int(horizon // 365)
    if years:
        step = max(1, -(-years // (3 if narrow else 4)))
        return [(0.0, "start"), *((365.0 * y, f"year {y}") for y in range(step, years + 1, step))]
    months = max(1, round(horizon / MONTH_DAYS))
    step = max(1, -(-months // (2 if narrow else 3)))
    return [
        (0.0, "start"),
        *(
            (m * MONTH_DAYS, f"month {m}")
            for m in range(step, months + 1, step)
            if m * MONTH_DAYS <= horizon + 1
        ),
    ]


PLOT = CatalogueFigure(
    "over_time",
    "Mean difference of every mix from the baseline, month by month: the leading count, and trust.",
    title,
    picture,
    data,
    notes,
)
