"""Confidence intervals, each with the method that made it."""

from dataclasses import dataclass
from enum import StrEnum

CONFIDENCE = 0.95
"""Confidence of whatever states no other."""
FEW_WORLDS = 20
"""Replications below which what rests on them is flagged: intervals then cover less than they say."""


class Method(StrEnum):
    """How an interval was made."""

    STUDENT = "Student"
    SKEWED = "Student and Hall"
    """At each end the further of the two: see `mean_interval`."""
    WELCH = "Welch"
    POISSON = "exact Poisson"
    BINOMIAL = "Clopper-Pearson"
    JACKKNIFE = "jackknife"
    BCA = "BCa bootstrap"
    PERCENTILE = "percentile bootstrap"
    ORDER = "order statistics"


@dataclass(frozen=True)
class Interval:
    """A confidence interval from `low` to `high`, at a `confidence` between 0 and 1, and its `method`."""

    low: float
    high: float
    confidence: float
    method: Method = Method.STUDENT

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
