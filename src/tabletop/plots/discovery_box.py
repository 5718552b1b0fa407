"""The discovery box: where a statement about a mix holds, over the two conditions that decide it."""

from collections.abc import Sequence
from math import ceil, inf
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from tabletop.analysis.box import Box
from tabletop.analysis.contrast import ContrastVerdict
from tabletop.analysis.words import plural, share
from tabletop.experiment.robustness.deciding import BUSY, candidate_values
from tabletop.experiment.robustness.study import Robustness
from tabletop.experiment.robustness.variants import Variant
from tabletop.measures import MEASURES
from tabletop.plots.box_panels import Ends, Panel, panels
from tabletop.plots.box_title import title
from tabletop.plots.choice_axis import Which, as_written, range_axis, spread, spread_end
from tabletop.plots.form import Form
from tabletop.plots.key import LINE, KeyEntry, draw_key, key_lines
from tabletop.plots.lettering import fitted
from tabletop.plots.sheet import MARGIN, Sheet
from tabletop.plots.shortening import shortened
from tabletop.plots.study_figure import StudyFigure
from tabletop.plots.study_labels import BESIDE, mix_number, mix_title
from tabletop.plots.style import DASHED, INK, MARKS, QUIET, ZONE, Mark
from tabletop.plots.table import Table
from tabletop.plots.wording import spelled
from tabletop.scenario.uncertain import Uncertain

MOST_COLUMNS = 3
HEAD, PANEL, FOOT, KEY, GAP = 106.0, 220.0, 92.0, 44.0, 30.0
"""Pixels of what stands above a panel, a panel, what stands below it, the key, and between panels."""
EDGE = 0.03
"""How far an axis goes beyond a range, in shares of it."""
NOT_SO = Mark("not so", QUIET, "o", filled=False)
GUESS = "#8c8c8c"
"""The edge of the box among shuffled labels."""
WHICH: tuple[Which, Which] = ("x", "y")


def _others(number: int) -> str:
    return "the other mix" if number == 1 else f"the other {spelled(number)} mixes"


def notes(study: Robustness, measure: str) -> list[str]:
    """What a point, the ground and the broken box are."""
    told = panels(study, measure)
    left = len(study.others) - len(told)
    others = f" No rule and no box passes for {_others(left)}." if left else ""
    broken = " Hatched: a box among shuffled labels, which tells nothing."
    shuffled = broken if any(one.shuffled for one in told) else ""
    is_deep = any(len(one.box.ends) > len(one.axes) for one in told)
    outside = " Small: outside the box in another condition." if is_deep else ""
    ranges = study.ranges.uncertain
    own = as_written(ranges[place] for one in told for place in one.axes if place < len(ranges))
    return [
        (
            "A point is a variant, by what its mean says. Grey ground: where the rule or the box says so. "
            f"{own}: as the file has it."
            f"{shuffled}{outside}{others} {plural(len(study.points), 'variant')}, "
            f"{plural(study.asked.worlds, 'world')} each."
        )
    ]


def picture(study: Robustness, measure: str, form: Form) -> Figure:
    """A panel for each mix: its variants over two conditions, and where the statement is said to hold."""
    told = panels(study, measure)
    across = min(MOST_COLUMNS, len(told))
    entries = _entries(measure, told)
    key = KEY + LINE * (len(key_lines(form, form.width - 2 * MARGIN, entries)) - 1)
    rows = ceil(len(told) / across)
    body = (HEAD + PANEL + FOOT) * rows + key
    sheet = Sheet(title(study, measure), notes(study, measure), body=body, form=form)
    deep = (sheet.room - key) / rows
    draw_key(sheet, sheet.left, sheet.bottom - key + KEY / 2 + 4, entries)
    canvas = sheet.canvas()
    wide = min(640.0, (sheet.right - sheet.left - GAP * (across - 1)) / across)
    names = shortened([mix_title(study, one.mix) for one in told], wide - 44, form.text, bold=True)
    for place, one in enumerate(told):
        row, column = divmod(place, across)
        x, y = sheet.left + column * (wide + GAP), sheet.top + row * deep
        sheet.badge(canvas, x + 15, y + 16, mix_number(study, one.mix), radius=14.0)
        sheet.text(x + 38, y + 16, names[place], weight="bold")
        count = f"{sum(one.found.holds)} of {len(one.found.holds)}"
        said = fitted(f"{one.found.statement.says}: {count}", wide - 8, 1, form.small)
        sheet.text(x, y + 46, said, size=form.small)
        up = fitted(_along("↑ {}", study, one.axes[1]), wide - 8, 1, form.small)
        sheet.text(x, y + 76, up, size=form.small, color=QUIET)
        axes = sheet.axes(x + BESIDE + 8, y + HEAD, wide - BESIDE - 20, deep - HEAD - FOOT)
        bottom = y + deep - FOOT
        along = fitted(_along("{} →", study, one.axes[0]), wide - 8, 1, form.small)
        sheet.text(x + wide, bottom + 44, along, ha="right", size=form.small, color=QUIET)
        within = f"within: {one.inside.seen} of {one.inside.variants} (at least {one.inside.low})"
        sheet.text(x, bottom + 70, fitted(within, wide - 8, 1, form.small), size=form.small)
        _draw(axes, study, measure, one, form)
    return sheet.figure


def data(study: Robustness) -> Table:
    """A row for each measure, mix and variant, where a rule or a box passed its checks."""
    rows = []
    for measure in study.measures:
        for one in panels(study, measure):
            values = candidate_values(study, one.points)
            inside = one.box.predicted(values)
            across, up = one.axes
            shuffled = one.ends(one.shuffled) if one.shuffled else ((None, None), (None, None))
            ends = [*one.ends(one.box), *shuffled]
            said = [None if end is None or abs(end) == inf else end for pair in ends for end in pair]
            rows += [
                (
                    measure, one.mix, one.found.statement.says, of.label, _name(study, across),
                    float(values[place, across]), _name(study, up), float(values[place, up]),
                    one.found.holds[place], bool(inside[place]), *said,
                )
                for place, of in enumerate(one.points)
            ]  # fmt: skip
    heads = (
        "measure", "mix", "statement", "variant", "across", "at_across", "up", "at_up", "holds", "inside",
    )  # fmt: skip
    sides = ("across_above", "across_at_most", "up_above", "up_at_most")
    return Table.of((*heads, *sides, *(f"shuffled_{side}" for side in sides)), rows)


def _name(study: Robustness, place: int) -> str:
    """A condition, or a symptom: how busy a pool of the baseline is."""
    titles = study.ranges.titles
    return titles[place] if place < len(titles) else [*BUSY.values()][place - len(titles)]


def _along(scale: str, study: Robustness, place: int) -> str:
    """What stands at an axis: a name, with an arrow where it is a scale."""
    name = _name(study, place)
    return name if _choices(study, place) else scale.format(name)


def _draw(axes: Axes, study: Robustness, measure: str, one: Panel, form: Form) -> None:
    known = candidate_values(study, one.points)
    values = _spread(study, one.points, known)
    limits = [_limits(study, place, values) for place in one.axes]
    axes.set(xlim=limits[0], ylim=limits[1])
    for which, place, (low, high) in zip(WHICH, one.axes, limits, strict=True):
        if place < len(study.ranges.titles):
            range_axis(axes, which, study, place, form)
        else:
            ticks = [low + (high - low) * part for part in (0.08, 0.92)]
            (axes.set_xticks if which == "x" else axes.set_yticks)(ticks, [share(at) for at in ticks])
    ends = _spread_ends(study, one, one.box)
    axes.add_patch(_rectangle(ends, limits, fc=ZONE, ec=INK, lw=2.2, zorder=0))
    if one.shuffled is not None:
        how = {"fill": False, "ec": GUESS, "lw": 2.0, "ls": DASHED, "hatch": "/"}
        ends = _spread_ends(study, one, one.shuffled)
        axes.add_patch(_rectangle(ends, limits, zorder=1, **how))
    inside = Box(tuple(end for end in one.box.ends if end[0] not in one.axes)).predicted(known)
    mark = _so(measure, one)
    holds = np.array(one.found.holds)
    for drawn, is_so in ((mark, holds), (NOT_SO, ~holds)):
        for size, is_there in ((7.0, inside), (3.5, ~inside)):
            xs, ys = values[is_so & is_there][:, one.axes].T
            axes.plot(xs, ys, ls="none", **drawn.drawn(size), zorder=3)


def _choices(study: Robustness, place: int) -> Uncertain | None:
    """The condition of an axis, where it is one of choices."""
    found = study.ranges.uncertain[place] if place < len(study.ranges.titles) else None
    return found if found is not None and found.choices is not None else None


def _spread(study: Robustness, points: Sequence[Variant], values: np.ndarray) -> np.ndarray:
    """Where variants stand on axes: those of one choice side by side."""
    found = values.copy()
    for place, one in enumerate(study.ranges.uncertain):
        found[:, place] = [spread(one, of.shares[place]) for of in points]
    return found


def _spread_ends(study: Robustness, panel: Panel, of: Box) -> list[Ends]:
    """The ends of a box on both axes, between two choices where an axis has them."""
    found = []
    for place, (low, high) in zip(panel.axes, panel.ends(of), strict=True):
        one = _choices(study, place)
        found.append((low, high) if one is None else (spread_end(one, low), spread_end(one, high)))
    return found


def _rectangle(ends: Sequence[Ends], limits: Sequence[Ends], **how: Any) -> Rectangle:
    """A box as far as the axes go."""
    (left, right), (bottom, top) = (
        (max(low, least), min(high, most)) for (low, high), (least, most) in zip(ends, limits, strict=True)
    )
    return Rectangle((left, bottom), right - left, top - bottom, **how)


def _limits(study: Robustness, place: int, values: np.ndarray) -> Ends:
    """The range of a condition, or what was seen of a symptom."""
    if place < len(study.ranges.titles):
        return -EDGE, 1 + EDGE
    low, high = float(values[:, place].min()), float(values[:, place].max())
    return low - 2 * EDGE * (high - low), high + 2 * EDGE * (high - low)


def _so(measure: str, one: Panel) -> Mark:
    """The mark of variants in which the statement holds."""
    is_better = one.found.statement.sign == (MEASURES[measure].direction or 1)
    if not MEASURES[measure].direction:
        return MARKS[ContrastVerdict.HIGHER if is_better else ContrastVerdict.LOWER]
    return MARKS[ContrastVerdict.BETTER if is_better else ContrastVerdict.WORSE]


def _entries(measure: str, told: Sequence[Panel]) -> list[KeyEntry]:
    """What the marks and the grounds are."""
    marks = {_so(measure, one).word: _so(measure, one) for one in told}
    entries = [KeyEntry(f"{word}, as said above", mark) for word, mark in marks.items()]
    entries += [KeyEntry(NOT_SO.word, NOT_SO), KeyEntry("rule or box", ground=ZONE)]
    if any(one.shuffled for one in told):
        entries.append(KeyEntry("a box among shuffled labels", line=(GUESS, DASHED)))
    return entries


def _sheets(study: Robustness) -> tuple[str, ...]:
    return tuple(measure for measure in study.measures if panels(study, measure)) if study.points else ()


def _lacks(study: Robustness) -> str:
    if not study.points or _sheets(study):
        return ""
    return "No box is drawn: no rule of one threshold and no box of conditions passes its checks."


PLOT = StudyFigure(
    "discovery_box",
    "In which variants a statement holds, over two conditions that decide, and the rule or box that tells.",
    _sheets,
    title,
    picture,
    notes,
    data,
    _lacks,
)
