"""The spread of replications: their 10th, 50th and 90th percentiles."""

from collections.abc import Sequence
from typing import NamedTuple

from tabletop.engine.percentile import percentile

LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9


class Spread(NamedTuple):
    """The 10th percentile, the median and the 90th percentile of replications; None where all are missing."""

    low: float | None
    middle: float | None
    high: float | None


def spread(values: Sequence[float]) -> Spread:
    """The spread of some values."""
    if not values:
        return Spread(None, None, None)
    ordered = sorted(values)
    return Spread(*(percentile(ordered, p) for p in (LOW, MIDDLE, HIGH)))
