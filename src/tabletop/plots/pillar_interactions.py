"""How the pillars meet: a matrix for each measure, main effects on its diagonal, interactions below it."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from tabletop.analysis.factorial import Effect, Factorial
from tabletop.analysis.interval import CONFIDENCE
from tabletop.analysis.numerals import Numerals
from tabletop.analysis.words import plural, share
from tabletop.experiment.pillars import Pillars
from tabletop.measures import MEASURES
from tabletop.plots import style
from tabletop.plots.form import SLIDE
from tabletop.plots.lettering import fitted
from tabletop.plots.sheet import Sheet
from tabletop.plots.style import INK, MARKS, PAPER, QUIET, RULE, ZONE
from tabletop.plots.table import Table, ends

NAME = "pillar_interactions"
MOST_COLUMNS = 2
CELL, HEAD, FOOT = 86.0, 70.0, 8.0
"""Pixels of a row, of what stands above a matrix, and below it."""
LABEL, GAP = 150.0, 44.0


def pictures(found: Pillars) -> dict[str, Figure]:
    """The sheets by name, each with at most two measures."""
    every = [*found.factorials.values()]
    parts = [every[i : i + MOST_COLUMNS] for i in range(0, len(every), MOST_COLUMNS)]
    return {
        NAME if len(parts) == 1 else f"{NAME}-{place}": picture(found, part)
        for place, part in enumerate(parts, start=1)
    }


def title(shown: Sequence[Factorial]) -> str:
    """How many of the interactions are shown, and how many of them matter."""
    every = [one for of in shown for one in of.pairs]
    known = [one for one in every if one.is_shown]
    if not known:
        return f"None of {plural(len(every), 'interaction')} is shown: here pillars are not seen to meet"
    large = sum("but" not in one.verdict for one in known)
    mattering = f"{large} may be δ or more" if large else "each of them is less than δ"
    return f"{len(known)} of {plural(len(every), 'interaction')} shown; {mattering}"


def notes(found: Pillars, shown: Sequence[Factorial]) -> list[str]:
    """What a number is, and which are shown."""
    worlds = plural(len(found.outcomes.replications), "world")
    return [
        (
            "Diagonal: what a pillar changes. Below: what two change because they meet. Framed and bold: "
            f"shown, at {share(CONFIDENCE)} for all {len(shown[0].effects)} of a measure at once. {worlds}."
        )
    ]


def picture(found: Pillars, shown: Sequence[Factorial]) -> Figure:
    """A matrix for each measure: a row and a column for each pillar."""
    with style.applied():
        pillars = [*found.high]
        deep = HEAD + CELL * len(pillars) + FOOT
        sheet = Sheet(title(shown), notes(found, shown), body=deep, form=SLIDE)
        canvas = sheet.canvas()
        wide = (sheet.right - sheet.left - GAP * (len(shown) - 1)) / len(shown)
        for place, of in enumerate(shown):
            _draw_matrix(sheet, canvas, of, pillars, sheet.left + place * (wide + GAP), wide)
        return sheet.figure


def data(found: Pillars) -> Table:
    """A row for each measure and cell."""
    return Table.of(
        (
            "measure", "unit", "row", "column", "effect", "low", "high", "confidence", "delta", "verdict",
            "shown",
        ),
        [
            (
                one.measure, MEASURES[one.measure].unit, one.factors[-1], one.factors[0], one.value,
                *ends(one.interval), one.interval.confidence if one.interval else None, one.delta,
                one.verdict.value, one.is_shown,
            )
            for of in found.factorials.values()
            for one in of.effects
        ],
    )  # fmt: skip


def _draw_matrix(
    sheet: Sheet, canvas: Axes, of: Factorial, pillars: Sequence[str], x: float, wide: float
) -> None:
    small = sheet.form.small
    top, left = sheet.top + HEAD, x + LABEL
    cell = (wide - LABEL) / len(pillars)
    numerals = Numerals.of(of.measure, of.mains[0].delta / 10)
    unit = f" ({numerals.unit()})" if numerals.unit() else ""
    head = fitted(f"{MEASURES[of.measure].title}{unit}", wide, 1, small, bold=True)
    sheet.text(x, sheet.top + 20, head, weight="bold", size=small)
    for row, one in enumerate(pillars):
        y = top + row * CELL
        sheet.text(left - 10, y + CELL / 2, one, ha="right", size=small)
        # nothing is drawn above the diagonal, so that a column's name has room there
        start = left + row * cell + 8
        sheet.text(start, y - 14, fitted(one, x + wide - start, 1, small), size=small, color=QUIET)
        for column, other in enumerate(pillars[: row + 1]):
            effect = of.mains[row] if row == column else of.interaction(one, other)
            _draw_cell(
                sheet, canvas, effect, numerals, (left + column * cell, y, cell), is_main=row == column
            )


def _draw_cell(
    sheet: Sheet,
    canvas: Axes,
    effect: Effect,
    numerals: Numerals,
    box: tuple[float, float, float],
    *,
    is_main: bool,
) -> None:
    x, y, wide = box
    edge = (INK, 2.0) if effect.is_shown else (RULE, 0.8)
    ground = ZONE if is_main else PAPER
    frame = Rectangle((x + 2, y + 2), wide - 4, CELL - 4, fc=ground, ec=edge[0], lw=edge[1], zorder=1)
    canvas.add_patch(frame)
    middle = x + wide / 2
    if effect.value is None or not effect.differing:
        word = "missing" if effect.value is None else "none"
        sheet.text(middle, y + CELL / 2, word, ha="center", size=sheet.form.small, color=QUIET)
        return
    weight, ink = ("bold", INK) if effect.is_shown else ("normal", QUIET)
    text = numerals.difference(effect.value)
    sheet.text(middle, y + CELL * 0.38, text, ha="center", size=sheet.form.small, weight=weight, color=ink)
    canvas.plot([middle], [y + CELL * 0.76], **MARKS[effect.verdict].drawn(7.0), zorder=3)
