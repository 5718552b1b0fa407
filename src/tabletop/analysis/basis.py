"""What an estimate or a contrast rests on, and what is to be said where that is little."""

from dataclasses import dataclass

from tabletop.analysis.interval import FEW_WORLDS
from tabletop.analysis.words import plural

SKEWED = "skewed"


@dataclass(frozen=True)
class Basis:
    """The data behind an estimate; `is_ratio` says whether that is of a ratio."""

    n: int
    """Replications."""
    worlds: int
    """Replications that say something: of a ratio, those with a denominator; else, those that are not 0."""
    things: float = 0.0
    """Of a ratio, the sum of its denominators: so many things are averaged."""
    thing: str = ""
    """Of a ratio, what those things are, in the singular."""
    nothing: str = ""
    """What it means that there are none, where it is more than that."""
    is_ratio: bool = False
    is_constant: bool = False
    """Whether all replications that say something say the same."""
    is_skewed: bool = False
    """Whether there are too few replications for the skewness seen."""

    @property
    def is_thin(self) -> bool:
        """Whether so few replications have a denominator that the interval covers less than it says."""
        return self.is_ratio and self.worlds < min(self.n, FEW_WORLDS)

    def rests_on(self) -> str:
        """What a ratio is of, as a report says it: 'rests on 3 cases in 2 of 60 worlds'."""
        worlds = f"{self.worlds:,} of {plural(self.n, 'world')}"
        if not self.thing:
            return f"rests on {worlds}"
        things = plural(round(self.things), self.thing)
        return f"rests on {things}" if self.things == 1 else f"rests on {things} in {worlds}"

    def in_words(self) -> str:
        """What is to be known beside the interval; nothing where it rests on enough."""
        if self.n < 2 or (self.is_ratio and not self.worlds):
            return self._nothing_in_words()
        if self.is_thin:
            return self.rests_on()
        if self.is_constant:
            return self._constant_in_words()
        if not self.is_ratio and self.worlds < FEW_WORLDS <= self.n:
            return f"above 0 in only {self.worlds} of {plural(self.n, 'world')}"
        return SKEWED if self.is_skewed else ""

    def _nothing_in_words(self) -> str:
        if self.n == 0:
            return "no replication"
        if self.is_ratio and not self.worlds:
            return f"{self.nothing or f'no {self.thing}'} in {plural(self.n, 'world')}"
        return "one replication"

    def _constant_in_words(self) -> str:
        if not self.worlds:
            return f"none in {plural(self.n, 'world')}"
        whose = f" with any {self.thing}" if self.thing and self.worlds < self.n else ""
        worlds = self.worlds if self.is_ratio else self.n
        return f"the same in {'both' if worlds == 2 else f'all {worlds:,}'} worlds{whose}"


def worlds_that_differ(differing: int, n: int) -> str:
    """How many worlds differ, so that few of them are neither overlooked nor read as a contradiction."""
    if n < FEW_WORLDS:
        so_far = f"only {plural(n, 'world')} so far"
        return so_far if differing == n else f"{so_far}, of which {_differ(str(differing), differing)}"
    return (
        f"{'only ' if differing < FEW_WORLDS else ''}{_differ(f'{differing:,} of {n:,} worlds', differing)}"
    )


def _differ(who: str, number: int) -> str:
    return f"{who} {'differs' if number == 1 else 'differ'}"
