"""The robustness map: the verdict on each mix as the file is written, and with one assumption at an end."""

from collections.abc import Sequence
from math import ceil
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
from tabletop.plots.form import SLIDE, Form
from tabletop.plots.headline import fitting
from tabletop.plots.labels import listed
from tabletop.plots.lettering import broken, fitted, height, pieces, width
from tabletop.plots.sheet import MARGIN, Sheet
from tabletop.plots.study_figure import JOINT, WHOLE, StudyFigure
from tabletop.plots.study_labels import mix_number, mix_title
from tabletop.plots.style import INK, MARKS, QUIET, RULE, ZONE
from tabletop.plots.table import Table, ends
from tabletop.plots.wording import Side, capital, in_prose, side

MOST_COLUMNS, LEAST_COLUMNS = 7, 4
"""Variants that have a column, beside the file itself: fewer where their labels would be broken in a word."""
MOST_ROWS, PAIR = 12, 2
"""Rows of a sheet, and the measures that share one however many rows they take."""
LABEL, LAST, ROW, GAP = 408.0, 96.0, 44.0, 10.0
"""Pixels for names, for how often a verdict holds, for a row, and between mixes."""
NAME, MEASURE = 186.0, 168.0
"""Pixels of the name of a mix, and of a measure."""
BETWEEN = 5.0
"""Pixels between the labels of two columns."""
HEADS = 0.72
"""Size of what stands above columns and before rows, in sizes of the smallest text."""


class _Cell(NamedTuple):
    contrast: Contrast
    is_other: bool
    """Whether the verdict lies on another side than as written."""


def measures_of(study: Robustness, sheet: str = WHOLE) -> tuple[str, ...]:
    """The primary measures of a sheet: the first of security and the first of rights lead, where both are."""
    if sheet != WHOLE:
        return tuple(sheet.split(JOINT))
    found = [
        next((m for m in study.measures if GROUP_OF[m] == group), None) for group in ("security", "rights")
    ]
    return tuple(dict.fromkeys([*(m for m in found if m is not None), *study.measures]))


def sheets(study: Robustness) -> tuple[str, ...]:
    """One for all measures where their rows have room, else as many measures on each as have."""
    if not alone(study) or not study.others:
        return ()
    measures = measures_of(study)
    number = ceil(len(measures) / max(PAIR, MOST_ROWS // len(study.others)))
    each = ceil(len(measures) / number)
    if number == 1:
        return (WHOLE,)
    return tuple(JOINT.join(measures[at : at + each]) for at in range(0, len(measures), each))


def alone(study: Robustness) -> tuple[Variant, ...]:
    """The variants in which one assumption is at an end of its range."""
    return tuple(one for one in study.variants if one.kind == "end")


def columns_of(study: Robustness, sheet: str = WHOLE) -> tuple[Variant, ...]:
    """Those that have a column: where most verdicts change sides, in the order of the ranges."""
    every = alone(study)
    ranked = sorted(every, key=lambda one: -_others(study, one, sheet))
    number = min(MOST_COLUMNS, len(every))
    while number > LEAST_COLUMNS and any(_is_broken(one.label, number) for one in ranked[:number]):
        number -= 1
    return tuple(one for one in every if one in ranked[:number])


def holds(study: Robustness, measure: str, mix: str) -> int | None:
    """In how many variants with one assumption at an end the verdict is on the same side as written.

    None where it is not decided as written, for there is nothing to hold.
    """
    if not _written(study, measure, mix).is_decided:
        return None
    return sum(not _cell(study, one, measure, mix).is_other for one in alone(study))


def title(study: Robustness, sheet: str = WHOLE) -> str:
    """Of the verdicts decided as written, how many are the same under every assumption tried."""
    measures, every = measures_of(study, sheet), len(alone(study))
    found = [holds(study, measure, mix) for measure in measures for mix in study.others]
    held = [one == every for one in found if one is not None]
    if sheet == WHOLE:
        return capital(_counted(held, every))
    names = capital(listed([in_prose(measure) for measure in measures], PAIR))
    whole, short = _counted(held, every), _counted(held, every, "decided verdict")
    return fitting([f"{names}: {whole}", f"{names}: {short}"], SLIDE.title)


def _counted(held: Sequence[bool], every: int, what: str = "verdict decided as written") -> str:
    """In a sentence, how many of some decided verdicts held in every variant."""
    same, verdicts = sum(held), what.replace("verdict", "verdicts")
    match len(held):
        case 0:
            return "no verdict is decided as written, so none can hold"
        case 1:
            said = f"the one {what} {'holds' if same else 'does not hold'}"
        case decided:
            said = f"{same or 'none'} of {decided:,} {verdicts} {'hold' if same > 1 else 'holds'}"
    ways = f"all {every:,} ways" if every > 1 else "the one way"
    return f"{said} in {ways} of changing one assumption"


def notes(study: Robustness, sheet: str = WHOLE) -> list[str]:
    """What a frame is, on how much each column rests, and what is on other sheets."""
    columns, every, measures = columns_of(study, sheet), alone(study), measures_of(study, sheet)
    where = ", where most verdicts change sides" if any(_others(study, one, sheet) for one in every) else ""
    which = f" Columns: {len(columns)} of {len(every)}{where}." if len(columns) < len(every) else ""
    left = [in_prose(measure) for measure in measures_of(study) if measure not in measures]
    further = f" On other sheets: {listed(left, len(left))}." if left else ""
    worlds = f"{plural(study.asked.worlds, 'world')} a column, the same luck"
    return [
        (
            f"Dashed frame: another side than as written; more or less than δ is the same side. {worlds}; "
            f"intervals hold together within a column.{which}{further}"
        ),
    ]


def picture(study: Robustness, which: str, form: Form) -> Figure:
    """A row for each mix and measure, a column for each variant: mark and difference."""
    columns, measures = columns_of(study, which), measures_of(study, which)
    written = study.variants[0]
    small = form.small
    wide = _wide(len(columns))
    heads = ["as written", *(one.label for one in columns)]
    lines = [broken(head, wide - BETWEEN, small * HEADS) for head in heads]
    head = height(max(map(len, lines)), small * HEADS) + 12
    deep = GAP + ROW * len(measures)
    sheet = Sheet(
        title(study, which), notes(study, which), body=head + deep * len(study.others) + 12, form=form
    )
    canvas = sheet.canvas()
    left = sheet.left + LABEL
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
        name = fitted(mix_title(study, mix), NAME, 2, small, bold=True)
        sheet.text(sheet.left + 38, middle, name, weight="bold", size=small)
        for line, measure in enumerate(measures):
            y = top + GAP / 2 + (line + 0.5) * ROW
            said = fitted(_with_unit(study, measure), MEASURE, 1, small * HEADS)
            sheet.text(left - 10, y, said, ha="right", size=small * HEADS, color=QUIET)
            for place, one in enumerate((written, *columns)):
                box = (left + place * wide, y, wide)
                _draw(sheet, canvas, study, measure, _cell(study, one, measure, mix), box)
            _draw_last(sheet, study, measure, mix, y)
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


def _written(study: Robustness, measure: str, mix: str) -> Side:
    return side(study.comparison(study.variants[0]).contrast(measure, mix))


def _cell(study: Robustness, variant: Variant, measure: str, mix: str) -> _Cell:
    here = study.comparison(variant).contrast(measure, mix)
    return _Cell(here, _kind(_written(study, measure, mix)) != _kind(side(here)))


def _numerals(study: Robustness, measure: str) -> Numerals:
    return Numerals.of(measure, study.scenario.measures[measure].delta)


def _with_unit(study: Robustness, measure: str) -> str:
    unit = _numerals(study, measure).unit()
    return f"{in_prose(measure)}, {unit}" if unit else in_prose(measure)


def _others(study: Robustness, variant: Variant, sheet: str) -> int:
    """How many verdicts of a sheet lie on another side in a variant than as written."""
    pairs = [(measure, mix) for measure in measures_of(study, sheet) for mix in study.others]
    return sum(_cell(study, variant, *pair).is_other for pair in pairs)


def _wide(columns: int) -> float:
    """Pixels of each of so many columns and of the one as written, on a slide or a page alike."""
    return (SLIDE.width - 2 * MARGIN - LABEL - LAST) / (columns + 1)


def _is_broken(label: str, columns: int) -> bool:
    """Whether a label above so many columns would be broken within a word."""
    room, size = _wide(columns) - BETWEEN, SLIDE.small * HEADS
    return any(width(piece, size) > room for piece in pieces(label))


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
        decided = side(contrast).is_decided
        weight, ink = ("bold", INK) if decided else ("normal", QUIET)
        text = _numerals(study, measure).difference(contrast.difference)
        sheet.text(x + wide - 8, y, text, ha="right", size=small, weight=weight, color=ink)
    if cell.is_other:
        canvas.add_patch(
            Rectangle((x + 3, y - 18), wide - 6, 36, fill=False, ec=INK, lw=1.6, ls=(0, (3, 2)), zorder=2)
        )


def _draw_last(sheet: Sheet, study: Robustness, measure: str, mix: str, y: float) -> None:
    """In how many variants the verdict as written holds; or that there is none to hold."""
    held, every, small = holds(study, measure, mix), len(alone(study)), sheet.form.small
    if held is None:
        own = _written(study, measure, mix)
        said = f"{'none' if own is Side.SAME else own}\nas written"
        sheet.text(sheet.right, y, said, ha="right", size=small * HEADS, color=QUIET)
        return
    weight = "bold" if held == every else "normal"
    sheet.text(sheet.right, y, f"{held} of {every}", ha="right", size=small, weight=weight)


PLOT = StudyFigure(
    "robustness_map",
    "The verdict on each mix as the file is written, and with one assumption at an end of its range.",
    sheets,
    title,
    picture,
    notes,
    data,
)
