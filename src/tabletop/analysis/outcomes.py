"""Tables of outcomes: each measure of each mix, over the replications that all mixes have."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum, isclose, isfinite, isnan

from tabletop.errors import TabletopError

ROUNDING = 1e-12
"""Relative difference below which two outcomes are the same: sums of the same costs in another order."""


@dataclass(frozen=True)
class Column:
    """One measure of one mix: `numerators` and `denominators`, one per replication, in their order.

    Measures other than ratios (`is_ratio`) have denominator 1.
    """

    numerators: tuple[float, ...]
    denominators: tuple[float, ...]
    is_ratio: bool = False

    def __post_init__(self) -> None:
        if len(self.numerators) != len(self.denominators):
            raise TabletopError(
                f"column: {len(self.numerators)} numerators, {len(self.denominators)} denominators: "
                "must be one of each a replication"
            )
        for position, (numerator, denominator) in enumerate(
            zip(self.numerators, self.denominators, strict=True)
        ):
            if isnan(numerator) or isnan(denominator):
                raise TabletopError(
                    f"column: not a number at position {position}: what is missing is a ratio with "
                    "denominator 0"
                )

    def __len__(self) -> int:
        return len(self.numerators)

    def each(self) -> tuple[float | None, ...]:
        """The value in each replication: numerator over denominator, None where the latter is 0."""
        return tuple(n / d if d else None for n, d in zip(self.numerators, self.denominators, strict=True))

    def values(self) -> tuple[float, ...] | None:
        """One value per replication, as all statistics here use it; None if the measure is missing.

        A ratio enters through its pseudo-values R + (N_r − R·D_r)/mean(D), with R the ratio of sums:
        their mean is R itself, and a replication with D_r = 0 still counts. It is missing only where
        the denominators sum to 0.
        """
        if not self.is_ratio:
            return self.numerators or None
        total = fsum(self.denominators)
        if total == 0 or not isfinite(total):
            return None
        ratio = fsum(self.numerators) / total
        mean = total / len(self)
        pairs = zip(self.numerators, self.denominators, strict=True)
        return tuple(ratio + (n - ratio * d) / mean for n, d in pairs)

    @property
    def resting(self) -> int:
        """The replications on which its value rests: of a ratio, those with a denominator."""
        return sum(d != 0 for d in self.denominators) if self.is_ratio else len(self)

    def differs(self, other: "Column") -> tuple[bool, ...]:
        """For each replication, whether the outcome is another than in `other`."""
        same = zip(self.numerators, other.numerators, self.denominators, other.denominators, strict=True)
        return tuple(not (_same(n, m) and _same(d, e)) for n, m, d, e in same)

    def differing(self, other: "Column") -> int:
        """The number of replications in which the outcome differs from that in `other`."""
        return sum(self.differs(other))


def _same(a: float, b: float) -> bool:
    return isclose(a, b, rel_tol=ROUNDING)


@dataclass(frozen=True)
class Outcomes:
    """Columns by mix and measure, all over the same `replications` (their numbers), in the same order."""

    replications: tuple[int, ...]
    columns: Mapping[str, Mapping[str, Column]]
    """The columns: by mix, then by measure."""

    @property
    def mixes(self) -> tuple[str, ...]:
        """The mixes, in the order of the file."""
        return tuple(self.columns)

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures, in the order of `MEASURES`."""
        return tuple(next(iter(self.columns.values()), {}))
