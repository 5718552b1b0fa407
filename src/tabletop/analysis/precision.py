"""Replications enough: when every primary contrast is narrow enough to be decided.

The smallest n at which the half-width of every primary contrast's simultaneous interval is at most
δ/2, and stays so for the look-ahead of Hoad, Robinson & Davies (2010). It is looked for at every n
from 30, and wants 50 differing replications of every contrast. It stops on width, never on a
verdict: what is concluded plays no part in when one stops.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from math import ceil, isclose, sqrt

from tabletop.analysis.estimate import CONFIDENCE, t_quantile
from tabletop.analysis.outcomes import ROUNDING, Column, Outcomes
from tabletop.analysis.spread import DifferenceOfMeans, DifferenceOfRatios
from tabletop.analysis.words import figure, plural
from tabletop.scenario.scenario import Interest

LEAST = 30
"""Replications before the first look."""
WORLDS = 50
"""Differing replications wanted of every contrast."""
LOOK_AHEAD = 5
"""kLimit: so many further looks must agree, in per cent of n above 100 replications."""


def look_ahead(n: int) -> int:
    """The further replications over which the precision found at n must hold: 5, or 5 % of n above 100."""
    return LOOK_AHEAD * max(n, 100) // 100


@dataclass(frozen=True)
class Width:
    """How narrow one primary contrast is, and how narrow it is to be."""

    measure: str
    mix: str
    half_width: float | None
    """Of its simultaneous interval; None where the measure is missing, or for one replication."""
    wanted: float
    """Half of δ."""
    differing: int
    expected: int | None
    """About how many replications it needs in all, from its spread so far; None while that is unknown."""

    @property
    def enough(self) -> bool:
        """Whether it is narrow enough, and enough worlds differ."""
        return self.differing >= WORLDS and self.half_width is not None and self.half_width <= self.wanted


@dataclass(frozen=True)
class Precision:
    """What is known so far of how many replications are enough."""

    n: int | None
    """The smallest number that is enough, and held for the look-ahead; None as long as none is."""
    looked: int
    """Replications looked at; with `n` found, n and its look-ahead: all that rests on it uses these."""
    most: int
    """The cap."""
    widths: tuple[Width, ...]
    """Every primary contrast, at `looked`."""

    @property
    def finished(self) -> bool:
        """Whether no more replications are to be run."""
        return self.n is not None or self.looked >= self.most

    @property
    def expected(self) -> int:
        """About how many replications are needed in all, from what was seen; at most the cap."""
        if self.finished:
            return self.looked
        needs = [LEAST if w.expected is None and w.enough else w.expected for w in self.widths]
        known = max((need for need in needs if need is not None), default=LEAST)
        if None in needs:
            known = max(known, 2 * self.looked)
        known = max(known, LEAST)
        return min(self.most, max(known + look_ahead(known), self.looked + 1))

    def in_words(self) -> str:
        """Whether the precision was reached, as a report says it."""
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
        return f"{name} differs in {plural(width.differing, 'world')}, not {WORLDS}"


class Planner:
    """Looks at replications one after the other, whatever the blocks in which they come.

    Its answer is a function of the columns alone: each replication is looked at once, in order, and
    none after the answer is found.
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
        """Plan for the contrasts that `compare` makes of these mixes; those of the same policy need nothing."""
        others = [mix for mix in mixes if mix != baseline]
        primary = [name for name, interest in interests.items() if interest.primary]
        self._confidence = 1 - (1 - CONFIDENCE) / max(1, len(others) * len(primary))
        self._contrasts = [
            _Contrast(name, mix, baseline, interests[name].delta)
            for name in primary
            for mix in others
            if mix not in same_policy
        ]
        self._most = most
        self._looked = 0
        self._since: int | None = None
        """The first look of the unbroken run of looks that found the precision."""
        self._found: Precision | None = None

    def look(self, outcomes: Outcomes) -> Precision:
        """What is known with these replications: those that it has seen, and any that follow them."""
        if self._found is not None:
            return self._found
        for contrast in self._contrasts:
            contrast.turn_to(outcomes)
        available = min(len(outcomes.replications), self._most)
        while self._looked < available:
            for contrast in self._contrasts:
                contrast.take(self._looked)
            self._looked += 1
            if self._looked < LEAST:
                continue
            if not self._enough():
                self._since = None
                continue
            if self._since is None:
                self._since = self._looked
            if self._looked >= self._since + look_ahead(self._since):
                self._found = replace(self._now(), n=self._since)
                return self._found
        return self._now()

    def _enough(self) -> bool:
        if any(contrast.differing < WORLDS for contrast in self._contrasts):
            return False
        t = t_quantile(self._confidence, self._looked)
        return all(
            half is not None and half <= contrast.delta / 2
            for contrast in self._contrasts
            if (half := contrast.half_width(t)) is not None or True
        )

    def _now(self) -> Precision:
        t = t_quantile(self._confidence, self._looked) if self._looked > 1 else 0.0
        return Precision(None, self._looked, self._most, tuple(c.width(t) for c in self._contrasts))
