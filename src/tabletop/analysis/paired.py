"""Weighted sums of outcomes in the same worlds: what every contrast of policy mixes rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import fsum

from tabletop.analysis.basis import Basis
from tabletop.analysis.interval import CONFIDENCE, FEW_WORLDS, Interval
from tabletop.analysis.mean_interval import mean_interval
from tabletop.analysis.moments import Moments
from tabletop.analysis.outcomes import Column
from tabletop.measures import Measure

SHARED = 0.25
"""Spread of a contrast, in spreads of an outcome, from which the outcome's skewness counts."""


@dataclass(frozen=True)
class Paired:
    """A contrast of mixes, replication by replication: its moments, and where it rests on little."""

    differing: int
    """Replications in which the mixes do not all come to the same."""
    resting: int
    """Of a ratio, the replications with a denominator in the mix that has fewest; else, all."""
    scarcest: str
    """That mix."""
    moments: Moments
    weighted: Sequence[Sequence[float]] = field(repr=False)
    """The outcomes of each mix, times its weight."""

    @classmethod
    def of(cls, columns: Mapping[str, Column], weights: Mapping[str, float]) -> "Paired | None":
        """The weighted sum over the mixes that have a weight; None if the measure is missing in one.

        Ratios enter through their pseudo-values.
        """
        values = {mix: columns[mix].values() for mix in weights}
        known = {mix: of for mix, of in values.items() if of is not None}
        if len(known) < len(weights):
            return None
        weighted = [[weight * value for value in known[mix]] for mix, weight in weights.items()]
        scale = max(abs(value) for column in weighted for value in column)
        moments = Moments.of([fsum(parts) for parts in zip(*weighted, strict=True)], scale=scale)
        scarcest = min(weights, key=lambda mix: columns[mix].resting)
        return cls(
            differing=differing([columns[mix] for mix in weights]),
            resting=columns[scarcest].resting,
            scarcest=scarcest,
            moments=moments,
            weighted=weighted,
        )

    @cached_property
    def is_skewed(self) -> bool:
        """Whether there are too few replications for the skewness of the contrast, or of an outcome.

        A rare world that none of the replications holds skews no difference; the outcomes often show the
        same tail. An outcome counts if the contrast has a quarter of its spread at least: else common luck
        has cancelled what they share.
        """
        return self.moments.is_skewed or any(
            one.is_skewed and self.moments.deviation >= SHARED * one.deviation
            for one in map(Moments.of, self.weighted)
        )

    @property
    def n(self) -> int:
        """Replications."""
        return self.moments.n

    @property
    def tells_too_little(self) -> bool:
        """Whether there is neither interval nor verdict.

        So it is for one replication, where fewer than two have a denominator, and where fewer than 20
        differ, all by the same.
        """
        few = min(self.differing, self.resting) < FEW_WORLDS
        return min(self.n, self.resting) < 2 or (self.is_equal and few)

    @property
    def is_equal(self) -> bool:
        """Whether the mixes differ, and by the same wherever they do."""
        return self.differing > 0 and self.moments.is_constant

    def interval(self, confidence: float = CONFIDENCE) -> Interval | None:
        """The interval of the mean contrast; None where it has no spread or tells too little."""
        return mean_interval(self.moments, confidence, resting=self.resting)


def differing(columns: list[Column]) -> int:
    """In how many replications the columns do not all hold the same outcome."""
    first, *others = columns
    return sum(any(worlds) for worlds in zip(*(first.differs(other) for other in others), strict=True))


def scarce(column: Column, measure: Measure) -> Basis:
    """What a ratio rests on, where it is too little."""
    things = fsum(column.denominators)
    names = measure.denominator, measure.nothing
    return Basis(len(column), column.resting, things, *names, is_ratio=column.is_ratio)
