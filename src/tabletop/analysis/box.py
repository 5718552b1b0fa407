"""Boxes: in which part of the ranges a statement holds, found by peeling (PRIM; Friedman & Fisher 1999).

A tenth of the variants inside is peeled off again and again, from that end of that condition which leaves
the largest share of variants in which the statement holds; variants with the same choice go together, and
what they add to that share counts for each variant that goes. Of all boxes on the way the one is taken that
is right most often, inside and outside, and what it restricts to no use is left out. It goes through the
same checks as a rule of one threshold, and what the same search finds among shuffled labels stands beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any

from tabletop.analysis.threshold_rule import FEWEST, Checks, checked

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Labels = NDArray[np.bool_]

PEELED = 0.1
"""Share of the variants inside that one step takes off."""
SMALLEST = 0.1
"""Share of all variants that a box holds at least."""


@dataclass(frozen=True)
class Box:
    """The part of the ranges in which candidate `place` is above the first and at most the second number."""

    ends: tuple[tuple[int, float, float], ...]
    """Of each condition that it restricts."""

    def predicted(self, table: "Numbers") -> "Labels":
        """Which variants lie in it."""
        import numpy as np

        inside = np.ones(len(table), dtype=bool)
        for place, low, high in self.ends:
            inside &= (table[:, place] > low) & (table[:, place] <= high)
        return inside

    @property
    def places(self) -> tuple[int, ...]:
        """The conditions that it restricts."""
        return tuple(place for place, _, _ in self.ends)


@dataclass(frozen=True)
class FoundBox:
    """The box that is right most often, and what speaks for it."""

    box: Box
    checks: Checks
    coverage: float
    """Of the variants in which the statement holds, the share inside."""
    density: float
    """Of the variants inside, the share in which it holds."""
    shuffled: tuple[float, float] | None
    """Coverage and density among shuffled labels, each its median; None where no label was shuffled."""
    shuffled_box: Box | None = None
    """The box among shuffled labels whose density is nearest to that median."""


def box(table: "Numbers", labels: Sequence[bool], *, seed: int) -> FoundBox | None:
    """The box for a statement, whatever its checks; None where there is nothing to tell apart.

    `table` has a row for each variant and a column for each condition, from 0 to 1 over its range.
    """
    import numpy as np

    given = np.asarray(labels, dtype=bool)
    if len(given) < FEWEST or given.all() or not given.any():
        return None

    def fitted(rows: "Numbers", of: "Labels") -> tuple[Any, Any]:
        found = peeled(rows, of)
        return (None, None) if found is None else (found, frozenset(found.places))

    shuffles: list[tuple[float, float]] = []
    boxes: list[Box] = []

    def accuracies(many: "Labels") -> list[float]:
        seen = []
        for of in many:
            found = peeled(table, of)
            seen.append(0.0 if found is None else float((found.predicted(table) == of).mean()))
            if found is not None and len(many) > 1:
                shuffles.append(_worth(found.predicted(table), of))
                boxes.append(found)
        return seen

    found = peeled(table, given)
    if found is None:
        return None
    checks = checked(table, given, fitted, accuracies, seed=seed)
    coverage, density = _worth(found.predicted(table), given)
    if not shuffles:
        return FoundBox(found, checks, coverage, density, None)
    covered, dense = np.median(np.array(shuffles), axis=0)
    nearest = min(range(len(boxes)), key=lambda place: abs(shuffles[place][1] - dense))
    return FoundBox(found, checks, coverage, density, (float(covered), float(dense)), boxes[nearest])


def peeled(table: "Numbers", labels: "Labels") -> Box | None:
    """The box on the way of peeling that is right most often; None if nothing can be peeled."""
    import numpy as np

    order = np.argsort(table, axis=0, kind="stable").T
    values, labelled = np.take_along_axis(table.T, order, axis=1), labels[order]
    ends: dict[int, tuple[float, float]] = {}
    inside = np.ones(len(labels), dtype=bool)
    best: Box | None = None
    best_right = -1
    while True:
        there = inside[order]
        shape = (table.shape[1], -1)
        steps = _steps(values[there].reshape(shape), labelled[there].reshape(shape), SMALLEST * len(labels))
        if not steps:
            return None if best is None else _pruned(best, table, labels)
        _, _, place, is_low, cut = max(steps)
        low, high = ends.get(-place, (-inf, inf))
        ends[-place] = (cut, high) if is_low else (low, cut)
        inside &= table[:, -place] > cut if is_low else table[:, -place] <= cut
        right = int((inside == labels).sum())
        if right > best_right:
            best_right = right
            best = Box(tuple((place, *of) for place, of in sorted(ends.items())))


def _pruned(found: Box, table: "Numbers", labels: "Labels") -> Box:
    """The box without the restrictions that make it right no more often, the least useful first."""
    right = int((found.predicted(table) == labels).sum())
    while len(found.ends) > 1:
        without = [Box(tuple(one for one in found.ends if one != left)) for left in found.ends]
        worth = [int((one.predicted(table) == labels).sum()) for one in without]
        if max(worth) < right:
            return found
        right = max(worth)
        found = without[worth.index(right)]
    return found


def _steps(values: "Numbers", labels: "Labels", smallest: float) -> list[tuple[float, int, int, bool, float]]:
    """Every step that takes a tenth of what is inside off, with what it leaves: the better, the larger.

    A row for each candidate, its values ascending, with their labels. A step is what it adds to the share in
    which the statement holds, for each variant that goes; how many are left; the candidate (less is earlier);
    whether the lower end goes; and the value at which it goes. Equals go together, though they be more than a
    tenth: they are the variants with one choice. There is no step that leaves too few.
    """
    here = values.shape[1]
    off = max(1, int(PEELED * here))
    if here <= off:
        return []
    found = []
    rows, now = range(len(values)), float(labels[0].mean())
    for is_low, place in ((True, off), (False, here - off)):
        below, above = values[:, place - 1], values[:, place]
        if (below == above).any():
            places = [_apart(values[one], place, 1 if is_low else -1) for one in rows]
            below, above = values[rows, [at - 1 for at in places]], values[rows, places]
        cuts = (below + above) / 2
        left = values > cuts[:, None] if is_low else values <= cuts[:, None]
        numbers, right = left.sum(axis=1).tolist(), (left & labels).sum(axis=1).tolist()
        apart = (below != above).tolist()
        found += [
            ((right[one] / numbers[one] - now) / (here - numbers[one]), numbers[one], -one, is_low, cut)
            for one, cut in enumerate(cuts.tolist())
            if apart[one] and numbers[one] >= max(2, smallest)
        ]
    return found


def _apart(values: "Numbers", place: int, way: int) -> int:
    """The first position from `place` on, up or down, at which a value is another than the one before it.

    Where there is none it is `place` itself.
    """
    found = place
    while 0 < found < len(values):
        if values[found - 1] != values[found]:
            return found
        found += way
    return place


def _worth(inside: "Labels", labels: "Labels") -> tuple[float, float]:
    both = float((inside & labels).sum())
    return both / max(1, int(labels.sum())), both / max(1, int(inside.sum()))
