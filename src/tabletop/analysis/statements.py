"""Statements about a contrast under many conditions: in how many variants each holds, with bounds.

All variants share their luck, so that all err together, and no binomial formula fits a count. The bounds
are Holm's (1979), which needs nothing of how the tests depend on each other: a statement holds in at least
as many variants as he rejects of "not so", and in at most all but those in which he rejects "so".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from statistics import median

from tabletop.analysis.interval import CONFIDENCE, FEW_WORLDS
from tabletop.analysis.moments import Moments
from tabletop.analysis.outcomes import Column
from tabletop.analysis.paired import Paired
from tabletop.analysis.words import delta_in_words, plural

LEVEL = (1 - CONFIDENCE) / 2
"""Of the procedure for each of the two bounds, so that both hold together at 95 %."""


@dataclass(frozen=True)
class Difference:
    """A `mean` paired difference in one variant, and how sure it is.

    Of the `n` worlds that it rests on, so many are `differing`.
    """

    mean: float
    deviation: float
    """Of the difference in one world."""
    n: int
    """Worlds; for a ratio that rests on few, those with a denominator."""
    differing: int

    @classmethod
    def of(cls, column: Column, reference: Column) -> "Difference | None":
        """Of a mix against a baseline; None where the measure is missing in one of them."""
        paired = Paired.of({"mix": column, "baseline": reference}, {"mix": 1.0, "baseline": -1.0})
        return None if paired is None else cls.resting(paired)

    @classmethod
    def resting(cls, paired: Paired) -> "Difference":
        """Of a contrast of mixes in the same worlds."""
        n = paired.n if paired.resting >= FEW_WORLDS else min(paired.resting, paired.n)
        return cls(paired.moments.mean, paired.moments.deviation, n, paired.differing)

    @classmethod
    def from_nothing(cls, column: Column) -> "Difference | None":
        """The mean of one mix itself; None where the measure is missing."""
        values = column.values()
        if values is None:
            return None
        moments = Moments.of(values)
        return cls(moments.mean, moments.deviation, min(moments.n, column.resting), column.resting)

    @property
    def is_open(self) -> bool:
        """Whether it rests on too few worlds for anything to be shown."""
        return self.differing < FEW_WORLDS or self.n < 2

    def doubt(self, sign: int, threshold: float) -> float:
        """One-sided p-value against sign × difference ≤ threshold; 1 where nothing can be shown."""
        if self.is_open:
            return 1.0
        gap = sign * self.mean - threshold
        if self.deviation == 0:
            return 0.0 if gap > 0 else 1.0
        from scipy.special import stdtr  # 0.25 s to import

        return float(stdtr(self.n - 1, -gap / (self.deviation / sqrt(self.n))))


@dataclass(frozen=True)
class Statement:
    """That `sign` × difference is above a `threshold`; it `says` so in words."""

    says: str
    sign: int
    threshold: float

    def holds(self, mean: float) -> bool:
        """Whether it does of a mean."""
        return self.sign * mean > self.threshold

    def opposite_doubt(self, difference: Difference) -> float:
        """One-sided p-value against the statement itself."""
        return difference.doubt(-self.sign, -self.threshold)


def statements(direction: int, delta: float, unit: str = "") -> tuple[Statement, ...]:
    """The four statements about a measure: better, worse, and each by more than δ, in points of a share."""
    sign = direction or 1
    up, down = ("better", "worse") if direction else ("higher", "lower")
    by = f"by more than {delta_in_words(delta, unit)}"
    return (
        Statement(f"{up} {by}", sign, delta),
        Statement(up, sign, 0.0),
        Statement(down, -sign, 0.0),
        Statement(f"{down} {by}", -sign, delta),
    )


@dataclass(frozen=True)
class Count:
    """In how many of some `variants` a `statement` holds."""

    statement: Statement
    variants: int
    seen: int
    """In so many the mean says so."""
    low: int
    """At least so many, and"""
    high: int
    """at most so many, at 95 % together."""
    more: int | None
    """About so many more worlds in each variant would close half of what is open; None if that is unknown."""

    @property
    def open(self) -> int:
        """Variants between the bounds."""
        return self.high - self.low

    def in_words(self) -> str:
        """The count with its bounds, and what would narrow them."""
        said = f"{self.statement.says} in {self.seen:,} of {plural(self.variants, 'variant')}"
        said = f"{said} ({self.low:,} to {self.high:,})"
        if self.open and self.more:
            return (
                f"{said}; about {plural(self.more, 'more world')} would close half of the {self.open:,} open"
            )
        return said


def count(
    statement: Statement, differences: Sequence[Difference], among: Sequence[bool] | None = None
) -> Count:
    """In how many variants a statement holds, from the differences in them.

    It counts those `among` which it is told to; whatever chose them, for the tests hold together over all.
    """
    so = [one.doubt(statement.sign, statement.threshold) for one in differences]
    not_so = [statement.opposite_doubt(one) for one in differences]
    chosen = {place for place in range(len(differences)) if among is None or among[place]}
    shown, refuted = rejected(so) & chosen, rejected(not_so) & chosen
    left = [differences[place] for place in sorted(chosen - shown - refuted)]
    return Count(
        statement,
        len(chosen),
        sum(statement.holds(differences[place].mean) for place in chosen),
        len(shown),
        len(chosen) - len(refuted),
        _more(statement, left),
    )


def share_of_distribution(statement: Statement, differences: Sequence[Difference]) -> tuple[float, float]:
    """The share of a stated distribution in which a statement holds, from variants drawn from it.

    Clopper & Pearson's (1934) ends around Holm's two bounds; each tail is split between the two.
    """
    from scipy.special import betaincinv  # 0.25 s to import

    variants, level = len(differences), LEVEL / 2
    shown = rejected([one.doubt(statement.sign, statement.threshold) for one in differences], level)
    refuted = rejected([statement.opposite_doubt(one) for one in differences], level)
    low, high = len(shown), variants - len(refuted)
    return (
        float(betaincinv(low, variants - low + 1, level)) if low else 0.0,
        float(betaincinv(high + 1, variants - high, 1 - level)) if high < variants else 1.0,
    )


def rejected(doubts: Sequence[float], level: float = LEVEL) -> set[int]:
    """The places at which Holm's procedure rejects, at a level for all of them together."""
    found: set[int] = set()
    for tried, place in enumerate(sorted(range(len(doubts)), key=doubts.__getitem__)):
        if doubts[place] > level / (len(doubts) - tried):
            break
        found.add(place)
    return found


def _more(statement: Statement, left: Sequence[Difference]) -> int | None:
    """About how many worlds more would decide half of what is open; None if that cannot be told."""
    from scipy.special import ndtri  # 0.25 s to import

    if not left:
        return 0
    quantile = -float(ndtri(LEVEL / len(left)))
    needed = []
    for one in left:
        gap = abs(statement.sign * one.mean - statement.threshold)
        of_width = (quantile * one.deviation / gap) ** 2 if gap else float("inf")
        of_worlds = FEW_WORLDS * one.n / one.differing if one.differing else float("inf")
        needed.append(max(of_width, of_worlds) - one.n)
    found = median(needed)
    return None if found > MOST_MORE else max(1, ceil(found))


MOST_MORE = 1_000_000
"""Further worlds of which nobody needs to be told."""


def differences(
    columns: Sequence[Mapping[str, Column]], mix: str, baseline: str
) -> tuple[Difference | None, ...]:
    """Of one measure in each of some variants, from its columns by mix."""
    return tuple(Difference.of(of[mix], of[baseline]) for of in columns)
