"""A key: what marks mean, in a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes

from tabletop.plots.form import Form
from tabletop.plots.lettering import width
from tabletop.plots.sheet import Sheet
from tabletop.plots.style import INK, Mark


@dataclass(frozen=True)
class KeyEntry:
    """A word, with a mark, a line or a patch of ground before it."""

    word: str
    mark: Mark | None = None
    ground: str | None = None
    line: tuple[str, Any] | None = None
    """Colour and dashes."""


LINE = 28.0
"""Pixels from one line of a key to the next."""
SIGN, GAP = 40.0, 22.0


def key_lines(form: Form, room: float, entries: Sequence[KeyEntry]) -> list[list[KeyEntry]]:
    """The entries in lines of at most `room` pixels."""
    lines: list[list[KeyEntry]] = [[]]
    x = 0.0
    for entry in entries:
        wide = _width(form, entry)
        if lines[-1] and x + wide - GAP > room:
            lines.append([])
            x = 0.0
        lines[-1].append(entry)
        x += wide
    return lines


def draw_key(sheet: Sheet, x: float, y: float, entries: Sequence[KeyEntry]) -> None:
    """Entries from pixel (x, y) to the right, and in further lines where one is too short."""
    canvas = sheet.canvas()
    for row, line in enumerate(key_lines(sheet.form, sheet.right - x, entries)):
        _draw_line(sheet, canvas, x, y + row * LINE, line)


def _width(form: Form, entry: KeyEntry) -> float:
    sign = SIGN if entry.mark or entry.ground or entry.line else 0.0
    return sign + width(entry.word, form.text) + GAP


def _draw_line(sheet: Sheet, canvas: Axes, x: float, y: float, entries: Sequence[KeyEntry]) -> None:
    for entry in entries:
        start = x
        if entry.mark is not None:
            canvas.plot([x, x + 32], [y, y], color=entry.mark.colour, lw=3)
            canvas.plot([x + 16], [y], **entry.mark.drawn())
            x += SIGN
        elif entry.ground is not None:
            canvas.fill_between([x, x + 32], y - 9, y + 9, color=entry.ground, lw=0)
            x += SIGN
        elif entry.line is not None:
            colour, dashes = entry.line
            canvas.plot([x, x + 32], [y, y], color=colour, lw=3, ls=dashes)
            x += SIGN
        sheet.text(x, y, entry.word, va="center", color=INK)
        x = start + _width(sheet.form, entry)
