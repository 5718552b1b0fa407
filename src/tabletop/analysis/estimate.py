"""Estimates: means over replications, with their intervals."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, inf, sqrt

from tabletop.analysis.outcomes import Column

CONFIDENCE = 0.95
"""Confidence of every interval that states no other."""


@dataclass(frozen=True)
class Interval:
    """A confidence interval, from `low` to `high`, at a `confidence` between 0 and 1."""

    low: float
    high: float
    confidence: float

    @property
    def half_width(self) -> float:
        """Half the distance between its ends."""
        return (self.high - self.low) / 2

    def excludes_zero(self) -> bool:
        """Whether 0 lies outside."""
        return self.low > 0 or self.high < 0

    def lies_within(self, delta: float) -> bool:
        """Whether all of it lies between −`delta` and `delta`."""
        return -delta < self.low and self.high < delta


@dataclass(frozen=True)
class Estimate:
    """A mean (of a ratio: the ratio of sums) over `n` replications.

    `value` is None where the measure is missing; `interval` is None there and for one replication.
    """

    value: float | None
    interval: Interval | None
    n: int


def mean(values: Sequence[float]) -> float:
    """The mean, exactly summed in replication order."""
    return fsum(values) / len(values)


def standard_deviation(values: Sequence[float]) -> float:
    """The sample standard deviation (n − 1); two values at least."""
    centre = mean(values)
    return sqrt(fsum((v - centre) ** 2 for v in values) / (len(values) - 1))


def t_quantile(confidence: float, n: int) -> float:
    """Student's t that leaves (1 − confidence)/2 above it, with n − 1 degrees of freedom."""
    from scipy.special import stdtrit  # 0.25 s to import

    return -float(stdtrit(n - 1, (1 - confidence) / 2))


def t_interval(values: Sequence[float], confidence: float = CONFIDENCE) -> Interval | None:
    """Student's interval of the mean; None for fewer than two values."""
    n = len(values)
    if n < 2:
        return None
    centre = mean(values)
    half = t_quantile(confidence, n) * standard_deviation(values) / sqrt(n)
    return Interval(centre - half, centre + half, confidence)


def estimate(column: Column, confidence: float = CONFIDENCE, *, highest: float = inf) -> Estimate:
    """The mean of a column; its interval stays where the measure can lie: from 0 to `highest`."""
    values = column.values()
    if values is None:
        return Estimate(None, None, len(column))
    interval = t_interval(values, confidence)
    if interval is not None:
        interval = Interval(max(0.0, interval.low), min(highest, interval.high), confidence)
    return Estimate(mean(values), interval, len(column))
