"""The switch curve: what a mix changes at each value of one condition, and where a statement turns round."""

from collections.abc import Sequence
from math import ceil, sqrt
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tabletop.analysis.contrast import ContrastVerdict
from tabletop.analysis.mean_interval import t_quantile
from tabletop.analysis.numerals import Numerals
from tabletop.analysis.statements import LEVEL, Difference, statements
from tabletop.analysis.switches import OPEN, SHOWN, Switch, sides
from tabletop.analysis.words import plural
from tabletop.experiment.robustness.study import Robustness
from tabletop.experiment.robustness.variants import Variant, range_in_words
from tabletop.measures import MEASURES
from tabletop.plots.form import Form
from tabletop.plots.key import LINE, KeyEntry, draw_key, key_lines
from tabletop.plots.lettering import width
from tabletop.plots.matrix import columns, matrix, room_of
from tabletop.plots.scale import Scale
from tabletop.plots.sheet import MARGIN, Sheet
from tabletop.plots.shortening import shortened
from tabletop.plots.study_figure import StudyFigure
from tabletop.plots.study_labels import condition_axis, mix_number, mix_title, value_cell
from tabletop.plots.style import DASHED, INK, MARKS, QUIET, ZONE, Mark
from tabletop.plots.table import Table
from tabletop.plots.wording import better_word, capital, in_prose, of_mixes, spelled, titled
from tabletop.spreadsheet import Cell

PANEL, KEY, BRACKET = 250.0, 44.0, 44.0
"""Pixels of a row of panels, of the key, and of a bracket with its words."""
LEFT, RIGHT = -0.04, 1.04
"""Ends of a panel, in shares of the range."""
HIGHEST = 0.92
"""Share of a panel's height above which no number stands beside it, for the badge is there."""
STATES = {1: "shown", 0: "open", -1: "its opposite is shown"}


class Stop(NamedTuple):
    """What is known at one value of a condition: its share of the range, and the difference there."""

    variant: Variant
    at: float
    difference: Difference
    side: int
    """Whether 'better' is shown (1), its opposite (−1), or neither."""

    @property
    def ends(self) -> tuple[float, float] | None:
        """The interval that decides the side; None where there is none."""
        one = self.difference
        if one.n < 2:
            return None
        half = t_quantile(1 - 2 * LEVEL, one.n) * one.deviation / sqrt(one.n)
        return one.mean - half, one.mean + half


def place_of(study: Robustness) -> int | None:
    """The condition whose line is drawn: the one that was asked for; else that which decides most often.

    That is the one which most often has the largest share, in the leading measure. None for a map, and where
    no share is told.
    """
    if study.asked.is_line:
        return 0 if len(study.ranges.uncertain) == 1 else None
    if not study.points:
        return None
    told = [found for mix in study.others if (found := study.shares(study.measures[0], mix)) and found.of]
    first = [found.of[0].condition for found in told if found.of[0].interval.low > 0]
    if not first:
        return None
    return study.ranges.titles.index(max(dict.fromkeys(first), key=first.count))


def stops(study: Robustness, place: int, measure: str, mix: str) -> list[Stop]:
    """The values along the line of a condition, from end to end."""
    line = study.line(place)
    found = [study.difference(one, measure, mix) or Difference(0.0, 0.0, 0, 0) for one in line]
    better = statements(MEASURES[measure].direction, study.scenario.measures[measure].delta)[1]
    return [
        Stop(one, one.shares[place], of, side)
        for one, of, side in zip(line, found, sides(better, found), strict=True)
    ]


def title(study: Robustness, measure: str) -> str:
    """With how many mixes the difference is shown to change sides, and with how many to pass δ."""
    place = place_of(study)
    assert place is not None, "a sheet is asked for only where there is a line"
    turns = {mix: study.switches(place, measure, mix) for mix in study.others}
    around = sum(any(not one.statement.threshold for one in of) for of in turns.values())
    past = sum(any(one.statement.threshold for one in of) for of in turns.values())
    many = len(study.others)
    mixes = of_mixes(around, many)
    passing = f"{spelled(past)} pass{'es' if past < 2 else ''} δ"
    said = f"{mixes} change{'s' if around < 2 else ''} sides, {passing}"
    what, condition = capital(in_prose(measure)), study.ranges.titles[place]
    return titled([f"{what} by {condition}: {said}", f"{what}: {said}", capital(said)])


def notes(study: Robustness, measure: str) -> list[str]:
    """What a line, a bracket and the dashed line are."""
    place = place_of(study)
    assert place is not None, "a sheet is asked for only where there is a line"
    one, count = study.ranges.uncertain[place], len(study.line(place))
    worlds = plural(study.asked.worlds, "world")
    few = ""
    if not study.asked.is_line:
        few = f" It has the largest share more often than any other; --vary '{one.title}' runs nine values."
    return [
        (
            f"Across: {one.title}, {range_in_words(one)}, {plural(count, 'value')}, {worlds} each; upright "
            f"dashes: as the file has it. Line: 95 % for one value. Between values nothing was run.{few}"
        )
    ]


def picture(study: Robustness, measure: str, form: Form) -> Figure:
    """A panel for each mix; up is better. Intervals at the values that were run, and brackets below them."""
    place = place_of(study)
    assert place is not None, "a sheet is asked for only where there is a line"
    found = {mix: stops(study, place, measure, mix) for mix in study.others}
    turns = {mix: study.switches(place, measure, mix) for mix in study.others}
    delta = study.scenario.measures[measure].delta
    entries = _entries(study, measure, [stop for of in found.values() for stop in of])
    rows = ceil(len(found) / columns(len(found), form))
    brackets = BRACKET * max((len(of) for of in turns.values()), default=0)
    key = KEY + LINE * (len(key_lines(form, form.width - 2 * MARGIN, entries)) - 1)
    body = rows * (PANEL + brackets) + key
    sheet = Sheet(title(study, measure), notes(study, measure), body=body, form=form)
    draw_key(sheet, sheet.left, sheet.bottom - key + KEY / 2 + 4, entries)
    room = room_of(len(found), form)
    names = shortened([mix_title(study, mix) for mix in found], room, form.text, bold=True)
    limits = _limits([stop for of in found.values() for stop in of], delta)
    numerals = Numerals.of(measure, delta)
    first, last = limits[::-1] if MEASURES[measure].direction < 0 else limits
    scale = Scale(first, last, 0.0, 1.0)
    ticks = [at for at in scale.ticks(4) if scale.at(at) < HIGHEST]
    canvas = sheet.canvas()
    for mix, axes in zip(found, matrix(sheet, names, top=sheet.top, foot=key), strict=True):
        box = axes.get_window_extent()
        sheet.badge(canvas, box.x0 - 24, sheet.height - box.y1 - 13, mix_number(study, mix), radius=14.0)
        room = brackets / box.height
        axes.set(xlim=(LEFT, RIGHT), ylim=(first - (last - first) * room / (1 - room), last))
        axes.axhspan(-delta, delta, color=ZONE, lw=0, zorder=0)
        axes.axhline(0, color=QUIET, lw=1, zorder=1)
        condition_axis(axes, "x", study, place, form, start=room)
        axes.set_yticks(ticks, [numerals.tick(at) for at in ticks])
        _draw_stops(axes, found[mix], MEASURES[measure].direction)
        _draw_brackets(axes, turns[mix], form, box.width)
    return sheet.figure


def data(study: Robustness) -> Table:
    """A row for each measure, mix and value; nothing without a line."""
    heads = (
        "measure", "unit", "mix", "condition", "at", "as_written", "worlds", "differing", "difference", "low",
        "high", "delta", "better", "better_by_more_than_delta", "worse_by_more_than_delta",
    )  # fmt: skip
    place = place_of(study)
    if place is None:
        return Table(heads, ())
    every = [(measure, mix) for measure in study.measures for mix in study.others]
    return Table.of(heads, [row for pair in every for row in _rows(study, place, *pair)])


def _rows(study: Robustness, place: int, measure: str, mix: str) -> list[tuple[Cell, ...]]:
    one, delta = study.ranges.uncertain[place], study.scenario.measures[measure].delta
    found = stops(study, place, measure, mix)
    line = [stop.difference for stop in found]
    much_better, better, _, much_worse = statements(MEASURES[measure].direction, delta)
    states = zip(*(sides(statement, line) for statement in (better, much_better, much_worse)), strict=True)
    return [
        (
            measure, MEASURES[measure].unit, mix, one.title, value_cell(one, stop.at),
            stop.variant.kind == "written", stop.difference.n, stop.difference.differing,
            stop.difference.mean, *(stop.ends or (None, None)), delta, *(STATES[state] for state in each),
        )
        for stop, each in zip(found, states, strict=True)
    ]  # fmt: skip


def _limits(found: Sequence[Stop], delta: float) -> tuple[float, float]:
    """What the axis of a sheet holds: nothing, δ on both sides, and every interval."""
    every = [0.0, 1.2 * delta, -1.2 * delta, *(stop.difference.mean for stop in found)]
    every += [end for stop in found for end in stop.ends or ()]
    margin = 0.05 * (max(every) - min(every))
    return min(every) - margin, max(every) + margin


def _mark(side: int, direction: int) -> Mark:
    if side == OPEN:
        return MARKS[ContrastVerdict.UNDECIDED]
    if not direction:
        return MARKS[ContrastVerdict.HIGHER if side == SHOWN else ContrastVerdict.LOWER]
    return MARKS[ContrastVerdict.BETTER if side == SHOWN else ContrastVerdict.WORSE]


def _draw_stops(axes: Axes, found: Sequence[Stop], direction: int) -> None:
    """Intervals and marks at the values, and a band from one to the next that only guides the eye."""
    known = [stop for stop in found if stop.ends is not None]
    xs = [stop.at for stop in known]
    lows, highs = ([stop.ends[place] for stop in known if stop.ends] for place in (0, 1))
    axes.fill_between(xs, lows, highs, color=INK, alpha=0.1, lw=0, zorder=1)
    axes.plot(xs, [stop.difference.mean for stop in known], color=QUIET, lw=1, ls=(0, (1, 2)), zorder=2)
    for stop in known:
        mark = _mark(stop.side, direction)
        style = DASHED if stop.difference.is_open else "-"
        axes.plot([stop.at] * 2, stop.ends or (), color=mark.colour, lw=2.4, ls=style, zorder=3)
        axes.plot([stop.at], [stop.difference.mean], **mark.drawn(7.0), zorder=4)


def _draw_brackets(axes: Axes, turns: Sequence[Switch], form: Form, wide: float) -> None:
    """A bracket for each statement that turns round; the arrow goes to where the statement holds."""
    deep = axes.get_window_extent().height
    across = axes.get_xaxis_transform()
    for row, one in enumerate(turns):
        y = (row * BRACKET + 8) / deep
        axes.plot([one.low, one.high], [y, y], color=INK, lw=2.2, transform=across, zorder=5)
        for end in (one.low, one.high):
            axes.plot([end] * 2, [y - 6 / deep, y + 6 / deep], color=INK, lw=2.2, transform=across, zorder=5)
        word = one.statement.says.replace("by more than", ">")
        said = f"{word} →" if one.begins else f"← {word}"
        half = 0.5 * width(said, form.small) / wide * (RIGHT - LEFT)
        middle = min(max((one.low + one.high) / 2, LEFT + half), RIGHT - half)
        axes.text(middle, y + 19 / deep, said, transform=across, ha="center", va="center", size=form.small)


def _entries(study: Robustness, measure: str, found: Sequence[Stop]) -> list[KeyEntry]:
    """What the marks that occur mean, and the lines."""
    direction = MEASURES[measure].direction
    marks = {_mark(stop.side, direction).word: _mark(stop.side, direction) for stop in found if stop.ends}
    entries = [KeyEntry(word, mark) for word, mark in marks.items()]
    entries.append(KeyEntry("less than δ", ground=ZONE))
    if any(stop.difference.is_open for stop in found if stop.ends):
        entries.append(KeyEntry("few worlds differ", line=(INK, DASHED)))
    entries.append(KeyEntry(f"{better_word(measure)} ↑"))
    return entries


def _sheets(study: Robustness) -> tuple[str, ...]:
    if place_of(study) is None:
        return ()
    return study.measures if study.asked.is_line else study.measures[:1]


def _lacks(study: Robustness) -> str:
    if study.points and place_of(study) is None:
        return (
            f"No line is drawn of one condition: for {in_prose(study.measures[0])} none is shown to have a "
            "share in what differs between variants. --vary PATH draws the one that is named."
        )
    return ""


PLOT = StudyFigure(
    "switch_curve",
    "What each mix changes at each value of one condition, and between which values a statement turns round.",
    _sheets,
    title,
    picture,
    notes,
    data,
    _lacks,
)
