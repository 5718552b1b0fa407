"""A two-level factorial: main effects and interactions of factors, from the same worlds in every corner.

Of k factors there are 2^k corners. An effect is the mean over the corners on its side less that over the
others, world by world, so that worlds are blocks: one number a world, and the interval of their mean (Box,
Hunter & Hunter 2005, chapter 5). The side of an interaction is the product of the sides of its factors.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import fsum
from typing import NamedTuple

from tabletop.analysis.basis import SKEWED, worlds_that_differ
from tabletop.analysis.contrast import ContrastVerdict, judge
from tabletop.analysis.exact import unseen_share
from tabletop.analysis.interval import CONFIDENCE, FEW_WORLDS, Interval
from tabletop.analysis.mean_interval import mean_interval
from tabletop.analysis.moments import Moments
from tabletop.analysis.outcomes import ROUNDING, Column
from tabletop.analysis.paired import SHARED
from tabletop.analysis.words import delta_in_words, plural, share
from tabletop.measures import MEASURES

Corner = frozenset[str]
"""The factors that are high there."""


@dataclass(frozen=True)
class Effect:
    """What one factor, or some together, change in a `measure`."""

    measure: str
    factors: tuple[str, ...]
    """One for a main effect; the factors that interact, in the order of the study."""
    n: int
    """Replications."""
    differing: int
    """Replications in which it is not nothing."""
    value: float | None
    """In the unit of the measure; None where it is missing in a corner."""
    interval: Interval | None
    """None where nothing is known of a spread: see `verdict`."""
    verdict: ContrastVerdict
    """On which side of nothing it lies, and whether by more than δ."""
    delta: float
    """The smallest difference that matters."""
    is_skewed: bool = False
    """Whether there are too few replications for the skewness of the effect, or of an outcome."""

    @property
    def is_shown(self) -> bool:
        """Whether it is known to be on one side of nothing."""
        return self.interval is not None and self.interval.excludes_zero()

    @property
    def cautions(self) -> tuple[str, ...]:
        """What is to be known beside the interval."""
        if self.interval is None:
            return ()
        few = [worlds_that_differ(self.differing, self.n)] if self.differing < FEW_WORLDS else []
        return (*few, *([SKEWED] if self.is_skewed else ()))

    def in_words(self) -> str:
        """What it is shown to be, with its cautions."""
        match self.verdict:
            case ContrastVerdict.NO_DIFFERENCE_SEEN:
                most = unseen_share(self.n)
                bound = f" (95 %: at most {share(most)} of worlds differ)" if most < 1 else ""
                words = f"nothing seen in {plural(self.n, 'world')}{bound}"
            case ContrastVerdict.UNDECIDED:
                words = "undecided"
            case ContrastVerdict.TOO_LITTLE:
                words = "no verdict: too little data"
            case ContrastVerdict.ONE_REPLICATION:
                words = "one replication: no interval, no verdict"
            case _:
                words = self.verdict.replace("delta", delta_in_words(self.delta, MEASURES[self.measure].unit))
        return "; ".join((words, *self.cautions))


@dataclass(frozen=True)
class OneAtATime:
    """What every factor alone adds up to, beside what all of them together change."""

    alone: Effect
    """The sum over the factors of what each alone changes."""
    together: Effect
    """What all of them together change."""
    lost: Effect
    """The second less the first: what they give back, or add, because they meet."""


@dataclass(frozen=True)
class Factorial:
    """All effects in one `measure`."""

    measure: str
    mains: tuple[Effect, ...]
    """Of each factor, in their order."""
    pairs: tuple[Effect, ...]
    """Two-way interactions."""
    higher: tuple[Effect, ...]
    """Interactions of three factors and more."""
    one_at_a_time: OneAtATime
    """Each factor alone, and all together."""

    @property
    def effects(self) -> tuple[Effect, ...]:
        """Main effects and two-way interactions, whose intervals hold together."""
        return (*self.mains, *self.pairs)

    @property
    def higher_shown(self) -> tuple[Effect, ...]:
        """The higher interactions that are shown, tested together at 95 %."""
        return tuple(one for one in self.higher if one.is_shown)

    def interaction(self, one: str, other: str) -> Effect:
        """The interaction of two factors; raises KeyError where there is none."""
        for effect in self.pairs:
            if set(effect.factors) == {one, other}:
                return effect
        raise KeyError(one, other)


def factorial(
    columns: Mapping[Corner, Column], factors: Sequence[str], *, measure: str, delta: float
) -> Factorial:
    """The effects of factors in a measure, from its outcomes in every corner, over the same replications.

    Main effects and two-way interactions hold together at 95 % (Bonferroni), the others together by
    themselves, and so do the three contrasts of one at a time and all together.
    """
    corners = _corners(columns)
    every = [tuple(of) for size in range(1, len(factors) + 1) for of in combinations(factors, size)]
    first, higher = [f for f in every if len(f) < 3], [f for f in every if len(f) > 2]

    def effect(of: tuple[str, ...], weights: Mapping[Corner, float], together: int) -> Effect:
        confidence = 1 - (1 - CONFIDENCE) / max(1, together)
        if corners is None:
            n = len(columns[frozenset()])
            return Effect(measure, of, n, 0, None, None, ContrastVerdict.MISSING, delta)
        return _effect(corners, weights, of, measure, delta, confidence)

    def of_sides(of: tuple[str, ...], together: int) -> Effect:
        half = 2 ** (len(factors) - 1)
        return effect(of, {corner: _side(corner, of) / half for corner in columns}, together)

    low, high = frozenset[str](), frozenset(factors)
    alone = {frozenset({one}): 1.0 for one in factors} | {low: -float(len(factors))}
    together = {high: 1.0, low: -1.0}
    lost = {corner: together.get(corner, 0.0) - alone.get(corner, 0.0) for corner in {**alone, **together}}
    three = [effect(tuple(factors), weights, 3) for weights in (alone, together, lost)]
    return Factorial(
        measure,
        tuple(of_sides(of, len(first)) for of in first if len(of) == 1),
        tuple(of_sides(of, len(first)) for of in first if len(of) == 2),
        tuple(of_sides(of, len(higher)) for of in higher),
        OneAtATime(*three),
    )


def _side(corner: Corner, of: tuple[str, ...]) -> int:
    return -1 if sum(factor not in corner for factor in of) % 2 else 1


class _Outcomes(NamedTuple):
    """One corner in one measure."""

    values: tuple[float, ...]
    moments: Moments
    resting: int


def _corners(columns: Mapping[Corner, Column]) -> dict[Corner, _Outcomes] | None:
    """The outcomes of every corner; None if the measure is missing in one."""
    found = {}
    for corner, column in columns.items():
        if (values := column.values()) is None:
            return None
        found[corner] = _Outcomes(values, Moments.of(values), column.resting)
    return found


def _effect(
    corners: Mapping[Corner, _Outcomes],
    weights: Mapping[Corner, float],
    of: tuple[str, ...],
    measure: str,
    delta: float,
    confidence: float,
) -> Effect:
    used = [(corners[corner], weight) for corner, weight in weights.items() if weight]
    resting = min(one.resting for one, _ in used)
    scale = max(abs(value) for one, _ in used for value in one.values)
    worlds = zip(*([weight * v for v in one.values] for one, weight in used), strict=True)
    sums = [fsum(world) for world in worlds]
    moments, n = Moments.of(sums, scale=scale), len(sums)
    differing = sum(abs(value) > ROUNDING * scale for value in sums)
    interval = mean_interval(moments, confidence, resting=resting)
    if min(n, resting) < 2:
        verdict = ContrastVerdict.ONE_REPLICATION if n < 2 else ContrastVerdict.TOO_LITTLE
    elif not differing:
        verdict = ContrastVerdict.NO_DIFFERENCE_SEEN
    elif interval is None:
        verdict = ContrastVerdict.TOO_LITTLE
    else:
        verdict = judge(interval, delta, MEASURES[measure].direction, min(differing, resting))
    # a rare world that none of the replications holds skews no effect; outcomes may show the same tail
    is_skewed = moments.is_skewed or any(
        one.moments.is_skewed and moments.deviation >= SHARED * one.moments.deviation for one, _ in used
    )
    value = moments.mean if differing else 0.0
    return Effect(measure, of, n, differing, value, interval, verdict, delta, is_skewed)
