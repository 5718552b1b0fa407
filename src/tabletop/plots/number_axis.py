"""Axes of numbers: few of them, round, and as people write them."""

from math import inf

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from tabletop.analysis.words import figure

TICKS = 28.0
"""Pixels below a panel for the numbers of its axis."""


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
