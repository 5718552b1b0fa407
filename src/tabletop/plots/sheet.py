"""A sheet: a picture with a title, notes and a footer, on which axes are placed by pixel."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.text import Text

from tabletop.plots import lettering
from tabletop.plots.form import SHEET, Form
from tabletop.plots.headline import LINES
from tabletop.plots.style import INK, PAPER, PIXELS_PER_POINT, QUIET, TITLE, identity

WIDTH = SHEET.width
HEIGHT = SHEET.least_height
MARGIN, BARE_MARGIN = 22, 4
"""Pixels around what is drawn; less where no title is part of the picture."""
DPI = 100
TEACHING = "Teaching model: predicts nothing."


class Sheet:
    """A figure in the making. Pixels count from the top left; the body lies between `top` and `bottom`."""

    def __init__(self, title: str, notes: list[str], *, body: float = 0.0, form: Form = SHEET) -> None:
        """A sheet as high as its form asks, or higher if the body needs more pixels than that."""
        self.form, self.width, self._on_marks = form, form.width, 0
        margin = MARGIN if form.is_titled else BARE_MARGIN
        self.left, self.right = float(margin), float(self.width - margin)
        room = self.right - self.left
        head = lettering.fitted(title, room, LINES, form.title, bold=True, end=True) if form.is_titled else ""
        foot = self._footer(notes) if form.is_titled else []
        self.top = margin + (lettering.height(head.count("\n") + 1, form.title) + 8 if head else 0.0)
        below = lettering.height(len(foot), form.small) + 14 if foot else float(margin)
        self.height = max(form.least_height, round(self.top + body + below))
        self.bottom = self.height - below - 4
        self.figure = Figure(figsize=(self.width / DPI, self.height / DPI), dpi=DPI)
        if not form.is_titled:
            return
        self.text(margin, margin - 6, head, size=form.title, weight="bold", va="top", linespacing=1.15)
        for number, line in enumerate(foot):
            self._note(margin, number, below, line)
        self._note(self.right, len(foot) - 1, below, TEACHING, ha="right")

    @property
    def room(self) -> float:
        """Height of the body."""
        return self.bottom - self.top

    def text(self, x: float, y: float, text: str, **how: Any) -> Text:
        """A text at a pixel."""
        how = {"size": self.form.text, "color": INK, "va": "center", **how}
        return self.figure.text(x / self.width, 1 - y / self.height, text, **how)

    def text_on_marks(self, x: float, y: float, text: str, **how: Any) -> Text:
        """A text with a ground of its own around its letters; on a page it is the page that draws it."""
        found = self.text(x, y, text, **how)
        if self.form.is_titled:
            found.set_path_effects([withStroke(linewidth=4, foreground=PAPER)])
        else:
            self._on_marks += 1
            found.set_gid(f"halo-{self._on_marks}")
        return found

    def axes(self, x: float, y: float, width: float, height: float, **how: Any) -> Axes:
        """Axes in a box of pixels, (x, y) its upper left corner."""
        box = (x / self.width, 1 - (y + height) / self.height, width / self.width, height / self.height)
        axes = self.figure.add_axes(box, **how)
        axes.tick_params(labelsize=self.form.small)
        return axes

    def canvas(self) -> Axes:
        """Axes that cover the sheet and count in its pixels, for what is no graph."""
        axes = self.axes(0, 0, self.width, self.height)
        axes.set(xlim=(0, self.width), ylim=(self.height, 0))
        axes.axis("off")
        axes.patch.set_alpha(0)
        return axes

    def badge(self, canvas: Axes, x: float, y: float, number: int, *, radius: float = 15.0) -> None:
        """The number of a mix in its colour, its centre at a pixel; of the baseline, 0, a ring."""
        ring, colour = number == 0, identity(number)
        canvas.plot(
            [x], [y], marker="o", markersize=2 * radius / PIXELS_PER_POINT, ls="none", zorder=8,
            mfc=PAPER if ring else colour, mec=colour, mew=2,
        )  # fmt: skip
        if not ring:
            points = radius * 1.15 / PIXELS_PER_POINT
            self.text(
                x,
                y,
                f"{number}",
                size=points,
                ha="center",
                va="center_baseline",
                weight="bold",
                color=PAPER,
                zorder=9,
            )

    def _note(self, x: float, number: int, below: float, line: str, **how: Any) -> None:
        y = self.height - below + 4 + lettering.height(number, self.form.small)
        self.text(x, y, line, color=QUIET, va="top", size=self.form.small, **how)

    def _footer(self, notes: list[str]) -> list[str]:
        """Notes in lines; the last leaves room for what every figure says."""
        size, room = self.form.small, self.right - self.left
        lines = [line for note in notes for line in lettering.broken(note, room, size)]
        if lettering.width(lines[-1], size) + lettering.width(TEACHING, size) + 30 > room:
            lines.append("")
        return lines


def message(title: str, said: str, notes: list[str], form: Form = SHEET) -> Figure:
    """A sheet that says why there is nothing to draw."""
    sheet = Sheet(title, notes, body=120, form=form)
    size = TITLE if form.is_titled else form.text
    text = lettering.fitted(said, sheet.right - sheet.left, 4, size)
    sheet.text(sheet.width / 2, (sheet.top + sheet.bottom) / 2, text, ha="center", size=size)
    return sheet.figure
