"""The condition map: the verdict on each mix at every pair of values of two conditions."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import ceil

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tabletop.analysis.contrast import Contrast
from tabletop.analysis.statements import Difference, count, statements
from tabletop.analysis.words import plural
from tabletop.experiment.robustness.study import Robustness
from tabletop.experiment.robustness.variants import Variant
from tabletop.measures import MEASURES
from tabletop.plots.choice_axis import as_written, range_axis
from tabletop.plots.form import Form
from tabletop.plots.key import LINE, KeyEntry, draw_key, key_lines
from tabletop.plots.matrix import columns, matrix, room_of
from tabletop.plots.sheet import MARGIN, Sheet
from tabletop.plots.shortening import shortened
from tabletop.plots.study_figure import StudyFigure
from tabletop.plots.study_labels import mix_number, mix_title, value_cell
from tabletop.plots.style import INK, MARKS, ZONE
from tabletop.plots.table import Table, ends
from tabletop.plots.wording import capital, in_prose, is_slight, of_mixes, side, titled

PANEL, KEY = 300.0, 44.0
"""Pixels of a row of panels, and of the key."""
Cells = Mapping[tuple[float, float], tuple[Variant, Contrast]]
"""What is known at each pair of shares of the ranges."""


def cells(study: Robustness, measure: str, mix: str) -> Cells:
    """The verdicts by where they stand on both ranges."""
    shown = [one for one in study.variants if one.kind in ("map", "written")]
    at = [(round(one.shares[0], 9), round(one.shares[1], 9)) for one in shown]
    contrasts = [study.comparison(one).contrast(measure, mix) for one in shown]
    return dict(zip(at, zip(shown, contrasts, strict=True), strict=True))


def turns(found: Cells) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """The neighbours whose verdicts are both decided, and lie on different sides."""
    across, down = (_values(found, axis) for axis in (0, 1))
    pairs = [((x, y), (right, y)) for y in down for x, right in pairwise(across)]
    pairs += [((x, y), (x, up)) for x in across for y, up in pairwise(down)]
    sides = {at: side(contrast) for at, (_, contrast) in found.items()}
    return [
        (one, other)
        for one, other in pairs
        if sides[one] is not sides[other] and sides[one].is_decided and sides[other].is_decided
    ]


def is_shown_to_turn(study: Robustness, measure: str, mix: str) -> bool:
    """Whether it is shown to be better at one pair at least and worse at another: by Holm, over all pairs."""
    found = [
        study.difference(one, measure, mix) or Difference(0.0, 0.0, 0, 0)
        for one, _ in cells(study, measure, mix).values()
    ]
    _, better, worse, _ = statements(MEASURES[measure].direction, study.scenario.measures[measure].delta)
    return count(better, found).low > 0 and count(worse, found).low > 0


def title(study: Robustness, measure: str) -> str:
    """For how many mixes the verdict is shown to turn round somewhere on the map."""
    number = len(cells(study, measure, study.others[0]))
    turned = sum(is_shown_to_turn(study, measure, mix) for mix in study.others)
    whom = of_mixes(turned, len(study.others))
    what = capital(in_prose(measure))
    return titled(
        [
            f"{what}: shown to turn round, over {number} pairs, for {whom}",
            f"{what}: shown to turn round for {whom}",
        ]
    )


def notes(study: Robustness, _measure: str) -> list[str]:
    """What a mark, its ground and a line between marks are."""
    across, up = study.ranges.titles[:2]
    own = as_written(study.ranges.uncertain[:2])
    return [
        (
            f"Across: {across}. Up: {up}. {own}: as the file has them. Grey ground: decided. Line: "
            f"neighbours are decided differently. {plural(study.asked.worlds, 'world')} a pair; intervals "
            "hold together within a pair; the title's count, over all pairs (Holm)."
        )
    ]


def picture(study: Robustness, measure: str, form: Form) -> Figure:
    """A panel for each mix, a mark for each pair of values."""
    found = {mix: cells(study, measure, mix) for mix in study.others}
    entries = _entries([one for of in found.values() for _, one in of.values()])
    rows = ceil(len(found) / columns(len(found), form))
    key = KEY + LINE * (len(key_lines(form, form.width - 2 * MARGIN, entries)) - 1)
    sheet = Sheet(title(study, measure), notes(study, measure), body=rows * PANEL + key, form=form)
    draw_key(sheet, sheet.left, sheet.bottom - key + KEY / 2 + 4, entries)
    room = room_of(len(found), form)
    names = shortened([mix_title(study, mix) for mix in found], room, form.text, bold=True)
    canvas = sheet.canvas()
    for mix, axes in zip(found, matrix(sheet, names, top=sheet.top, foot=key), strict=True):
        box = axes.get_window_extent()
        sheet.badge(canvas, box.x0 - 24, sheet.height - box.y1 - 13, mix_number(study, mix), radius=14.0)
        axes.set(xlim=(-0.1, 1.1), ylim=(-0.1, 1.1))
        range_axis(axes, "x", study, 0, form)
        range_axis(axes, "y", study, 1, form)
        _draw(axes, found[mix])
    return sheet.figure


def data(study: Robustness) -> Table:
    """A row for each measure, mix and pair of values."""
    heads = (
        "measure", "unit", "mix", "first", "second", "as_written", "worlds", "differing", "difference", "low",
        "high", "delta", "verdict",
    )  # fmt: skip
    if not _sheets(study):
        return Table(heads, ())
    first, second = study.ranges.uncertain[:2]
    return Table.of(
        ("measure", "unit", "mix", first.title, second.title, *heads[5:]),
        [
            (
                measure, MEASURES[measure].unit, mix, value_cell(first, one.shares[0]),
                value_cell(second, one.shares[1]), one.kind == "written", of.n, of.differing, of.difference,
                *ends(of.interval), of.delta, of.verdict.value,
            )
            for measure in study.measures
            for mix in study.others
            for one, of in cells(study, measure, mix).values()
        ],
    )  # fmt: skip


def _values(found: Cells, axis: int) -> list[float]:
    """The values of one condition on the map; the file itself may stand between them."""
    return sorted({at[axis] for at, (one, _) in found.items() if one.kind == "map"})


def _draw(axes: Axes, found: Cells) -> None:
    """Marks, the ground of those that are decided, and lines between those that are decided differently."""
    across, up = (_edges(_values(found, axis)) for axis in (0, 1))
    for verdict in dict.fromkeys(contrast.verdict for _, contrast in found.values()):
        here = [(at, contrast) for at, (_, contrast) in found.items() if contrast.verdict is verdict]
        size = 5.0 if is_slight(here[0][1]) else 8.0
        xs, ys = zip(*(at for at, _ in here), strict=True)
        axes.plot(xs, ys, ls="none", **MARKS[verdict].drawn(size), zorder=3)
    for (x, y), (_, contrast) in found.items():
        if side(contrast).is_decided and x in across and y in up:
            axes.fill_between(across[x], up[y][0], up[y][1], color=ZONE, lw=0, zorder=0)
    for one, other in turns(found):
        if one[1] == other[1]:
            middle = (one[0] + other[0]) / 2
            axes.plot([middle, middle], up[one[1]], color=INK, lw=2.4, zorder=2)
        else:
            middle = (one[1] + other[1]) / 2
            axes.plot(across[one[0]], [middle, middle], color=INK, lw=2.4, zorder=2)


def _edges(values: Sequence[float]) -> dict[float, list[float]]:
    """For each value, half of the way to its neighbours."""
    inner = [(one + other) / 2 for one, other in pairwise(values)]
    edges = [-0.1, *inner, 1.1]
    return {value: [edges[place], edges[place + 1]] for place, value in enumerate(values)}


def _entries(contrasts: Sequence[Contrast]) -> list[KeyEntry]:
    """What the marks that occur mean."""
    marks = {MARKS[one.verdict].word: MARKS[one.verdict] for one in contrasts}
    entries = [KeyEntry(word, mark) for word, mark in marks.items()]
    if any(is_slight(one) for one in contrasts):
        entries.append(KeyEntry("small mark: by less than δ"))
    return entries


def _sheets(study: Robustness) -> tuple[str, ...]:
    return study.measures if study.asked.is_line and len(study.ranges.uncertain) > 1 else ()


PLOT = StudyFigure(
    "condition_map",
    "The verdict on each mix at every pair of values of two conditions, and between which it turns.",
    _sheets,
    title,
    picture,
    notes,
    data,
)
