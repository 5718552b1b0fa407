"""The way of a trace through the five pillars, with how busy each pool of staff was in the last year."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tabletop.analysis.bottleneck import is_busy
from tabletop.exercise.last_year import LastYear, PoolYear
from tabletop.exercise.values import formatted
from tabletop.pools import POOLS
from tabletop.report.document.blocks import Picture
from tabletop.report.pack.drawings import drawn
from tabletop.report.pillar_signs import SIGNS
from tabletop.scenario.words import number

SOURCES = (
    ("intelligence", "detection", None),
    ("partners", "sharing", "liaison_officers"),
    ("reports", "reporting", "tip_line_staff"),
    ("border", "interdiction", "border_officers"),
)
"""Where traces come from: each with its pillar, and with the pool that looks at them before the analysts."""
LATER = (("analysts", 530.0), ("teams", 720.0), ("prosecutors", 900.0), ("courts", 1075.0))
"""The pools after the sources, with the middles of their boxes."""
PITCH, FIRST_ROW = 132.0, 46.0
"""Of the rows of sources."""
SHALLOW, DEEP, TOP = 84.0, 240.0, 176.0
"""Heights of boxes, and the top of the deep ones."""
EXITS = {"analysts": "traces_lapsed", "teams": "cases_opened"}
"""By pool: the measure that is counted there, and that players can observe."""
COUNTED = {"traces_lapsed": "lapsed", "cases_opened": "cases"}


@dataclass(frozen=True)
class _Box:
    """A pool, drawn as a box that is filled as far as its people are at work."""

    x: float
    y: float
    height: float
    pillar: str
    path: str
    title: str
    says: tuple[str, ...]
    low: float
    """Heights of the filled part, at both ends of the range."""
    high: float
    is_busy: bool


def flow(found: LastYear) -> Picture:
    """The way from a trace to a verdict: what was observed, and what is told at the hot wash."""
    pools = {one.pool: one for one in found.pools}
    rows: list[dict[str, Any]] = []
    for name, pillar, pool in SOURCES:
        if pool is not None and pools[pool].staff == 0:
            continue
        y = FIRST_ROW + PITCH * len(rows)
        box = None if pool is None else _box(pools[pool], 290.0, y - SHALLOW / 2, SHALLOW)
        sign = {"pillar": pillar, "path": SIGNS[pillar]}
        rows.append({"y": y, "name": name, "box": box, "begins": 160 if box is None else 290, **sign})
    pitch = DEEP / (len(rows) + 1)
    for place, row in enumerate(rows, start=1):
        row["into"] = TOP + pitch * place
    deep = [_box(pools[pool], x, TOP, DEEP) for pool, x in LATER]
    counts = {pool: " ".join(_counted(found, measure)) for pool, measure in EXITS.items()}
    height = max(FIRST_ROW + PITCH * (len(rows) - 1) + 100, TOP + DEEP + 92)
    svg = drawn("flow", rows=rows, deep=deep, counts=counts, top=TOP, bottom=TOP + DEEP, height=height)
    boxes = [row["box"] for row in rows if row["box"] is not None]
    alt = "; ".join(", ".join((box.title, *box.says)) for box in (*boxes, *deep))
    caption = (
        "Where the work goes. A box is filled as far as its people were at work: dark in at least 9 of 10 "
        "worlds, pale in some; a thick frame is 85 % or more. How thick a line is means nothing."
    )
    alt = f"From a trace to a verdict: {alt}; what the teams found out is told at the hot wash"
    return Picture("flow", alt, caption, svg)


def _box(one: PoolYear, x: float, y: float, height: float) -> _Box:
    low, high = one.utilisation or (0.0, 0.0)
    return _Box(
        x=x,
        y=y,
        height=height,
        pillar=one.pillar,
        path=SIGNS[one.pillar],
        title=POOLS[one.pool].title,
        says=tuple(_says(one)),
        low=height * min(low, 1.0),
        high=height * min(high, 1.0),
        is_busy=is_busy(high),
    )


def _says(one: PoolYear) -> Iterator[str]:
    yield "no limit" if one.staff is None else f"staff {number(one.staff)}"
    if one.utilisation is not None:
        yield f"{between(one.utilisation, 100, ' %')} busy"
    if one.wait is not None and one.wait[1] >= 1:
        yield f"wait {between(one.wait, 1, '')} days"


def between(ends: tuple[float, float], scale: float, unit: str) -> str:
    """A range in whole numbers: '64 to 83 %'."""
    low, high = (f"{scale * end:.0f}" for end in ends)
    return f"{low}{unit}" if low == high else f"{low} to {high}{unit}"


def _counted(found: LastYear, measure: str) -> Iterator[str]:
    """What is counted at a place, where the exercise shows it."""
    yield COUNTED[measure]
    if measure in found.ranges:
        low, high = (formatted(measure, end) for end in found.ranges[measure])
        yield low if low == high else f"{low} to {high}"
