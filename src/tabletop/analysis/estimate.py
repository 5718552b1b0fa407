"""Estimates: means over replications, with their intervals and what they rest on."""

from dataclasses import dataclass, replace
from math import fsum, inf

from tabletop.analysis.basis import Basis
from tabletop.analysis.exact import poisson_interval, proportion_interval
from tabletop.analysis.interval import CONFIDENCE, Interval
from tabletop.analysis.mean_interval import mean_interval
from tabletop.analysis.moments import Moments
from tabletop.analysis.outcomes import Column
from tabletop.measures import Measure


@dataclass(frozen=True)
class Quantity:
    """What is averaged, as far as its interval depends on it."""

    is_count: bool = False
    """Whether a replication reports a number of events."""
    is_proportion: bool = False
    """Of a ratio, whether its numerator counts some of what its denominator counts."""
    highest: float = inf
    """The largest value that it can have; the smallest is 0."""
    thing: str = ""
    """Of a ratio, what its denominator counts, in the singular."""
    nothing: str = ""
    """What it means that there are none, where it is more than that."""

    @classmethod
    def of(cls, measure: Measure) -> "Quantity":
        """What a measure is."""
        return cls(
            is_count=measure.unit == "count",
            is_proportion=measure.is_proportion,
            highest=1.0 if measure.unit == "share" else inf,
            thing=measure.denominator,
            nothing=measure.nothing,
        )


@dataclass(frozen=True)
class Estimate:
    """A mean (of a ratio: the ratio of sums) over `n` replications.

    `value` is None where the measure is missing. `interval` is None there, for one replication, for a
    ratio of which one replication alone has a denominator (unless that is one thing, of which a share is
    taken), and where all are the same and no exact interval says how far that goes; `basis` says which.
    """

    value: float | None
    interval: Interval | None
    n: int
    basis: Basis


def estimate(column: Column, quantity: Quantity = Quantity(), confidence: float = CONFIDENCE) -> Estimate:
    """The mean of a column; its interval stays where the quantity can lie: from 0 to its highest.

    Where replications show no spread, the interval of a count is the exact one of Poisson counts, and
    that of a proportion the exact one of independent trials. Nothing else has one then.
    """
    n, values = len(column), column.values()
    things = fsum(column.denominators) if column.is_ratio else 0.0
    resting = column.resting if column.is_ratio else sum(v != 0 for v in column.numerators)
    basis = Basis(n, resting, things, quantity.thing, quantity.nothing, is_ratio=column.is_ratio)
    if values is None:
        return Estimate(None, None, n, basis)
    moments = Moments.of(values)
    basis = replace(basis, is_constant=moments.is_constant, is_skewed=moments.is_skewed)
    # one world is one observation, whatever happened in it; of one thing alone that is no matter
    if n < 2 or (column.resting < 2 and things != 1):
        interval: Interval | None = None
    elif moments.is_constant and quantity.is_count and not column.is_ratio:
        interval = poisson_interval(fsum(values), n, confidence)
    elif moments.is_constant and quantity.is_proportion:
        interval = proportion_interval(fsum(column.numerators), things, confidence)
    else:
        interval = mean_interval(moments, confidence, resting=resting if column.is_ratio else None)
        if interval is not None:
            low, high = max(0.0, interval.low), min(quantity.highest, interval.high)
            interval = Interval(low, high, confidence, interval.method)
    return Estimate(moments.mean, interval, n, basis)
