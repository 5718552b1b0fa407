"""The trade-off: every mix against the baseline in security and in rights at once, better right and up."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from tabletop.analysis.compare import Comparison
from tabletop.analysis.contrast import Contrast
from tabletop.analysis.interval import CONFIDENCE
from tabletop.analysis.numerals import Numerals
from tabletop.analysis.words import share
from tabletop.experiment.mix_names import mix_names
from tabletop.experiment.results import Results
from tabletop.measures import GROUP_OF, MEASURES
from tabletop.plots.form import Form
from tabletop.plots.labels import mix_numbers, others, short
from tabletop.plots.lettering import fitted, height, width
from tabletop.plots.placing import Box, placed
from tabletop.plots.plot import CatalogueFigure, counted
from tabletop.plots.scale import Scale
from tabletop.plots.sheet import Sheet
from tabletop.plots.shortening import shortened
from tabletop.plots.style import DASHED, INK, QUIET, identity
from tabletop.plots.table import Table, ends
from tabletop.plots.wording import Side, better_word, capital, in_prose, of_all, side, spelled, titled

LEFT, TOP, BELOW, DEEP = 70.0, 32.0, 62.0, 226.0
"""Pixels for the numbers of the axes and what they are of."""
RADIUS = 14.0
MOST_ROOM = 330.0
"""Pixels that a name in the picture may take."""
TINT, DEEP_BLUE = "#dbe4ee", "#1c5078"
MOST_NAMED = 12
"""Mixes that are named in the picture; more have their numbers only."""


class _Point(NamedTuple):
    mix: str
    across: Contrast
    up: Contrast


def axes_of(results: Results, compared: Comparison) -> tuple[str, str] | None:
    """The first primary measure of security, and of rights, that has a better side; None if one lacks."""
    found = []
    for group in ("security", "rights"):
        named = [m for m in results.design.scenario.measures if m in compared.primary]
        of_group = [m for m in named if GROUP_OF[m] == group and MEASURES[m].direction]
        if not of_group:
            return None
        found.append(of_group[0])
    return found[0], found[1]


def title(results: Results, compared: Comparison) -> str:
    """With how many mixes security is better, and how many pay for it in rights."""
    names = mix_names(results, compared.mixes)
    security, rights = _both(results, compared)
    mixes = others(compared)
    better = [m for m in mixes if side(compared.contrast(security, m)) is Side.BETTER]
    pay = [m for m in mixes if side(compared.contrast(rights, m)) is Side.WORSE]
    what = f"{better_word(security)} {in_prose(security)}"
    if not better:
        gain = f"No mix is known to have {what} than {short(names[compared.baseline])}"
    elif len(better) == 1 and len(mixes) > 1:
        gain = f"{capital(what)} with {short(names[better[0]])} alone"
    else:
        gain = f"{capital(what)} with {of_all(len(better), len(mixes))}"
    who = f"{spelled(len(pay))} pay{'s' if len(pay) == 1 else ''}"
    price = f"{who} with {in_prose(rights)}"
    if not pay:
        price = f"none is known to pay with {in_prose(rights)}"
    return titled([f"{gain}; {price}", gain])


def picture(results: Results, compared: Comparison, form: Form) -> Figure:
    """The baseline at the crossing, and for each mix a badge on the cross of its two intervals."""
    measures = _both(results, compared)
    names, numbers = mix_names(results, compared.mixes), mix_numbers(results, compared)
    points = [
        _Point(mix, *(compared.contrast(measure, mix) for measure in measures)) for mix in others(compared)
    ]
    points = [p for p in points if p.across.difference is not None and p.up.difference is not None]
    listed = form.is_narrow or len(points) > MOST_NAMED
    line = height(1, form.text)
    below = BELOW + (len(points) * line + 8 if listed else 0.0)
    sheet = Sheet(title(results, compared), notes(results, compared), body=TOP + DEEP + below, form=form)
    frame = (sheet.left + LEFT, sheet.top + TOP, sheet.right - 4, sheet.bottom - below)
    plane = _Plane.of(results, measures, points, frame, numbers)
    canvas = sheet.canvas()
    _draw_ground(sheet, canvas, plane)
    _draw_axes(sheet, plane)
    for point in points:
        for box, style in plane.cross(point):
            colour = identity(numbers[point.mix])
            canvas.plot(box[0::2], box[1::2], color=colour, lw=2.4, ls=style, alpha=0.6, zorder=3)
    for point in points:
        sheet.badge(canvas, *plane.at(point), numbers[point.mix], radius=RADIUS)
    crossing = (plane.across.at(0.0), plane.up.at(0.0))
    sheet.badge(canvas, *crossing, 0, radius=9)
    if listed:
        for row, point in enumerate(points):
            y = frame[3] + BELOW + (row + 0.5) * line
            sheet.badge(canvas, sheet.left + 13, y, numbers[point.mix], radius=12)
            room = sheet.right - sheet.left - 34
            sheet.text(sheet.left + 34, y, fitted(names[point.mix], room, 1, form.text))
        return sheet.figure
    _write_names(sheet, plane, points, {**names, "": names[compared.baseline]}, crossing)
    return sheet.figure


def panel(axes: Axes, results: Results, compared: Comparison) -> None:
    """The same on given axes: right and up are better, a number stands for a mix, the names beside them."""
    measures = _both(results, compared)
    names, numbers = mix_names(results, compared.mixes), mix_numbers(results, compared)
    axes.axvline(0, color=INK, lw=1.2, zorder=1)
    axes.axhline(0, color=INK, lw=1.2, zorder=1)
    for mix in others(compared):
        across, up = (compared.contrast(measure, mix) for measure in measures)
        if across.difference is None or up.difference is None:
            continue
        x, y, colour = across.difference, up.difference, identity(numbers[mix])
        for contrast, flat in ((across, True), (up, False)):
            if (ends_of := contrast.interval) is not None:
                xs, ys = (
                    ((ends_of.low, ends_of.high), (y, y)) if flat else ((x, x), (ends_of.low, ends_of.high))
                )
                style = DASHED if contrast.rests_on_little else "-"
                axes.plot(xs, ys, color=colour, lw=2, ls=style, alpha=0.6, zorder=2)
        said = f"{numbers[mix]} {short(names[mix])}"
        axes.plot([x], [y], marker="o", color=colour, ls="none", label=said, zorder=3)
        axes.annotate(said, (x, y), (6, 6), textcoords="offset points", zorder=4)
    for which, measure, arrow in (("x", measures[0], "→"), ("y", measures[1], "↑")):
        if MEASURES[measure].direction < 0:
            getattr(axes, f"invert_{which}axis")()
        getattr(axes, f"set_{which}label")(f"{in_prose(measure)} · {better_word(measure)} {arrow}")


def data(results: Results, compared: Comparison) -> Table:
    """A row for each mix: the two mean differences, each with its simultaneous interval and verdict."""
    parts = ("difference", "low", "high", "verdict")
    measures = _both(results, compared)
    columns = ("mix", "baseline", "replications", *(f"{m}_{part}" for m in measures for part in parts))
    rows = []
    for mix in others(compared):
        both = [compared.contrast(measure, mix) for measure in measures]
        cells = [cell for c in both for cell in (c.difference, *ends(c.interval), c.verdict.value)]
        rows.append((mix, compared.baseline, len(compared.replications), *cells))
    return Table.of(columns, rows)


def notes(results: Results, compared: Comparison) -> list[str]:
    """What a cross and the grey zones are."""
    together = compared.intervals_together
    held = f"{share(CONFIDENCE)}, all {together} at once" if together > 1 else share(CONFIDENCE)
    return [f"Cross: {held}; dashed: few worlds differ. Grey: too small to matter. {counted(compared)}"]


class _Plane(NamedTuple):
    """The two scales, what they are of, and the frame in which they lie."""

    measures: tuple[str, str]
    numerals: tuple[Numerals, Numerals]
    deltas: tuple[float, float]
    across: Scale
    up: Scale
    frame: Box
    """Left, top, right and bottom, in pixels."""
    numbers: Mapping[str, int]

    @classmethod
    def of(
        cls,
        results: Results,
        measures: tuple[str, str],
        points: list[_Point],
        frame: Box,
        numbers: Mapping[str, int],
    ) -> "_Plane":
        left, top, right, bottom = frame
        interests = results.design.scenario.measures
        deltas = (interests[measures[0]].delta, interests[measures[1]].delta)
        directions = [MEASURES[measure].direction for measure in measures]
        return cls(
            measures,
            (Numerals.of(measures[0], deltas[0]), Numerals.of(measures[1], deltas[1])),
            deltas,
            Scale.of_contrasts([p.across for p in points], deltas[0], directions[0], left, right),
            Scale.of_contrasts([p.up for p in points], deltas[1], directions[1], bottom, top),
            frame,
            numbers,
        )

    def said_across(self) -> str:
        across = self.measures[0]
        return f"{in_prose(across)}{_in(self.numerals[0])} · {better_word(across)} →"

    def at(self, point: _Point) -> tuple[float, float]:
        return self.across.at(point.across.difference or 0.0), self.up.at(point.up.difference or 0.0)

    def cross(self, point: _Point) -> Iterator[tuple[Box, Any]]:
        """The two lines of a mix: from left and top to right and bottom, and their dashes."""
        x, y = self.at(point)
        for contrast, scale, flat in ((point.across, self.across, True), (point.up, self.up, False)):
            if (interval := contrast.interval) is None:
                continue
            low, high = sorted((scale.at(interval.low), scale.at(interval.high)))
            style = DASHED if contrast.rests_on_little else "-"
            yield ((low, y, high, y) if flat else (x, low, x, high)), style


def _draw_ground(sheet: Sheet, canvas: Axes, plane: _Plane) -> None:
    """Zero in both, the zones of δ, and the corner that is better in both."""
    left, top, right, bottom = plane.frame
    x, y = plane.across.at(0.0), plane.up.at(0.0)
    canvas.add_patch(Rectangle((x, top), right - x, y - top, fc=TINT, lw=0, zorder=0))
    for scale, delta, flat in ((plane.across, plane.deltas[0], False), (plane.up, plane.deltas[1], True)):
        low, high = sorted((scale.at(-delta), scale.at(delta)))
        box = ((left, low), right - left, high - low) if flat else ((low, top), high - low, bottom - top)
        canvas.add_patch(Rectangle(*box, fc=INK, alpha=0.06, lw=0, zorder=0.5))
    canvas.plot([x, x], [top, bottom], color=INK, lw=1.2, zorder=1)
    canvas.plot([left, right], [y, y], color=INK, lw=1.2, zorder=1)
    sheet.text(
        right - 6, top + 4, "better in both", ha="right", va="top", weight="bold", color=DEEP_BLUE, zorder=1
    )


def _draw_axes(sheet: Sheet, plane: _Plane) -> None:
    left, top, right, bottom = plane.frame
    small = sheet.form.small
    for tick in plane.across.ticks(5):
        sheet.text(
            plane.across.at(tick),
            bottom + 16,
            plane.numerals[0].tick(tick),
            ha="center",
            color=QUIET,
            size=small,
        )
    for tick in plane.up.ticks(4):
        sheet.text(
            left - 8, plane.up.at(tick), plane.numerals[1].tick(tick), ha="right", color=QUIET, size=small
        )
    up = plane.measures[1]
    sheet.text(sheet.left, top - TOP / 2, f"↑ {better_word(up)} {in_prose(up)}{_in(plane.numerals[1])}")
    sheet.text(right, bottom + 42, plane.said_across(), ha="right")


def _write_names(
    sheet: Sheet,
    plane: _Plane,
    points: list[_Point],
    names: Mapping[str, str],
    crossing: tuple[float, float],
) -> None:
    """The names beside their badges, wherever one of eight places is free; the baseline's first."""
    size = sheet.form.text
    texts = shortened(
        [names[mix] for mix in ("", *(point.mix for point in points))], MOST_ROOM, size, bold=True
    )
    sizes = [(width(text, size, bold=True) + 4, height(1, size)) for text in texts]
    where = [crossing, *map(plane.at, points)]
    lines = [(b[0] - 2, b[1] - 2, b[2] + 2, b[3] + 2) for p in points for b, _ in plane.cross(p)]
    left, top, right, bottom = plane.frame
    corner = (right - width("better in both", size, bold=True) - 12, top, right, top + height(1, size) + 6)
    inside = (left + 2, top + 2, right - 2, bottom - 2)
    found = placed(where, sizes, radius=RADIUS, lines=lines, taken=[corner], inside=inside)
    left_over = [
        f"{plane.numbers[point.mix]} {text}"
        for point, text, place in zip(points, texts[1:], found[1:], strict=True)
        if place is None
    ]
    if left_over:
        room = right - sheet.left - width(plane.said_across(), size) - 20
        sheet.text(sheet.left, bottom + 42, fitted(", ".join(left_over), room, 1, size))
    for text, place in zip(texts, found, strict=True):
        if place is not None:
            sheet.text_on_marks(
                place.x, place.y, text, ha="center", weight="bold", zorder=6, va="center_baseline"
            )


def _both(results: Results, compared: Comparison) -> tuple[str, str]:
    found = axes_of(results, compared)
    assert found is not None
    return found


def _in(numerals: Numerals) -> str:
    return f", in {numerals.unit()}" if numerals.unit() else ""


def _lacks(results: Results, compared: Comparison) -> str:
    if axes_of(results, compared) is None:
        return "The scenario has no primary measure of security and of rights to set against each other."
    return ""


PLOT = CatalogueFigure(
    "trade_off",
    "Difference of every mix from the baseline in security and in rights at once; right and up are better.",
    title,
    picture,
    data,
    notes,
    panel=panel,
    lacks=_lacks,
)
