"""Places for names beside points: each where it lies on least, and never on another name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels."""


@dataclass(frozen=True)
class NamePlace:
    """Where a name stands: the middle of its text."""

    x: float
    y: float
    box: Box


def overlap(one: Box, other: Box) -> float:
    """The area that two boxes share."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    deep = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, wide) * max(0.0, deep)


def placed(
    points: Sequence[tuple[float, float]],
    sizes: Sequence[tuple[float, float]],
    *,
    radius: float,
    lines: Sequence[Box],
    taken: Sequence[Box],
    inside: Box,
) -> list[NamePlace | None]:
    """A place for the name of each point, of eight around it, or None where all would lie on another text.

    `radius` is that of the badge on every point. `lines` are crossed if need be; badges, other names and
    what is `taken` never.
    """
    badges = [(x - radius, y - radius, x + radius, y + radius) for x, y in points]
    taken = [*taken]
    found: list[NamePlace | None] = []
    for point, size in zip(points, sizes, strict=True):
        best: NamePlace | None = None
        least = float("inf")
        for rank, place in enumerate(_around(point, size, radius)):
            box = place.box
            outside = box[0] < inside[0] or box[1] < inside[1] or box[2] > inside[2] or box[3] > inside[3]
            if outside or any(overlap(box, other) > 0 for other in (*badges, *taken)):
                continue
            cost = sum(overlap(box, line) for line in lines) + rank
            if cost < least:
                best, least = place, cost
        found.append(best)
        if best is not None:
            taken.append(best.box)
    return found


def _around(point: tuple[float, float], size: tuple[float, float], radius: float) -> Iterator[NamePlace]:
    """Eight places, those that people expect first."""
    (x, y), (wide, deep) = point, size
    across, down = radius + 6 + wide / 2, radius + 2 + deep / 2
    for dx, dy in ((1, 0), (0, -1), (0, 1), (-1, 0), (1, -1), (-1, -1), (1, 1), (-1, 1)):
        mx = x + dx * (across if dy == 0 else across * 0.8 if dx else 0)
        my = y + dy * down
        yield NamePlace(mx, my, (mx - wide / 2, my - deep / 2, mx + wide / 2, my + deep / 2))
