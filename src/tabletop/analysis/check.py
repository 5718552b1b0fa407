"""The check of claims: whether a stated contrast of policy mixes is found, with so much confidence.

A claim is supported when the one-sided lower bound of its contrast, oriented so that more of it speaks
for the claim, exceeds what is claimed. The bounds of all claims of a file hold together at 99 %
(Bonferroni). Where fewer than 20 replications differ, or have a denominator, a bound covers less than
it says: nothing is supported there. A claim that is not supported is not refuted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tabletop.analysis.basis import SKEWED, worlds_that_differ
from tabletop.analysis.interval import FEW_WORLDS
from tabletop.analysis.outcomes import Column
from tabletop.analysis.paired import Paired, differing, scarce
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
    rests_on: str = ""
    """Of a ratio that has a denominator in fewer than 20 replications of a mix: what it rests on."""
    is_skewed: bool = False
    """Whether there are too few replications for the skewness seen."""

    @property
    def supported(self) -> bool:
        """Whether the claim is supported."""
        return self.finding is Finding.SUPPORTED

    def in_words(self) -> str:
        """What was found, beside what was claimed."""
        return "; ".join((self.claim.expected, self._found(), *self._cautions()))

    def _found(self) -> str:
        if self.estimate is None or self.bound is None:
            if self.finding is Finding.MISSING:
                return f"nothing to average in {plural(self.n, 'replication')}"
            same = self.n > 1 and self.differing == self.n and not self.rests_on
            return "no bound: the same difference everywhere" if same else "no bound"
        unit = MEASURES[self.claim.measure].unit
        behind = "" if unit == "count" else f" {unit}"
        apart = abs(self.estimate - self.bound)
        decimals = decimals_for(apart) if apart else None
        found = figure(self.estimate, signed=True, decimals=decimals)
        if not apart:
            return f"found {found}{behind} in every world"
        end = figure(self.bound, signed=True, decimals=decimals)
        side = "at least" if self.claim.is_ == "higher" else "at most"
        return f"found {found}{behind}, {side} {end} ({figure(100 * self.confidence, decimals=2)} %)"

    def _cautions(self) -> tuple[str, ...]:
        few = worlds_that_differ(self.differing, self.n) if 0 < self.differing < FEW_WORLDS else ""
        skewed = SKEWED if self.is_skewed and self.bound is not None else ""
        return tuple(caution for caution in (few, self.rests_on, skewed) if caution)

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
    sure = confidence(claims)
    chosen = [columns[mix] for mix in claim.weights]
    n, differ = len(chosen[0]), differing(chosen)
    paired = Paired.of(columns, claim.weights)
    if paired is None:
        return ClaimVerdict(claim, Finding.MISSING, n, differ, sure)
    basis = scarce(columns[paired.scarcest], MEASURES[claim.measure])
    rests_on = f"{paired.scarcest} {basis.rests_on()}" if basis.is_thin else ""
    if paired.tells_too_little:
        return ClaimVerdict(claim, Finding.FEW_WORLDS, n, differ, sure, rests_on=rests_on)
    estimate = paired.moments.mean
    interval = paired.interval(2 * sure - 1)  # two-sided: this leaves 1 − confidence on either side
    bound = estimate if interval is None else interval.low if claim.sign > 0 else interval.high
    if claim.sign * bound <= claim.by:
        finding = Finding.NOT_SUPPORTED
    else:
        enough = min(differ, paired.resting) >= FEW_WORLDS
        finding = Finding.SUPPORTED if enough else Finding.FEW_WORLDS
    return ClaimVerdict(
        claim, finding, n, differ, sure, estimate, bound, rests_on=rests_on, is_skewed=paired.is_skewed
    )
