"""Axes of numbers: few of them, round, and as people write them."""

from functools import partial
from math import inf

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from tabletop.analysis.numerals import THIN
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
    is_share: bool = False,
) -> None:
    """Few round numbers on an axis, as people write them, a share in per cent; none below `lowest`."""
    write = share_tick if is_share else partial(tick, signed=signed)
    axis = axes.xaxis if which == "x" else axes.yaxis
    steps = [1, 2, 5, 10] if whole else [1, 2, 2.5, 5, 10]
    axis.set_major_locator(MaxNLocator(most, steps=steps, integer=whole))
    axis.set_major_formatter(FuncFormatter(lambda at, _: "" if at < lowest else write(at)))


def tick(number: float, *, signed: bool = False) -> str:
    """A number at a tick."""
    return figure(0.0 if abs(number) < 1e-12 else number, signed=signed).replace("-", "−")


def share_tick(share: float) -> str:
    """A share at a tick, in per cent."""
    return f"{tick(100 * share)}{THIN}%"
