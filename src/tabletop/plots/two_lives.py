"""Two lives of one plot: the same world under a mix and under the baseline, and where they part."""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from tabletop.analysis.compare import Comparison
from tabletop.analysis.words import figure as number
from tabletop.experiment.lives import GOOD_ENDS, Life, Lives
from tabletop.experiment.mix_names import mix_names
from tabletop.experiment.results import Results
from tabletop.plots.form import Form
from tabletop.plots.labels import leading_measure, mix_numbers
from tabletop.plots.lettering import broken, height, width
from tabletop.plots.plot import CatalogueFigure, counted
from tabletop.plots.pressed import told_mix
from tabletop.plots.scale import Scale
from tabletop.plots.sheet import Sheet
from tabletop.plots.shortening import shortened
from tabletop.plots.style import BLUE, BUSY_GROUND, BUSY_INK, INK, PAPER, QUIET, VERMILLION
from tabletop.plots.table import Table
from tabletop.plots.wording import titled

BAR, TRACES, GAP, QUEUE, HEAD, AXIS = 50.0, 34.0, 26.0, 76.0, 44.0, 46.0
"""Pixels of stages, traces above them, words below them, queue, heading, and days at the bottom."""
TINT, DEEP_BLUE = "#e6eef6", "#1c5078"
SHADES = {
    "unnoticed": PAPER,
    "on file": "#d9d9d9",
    "handed over": "#bdbdbd",
    "waiting": PAPER,
    "at work": "#3a3a3a",
}


def title(results: Results, compared: Comparison) -> str:
    """How the plot ended under both, and how long it waited for a team."""
    found = _lives(results, compared)
    assert found is not None
    mine, other = found.mix, found.baseline
    names = mix_names(results, compared.mixes)
    ends = {mine.mix: _ended(mine), other.mix: _ended(other)}
    both = f"{ends[mine.mix]} with {names[mine.mix]}, {ends[other.mix]} with {names[other.mix]}"
    if mine.waited >= 1:
        wait = f"it waited {number(mine.waited, decimals=0)} days for a team"
        said = "Lost" if mine.end not in GOOD_ENDS else ends[mine.mix].capitalize()
        return titled(
            [f"{said} with {names[mine.mix]}: {wait}", f"{said}: {wait}, {_wait(other)} otherwise", said]
        )
    return titled([f"One plot: {both}", f"One plot, two ends: {mine.end} or {other.end}"])


def picture(results: Results, compared: Comparison, form: Form) -> Figure:
    """The mix above, the baseline below, on one axis of days from the formation of the plot."""
    found = _lives(results, compared)
    assert found is not None
    names, numbers = mix_names(results, compared.mixes), mix_numbers(results, compared)
    line = height(1, form.text)
    parting = broken(_parting(found), form.width - 60, form.text, bold=True)[:4]
    band = len(parting) * line + 14
    lines = 2 if form.is_narrow else 1
    head = HEAD if lines == 1 else HEAD + line
    block = head + TRACES + BAR + GAP + QUEUE
    sheet = Sheet(
        title(results, compared), notes(results, compared), body=2 * block + band + AXIS + 12, form=form
    )
    canvas = sheet.canvas()
    last = max(found.mix.end_day, found.baseline.end_day) or 1.0
    ends = max(width(life.end, form.text, bold=True) for life in (found.mix, found.baseline))
    scale = Scale(0.0, last, sheet.left + 4, sheet.right - ends - 32)
    deepest = max(n for life in (found.mix, found.baseline) for _, n in life.queue) or 1
    tops = (sheet.top, sheet.top + block + band + 12)
    texts = shortened([names[found.mix.mix], names[found.baseline.mix]], 330, form.text, bold=True)
    for life, top, text in zip((found.mix, found.baseline), tops, texts, strict=True):
        drawing = _Drawing(sheet, canvas, scale, life, last)
        drawing.head(top, numbers[life.mix], text, below=lines == 2)
        drawing.traces(top + head + TRACES / 2)
        drawing.stages(top + head + TRACES)
        drawing.queue(top + head + TRACES + BAR + GAP, deepest)
    x = scale.at(found.parting_day)
    canvas.plot(
        [x, x], [tops[0] + head, tops[1] + head + TRACES + BAR], color=BLUE, lw=2, ls=(0, (3, 2)), zorder=1
    )
    y = sheet.top + block + 6
    canvas.add_patch(Rectangle((sheet.left, y), sheet.right - sheet.left, band, fc=TINT, lw=0, zorder=3))
    for row, said in enumerate(parting):
        sheet.text(
            sheet.left + 10, y + 7 + (row + 0.5) * line, said, weight="bold", color=DEEP_BLUE, zorder=6
        )
    _days(sheet, scale, last)
    return sheet.figure


def data(results: Results, compared: Comparison) -> Table:
    """A row for each trace, stage and end of both lives; days from the formation of the plot."""
    found = _lives(results, compared)
    assert found is not None
    rows: list[tuple[str, int, str, str, float, float | None]] = []
    for life in (found.mix, found.baseline):
        about = (life.mix, found.replication, found.plot)
        rows += [(*about, "trace seen", day, None) for day in life.seen]
        rows += [(*about, "trace not seen", day, None) for day in life.unseen]
        rows += [(*about, stage.name, stage.start, stage.end) for stage in life.stages]
        rows.append((*about, life.end, life.end_day, None))
    return Table.of(("mix", "replication", "plot", "what", "day", "until"), rows)


def notes(results: Results, compared: Comparison) -> list[str]:
    """Which world and plot it is, how they were chosen, and how many plots fare alike."""
    found = _lives(results, compared)
    assert found is not None
    names = mix_names(results, compared.mixes)
    lost = [_lost(results, compared, mix) for mix in (found.mix.mix, compared.baseline)]
    mine, theirs = (number(plots, decimals=1) for plots in lost)
    fare = (
        f"Lost while waiting or with a team: {mine} plots a world, {theirs} with {names[compared.baseline]}."
    )
    which = f"World {found.replication + 1} of {results.design.replications}, {found.plot}, chosen by rule."
    return [f"Dots: traces, filled if seen. {fare} {which} Means of {counted(compared)}"]


def _lives(results: Results, compared: Comparison) -> Lives | None:
    mix = told_mix(results, compared)
    if mix == compared.baseline:
        return None
    return results.lives(compared, mix, leading_measure(results, compared)).lives


def _lost(results: Results, compared: Comparison, mix: str) -> float:
    """Plots a world that were carried out or foiled while their case waited, or a team worked on it."""
    tallies = list(results.runs.tallies(mix, compared.replications))
    return sum(one["missed_waiting"] + one["missed_investigated"] for one in tallies) / max(1, len(tallies))


def _ended(life: Life) -> str:
    return {"incident": "an incident"}.get(life.end, life.end)


def _wait(life: Life) -> str:
    return f"{number(life.waited, decimals=0)} days" if life.waited else "not at all"


def _parting(found: Lives) -> str:
    """Where the two part, in the words of the story."""
    mine, other = found.parting
    day = number(found.parting_day, decimals=0)
    return f"Day {day}, here they part. Above: {mine}. Below: {other}"


def _days(sheet: Sheet, scale: Scale, last: float) -> None:
    y = sheet.bottom - AXIS / 2 + 8
    small = sheet.form.small
    first = "the plot forms"
    sheet.text(sheet.left, y, first, color=QUIET, size=small)
    most = 2 if sheet.form.is_narrow else 5
    for tick in scale.ticks(most, whole=True):
        x, text = scale.at(tick), f"day {number(tick, decimals=0)}"
        if 0 < tick <= last and x - width(text, small) / 2 > sheet.left + width(first, small) + 12:
            sheet.text(x, y, text, ha="center", color=QUIET, size=small)


class _Drawing:
    """One life: heading, traces, stages and queue, each at its height."""

    def __init__(self, sheet: Sheet, canvas: Axes, scale: Scale, life: Life, last: float) -> None:
        self.sheet, self.canvas, self.scale, self.life, self.last = sheet, canvas, scale, life, last

    def head(self, top: float, place: int, name: str, *, below: bool) -> None:
        """Badge and name, and what became of the plot."""
        sheet, life = self.sheet, self.life
        sheet.badge(self.canvas, sheet.left + 18, top + 22, place, radius=16)
        sheet.text(sheet.left + 44, top + 22, name, weight="bold")
        found = "never found" if life.found is None else f"found on day {number(life.found, decimals=0)}"
        said = f"{found}, {_ended(life)} on day {number(life.end_day, decimals=0)}"
        x, y = sheet.left + 64 + width(name, sheet.form.text, bold=True), top + 22
        if below:
            x, y = sheet.left + 4, top + 24 + height(1, sheet.form.text)
        sheet.text(x, y, said, size=sheet.form.small)

    def traces(self, y: float) -> None:
        """Filled where somebody saw it, a ring where nobody did."""
        marks: dict[str, Any] = {
            "marker": "o",
            "ls": "none",
            "markersize": 9,
            "mec": INK,
            "mew": 1.4,
            "zorder": 5,
        }
        for days, fill in ((self.life.unseen, PAPER), (self.life.seen, INK)):
            self.canvas.plot([self.scale.at(day) for day in days], [y] * len(days), mfc=fill, **marks)

    def stages(self, y: float) -> None:
        """The bar of stages, with the end behind it."""
        for stage in self.life.stages:
            x, to = self.scale.at(stage.start), self.scale.at(stage.end)
            waits = stage.name == "waiting"
            self.canvas.add_patch(
                Rectangle(
                    (x, y),
                    to - x,
                    BAR,
                    fc="#fbe6d2" if waits else SHADES[stage.name],
                    ec=INK,
                    lw=1.4,
                    zorder=4,
                )
            )
            if waits:
                self.canvas.add_patch(
                    Rectangle((x, y), to - x, BAR, fill=False, ec="#d0762a", hatch="//", lw=0, zorder=4.5)
                )
            days = number(stage.end - stage.start, decimals=0)
            self._word(
                stage.name,
                (f"waits {days} days for a team", f"waits {days} days") if waits else (stage.name,),
                x,
                to,
                y,
            )
        end, at = self.life.end in GOOD_ENDS, self.scale.at(self.life.end_day)
        colour, shape = (BLUE, "o") if end else (VERMILLION, "s")
        self.canvas.plot([at], [y + BAR / 2], marker=shape, markersize=26, color=colour, ls="none", zorder=7)
        if end:
            tick = ([at - 9, at - 2, at + 10], [y + BAR / 2, y + BAR / 2 + 8, y + BAR / 2 - 9])
            self.canvas.plot(*tick, color=PAPER, lw=3, zorder=8)
        else:
            for way in (1, -1):
                self.canvas.plot(
                    [at - 8, at + 8],
                    [y + BAR / 2 - 8 * way, y + BAR / 2 + 8 * way],
                    color=PAPER,
                    lw=3,
                    zorder=8,
                )
        ink = DEEP_BLUE if end else "#93310a"
        self.sheet.text(at + 26, y + BAR / 2, self.life.end, weight="bold", color=ink, zorder=8)

    def _word(self, name: str, texts: Sequence[str], x: float, to: float, y: float) -> None:
        """The longest of the texts that fits into its stage; none where none does."""
        size = self.sheet.form.small
        end = self.scale.at(self.life.end_day)
        room = to - x - 14 - (16 if to >= end - 1 else 0)
        fits = next((text for text in texts if width(text, size, bold=True) <= room), None)
        if fits is None and name == "waiting":
            half = width(texts[-1], size) / 2
            middle = min(max((x + to) / 2, self.sheet.left + half), self.sheet.right - half)
            self.sheet.text(middle, y + BAR + GAP / 2, texts[-1], ha="center", size=size)
        if fits is None or name == "unnoticed":
            return
        ink = PAPER if name == "at work" else INK
        middle = (x + to) / 2 - (8 if to >= end - 1 else 0)
        write = self.sheet.text_on_marks if name == "waiting" else self.sheet.text
        write(middle, y + BAR / 2, fits, ha="center", weight="bold", size=size, color=ink, zorder=6)

    def queue(self, y: float, deepest: int) -> None:
        """How many cases wait for a team, as an area, and in words."""
        steps = [*self.life.queue, (self.last, self.life.queue[-1][1])]
        xs = [self.scale.at(min(day, self.last)) for day, _ in steps]
        deep = QUEUE - 30
        base = y + QUEUE
        ys = [base - deep * waiting / deepest for _, waiting in steps]
        self.canvas.fill_between(xs, ys, base, step="post", color=BUSY_GROUND, lw=0, zorder=2)
        self.canvas.plot(xs, ys, drawstyle="steps-post", color=BUSY_INK, lw=1.4, zorder=3)
        most = max(waiting for _, waiting in self.life.queue)
        with_it = f"{self.life.queue_with_it} with this one, " if self.life.queue_with_it else ""
        said = f"cases waiting for a team: {with_it}{most} at most"
        if width(said, self.sheet.form.small, bold=True) > self.sheet.right - self.sheet.left:
            said = f"waiting: {with_it}{most} at most"
        self.sheet.text_on_marks(
            self.sheet.left + 8,
            y + 14,
            said,
            weight="bold",
            size=self.sheet.form.small,
            color="#4d2a00",
            zorder=6,
        )


def _lacks(results: Results, compared: Comparison) -> str:
    if _lives(results, compared) is None:
        return "In the worlds that were looked at, no plot ends otherwise than with the baseline."
    return ""


PLOT = CatalogueFigure(
    "two_lives",
    "One plot in one world, under a mix and under the baseline: its traces, its case, and the queue it met.",
    title,
    picture,
    data,
    notes,
    lacks=_lacks,
)
