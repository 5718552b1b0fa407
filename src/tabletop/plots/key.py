"""A key: what marks mean, in a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

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


def draw_key(sheet: Sheet, x: float, y: float, entries: Sequence[KeyEntry]) -> None:
    """A line of entries from pixel (x, y) to the right."""
    canvas = sheet.canvas()
    for entry in entries:
        if entry.mark is not None:
            canvas.plot([x, x + 32], [y, y], color=entry.mark.colour, lw=3)
            canvas.plot([x + 16], [y], **entry.mark.drawn())
            x += 40
        elif entry.ground is not None:
            canvas.fill_between([x, x + 32], y - 9, y + 9, color=entry.ground, lw=0)
            x += 40
        elif entry.line is not None:
            colour, dashes = entry.line
            canvas.plot([x, x + 32], [y, y], color=colour, lw=3, ls=dashes)
            x += 40
        sheet.text(x, y, entry.word, va="center", color=INK)
        x += width(entry.word) + 18
