"""The number of replications needed for every primary contrast to be narrow enough to be decided.

The smallest n at which the half-width of every primary contrast's simultaneous interval is at most
δ/2, and stays so for the look-ahead of Hoad, Robinson & Davies (2010). Every n from 30 on is examined;
every contrast must have 50 differing replications. It stops on width, never on a verdict, so that the
moment of stopping does not depend on the conclusion.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import ceil, isclose

from tabletop.analysis.interval import CONFIDENCE, FEW_WORLDS
from tabletop.analysis.mean_interval import mean_interval, t_quantile
from tabletop.analysis.outcomes import ROUNDING, Column, Outcomes
from tabletop.analysis.spread import DifferenceOfMeans, DifferenceOfRatios, Parts
from tabletop.analysis.words import figure, plural
from tabletop.scenario.scenario import Interest

LEAST = 30
"""Number of replications at which widths are first examined."""
WORLDS = 50
"""Number of differing replications that every contrast must have."""
LOOK_AHEAD = 5
"""kLimit: so many further looks must agree, in per cent of n above 100 replications."""


def look_ahead(n: int) -> int:
    """The further replications over which the precision found at n must hold: 5, or 5 % of n above 100."""
    return LOOK_AHEAD * max(n, 100) // 100


@dataclass(frozen=True)
class Width:
    """The half-width of the primary contrast of a `mix` in a `measure`, and the half-width that is wanted.

    `differing` is the number of replications in which the two outcomes differ.
    """

    measure: str
    mix: str
    half_width: float | None
    """Half the width of its simultaneous interval; None if it has none."""
    wanted: float
    """Half of δ."""
    differing: int
    resting: int
    """Of a ratio, the replications with a denominator in the mix that has fewer; else, all."""
    expected: int | None
    """About how many replications it needs in all, judged by its spread so far; None while unknown."""

    @property
    def enough(self) -> bool:
        """Whether it is narrow enough, enough worlds differ, and enough have a denominator."""
        return (
            self.differing >= WORLDS
            and self.resting >= FEW_WORLDS
            and self.half_width is not None
            and self.half_width <= self.wanted
        )


@dataclass(frozen=True)
class Precision:
    """Whether there are enough replications, judged by those simulated so far."""

    n: int | None
    """The smallest number that is enough and stayed so for the look-ahead; None if none is yet."""
    looked: int
    """The replications examined, on which results are based; once there is an `n`, n and its look-ahead."""
    most: int
    """The cap on the number of replications."""
    widths: tuple[Width, ...]
    """Every primary contrast after `looked` replications."""

    @property
    def finished(self) -> bool:
        """Whether no more replications are needed or allowed."""
        return self.n is not None or self.looked >= self.most

    @property
    def expected(self) -> int:
        """About how many replications are needed in all, judged by those so far; at most the cap."""
        if self.finished:
            return self.looked
        needs = [LEAST, *(w.expected or 2 * self.looked for w in self.widths)]
        known = max(needs)
        return min(self.most, max(known + look_ahead(known), self.looked + 1))

    def in_words(self) -> str:
        """Whether the precision was reached, in words, as a report prints it."""
        if self.n is not None:
            return (
                f"every primary contrast is known to δ/2 or better from {plural(self.n, 'replication')} on, "
                f"and stayed so up to {self.looked:,}"
            )
        if not self.finished:
            return f"not yet: {plural(self.looked, 'replication')}, about {self.expected:,} in all"
        short = [self._short(w) for w in self.widths if not w.enough]
        words = f"the cap of {plural(self.most, 'replication')} came first"
        if not short:
            return f"{words}: the precision is reached, but has not held for the look-ahead"
        return f"{words}: {'; '.join(short)}"

    def _short(self, width: Width) -> str:
        name = f"{width.measure}, {width.mix}"
        if width.half_width is None:
            return f"{name} has no interval"
        if width.half_width > width.wanted:
            return f"{name} is known to ±{figure(width.half_width)}, not ±{figure(width.wanted)}"
        if width.resting < FEW_WORLDS:
            return f"{name} has a denominator in {plural(width.resting, 'world')}, not {FEW_WORLDS}"
        return f"{name} differs in {plural(width.differing, 'world')}, not {WORLDS}"


class Planner:
    """Examines replications one after the other, whatever the batches in which they were simulated.

    Its answer is a function of the columns alone: each replication is examined once, in order, and
    none after the answer is known.
    """

    def __init__(
        self,
        mixes: Iterable[str],
        *,
        baseline: str,
        interests: Mapping[str, Interest],
        most: int,
        same_policy: Collection[str] = (),
    ) -> None:
        """Plan for the contrasts that `compare` makes of these mixes; mixes of the same policy need nothing.

        `most` is the cap on replications.
        """
        others = [mix for mix in mixes if mix != baseline]
        primary = [name for name, interest in interests.items() if interest.primary]
        self._confidence = 1 - (1 - CONFIDENCE) / max(1, len(others) * len(primary))
        self._pairs = [
            _Pair(name, mix, baseline, interests[name].delta)
            for name in primary
            for mix in others
            if mix not in same_policy
        ]
        self._most = most
        self._looked = 0
        self._since: int | None = None
        """The first of the unbroken run of looks that found enough."""
        self._held = False

    def look(self, outcomes: Outcomes) -> Precision:
        """What is known with these replications: those of the last look, and any that follow."""
        available = min(len(outcomes.replications), self._most)
        while self._looked < available and not self._held:
            for pair in self._pairs:
                pair.take(outcomes, self._looked)
            self._looked += 1
            self._judge()
        widths = tuple(pair.width(self._confidence) for pair in self._pairs)
        return Precision(self._since if self._held else None, self._looked, self._most, widths)

    def _judge(self) -> None:
        """One look at what was taken so far."""
        n = self._looked
        if n < LEAST or not self._enough():
            self._since = None
            return
        if self._since is None:
            self._since = n
        self._held = n >= self._since + look_ahead(self._since)

    def _enough(self) -> bool:
        if any(pair.differing < WORLDS for pair in self._pairs):
            return False
        return all(pair.width(self._confidence).enough for pair in self._pairs)


def precision(
    outcomes: Outcomes,
    *,
    baseline: str,
    interests: Mapping[str, Interest],
    most: int,
    same_policy: Collection[str] = (),
) -> Precision:
    """How many of these replications are enough, looked at in order; see `Planner`."""
    planner = Planner(
        outcomes.mixes, baseline=baseline, interests=interests, most=most, same_policy=same_policy
    )
    return planner.look(outcomes)


class _Pair:
    """One primary contrast: what is known of its spread so far."""

    def __init__(self, measure: str, mix: str, baseline: str, delta: float) -> None:
        self._measure = measure
        self._mix = mix
        self._baseline = baseline
        self._delta = delta
        self._spread: DifferenceOfMeans | DifferenceOfRatios | None = None
        self.differing = 0
        self._resting = [0, 0]
        """Replications with a denominator, in the mix and in the baseline."""

    def take(self, outcomes: Outcomes, place: int) -> None:
        """Take one more replication."""
        column = outcomes.columns[self._mix][self._measure]
        ours = _parts(column, place)
        theirs = _parts(outcomes.columns[self._baseline][self._measure], place)
        if self._spread is None:
            self._spread = DifferenceOfRatios() if column.is_ratio else DifferenceOfMeans()
        self._spread.add(ours, theirs)
        for at, parts in enumerate((ours, theirs)):
            self._resting[at] += parts[1] != 0
        same = (isclose(a, b, rel_tol=ROUNDING) for a, b in zip(ours, theirs, strict=True))
        self.differing += not all(same)

    def width(self, confidence: float) -> Width:
        """How narrow it is after the replications taken, at the confidence of its interval."""
        moments = None if self._spread is None else self._spread.moments()
        resting = min(self._resting)
        half_width = expected = None
        if moments is not None and (interval := mean_interval(moments, confidence, resting=resting)):
            half_width = interval.half_width
        elif moments is not None and moments.is_constant and moments.n > 1:
            half_width = 0.0
        if moments is not None and half_width is not None and self.differing:
            n = moments.n
            for_width = ceil((2 * t_quantile(confidence, n) * moments.deviation / self._delta) ** 2)
            expected = max(LEAST, for_width, ceil(WORLDS * n / self.differing))
        wanted = self._delta / 2
        return Width(self._measure, self._mix, half_width, wanted, self.differing, resting, expected)


def _parts(column: Column, place: int) -> Parts:
    return column.numerators[place], column.denominators[place]
