"""Panels: one measure each, side by side; in every panel a row for each mix, from the top."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, inf

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from tabletop.analysis.words import figure
from tabletop.plots.lettering import broken, fitted, height, width
from tabletop.plots.sheet import MARGIN, WIDTH, Sheet
from tabletop.plots.style import TEXT

GAP = 34.0
"""Pixels between two panels."""
WIDEST_LABEL = 250.0
ONE_LINE, TWO_LINES = 27.0, 52.0
"""Least height of a row whose label has one line, or two."""
MOST_COLUMNS = 3
TICKS = 28.0
"""Pixels below a panel for the numbers of its axis."""


@dataclass(frozen=True)
class Panels:
    """Where panels lie: the same columns and rows in every one of them."""

    labels: tuple[str, ...]
    """Of the rows, broken into lines."""
    heads: tuple[str, ...]
    columns: int
    label_width: float
    head_height: float
    pitch: float
    """Least height of a row."""
    foot: float
    """Pixels below a panel: its axis and what is written there."""

    @classmethod
    def of(cls, labels: Sequence[str], heads: Sequence[str], *, foot: float, pitch: float = 0.0) -> "Panels":
        """The arrangement for so many rows and panels."""
        columns = min(len(heads), MOST_COLUMNS)
        lines = tuple(fitted(label, WIDEST_LABEL, 2) for label in labels)
        label_width = max((width(part) for label in lines for part in label.split("\n")), default=0.0) + 12
        room = _panel_width(columns, label_width) + GAP - 6
        heads = tuple("\n".join(broken(head, room, TEXT, bold=True)[:3]) for head in heads)
        head_height = max((height(head.count("\n") + 1) for head in heads), default=0.0) + 4
        least = TWO_LINES if any("\n" in label for label in lines) else ONE_LINE
        return cls(lines, heads, columns, label_width, head_height, max(least, pitch), foot)

    @property
    def rows(self) -> int:
        """Panels below each other."""
        return ceil(len(self.heads) / self.columns)

    @property
    def needs(self) -> float:
        """Height of a body that holds them."""
        return self.rows * (self.head_height + len(self.labels) * self.pitch + self.foot)

    def axes(self, sheet: Sheet, top: float) -> Iterator[Axes]:
        """The panels' axes, from pixel `top` to the bottom of the body; row i lies at y = i."""
        deep = (sheet.bottom - top) / self.rows
        wide = _panel_width(self.columns, self.label_width)
        for place, head in enumerate(self.heads):
            row, column = divmod(place, self.columns)
            x = sheet.left + self.label_width + column * (wide + GAP)
            y = top + row * deep
            sheet.text(x, y + self.head_height / 2, head, weight="bold", linespacing=1.1)
            axes = sheet.axes(x, y + self.head_height, wide, deep - self.head_height - self.foot)
            axes.set_ylim(len(self.labels) - 0.5, -0.5)
            axes.set_yticks(range(len(self.labels)), self.labels if column == 0 else [""] * len(self.labels))
            axes.tick_params(axis="y", length=0, pad=8)
            axes.spines["left"].set_visible(False)
            number_axis(axes, "x")
            yield axes

    def pixels_a_row(self, sheet: Sheet, top: float) -> float:
        """The height of a row in pixels, on a sheet of this height."""
        deep = (sheet.bottom - top) / self.rows - self.head_height - self.foot
        return deep / max(1, len(self.labels))


def number_axis(
    axes: Axes,
    which: str,
    *,
    most: int = 4,
    signed: bool = False,
    whole: bool = False,
    lowest: float = -inf,
) -> None:
    """Few round numbers on an axis, as people write them; none below `lowest`."""
    axis = axes.xaxis if which == "x" else axes.yaxis
    steps = [1, 2, 5, 10] if whole else [1, 2, 2.5, 5, 10]
    axis.set_major_locator(MaxNLocator(most, steps=steps, integer=whole))
    axis.set_major_formatter(FuncFormatter(lambda at, _: "" if at < lowest else tick(at, signed=signed)))


def tick(number: float, *, signed: bool = False) -> str:
    """A number at a tick."""
    return figure(0.0 if abs(number) < 1e-12 else number, signed=signed).replace("-", "−")


def _panel_width(columns: int, label_width: float) -> float:
    return (WIDTH - 2 * MARGIN - label_width - (columns - 1) * GAP - 14) / columns
