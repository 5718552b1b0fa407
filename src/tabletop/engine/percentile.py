"""The percentile of some values: of all definitions, the one that everything here uses."""

from collections.abc import Sequence
from math import ceil


def percentile(ordered: Sequence[float], p: float) -> float:
    """The smallest of some values, in order, that a share `p` of them does not exceed.

    The inverse of the empirical distribution function (type 1 of Hyndman & Fan 1996): it is always
    a value that occurred. Raises IndexError without any.
    """
    return ordered[percentile_place(len(ordered), p)]


def percentile_place(size: int, p: float) -> int:
    """Where, from 0 on, that value stands among so many in order."""
    # ⌈n·p⌉, unharmed by the rounding of p: of 10 values, 0.9 is the ninth
    return max(ceil(size * p - 1e-9), 1) - 1
