"""A matrix of panels: one mix each, all on the same scales."""

from collections.abc import Iterator, Sequence
from math import ceil

from matplotlib.axes import Axes

from tabletop.plots.form import SHEET, Form
from tabletop.plots.lettering import fitted, width
from tabletop.plots.sheet import BARE_MARGIN, MARGIN, Sheet

LEFT, HEAD, FOOT, GAP = 66.0, 30.0, 34.0, 76.0
LEAST = 110.0
"""Least pixels of a panel's height."""


def columns(number: int, form: Form = SHEET) -> int:
    """Panels beside each other."""
    if form.is_narrow:
        return 1
    if form.width < SHEET.width:
        return min(number, 2)
    return number if number <= 3 else 2 if number == 4 else 3 if number <= 9 else 4


def needs(number: int, form: Form = SHEET) -> float:
    """Height of a body that holds so many panels."""
    return ceil(number / columns(number, form)) * (HEAD + LEAST + FOOT)


def room_of(number: int, form: Form = SHEET) -> float:
    """Width of one of so many panels."""
    across = columns(number, form)
    margin = MARGIN if form.is_titled else BARE_MARGIN
    return (form.width - 2 * margin - LEFT - (across - 1) * GAP - 6) / across


def matrix(
    sheet: Sheet, heads: Sequence[str], *, top: float, foot: float, asides: Sequence[str] = ()
) -> Iterator[Axes]:
    """The panels' axes from pixel `top` down, leaving `foot` pixels for what is written under all of them.

    An aside stands above its panel on the right.
    """
    across = columns(len(heads), sheet.form)
    down = ceil(len(heads) / across)
    wide = room_of(len(heads), sheet.form)
    deep = (sheet.bottom - foot - top) / down
    for place, head in enumerate(heads):
        row, column = divmod(place, across)
        x, y = sheet.left + LEFT + column * (wide + GAP), top + row * deep
        aside = asides[place] if asides else ""
        room = wide - width(aside, sheet.form.text) - 12 if aside else wide
        sheet.text(
            x, y + HEAD - 10, fitted(head, room, 1, sheet.form.text, bold=True), weight="bold", va="baseline"
        )
        sheet.text(x + wide, y + HEAD - 10, aside, ha="right", va="baseline")
        yield sheet.axes(x, y + HEAD, wide, deep - HEAD - FOOT)
