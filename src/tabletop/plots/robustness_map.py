"""The robustness map: the verdict on each mix as the file is written, and with one assumption at an end."""

from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from tabletop.analysis.contrast import Contrast
from tabletop.analysis.numerals import Numerals
from tabletop.analysis.words import plural
from tabletop.experiment.robustness.study import Robustness
from tabletop.experiment.robustness.variants import Variant
from tabletop.measures import GROUP_OF, MEASURES
from tabletop.plots.form import Form
from tabletop.plots.lettering import broken, fitted, height
from tabletop.plots.sheet import Sheet
from tabletop.plots.study_figure import WHOLE, StudyFigure
from tabletop.plots.study_labels import mix_number, mix_title
from tabletop.plots.style import INK, MARKS, QUIET, RULE, ZONE
from tabletop.plots.table import Table, ends
from tabletop.plots.wording import Side, in_prose, of_mixes, side, titled

MOST_COLUMNS = 7
"""Variants that have a column, beside the file itself."""
MOST_MEASURES = 2
LABEL, LAST, ROW, GAP = 396.0, 104.0, 44.0, 10.0
"""Pixels for names, for how often a verdict holds, for a row, and between mixes."""


HEADS = 0.72
"""Size of what stands above columns and before rows, in sizes of the smallest text."""


class _Cell(NamedTuple):
    contrast: Contrast
    is_other: bool
    """Whether the verdict lies on another side than as written."""


def measures_of(study: Robustness) -> tuple[str, ...]:
    """The first primary measure of security and of rights; else the first two."""
    found = [
        next((m for m in study.measures if GROUP_OF[m] == group), None) for group in ("security", "rights")
    ]
    named = tuple(m for m in found if m is not None)
    return named if len(named) == MOST_MEASURES else study.measures[:MOST_MEASURES]


def alone(study: Robustness) -> tuple[Variant, ...]:
    """The variants in which one assumption is at an end of its range."""
    return tuple(one for one in study.variants if one.kind == "end")


def columns_of(study: Robustness) -> tuple[Variant, ...]:
    """Those that have a column: where most verdicts are others, in the order of the ranges."""
    every = alone(study)
    changed = {
        one.label: sum(_cell(study, one, m, mix).is_other for m in measures_of(study) for mix in study.others)
        for one in every
    }
    chosen = sorted(every, key=lambda one: -changed[one.label])[:MOST_COLUMNS]
    return tuple(one for one in every if one in chosen)


def holds(study: Robustness, measure: str, mix: str) -> int:
    """In how many variants with one assumption at an end the verdict is on the same side as written."""
    return sum(not _cell(study, one, measure, mix).is_other for one in alone(study))


def title(study: Robustness, _sheet: str = WHOLE) -> str:
    """For how many mixes the verdict on the leading measure is the same under every assumption tried."""
    measure, every = measures_of(study)[0], len(alone(study))
    same = sum(holds(study, measure, mix) == every for mix in study.others)
    what = f"Changing one assumption, in {plural(every, 'way')}: the verdict on {in_prose(measure)}"
    if not same:
        return titled([f"{what} changes for {of_mixes(len(study.others), len(study.others))}"])
    return titled([f"{what} stays the same for {of_mixes(same, len(study.others))}"])


def notes(study: Robustness, _sheet: str = WHOLE) -> list[str]:
    """What a frame is, and on how much each column rests."""
    shown, every = len(columns_of(study)), len(alone(study))
    pairs = [(measure, mix) for measure in measures_of(study) for mix in study.others]
    where = ", where most verdicts are others" if any(holds(study, *one) < every for one in pairs) else ""
    which = f" Columns: {shown} of {every}{where}." if shown < every else ""
    worlds = f"{plural(study.asked.worlds, 'world')} a column, the same luck"
    return [
        f"Dashed frame: another verdict. {worlds}; intervals hold together within a column.{which}",
    ]


def picture(study: Robustness, _sheet: str, form: Form) -> Figure:
    """A row for each mix and measure, a column for each variant: mark and difference."""
    columns, measures = columns_of(study), measures_of(study)
    written = study.variants[0]
    small = form.small
    label = LABEL
    wide_room = form.width - 2 * 22 - label - LAST
    wide = wide_room / (len(columns) + 1)
    heads = ["as written", *(one.label for one in columns)]
    lines = [broken(head, wide - 3, small * HEADS) for head in heads]
    head = height(max(map(len, lines)), small * HEADS) + 12
    deep = GAP + ROW * len(measures)
    sheet = Sheet(title(study), notes(study), body=head + deep * len(study.others) + 12, form=form)
    canvas = sheet.canvas()
    left = sheet.left + label
    bottom = sheet.top + head + deep * len(study.others)
    canvas.add_patch(Rectangle((left, sheet.top), wide, bottom - sheet.top, fc=ZONE, lw=0, zorder=0))
    for place, written_above in enumerate(lines):
        sheet.text(
            left + (place + 0.5) * wide, sheet.top + head - 6, "\n".join(written_above),
            ha="center", va="bottom", size=small * HEADS, weight="bold" if not place else "normal",
        )  # fmt: skip
    sheet.text(sheet.right, sheet.top + head - 6, "as written\nholds", ha="right", va="bottom",
               size=small * HEADS, weight="bold")  # fmt: skip
    for row, mix in enumerate(study.others):
        top = sheet.top + head + row * deep
        canvas.plot([sheet.left, sheet.right], [top, top], color=RULE, lw=1, zorder=1)
        middle = top + GAP / 2 + ROW * len(measures) / 2
        sheet.badge(canvas, sheet.left + 16, middle, mix_number(study, mix), radius=14.0)
        name = fitted(mix_title(study, mix), 180.0, len(measures), small, bold=True)
        sheet.text(sheet.left + 38, middle, name, weight="bold", size=small)
        for line, measure in enumerate(measures):
            y = top + GAP / 2 + (line + 0.5) * ROW
            said = fitted(in_prose(measure), 170.0, 1, small * HEADS)
            sheet.text(left - 10, y, said, ha="right", size=small * HEADS, color=QUIET)
            for place, one in enumerate((written, *columns)):
                box = (left + place * wide, y, wide)
                _draw(sheet, canvas, study, measure, _cell(study, one, measure, mix), box)
            held, every = holds(study, measure, mix), len(alone(study))
            weight = "bold" if held == every else "normal"
            sheet.text(sheet.right, y, f"{held} of {every}", ha="right", size=small, weight=weight)
    return sheet.figure


def data(study: Robustness) -> Table:
    """A row for each measure, mix and variant."""
    return Table.of(
        (
            "measure", "unit", "mix", "variant", "worlds", "differing", "difference", "low", "high",
            "delta", "verdict", "other_than_as_written",
        ),
        [
            (
                measure, MEASURES[measure].unit, mix, one.label, cell.contrast.n, cell.contrast.differing,
                cell.contrast.difference, *ends(cell.contrast.interval), cell.contrast.delta,
                cell.contrast.verdict.value, cell.is_other,
            )
            for measure in measures_of(study)
            for mix in study.others
            for one in (study.variants[0], *alone(study))
            for cell in (_cell(study, one, measure, mix),)
        ],
    )  # fmt: skip


def _cell(study: Robustness, variant: Variant, measure: str, mix: str) -> _Cell:
    own = study.comparison(study.variants[0]).contrast(measure, mix)
    here = study.comparison(variant).contrast(measure, mix)
    return _Cell(here, _kind(side(own)) != _kind(side(here)))


def _kind(of: Side) -> Side | None:
    """A side that is decided; None for whatever says nothing of the difference."""
    return of if of.is_decided else None


def _draw(
    sheet: Sheet,
    canvas: Axes,
    study: Robustness,
    measure: str,
    cell: _Cell,
    box: tuple[float, float, float],
) -> None:
    x, y, wide = box
    contrast = cell.contrast
    small = sheet.form.small * 0.85
    if contrast.difference is None or side(contrast) is Side.SAME:
        word = "missing" if contrast.difference is None else "none"
        sheet.text(x + wide - 8, y, word, ha="right", size=small, color=QUIET)
    else:
        canvas.plot([x + 14], [y], **MARKS[contrast.verdict].drawn(7.0), zorder=3)
        numerals = Numerals.of(measure, study.scenario.measures[measure].delta)
        decided = side(contrast).is_decided
        weight, ink = ("bold", INK) if decided else ("normal", QUIET)
        text = numerals.difference(contrast.difference)
        sheet.text(x + wide - 8, y, text, ha="right", size=small, weight=weight, color=ink)
    if cell.is_other:
        canvas.add_patch(
            Rectangle((x + 3, y - 18), wide - 6, 36, fill=False, ec=INK, lw=1.6, ls=(0, (3, 2)), zorder=2)
        )


PLOT = StudyFigure(
    "robustness_map",
    "The verdict on each mix as the file is written, and with one assumption at an end of its range.",
    lambda study: (WHOLE,) if alone(study) else (),
    title,
    picture,
    notes,
    data,
)
