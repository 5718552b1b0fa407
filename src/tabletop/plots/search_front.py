"""The front: finalists and the file's mixes in the aims of a search, each with its region of confidence."""

from collections.abc import Mapping
from math import cos, pi, sin, sqrt

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from tabletop.analysis.front import Place
from tabletop.analysis.interval import CONFIDENCE
from tabletop.analysis.words import plural, share
from tabletop.experiment.robustness.sentences import numerals_of
from tabletop.experiment.search.result import Search
from tabletop.measures import MEASURES
from tabletop.plots import style
from tabletop.plots.form import SLIDE
from tabletop.plots.key import KeyEntry, draw_key
from tabletop.plots.lettering import height, width
from tabletop.plots.placing import placed
from tabletop.plots.sheet import Sheet
from tabletop.plots.style import BLUE, INK, QUIET, RULE, Mark
from tabletop.plots.table import Table, ends
from tabletop.plots.wording import better_word

NAME = "front"
PLACES = {
    Place.ON: Mark("on the front", BLUE, "o"),
    Place.PERHAPS: Mark("may be on it", "#7a7a7a", "o", filled=False),
    Place.OFF: Mark("shown to be beaten", INK, "x"),
    None: Mark("breaks a constraint", INK, "|"),
}
"""Marks differ in shape and fill, so that they do in grey."""
LEFT, FOOT, KEY, GAP = 92.0, 64.0, 44.0, 110.0
"""Pixels for an axis' numbers, its name, the key, and between panels."""


def title(found: Search) -> str:
    """How many mixes are on the front, and how many may be."""
    on = sum(one.place is Place.ON for one in found.front)
    perhaps = sum(one.place is Place.PERHAPS for one in found.front)
    of = f"{len(found.contenders) + 1} mixes"
    certain = f"{on} of {of} shown to be on the front" if on else f"None of {of} shown to be on the front"
    return f"{certain}; {perhaps} may be"


def notes(found: Search) -> list[str]:
    """What is drawn, and in which worlds."""
    worlds = plural(len(found.fresh.replications), "fresh world")
    shape = "Ellipse" if len(found.goal.aims) > 1 else "Line"
    return [
        (
            f"Difference from {found.scenario.baseline}. {shape}: {share(CONFIDENCE)} for one mix alone; "
            f"places hold together. {worlds}. The best found, never the optimum."
        )
    ]


def picture(found: Search) -> Figure:
    """Two aims against each other, a second panel for the third; of one aim, a row for each mix."""
    with style.applied():
        sheet = Sheet(title(found), notes(found), body=460, form=SLIDE)
        aims = found.goal.aims
        deep = sheet.bottom - sheet.top - KEY - FOOT
        if len(aims) == 1:
            _draw_rows(sheet, found, aims[0], deep + FOOT - 50)
        else:
            panels = [(aims[0], other) for other in aims[1:]]
            wide = (sheet.right - sheet.left - LEFT * len(panels) - GAP * (len(panels) - 1)) / len(panels)
            for place, (across, up) in enumerate(panels):
                x = sheet.left + LEFT + place * (wide + LEFT + GAP)
                _draw_panel(sheet, sheet.axes(x, sheet.top, wide, deep), found, across, up)
        places = {found.place(mix) for mix in _mixes(found)}
        entries = [KeyEntry(mark.word, mark) for place, mark in PLACES.items() if place in places]
        draw_key(sheet, sheet.left, sheet.bottom - KEY / 2, entries)
        return sheet.figure


def data(found: Search) -> Table:
    """A row for each mix and aim."""
    rows = []
    for mix in _mixes(found):
        place = found.place(mix)
        for aim in found.goal.aims:
            contrast = None if mix == found.scenario.baseline else found.comparison.contrast(aim, mix)
            rows.append(
                (
                    mix, mix in found.finalists, aim, MEASURES[aim].unit, MEASURES[aim].direction,
                    0.0 if contrast is None else contrast.difference,
                    *ends(None if contrast is None else contrast.interval), len(found.fresh.replications),
                    "constraint broken" if place is None else place.value,
                )
            )  # fmt: skip
    heads = (
        "mix",
        "finalist",
        "measure",
        "unit",
        "direction",
        "difference",
        "low",
        "high",
        "worlds",
        "front",
    )
    return Table.of(heads, rows)


def _mixes(found: Search) -> tuple[str, ...]:
    return (found.scenario.baseline, *found.contenders)


def _differences(found: Search, mix: str, aim: str) -> np.ndarray | None:
    """Paired differences from the baseline, world by world."""
    ours, theirs = (found.fresh.columns[name][aim].values() for name in (mix, found.scenario.baseline))
    return None if ours is None or theirs is None else np.subtract(ours, theirs)


def _draw_panel(sheet: Sheet, axes: Axes, found: Search, across: str, up: str) -> None:
    means: dict[str, tuple[float, float]] = {}
    for mix in _mixes(found):
        x, y = _differences(found, mix, across), _differences(found, mix, up)
        if x is None or y is None:
            continue
        mark = PLACES[found.place(mix)]
        outline = _ellipse(x, y)
        if outline is not None:
            axes.plot(*outline, color=mark.colour, lw=1.2, alpha=0.7, zorder=2)
        means[mix] = (float(x.mean()), float(y.mean()))
        axes.plot(*([one] for one in means[mix]), **mark.drawn(9.0), zorder=4)
    axes.axhline(0, color=RULE, lw=1, zorder=0)
    axes.axvline(0, color=RULE, lw=1, zorder=0)
    if MEASURES[across].direction < 0:
        axes.invert_xaxis()
    if MEASURES[up].direction < 0:
        axes.invert_yaxis()
    axes.set_xlabel(_axis(axes.xaxis, found, across, "→"))
    axes.set_ylabel(_axis(axes.yaxis, found, up, "↑"))
    _name(sheet, axes, found, means)


def _axis(axis: Axis, found: Search, aim: str, arrow: str) -> str:
    """What stands at an axis, whose numbers are written as all differences are: a share's in points."""
    numerals = numerals_of(found.scenario, aim)
    axis.set_major_formatter(FuncFormatter(lambda at, _: numerals.tick(at)))
    return f"{' in '.join(filter(None, (MEASURES[aim].title, numerals.unit())))} ({better_word(aim)} {arrow})"


def _name(sheet: Sheet, axes: Axes, found: Search, means: Mapping[str, tuple[float, float]]) -> None:
    """The name of every mix beside its mark, where there is room for it."""
    base, size = found.scenario.baseline, sheet.form.small * 0.85
    names = [f"{mix} (baseline)" if mix == base else mix for mix in means]
    axes.autoscale_view()
    points = [(x, sheet.height - y) for x, y in map(axes.transData.transform, means.values())]
    (left, bottom), (right, top) = axes.transAxes.transform([(0, 0), (1, 1)])
    places = placed(
        points,
        [(width(name, size), height(1, size)) for name in names],
        radius=10.0,
        lines=[],
        taken=[],
        inside=(left, sheet.height - top, right, sheet.height - bottom),
    )
    canvas = sheet.canvas()
    for name, point, place in zip(names, points, places, strict=True):
        if place is not None:
            # a line to its mark, for where marks lie close another's may be nearer
            canvas.plot([point[0], place.x], [point[1], place.y], color=QUIET, lw=0.8, zorder=1)
            sheet.text_on_marks(place.x, place.y, name, ha="center", size=size)


def _ellipse(x: np.ndarray, y: np.ndarray) -> tuple[list[float], list[float]] | None:
    """The region of confidence of two means (Hotelling 1931); None where a difference does not vary."""
    from scipy.stats import f  # noqa: PLC0415 (0.5 s to import)

    n = len(x)
    if n < 3 or not (x.std() > 0 and y.std() > 0):
        return None
    covariance = np.cov(x, y) / n
    radius = sqrt(2 * (n - 1) / (n - 2) * float(f.ppf(CONFIDENCE, 2, n - 2)))
    sizes, directions = np.linalg.eigh(covariance)
    turns = [2 * pi * step / 90 for step in range(91)]
    circle = np.array([[cos(turn) for turn in turns], [sin(turn) for turn in turns]])
    points = directions @ (np.sqrt(np.maximum(sizes, 0.0))[:, None] * radius * circle)
    return [*map(float, x.mean() + points[0])], [*map(float, y.mean() + points[1])]


def _draw_rows(sheet: Sheet, found: Search, aim: str, deep: float) -> None:
    """Of one aim, the mixes from the best mean to the worst, each with its interval."""
    mixes = sorted(found.contenders, key=lambda mix: _rank(found, mix, aim))
    row = deep / max(1, len(mixes))
    axes = sheet.axes(sheet.left + 200, sheet.top + 8, sheet.right - sheet.left - 320, deep)
    axes.set(ylim=(len(mixes), 0), yticks=[])
    axes.spines["left"].set_visible(False)
    numerals = numerals_of(found.scenario, aim)
    small = sheet.form.small * min(1.0, row / 26)
    for place, mix in enumerate(mixes):
        contrast, mark = found.comparison.contrast(aim, mix), PLACES[found.place(mix)]
        y = sheet.top + 8 + (place + 0.5) * row
        sheet.text(sheet.left, y, mix, size=small, weight="bold" if mix in found.finalists else "normal")
        if contrast.difference is None:
            sheet.text(sheet.right, y, "missing", ha="right", size=small, color=QUIET)
            continue
        if contrast.interval is not None:
            span = [contrast.interval.low, contrast.interval.high]
            axes.plot(span, [place + 0.5] * 2, color=mark.colour, lw=2.4)
        axes.plot([contrast.difference], [place + 0.5], **mark.drawn(8.0))
        sheet.text(sheet.right, y, numerals.difference(contrast.difference), ha="right", size=small)
    axes.axvline(0, color=INK, lw=1.2, zorder=0)
    if MEASURES[aim].direction < 0:
        axes.invert_xaxis()
    axes.set_xlabel(_axis(axes.xaxis, found, aim, "→"))


def _rank(found: Search, mix: str, aim: str) -> float:
    return -MEASURES[aim].direction * (found.comparison.contrast(aim, mix).difference or 0.0)
