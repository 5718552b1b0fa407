"""Contrasts: one mix against the baseline in one measure, its interval, verdict and cautions."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import ceil

from tabletop.analysis.basis import SKEWED, Basis, worlds_that_differ
from tabletop.analysis.exact import unseen_share
from tabletop.analysis.interval import CONFIDENCE, FEW_WORLDS, Interval
from tabletop.analysis.mean_interval import t_quantile
from tabletop.analysis.outcomes import Column
from tabletop.analysis.paired import Paired, scarce
from tabletop.analysis.selection import Selection
from tabletop.analysis.words import delta_in_words, plural, share
from tabletop.analysis.worlds import Worlds
from tabletop.measures import MEASURES


class ContrastVerdict(StrEnum):
    """The verdict of a contrast: the first that applies, in the order of `docs/explanation/statistics.md`."""

    SAME_POLICY = "same policy"
    MISSING = "missing"
    ONE_REPLICATION = "one replication"
    TOO_LITTLE = "too little data"
    NO_DIFFERENCE_SEEN = "no difference seen"
    UNADJUSTED = "unadjusted"
    SLIGHTLY_BETTER = "better, but by less than delta"
    SLIGHTLY_WORSE = "worse, but by less than delta"
    SLIGHTLY_HIGHER = "higher, but by less than delta"
    SLIGHTLY_LOWER = "lower, but by less than delta"
    BETTER = "better"
    WORSE = "worse"
    HIGHER = "higher"
    LOWER = "lower"
    EQUIVALENT = "equivalent within delta"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Contrast:
    """One `mix` against the `baseline` in one `measure`, over `n` replications, with its `verdict`.

    `difference` is the mean paired difference, mix minus baseline, in the measure's unit; None where the
    measure is missing. `interval` is None there, for one replication, where no difference was seen, where
    the difference is the same in every world, and where a ratio has a denominator in fewer than two: an
    interval without width would claim certainty. It is simultaneous if the measure is `primary`. `delta`
    is the smallest difference that matters, None if the scenario states none.
    """

    measure: str
    mix: str
    baseline: str
    primary: bool
    delta: float | None
    n: int
    differing: int
    """The number of replications in which the two outcomes differ."""
    difference: float | None
    interval: Interval | None
    verdict: ContrastVerdict
    more: int | None = None
    """About how many more replications would decide it, if it is undecided."""
    is_equal: bool = False
    """Whether the difference is the same in 20 worlds or more, all that differ."""
    is_skewed: bool = False
    """Whether there are too few replications for the skewness of the difference, or of either outcome."""
    scarce: Basis | None = None
    """What a ratio rests on, in the mix that has less, where it has a denominator in fewer than 20."""
    scarcest: str = ""
    """That mix."""
    selection: Selection | None = None
    """Of a measure of what has ended: that fewer have."""
    worlds: Worlds = field(default_factory=lambda: Worlds(0, 0, 0, 0))
    """In how many replications the mix comes to less, to more and to the same."""

    @property
    def few_worlds_differ(self) -> bool:
        """Whether so few replications differ that the interval covers less than it says."""
        return self.is_judged and self.differing < FEW_WORLDS

    @property
    def rests_on_little(self) -> bool:
        """Whether the interval may cover less than it says."""
        return self.few_worlds_differ or self.scarce is not None or (self.is_judged and self.is_skewed)

    @property
    def is_judged(self) -> bool:
        """Whether it has an interval, or the same difference in enough worlds."""
        return self.interval is not None or self.is_equal

    @property
    def cautions(self) -> tuple[str, ...]:
        """What is to be known beside the interval and the verdict."""
        found = [worlds_that_differ(self.differing, self.n)] if self.few_worlds_differ else []
        seen = self.is_judged or self.verdict is ContrastVerdict.NO_DIFFERENCE_SEEN
        if self.scarce is not None and seen:
            found.append(f"{self.scarcest} {self.scarce.rests_on()}")
        if self.is_judged and self.is_skewed:
            found.append(SKEWED)
        if self.selection is not None:
            found.append(self.selection.in_words())
        return tuple(found)

    def in_words(self, noun: str = "replication") -> str:
        """The verdict in words, with its cautions, as a report prints it.

        The `noun` is what more of would decide it, as the command at hand calls one.
        """
        return "; ".join((self._verdict_in_words(noun), *self.cautions))

    def _verdict_in_words(self, noun: str) -> str:
        if self.verdict in _UNKNOWN:
            return self._unknown_in_words()
        if self.is_equal:
            is_judged = self.verdict is not ContrastVerdict.UNADJUSTED
            return self._equal_in_words(
                f"{self._sense()}, by the same" if is_judged else "the same difference"
            )
        if self.verdict is ContrastVerdict.UNADJUSTED:
            return "interval not adjusted for the number of comparisons"
        if self.verdict is ContrastVerdict.UNDECIDED:
            return f"undecided: about {plural(self.more or 0, f'more {noun}')}"
        return self._sense()

    def _unknown_in_words(self) -> str:
        match self.verdict:
            case ContrastVerdict.MISSING:
                lacking = "nothing to average" if self.scarce is None else self.scarce.in_words()
                return f"missing: {lacking}" + (f" with {self.scarcest}" if self.scarcest else "")
            case ContrastVerdict.ONE_REPLICATION:
                return "one replication: no interval, no verdict"
            case ContrastVerdict.TOO_LITTLE if self.scarce is not None:
                return f"no verdict: {self.scarcest} {self.scarce.rests_on()}"
            case ContrastVerdict.TOO_LITTLE:
                worlds = worlds_that_differ(self.differing, self.n)
                return f"no verdict: the same difference everywhere, but {worlds}"
            case ContrastVerdict.NO_DIFFERENCE_SEEN:
                most = unseen_share(self.n)
                bound = (
                    f" (95 %: at most {share(most)} of worlds differ)" if most < 1 else ", too few to tell"
                )
                return f"no difference seen in {plural(self.n, 'world')}{bound}"
            case _:
                return self.verdict

    def _sense(self) -> str:
        return self.verdict.replace("delta", delta_in_words(self.delta or 0.0, MEASURES[self.measure].unit))

    def _equal_in_words(self, what: str) -> str:
        seen = f"{what} in all {plural(self.differing, 'world')}"
        return f"{seen} (95 %: at most {share(unseen_share(self.differing))} of worlds differ otherwise)"


_UNKNOWN = {
    ContrastVerdict.SAME_POLICY,
    ContrastVerdict.MISSING,
    ContrastVerdict.ONE_REPLICATION,
    ContrastVerdict.TOO_LITTLE,
    ContrastVerdict.NO_DIFFERENCE_SEEN,
}
"""Without a difference of which anything could be said."""


def contrast(
    column: Column,
    reference: Column,
    *,
    measure: str,
    mix: str,
    baseline: str,
    direction: int,
    delta: float | None,
    together: int | None,
    same_policy: bool = False,
    selection: Selection | None = None,
) -> Contrast:
    """One mix against the baseline in one measure.

    A primary measure has a δ and `together`, the number of intervals that are to hold together;
    None leaves the interval unadjusted and gives no verdict. `selection` is only said.
    """
    columns = {mix: column, baseline: reference}
    paired = Paired.of(columns, {mix: 1.0, baseline: -1.0})
    n, differing = len(column), column.differing(reference)
    scarcest = min(columns, key=lambda name: columns[name].resting)
    basis = scarce(columns[scarcest], MEASURES[measure])
    is_scarce = basis.is_thin and not same_policy
    difference = None if paired is None else paired.moments.mean if differing else 0.0
    unknown = ContrastVerdict.SAME_POLICY if same_policy else _unknown(paired)
    found = Contrast(
        measure,
        mix,
        baseline,
        together is not None,
        delta,
        n,
        differing,
        difference,
        None,
        unknown or ContrastVerdict.UNADJUSTED,
        is_skewed=paired is not None and paired.is_skewed,
        scarce=basis if is_scarce else None,
        scarcest=scarcest if is_scarce else "",
        selection=None if same_policy else selection,
        worlds=Worlds.of(column, reference),
    )
    if unknown is not None or paired is None or difference is None:
        return found
    confidence = 1 - (1 - CONFIDENCE) / (together or 1)
    interval = paired.interval(confidence)
    found = replace(found, interval=interval, is_equal=interval is None)
    if together is None or delta is None:
        return found
    # the same difference in 20 worlds or more has no interval, but a side
    ends = interval or Interval(difference, difference, confidence)
    enough = min(differing, paired.resting)
    verdict = judge(ends, delta, direction, enough)
    undecided = verdict is ContrastVerdict.UNDECIDED
    t, deviation = t_quantile(confidence, n), paired.moments.deviation
    more = further_replications(t, deviation, delta, n, enough) if undecided else None
    return replace(found, verdict=verdict, more=more)


def _unknown(paired: Paired | None) -> ContrastVerdict | None:
    """Why there is neither interval nor verdict; None where there is one."""
    if paired is None:
        return ContrastVerdict.MISSING
    if paired.n < 2:
        return ContrastVerdict.ONE_REPLICATION
    if paired.tells_too_little:
        return ContrastVerdict.TOO_LITTLE
    return None if paired.differing else ContrastVerdict.NO_DIFFERENCE_SEEN


def judge(interval: Interval, delta: float, direction: int, differing: int) -> ContrastVerdict:
    """The verdict on a difference that was seen, from its simultaneous interval.

    `differing` is the number of replications on which it rests.
    """
    within = interval.lies_within(delta)
    if interval.excludes_zero():
        sign = 1 if interval.low > 0 else -1
        if direction == 0:
            sense = "higher" if sign > 0 else "lower"
        else:
            sense = "better" if sign == direction else "worse"
        return ContrastVerdict(f"{sense}, but by less than delta" if within else sense)
    if within and differing >= FEW_WORLDS:
        return ContrastVerdict.EQUIVALENT
    return ContrastVerdict.UNDECIDED


def further_replications(t: float, deviation: float, delta: float, n: int, differing: int) -> int:
    """About how many more replications bring the half-width to δ/2 and 20 differing worlds; at least 1.

    What skewness adds to an interval is left out: it vanishes sooner.
    """
    for_width = ceil((2 * t * deviation / delta) ** 2)
    for_worlds = -(-FEW_WORLDS * n // differing)
    return max(for_width, for_worlds, n + 1) - n
