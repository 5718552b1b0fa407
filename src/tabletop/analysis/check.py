"""The check of claims: whether a stated contrast of policy mixes is found, with so much confidence.

A claim is supported when the one-sided lower bound of its contrast, oriented so that more of it speaks
for the claim, exceeds what is claimed. The bounds of all claims of a file hold together at 99 %
(Bonferroni). Where fewer than 20 replications differ a bound covers less than it says: nothing is
supported there. A claim that is not supported is not refuted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import fsum, sqrt

from tabletop.analysis.compare import FEW_WORLDS
from tabletop.analysis.estimate import mean, standard_deviation, t_quantile
from tabletop.analysis.outcomes import Column
from tabletop.analysis.words import decimals_for, figure, plural
from tabletop.measures import MEASURES
from tabletop.scenario.claim import Claim

ERROR = 0.01
"""Chance, for all claims of a file together, that one is supported though it is false."""


class Finding(StrEnum):
    """What the replications say of a claim."""

    SUPPORTED = "supported"
    NOT_SUPPORTED = "not supported"
    FEW_WORLDS = "not supported, too few worlds differ"
    MISSING = "not supported, the measure is missing"


@dataclass(frozen=True)
class ClaimVerdict:
    """One claim, and what was found.

    `estimate` and `bound` are of the difference as written, not oriented. The bound is its lower end
    where the claim says higher, its upper end where it says lower.
    """

    claim: Claim
    finding: Finding
    n: int
    differing: int
    """Replications in which the mixes of the claim do not all come to the same."""
    confidence: float
    estimate: float | None = None
    bound: float | None = None

    @property
    def supported(self) -> bool:
        """Whether the claim is supported."""
        return self.finding is Finding.SUPPORTED

    def in_words(self) -> str:
        """What was found, beside what was claimed."""
        claim = self.claim
        said = f"{claim.expected}; "
        if self.estimate is None or self.bound is None:
            return f"{said}nothing found in {plural(self.n, 'replication')}"
        decimals = decimals_for(abs(self.estimate - self.bound))
        unit = MEASURES[claim.measure].unit
        estimate = figure(self.estimate, signed=True, decimals=decimals)
        end = figure(self.bound, signed=True, decimals=decimals)
        side = "at least" if claim.is_ == "higher" else "at most"
        sure = figure(100 * self.confidence, decimals=2)
        said += f"found {estimate}{'' if unit == 'count' else f' {unit}'}, {side} {end} ({sure} %)"
        if self.differing < FEW_WORLDS:
            said += f"; few worlds differ ({self.differing} of {self.n})"
        return said

    def __str__(self) -> str:
        return f"{self.finding}: {self.claim.that} {self.in_words()}"


def confidence(claims: int) -> float:
    """The one-sided confidence of each of so many bounds that are to hold together at 99 %."""
    return 1 - ERROR / claims


def check(claim: Claim, columns: Mapping[str, Column], *, claims: int) -> ClaimVerdict:
    """The verdict on one of so many claims of a file.

    `columns` holds the claim's measure, over the claim's days, for each of its mixes: the same
    replications in the same order.
    """
    chosen = {mix: columns[mix] for mix in claim.weights}
    sure = confidence(claims)
    n = len(next(iter(chosen.values())))
    differing = _differing(chosen.values())
    contrasts = _contrasts(claim, chosen)
    if contrasts is None:
        return ClaimVerdict(claim, Finding.MISSING, n, differing, sure)
    if n < 2:
        return ClaimVerdict(claim, Finding.FEW_WORLDS, n, differing, sure)
    # t_quantile is two-sided: this leaves 1 − confidence above it
    margin = t_quantile(2 * sure - 1, n) * standard_deviation(contrasts) / sqrt(n)
    estimate = mean(contrasts)
    bound = estimate - claim.sign * margin
    if claim.sign * bound <= claim.by:
        finding = Finding.NOT_SUPPORTED
    else:
        finding = Finding.SUPPORTED if differing >= FEW_WORLDS else Finding.FEW_WORLDS
    return ClaimVerdict(claim, finding, n, differing, sure, estimate, bound)


def _contrasts(claim: Claim, columns: Mapping[str, Column]) -> list[float] | None:
    """The contrast in each replication; ratios enter through their pseudo-values. None if one is missing."""
    weighted: list[list[float]] = []
    for mix, weight in claim.weights.items():
        values = columns[mix].values()
        if values is None:
            return None
        weighted.append([weight * value for value in values])
    return [fsum(parts) for parts in zip(*weighted, strict=True)]


def _differing(columns: Iterable[Column]) -> int:
    """In how many replications the columns do not all hold the same outcome."""
    first, *others = columns
    return sum(any(_one(first, r).differing(_one(other, r)) for other in others) for r in range(len(first)))


def _one(column: Column, replication: int) -> Column:
    """A single replication of a column."""
    return Column((column.numerators[replication],), (column.denominators[replication],), column.is_ratio)
