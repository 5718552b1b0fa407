"""Estimates as a table shows them: never without their intervals."""

from tabletop.analysis.estimate import Estimate, Interval
from tabletop.analysis.words import decimals_for, figure, share


def with_interval(estimate: Estimate) -> str:
    """A mean with its interval behind it."""
    if estimate.value is None:
        return "missing"
    if estimate.interval is None:
        return f"{figure(estimate.value)} (one replication: no interval)"
    decimals = decimals_for(estimate.interval.half_width)
    return f"{figure(estimate.value, decimals=decimals)} ({ends(estimate.interval, decimals)})"


def share_with_interval(estimate: Estimate) -> str:
    """A share with its interval, in per cent."""
    if estimate.value is None:
        return "missing"
    if estimate.interval is None:
        return f"{share(estimate.value)} (one replication: no interval)"
    return f"{share(estimate.value)} ({share(estimate.interval.low)} to {share(estimate.interval.high)})"


def ends(interval: Interval | None, decimals: int, *, signed: bool = False) -> str:
    """An interval from end to end; nothing where there is none."""
    if interval is None:
        return ""
    low, high = (figure(end, signed=signed, decimals=decimals) for end in (interval.low, interval.high))
    return f"{low} to {high}"
