"""The moments of one value per replication: mean, spread and skewness."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from tabletop.analysis.outcomes import ROUNDING

SEEN = 1.645
"""Standard errors of G1 from which skew counts as seen: the normal 95th percentile."""
ENOUGH = 50
"""Values wanted for each square of skewness: n > 50·G1².

Twice what Cochran (1977, section 2.15) wants of an interval whose two sides together are to hold at 95 %:
verdicts come from one side, of several intervals at once (`verification/coverage.py`).
"""


def mean(values: Sequence[float]) -> float:
    """The mean, exactly summed in replication order."""
    return fsum(values) / len(values)


def standard_deviation(values: Sequence[float]) -> float:
    """The sample standard deviation (n − 1); two values at least."""
    centre = mean(values)
    return sqrt(fsum((v - centre) ** 2 for v in values) / (len(values) - 1))


@dataclass(frozen=True)
class Moments:
    """What an interval of a mean is made of; from one value at least."""

    n: int
    mean: float
    deviation: float
    """The sample standard deviation (n − 1); 0 for one value, and where all are the same."""
    skewness: float
    """G1, the adjusted Fisher–Pearson coefficient; 0 for fewer than three values, and without spread."""

    @classmethod
    def of(cls, values: Sequence[float], *, scale: float | None = None) -> "Moments":
        """The moments of values, summed in replication order.

        Values that differ by rounding alone are the same; what rounding is follows from `scale`, the
        largest number that they were computed from (the largest of themselves unless told).
        """
        n, centre = len(values), mean(values)
        deviations = [v - centre for v in values]
        rounding = ROUNDING * (max(map(abs, values)) if scale is None else scale)
        if n < 2 or all(abs(d) <= rounding for d in deviations):
            return cls(n, centre, 0.0, 0.0)
        return cls.central(n, centre, fsum(d**2 for d in deviations), fsum(d**3 for d in deviations))

    @classmethod
    def central(cls, n: int, centre: float, squares: float, cubes: float) -> "Moments":
        """The moments from the sums of squared and cubed deviations from the mean, of values that vary."""
        skewness = 0.0
        if n > 2 and squares > 0:
            skewness = n * sqrt(n - 1) / (n - 2) * cubes / (squares * sqrt(squares))
        return cls(n, centre, sqrt(squares / (n - 1)), skewness)

    @property
    def is_constant(self) -> bool:
        """Whether all values are the same, so that nothing is known of their spread."""
        return self.deviation == 0

    @property
    def skew_is_seen(self) -> bool:
        """Whether nine in ten samples of normal values are less skewed (Fisher 1930: variance of G1)."""
        n = self.n
        return n > 2 and self.skewness**2 > SEEN**2 * 6 * n * (n - 1) / ((n - 2) * (n + 1) * (n + 3))

    @property
    def is_skewed(self) -> bool:
        """Whether skew is seen, and the values are too few for it."""
        return self.skew_is_seen and self.n <= ENOUGH * self.skewness**2
