"""Worlds counted: in how many of them a mix comes to less, to more, and to the same as the baseline."""

from dataclasses import dataclass
from math import isclose

from tabletop.analysis.outcomes import ROUNDING, Column


@dataclass(frozen=True)
class Worlds:
    """The replications in which a measure is `lower`, `higher` or the `same`; `missing` in one of the two."""

    lower: int
    higher: int
    same: int
    missing: int

    @classmethod
    def of(cls, column: Column, reference: Column) -> "Worlds":
        """One mix beside the other, world by world."""
        lower = higher = same = missing = 0
        for mine, theirs in zip(column.each(), reference.each(), strict=True):
            if mine is None or theirs is None:
                missing += 1
            elif isclose(mine, theirs, rel_tol=ROUNDING):
                same += 1
            elif mine < theirs:
                lower += 1
            else:
                higher += 1
        return cls(lower, higher, same, missing)

    @property
    def total(self) -> int:
        """All of them."""
        return self.lower + self.higher + self.same + self.missing

    def better(self, direction: int) -> int | None:
        """Those on the better side of a measure of this direction; None if neither side is better."""
        return {1: self.higher, -1: self.lower}.get(direction)

    def worse(self, direction: int) -> int | None:
        """Those on the worse side of a measure of this direction; None if neither side is better."""
        return {1: self.lower, -1: self.higher}.get(direction)
