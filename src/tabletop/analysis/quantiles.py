"""Quantiles of replications: order statistics, with intervals that assume no distribution."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, inf, isfinite, log

from tabletop.analysis.interval import CONFIDENCE, Interval, Method
from tabletop.analysis.words import figure, plural
from tabletop.engine.percentile import percentile


@dataclass(frozen=True)
class Quantile:
    """The `p` quantile of the outcomes of `n` replications, with its order-statistic interval.

    It is about worlds, never about the entities within one: entities are not replications.
    """

    p: float
    """Its level, in (0, 1)."""
    value: float | None
    """The smallest outcome that a share `p` of the replications does not exceed; None without any."""
    interval: Interval | None
    """An end is ±inf where `n` is too small to bound it; None without any replication."""
    n: int
    """Replications in which the measure is not missing."""

    def in_words(self) -> str:
        """The quantile in words, as a report prints it."""
        if self.value is None or self.interval is None:
            return "missing: nothing to rank"
        low, high = self.interval.low, self.interval.high
        low_end = "unbounded below" if low == -inf else f"from {figure(low)}"
        high_end = "unbounded above" if high == inf else f"to {figure(high)}"
        return f"{figure(self.value)} ({low_end}, {high_end})".replace(", to", " to")

    @property
    def few_worlds(self) -> str:
        """That an end of the interval does not exist, and how many replications it needs; or empty."""
        if self.interval is None or isfinite(self.interval.half_width):
            return ""
        needed = bounded_from(self.p, self.interval.confidence)
        return f"{plural(self.n, 'replication')}, bounded from {needed}"


def quantile(values: Sequence[float], p: float, confidence: float = CONFIDENCE) -> Quantile:
    """The quantile of replications, between the order statistics that hold it with this confidence.

    X_(l) and X_(u) have l the largest with P(Bin(n, p) < l) ≤ α/2, u the smallest with
    P(Bin(n, p) ≥ u) ≤ α/2 (David & Nagaraja 2003, section 7.1). For discrete outcomes they hold it
    more often still.
    """
    n = len(values)
    if n == 0:
        return Quantile(p, None, None, 0)
    ranked = sorted(values)
    low, high = ranks(n, p, confidence)
    interval = Interval(
        ranked[low - 1] if low >= 1 else -inf,
        ranked[high - 1] if high <= n else inf,
        confidence,
        Method.ORDER,
    )
    return Quantile(p, percentile(ranked, p), interval, n)


def ranks(n: int, p: float, confidence: float = CONFIDENCE) -> tuple[int, int]:
    """The ranks of the two order statistics, from 1; 0 and n + 1 stand for unbounded."""
    from scipy.special import bdtr, bdtrc

    tail = (1 - confidence) / 2
    low = 0
    while low < n and bdtr(low, n, p) <= tail:
        low += 1
    high = n + 1
    while high > 1 and bdtrc(high - 2, n, p) <= tail:
        high -= 1
    return low, high


def bounded_from(p: float, confidence: float = CONFIDENCE) -> int:
    """The replications from which both ends are bounded: p^n and (1 − p)^n are at most α/2."""
    return ceil(log((1 - confidence) / 2) / log(max(p, 1 - p)))
