"""Paths: a team's and the baseline's way through the moves, with both ends in figures."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from tabletop.exercise.adjudication import BASELINE
from tabletop.exercise.values import formatted
from tabletop.measures import MEASURES
from tabletop.plots.exercise.cumulative import CumulativeOutcomes, Point
from tabletop.plots.style import BLUE, INK, PAPER, RULE, SKY

DASHED = (0, (4, 2))


def draw(axes: Axes, found: CumulativeOutcomes, team: str) -> None:
    """A team's path and the baseline's, before the spread of the team's other worlds."""
    start = [(0.0, 0.0, 0.0)] if MEASURES[found.measure].adds_up else []
    mine, theirs = found.path(team), found.path(BASELINE)
    band = [*start, *((p.day, low, high) for p in mine for low, high in _ends(p))]
    if len(band) > 1:
        days, lows, highs = zip(*band, strict=True)
        axes.fill_between(days, lows, highs, color=SKY, alpha=0.5, lw=0, zorder=1)
    for day, low, high in band if len(band) == 1 else ():
        axes.plot([day, day], [low, high], color=SKY, alpha=0.5, lw=14, solid_capstyle="butt", zorder=1)
    zero = [0.0] if start else []
    _draw_path(axes, mine, zero, is_baseline=False)
    _draw_path(axes, theirs, zero, is_baseline=True)
    for day in found.days[:-1]:
        axes.axvline(day, color=RULE, lw=1, zorder=0)
    _label_ends(axes, found, mine[-1], theirs[-1])


def _ends(point: Point) -> list[tuple[float, float]]:
    """The ends of its spread, if it has one."""
    low, _, high = point.others
    return [] if low is None or high is None else [(low, high)]


def _draw_path(axes: Axes, path: list[Point], start: list[float], *, is_baseline: bool) -> None:
    """A line with a mark for each move; the baseline's is the thinner, and lies above."""
    days = [point.day for point in path if point.realised is not None]
    values = [point.realised for point in path if point.realised is not None]
    look: dict[str, Any] = {"color": INK, "zorder": 5} if is_baseline else {"color": BLUE, "zorder": 3}
    line: dict[str, Any] = {"lw": 2.0, "ls": DASHED} if is_baseline else {"lw": 3.4}
    mark: dict[str, Any] = {"marker": "s", "ms": 5} if is_baseline else {"marker": "o", "ms": 10}
    axes.plot([*start, *days], [*start, *values], **line, **look)
    axes.plot(days, values, ls="", markeredgecolor=PAPER, **mark, **look)


def _label_ends(axes: Axes, found: CumulativeOutcomes, mine: Point, theirs: Point) -> None:
    """Both last values in figures, the team's bold; apart where they would lie on each other."""
    low, high = axes.get_ylim()
    least = 21 / axes.get_window_extent().height * (high - low)
    halo = [withStroke(linewidth=3, foreground=PAPER)]
    ends = [
        (p, w, c) for p, w, c in ((mine, "bold", BLUE), (theirs, "normal", INK)) if p.realised is not None
    ]
    at = [float(p.realised or 0.0) for p, _, _ in ends]
    if len(at) == 2 and abs(at[0] - at[1]) < least:
        middle, sign = sum(at) / 2, 1 if at[0] >= at[1] else -1
        at = [middle + sign * least / 2, middle - sign * least / 2]
    shift = max(0.0, low - (min(at, default=low) - least / 2))
    for (point, weight, colour), y in zip(ends, at, strict=True):
        axes.annotate(
            formatted(found.measure, point.realised), (point.day, y + shift), (9, 0),
            textcoords="offset points", va="center_baseline", weight=weight, color=colour,
            path_effects=halo, zorder=8,
        )  # fmt: skip
