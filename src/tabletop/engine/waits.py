"""Waits: how long items were in a queue, by class; those that did not wait are only counted."""

from array import array
from collections import defaultdict
from math import fsum

import numpy as np

from tabletop.engine.percentile import percentile_place


class WaitTimes:
    """The waits (days) of what left a queue, of each class in the order in which it left."""

    __slots__ = ("_days", "_none")

    def __init__(self) -> None:
        self._none: defaultdict[int, int] = defaultdict(int)
        self._days: defaultdict[int, array[float]] = defaultdict(lambda: array("d"))

    def add(self, kind: int, days: float) -> None:
        """An item of a class leaves the queue after so many days."""
        if days:
            self._days[kind].append(days)
        else:
            self._none[kind] += 1

    def copy(self) -> "WaitTimes":
        """The same waits, to which none are added."""
        found = WaitTimes()
        found._none.update(self._none)
        found._days.update((kind, days[:]) for kind, days in self._days.items())
        return found

    @property
    def classes(self) -> list[int]:
        """The classes of which something left the queue."""
        return sorted(map(int, self._none.keys() | self._days.keys()))

    def total(self) -> tuple[float, int]:
        """The days that all items waited together, added class by class; and how many items."""
        total, items = 0.0, 0
        for kind in self.classes:
            for days in self._days.get(kind, ()):
                total += days
            items += self.items(kind)
        return total, items

    def mean(self, kind: int) -> float:
        """The mean wait of a class of which something left the queue."""
        return fsum(self._days.get(kind, ())) / self.items(kind)

    def items(self, kind: int) -> int:
        """How many of a class left the queue."""
        return self._none.get(kind, 0) + len(self._days.get(kind, ()))

    def percentile(self, p: float, kind: int | None = None) -> float:
        """The smallest wait that a share `p` of all items, or of those of a class, did not exceed."""
        kinds = self.classes if kind is None else [kind]
        place = percentile_place(sum(map(self.items, kinds)), p)
        none = sum(self._none.get(each, 0) for each in kinds)
        if place < none:
            return 0.0
        some = np.concatenate([self._days[each] for each in kinds if each in self._days])
        some.partition(place - none)
        return float(some[place - none])
