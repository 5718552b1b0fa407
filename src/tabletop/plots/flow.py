"""The flow from trace to verdict through the five pillars, of one mix beside the baseline."""

from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, PathPatch, Rectangle
from matplotlib.path import Path

from tabletop.analysis.bottleneck import BUSY, is_busy
from tabletop.analysis.compare import Comparison
from tabletop.analysis.words import figure as number
from tabletop.analysis.words import share
from tabletop.experiment.mix_names import mix_names
from tabletop.experiment.results import Results
from tabletop.measures import MEASURES, POOL_MEASURES
from tabletop.plots.flow_counts import COUNTS, Flow
from tabletop.plots.form import WIDE, Form
from tabletop.plots.labels import short
from tabletop.plots.lettering import width
from tabletop.plots.plot import CatalogueFigure, counted
from tabletop.plots.pressed import pressed, told_mix
from tabletop.plots.sheet import Sheet
from tabletop.plots.style import BLUE, BUSY_GROUND, BUSY_INK, INK, PAPER, QUIET, VERMILLION
from tabletop.plots.table import Table, ends
from tabletop.plots.wording import capital, titled
from tabletop.pools import POOLS

PALE, GREY, DARK = "#c7cfd8", "#dfe3e7", "#5b6f80"
LIGHT_BLUE, LIGHT_ORANGE = "#73b0d6", "#e9a67b"
HALF = 500.0
"""Pixels of the height of each half."""
MOST_DOTS = 24
"""Waiting items that are drawn one by one."""


class Band(NamedTuple):
    """The right end of a band: where the next one begins."""

    x: float
    top: float
    bottom: float


def title(results: Results, compared: Comparison) -> str:
    """Where work waits with the pressed mix, and how long beside the baseline."""
    names = mix_names(results, compared.mixes)
    one = pressed(results, compared)
    if one is None:
        return titled([f"No service is {share(BUSY)} busy: from trace to verdict", "From trace to verdict"])
    works = capital(f"{POOLS[one.pool].works_on}s")
    wait, before = (number(e.value or 0.0, decimals=0) for e in (one.wait, one.baseline_wait))
    said = f"{works} wait {wait} days for {POOLS[one.pool].title} with {short(names[one.mix])}"
    return titled([f"{said}, not {before}", said, f"{works} wait {wait} days, not {before}"])


def picture(results: Results, compared: Comparison, form: Form) -> Figure:
    """Traces on the left, and cases on the right through a lens; bold is the mix, grey the baseline."""
    mix = told_mix(results, compared)
    flows = (Flow.of(results, compared, mix), Flow.of(results, compared, compared.baseline))
    body = 2 * HALF + 20 if form.is_narrow else HALF
    sheet = Sheet(title(results, compared), notes(results, compared), body=body, form=form)
    canvas = sheet.canvas()
    if form.is_narrow:
        _Half(sheet, canvas, flows, sheet.left, sheet.top, sheet.right - sheet.left, HALF).traces()
        _Half(sheet, canvas, flows, sheet.left, sheet.top + HALF + 20, sheet.right - sheet.left, HALF).cases()
        return sheet.figure
    middle = sheet.left + 0.44 * (sheet.right - sheet.left)
    deep = sheet.room
    left = _Half(sheet, canvas, flows, sheet.left, sheet.top, middle - sheet.left - 8, deep)
    right = _Half(sheet, canvas, flows, middle + 8, sheet.top, sheet.right - middle - 8, deep)
    left.traces()
    right.cases()
    canvas.plot([middle, middle], [sheet.top + 10, sheet.bottom - 26], color=QUIET, lw=1.2, ls=(0, (1, 2)))
    ratio = right.per_item() / left.per_item() if left.per_item() else 0.0
    lens = f"cases: widths × {number(ratio, decimals=0)}"
    sheet.text(middle - 10, sheet.bottom - 8, "traces", ha="right", color=QUIET, size=form.small)
    sheet.text(middle + 10, sheet.bottom - 8, lens, color=QUIET, size=form.small)
    return sheet.figure


def data(results: Results, compared: Comparison) -> Table:
    """A row for each number of the flow, of every mix: a replication's mean, with its interval."""
    rows = []
    for mix in compared.mixes:
        flow = Flow.of(results, compared, mix)
        for name, e in flow.counts.items():
            rows.append((mix, name, "", e.n, e.value, *ends(e.interval), e.basis.in_words(), "number"))
        for pool, load in flow.loads.items():
            for of, e in zip(POOL_MEASURES[pool], load, strict=True):
                unit = MEASURES[of].unit
                rows.append((mix, of, pool, e.n, e.value, *ends(e.interval), e.basis.in_words(), unit))
    return Table.of(("mix", "what", "pool", "replications", "mean", "low", "high", "rests_on", "unit"), rows)


def notes(results: Results, compared: Comparison) -> list[str]:
    """What is bold, what is grey, and what a width is."""
    names = mix_names(results, compared.mixes)
    mix = told_mix(results, compared)
    grey = "" if mix == compared.baseline else f"; grey: {short(names[compared.baseline])}"
    who = f"Bold: {short(names[mix])}{grey}."
    marks = f"Orange dots: items waiting on average. Framed: {share(BUSY)} busy or more."
    return [f"{who} {marks} Widths to scale within each half. Means of {counted(compared)}"]


class _Half:
    """One half of the flow, in its own frame and at its own scale."""

    def __init__(
        self,
        sheet: Sheet,
        canvas: Axes,
        flows: tuple[Flow, Flow],
        x: float,
        y: float,
        wide: float,
        deep: float,
    ) -> None:
        self.sheet, self.canvas, (self.flow, self.base) = sheet, canvas, flows
        self.x, self.y, self.wide, self.deep = x, y, wide, deep
        self.scale = 0.0

    def per_item(self) -> float:
        """Pixels an item."""
        return self.scale

    def traces(self) -> None:
        """Four sources, the tip line and the border before the analysts, and what they file."""
        sources = ("intelligence", "partners", "reports", "border checks")
        total = sum(self._mean(name) for name in sources) or 1.0
        gap, top = 52.0, self.y + 64
        self.scale = (self.deep - 64 - 40 - gap * 3 - 30) / total
        label, box = self.x + 166, self.x + self.wide * (0.6 if self.sheet.form.is_narrow else 0.64)
        at = top
        incoming: list[tuple[float, float, float]] = []
        for name in sources:
            thick = max(2.0, self._mean(name) * self.scale)
            self._rect(label, at, 7, thick, DARK)
            title = {"partners": "from partners"}.get(name, name)
            self._pair(label - 8, at + thick / 2, title, name, ha="right")
            passed = f"{name} passed on"
            start = label + 7
            if passed in COUNTS:
                on = min(thick, max(1.5, self._mean(passed) * self.scale))
                knee = label + (box - label) * 0.42
                self._band(start, at, thick, knee, at, PALE)
                self._band(knee, at + on, thick - on, knee + 58, at + on + 22, GREY)
                out = self._mean(name) - self._mean(passed)
                self.sheet.text(
                    knee + 64, at + on + 22 + (thick - on) / 2, f"{_count(out)} not\npassed on",
                    color=QUIET, size=self.sheet.form.small, va="center", linespacing=1.1,
                )  # fmt: skip
                incoming.append((knee, at, on))
            else:
                incoming.append((start, at, thick))
            at += thick + gap
        height = sum(thick for _, _, thick in incoming)
        box_top = top + 14
        inside = box_top
        for start, y, thick in incoming:
            self._band(start, y, thick, box, inside, PALE)
            inside += thick
        end = self._pool("analysts", box, box_top, max(20.0, height), 30)
        self._filed(end)

    def _filed(self, end: Band) -> None:
        right = self.x + self.wide
        lapsed = self._mean("lapsed") * self.scale
        filed = max(2.0, end.bottom - end.top - 6)
        self._band(end.x, end.top + 6, filed, right - 4, end.top + 26, GREY)
        self._pair(end.x + 10, end.top + 26 + filed * 0.35, "filed", "filed", ha="left", quiet=True)
        if lapsed or self._mean("lapsed", self.base):
            y = end.top + 26 + filed * 0.35 + 62
            self._pair(end.x + 10, y, "lapsed", "lapsed", ha="left", quiet=True)

    def cases(self) -> None:
        """Cases before the teams, what becomes of them, and the way through justice."""
        x, wide = self.x, self.wide
        names = ("stopped", "wronged", "cleared", "too late or lost")
        narrow = self.sheet.form.is_narrow
        total = max(self._mean("cases"), sum(self._mean(name) for name in names)) or 1.0
        top = self.y + 150
        self.scale = (self.deep - 150 - 240) / total
        cases, box = x + 4, x + wide * 0.2
        thick = max(8.0, self._mean("cases") * self.scale)
        self._band(cases, top, thick, box, top, BUSY_GROUND)
        at = (cases, top + thick + 62) if narrow else (cases + 8, top + thick / 2)
        self._pair(*at, "cases", "cases", ha="left")
        end = self._pool("teams", box, top, thick, 30, wait_from=cases)
        split = {name: self._mean(name) * self.scale for name in names}
        justice, right = x + wide * 0.58, x + wide
        tops = {"stopped": top - 20}
        tops["wronged"] = tops["stopped"] + split["stopped"] + 4
        tops["cleared"] = max(tops["wronged"] + split["wronged"] + 60, top + 150)
        tops["too late or lost"] = tops["cleared"] + split["cleared"] + 50
        colours = {"stopped": BLUE, "wronged": VERMILLION, "cleared": PALE, "too late or lost": "#8f8f8f"}
        inside = end.top
        turn = x + wide * 0.34
        for name in names:
            self._band(end.x, inside, max(1.5, split[name]), turn, tops[name], colours[name])
            inside += split[name]
        for name in ("stopped", "wronged"):
            self._rect(turn, tops[name], justice - turn, max(1.5, split[name]), colours[name])
        above, below = tops["stopped"] - 40, tops["wronged"] + split["wronged"] + 26
        self._pair(turn - 10, above, "stopped", "stopped", ha="left")
        innocent = "" if narrow else "innocent, "
        self._pair(turn + 10, below + 4, f"{innocent}wronged", "wronged", ha="left")
        for name, said in (("cleared", f"{innocent}cleared"), ("too late or lost", "too late or lost")):
            self._pair(turn + 8, tops[name] + max(1.5, split[name]) / 2, said, name, ha="left")
        self._courts(justice, tops["stopped"], split["stopped"] + split["wronged"] + 4, right)

    def _courts(self, x: float, top: float, thick: float, right: float) -> None:
        thick = max(26.0, thick)
        gap = self.wide * 0.11
        first = self._pool("prosecutors", x, top, thick, 26, staggered=True)
        self._rect(first.x, top, gap, thick, LIGHT_BLUE)
        second = self._pool("courts", first.x + gap, top, thick, 26)
        total = sum(self._mean(name) for name in ("convicted", "acquitted", "released")) or 1.0
        at, place = second.top, top - 14
        for name in ("convicted", "acquitted", "released"):
            part = thick * self._mean(name) / total
            if self.sheet.form.is_narrow:
                self._pair(right, top + thick + 40 + (place - top + 14), name, name, ha="right")
                place += 56
                continue
            self._band(second.x, at, max(1.5, part), second.x + 26, place + 30 - part / 2, PALE)
            self._pair(second.x + 32, place + 30, name, name, ha="left")
            at += part
            place += 62

    def _pool(
        self,
        pool: str,
        x: float,
        top: float,
        deep: float,
        wide: float,
        *,
        staggered: bool = False,
        wait_from: float | None = None,
    ) -> Band:
        """A box filled to the busy share, its title above, and what waits as dots before it."""
        load, base = self.flow.loads[pool], self.base.loads[pool]
        busy = is_busy(load.busy.value)
        edge = BUSY_INK if busy else DARK
        fill = min(1.0, load.busy.value or 0.0) * deep
        self._rect(x, top + deep - fill, wide, fill, BUSY_INK if busy else "#a3afb9", z=6)
        box = Rectangle((x, top), wide, deep, fc=PAPER, ec=edge, lw=4 if busy else 1.6, zorder=5)
        self.canvas.add_patch(box)
        self.canvas.add_patch(
            Rectangle((x, top), wide, deep, fill=False, ec=edge, lw=4 if busy else 1.6, zorder=7)
        )
        lift = 84 if staggered else 30
        y = top - lift
        busy_word = "" if self.sheet.form.is_narrow and not busy else " busy"
        said = "no limit" if load.busy.value is None else f"{share(load.busy.value)}{busy_word}"
        before = "no limit" if base.busy.value is None else share(base.busy.value)
        middle = x + wide / 2 - (0.0 if wait_from is None else 44.0)
        ink = BUSY_INK if busy else INK
        self.sheet.text(middle, y - 24, POOLS[pool].title, ha="center", weight="bold")
        self._beside(
            middle, y, said, before if self.flow is not self.base else "", ha="center", ink=ink, bold=busy
        )
        self._dots(x - 8, top, deep, load.queue.value or 0.0)
        if busy and load.wait.value is not None and load.wait.value >= 1:
            wait, was = _days(load.wait.value), _days(base.wait.value)
            at, side = (x + wide, "right") if wait_from is None else (wait_from, "left")
            self._beside(at, top + deep + 20, f"wait {wait}", was, ha=side, ink=BUSY_INK, bold=True)
        return Band(x + wide, top, top + deep)

    def _dots(self, right: float, top: float, deep: float, queue: float) -> None:
        waiting = round(queue)
        shown = min(waiting, MOST_DOTS)
        rows = max(1, min(9, int((deep - 8) // 14)))
        for place in range(shown):
            column, row = divmod(place, rows)
            at = (right - 7 - 14 * column, top + 12 + 14 * row)
            self.canvas.add_patch(Circle(at, 5.5, fc="#e08a2e", ec=BUSY_INK, lw=1, zorder=8))
        if waiting > shown:
            columns = -(-shown // rows)
            self.sheet.text(
                right - 14 * columns - 6, top + 16, f"{waiting}", ha="right", color=BUSY_INK, weight="bold"
            )

    def _mean(self, name: str, flow: Flow | None = None) -> float:
        return (flow or self.flow).counts[name].value or 0.0

    def _pair(self, x: float, y: float, title: str, name: str, *, ha: str, quiet: bool = False) -> None:
        """A title, and below it the mix's number in bold and the baseline's in grey."""
        self.sheet.text(x, y - 13, title, ha=ha, weight="bold", color=QUIET if quiet else INK, zorder=9)
        mine, theirs = _count(self._mean(name)), _count(self._mean(name, self.base))
        self._beside(x, y + 12, mine, theirs if self.flow is not self.base else "", ha=ha)

    def _beside(
        self, x: float, y: float, mine: str, theirs: str, *, ha: str, ink: str = INK, bold: bool = True
    ) -> None:
        size = self.sheet.form.small
        rest = f" · {theirs}" if theirs else ""
        first, second = width(mine, size, bold=bold), width(rest, size)
        start = {"left": x, "right": x - first - second, "center": x - (first + second) / 2}[ha]
        start = max(self.sheet.left, min(start, self.sheet.right - first - second))
        weight = "bold" if bold else "normal"
        self.sheet.text(start, y, mine, size=size, weight=weight, color=ink, zorder=9)
        if rest:
            self.sheet.text(start + first, y, rest, size=size, color=QUIET, zorder=9)

    def _rect(self, x: float, y: float, wide: float, deep: float, colour: str, z: float = 2) -> None:
        self.canvas.add_patch(Rectangle((x, y), wide, max(0.0, deep), fc=colour, lw=0, zorder=z))

    def _band(self, x: float, y: float, thick: float, to: float, at: float, colour: str) -> None:
        """A band that flows from one place to another, as thick at both."""
        bend = (to - x) / 2
        points: Sequence[tuple[float, float]] = (
            (x, y), (x + bend, y), (to - bend, at), (to, at),
            (to, at + thick), (to - bend, at + thick), (x + bend, y + thick), (x, y + thick), (x, y),
        )  # fmt: skip
        codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
        self.canvas.add_patch(PathPatch(Path(points, codes), fc=colour, lw=0, alpha=0.9, zorder=2))


def _count(value: float) -> str:
    """A mean number: one decimal below a hundred."""
    return number(value, decimals=1 if value < 99.95 else 0)


def _days(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{number(value, decimals=0)} day" + ("" if round(value) == 1 else "s")


PLOT = CatalogueFigure(
    "flow",
    "The way from traces to cases to verdicts with one mix beside the baseline, and where work waits.",
    title,
    picture,
    data,
    notes,
    contrasts=False,
    page_form=WIDE,
)
