"""A sheet: 1280 × 720 pixels with a title, notes and a footer, on which axes are placed by pixel."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from tabletop.plots import lettering
from tabletop.plots.headline import LINES, ROOM
from tabletop.plots.style import INK, QUIET, TEXT, TITLE

WIDTH = 1280
HEIGHT = 720
MARGIN = 22
DPI = 100
TEACHING = "Teaching model: predicts nothing."


class Sheet:
    """A figure in the making. Pixels count from the top left; the body lies between `top` and `bottom`."""

    def __init__(self, title: str, notes: list[str], *, body: float = 0.0) -> None:
        """A sheet as high as a slide, or higher if the body needs more pixels than a slide has."""
        head = lettering.fitted(title, ROOM, LINES, TITLE, bold=True, end=True)
        foot = self._footer(notes)
        self.top = MARGIN + lettering.height(head.count("\n") + 1, TITLE) + 8
        below = lettering.height(len(foot)) + 14
        self.height = max(HEIGHT, round(self.top + body + below))
        self.bottom = self.height - below - 4
        self.left, self.right = float(MARGIN), float(WIDTH - MARGIN)
        self.figure = Figure(figsize=(WIDTH / DPI, self.height / DPI), dpi=DPI)
        self.text(MARGIN, MARGIN - 6, head, size=TITLE, weight="bold", va="top", linespacing=1.15)
        for number, line in enumerate(foot):
            y = self.height - below + 4 + lettering.height(number)
            self.text(MARGIN, y, line, color=QUIET, va="top")
        self.text(
            self.right,
            self.height - below + 4 + lettering.height(len(foot) - 1),
            TEACHING,
            color=QUIET,
            va="top",
            ha="right",
        )

    @property
    def room(self) -> float:
        """Height of the body."""
        return self.bottom - self.top

    def text(self, x: float, y: float, text: str, **how: Any) -> Text:
        """A text at a pixel."""
        how = {"size": TEXT, "color": INK, "va": "center", **how}
        return self.figure.text(x / WIDTH, 1 - y / self.height, text, **how)

    def axes(self, x: float, y: float, width: float, height: float, **how: Any) -> Axes:
        """Axes in a box of pixels, (x, y) its upper left corner."""
        box = (x / WIDTH, 1 - (y + height) / self.height, width / WIDTH, height / self.height)
        return self.figure.add_axes(box, **how)

    def canvas(self) -> Axes:
        """Axes that cover the sheet and count in its pixels, for what is no graph."""
        axes = self.axes(0, 0, WIDTH, self.height)
        axes.set(xlim=(0, WIDTH), ylim=(self.height, 0))
        axes.axis("off")
        axes.patch.set_alpha(0)
        return axes

    @staticmethod
    def _footer(notes: list[str]) -> list[str]:
        """Notes in lines; the last leaves room for what every figure says."""
        lines = [line for note in notes for line in lettering.broken(note, ROOM)]
        if lettering.width(lines[-1]) + lettering.width(TEACHING) + 30 > ROOM:
            lines.append("")
        return lines


def message(title: str, said: str, notes: list[str]) -> Figure:
    """A sheet that says why there is nothing to draw."""
    sheet = Sheet(title, notes)
    sheet.text(WIDTH / 2, (sheet.top + sheet.bottom) / 2, said, ha="center", size=TITLE)
    return sheet.figure
