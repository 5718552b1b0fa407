"""The change of a difference between two experiments: paired under the same luck, after Welch under other."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from tabletop.analysis.basis import SKEWED, worlds_that_differ
from tabletop.analysis.contrast import ContrastVerdict, judge
from tabletop.analysis.exact import unseen_share
from tabletop.analysis.interval import FEW_WORLDS, Interval, Method
from tabletop.analysis.outcomes import Column
from tabletop.analysis.paired import Paired, scarce
from tabletop.analysis.words import delta_in_words, plural, share
from tabletop.measures import MEASURES

Weights = Mapping[str, float]


@dataclass(frozen=True)
class ChangedDifference:
    """How what was seen of a `mix` in a `measure` differs between two experiments: second minus first.

    It is the change of a mix's difference from the baseline or, of the baseline itself, that of its mean.
    """

    measure: str
    mix: str
    delta: float | None
    """The smallest change that matters; None where the experiments state two, so that none is judged."""
    is_paired: bool
    """Whether both were met by the same worlds."""
    n: tuple[int, int]
    """Replications of the first and of the second."""
    differing: int
    """Of pairs, those that differ; under other luck, the fewer worlds in which either has a difference."""
    value: float | None
    """The change, in the unit of the measure; None where the measure is missing."""
    interval: Interval | None
    """None where there is nothing to say: see `verdict`."""
    verdict: ContrastVerdict
    """Which way it moved, and whether by more than δ."""
    is_skewed: bool = False
    """Whether there are too few replications for the skewness seen."""
    rests_on: str = ""
    """Of a ratio that has a denominator in fewer than 20 replications: what it rests on."""

    @property
    def cautions(self) -> tuple[str, ...]:
        """What is to be known beside the interval."""
        if self.interval is None:
            return ()
        few = 0 < self.differing < FEW_WORLDS
        found = [worlds_that_differ(self.differing, min(self.n))] if few else []
        found += [self.rests_on] if self.rests_on else []
        found += [SKEWED] if self.is_skewed else []
        return tuple(found)

    def in_words(self) -> str:
        """What the change is shown to be, with its cautions."""
        return "; ".join((self._verdict_in_words(), *self.cautions))

    def _verdict_in_words(self) -> str:
        match self.verdict:
            case ContrastVerdict.NO_DIFFERENCE_SEEN:
                worlds, most = plural(self.n[0], "world"), unseen_share(self.n[0])
                bound = f" (95 %: at most {share(most)} of worlds differ)" if most < 1 else ""
                return f"no change seen in {worlds}{bound}"
            case ContrastVerdict.TOO_LITTLE:
                return "no verdict: the worlds that differ do not vary, or are too few"
            case ContrastVerdict.ONE_REPLICATION:
                return "one replication: no interval, no verdict"
            case ContrastVerdict.UNADJUSTED:
                return "not judged: each has a δ of its own"
            case _:
                return self.verdict.replace("delta", self._delta())

    def _delta(self) -> str:
        return delta_in_words(self.delta or 0.0, MEASURES[self.measure].unit)


def welch_interval(first: Paired, second: Paired, confidence: float) -> Interval | None:
    """Welch's interval of second minus first, of independent luck; None where one has no spread.

    The degrees of freedom are Satterthwaite's. Of a ratio with few denominators those replications alone are
    counted as the sample, as in `mean_interval`.
    """
    from scipy.special import stdtrit  # 0.25 s to import

    parts = []
    for one in (first, second):
        n = one.n if one.resting >= FEW_WORLDS else min(one.resting, one.n)
        if n < 2 or one.moments.is_constant:
            return None
        parts.append((one.moments.deviation**2 / n, n - 1))
    variance = sum(part for part, _ in parts)
    degrees = variance**2 / sum(part**2 / d for part, d in parts)
    half = -float(stdtrit(degrees, (1 - confidence) / 2)) * sqrt(variance)
    centre = second.moments.mean - first.moments.mean
    return Interval(centre - half, centre + half, confidence, Method.WELCH)


def changed_difference(
    first: Mapping[str, Column],
    second: Mapping[str, Column],
    weights: Weights,
    *,
    measure: str,
    mix: str,
    delta: float | None,
    is_paired: bool,
    confidence: float,
) -> ChangedDifference:
    """The change of a weighted sum of mixes from the first experiment to the second.

    `first` and `second` hold one measure, by mix; of pairs, over the same replications in the same order.
    """
    ours, theirs = Paired.of(first, weights), Paired.of(second, weights)
    n = (len(first[mix]), len(second[mix]))
    if ours is None or theirs is None:
        return ChangedDifference(measure, mix, delta, is_paired, n, 0, None, None, ContrastVerdict.MISSING)
    thin = min((*first.values(), *second.values()), key=lambda column: column.resting)
    basis = scarce(thin, MEASURES[measure])
    if is_paired:
        signed = {f"second {name}": weight for name, weight in weights.items()}
        signed |= {f"first {name}": -weight for name, weight in weights.items()}
        columns = {f"first {name}": column for name, column in first.items()}
        columns |= {f"second {name}": column for name, column in second.items()}
        pairs = Paired.of(columns, signed)
        assert pairs is not None  # neither side is missing
        moved = zip(*(first[name].differs(second[name]) for name in weights), strict=True)
        differing = sum(any(worlds) for worlds in moved)
        value = pairs.moments.mean if differing else 0.0
        interval, is_skewed = pairs.interval(confidence), pairs.is_skewed
    else:
        value = theirs.moments.mean - ours.moments.mean
        interval = welch_interval(ours, theirs, confidence)
        differing = min(side.differing if len(weights) > 1 else side.n for side in (ours, theirs))
        is_skewed = any(side.is_skewed for side in (ours, theirs))
    verdict = ContrastVerdict.UNADJUSTED
    if min(*n, thin.resting) < 2:
        verdict = ContrastVerdict.ONE_REPLICATION if min(n) < 2 else ContrastVerdict.TOO_LITTLE
    elif not differing:
        verdict = ContrastVerdict.NO_DIFFERENCE_SEEN
    elif interval is None:
        verdict = ContrastVerdict.TOO_LITTLE
    elif delta is not None:
        verdict = judge(interval, delta, MEASURES[measure].direction, min(differing, thin.resting))
    return ChangedDifference(
        measure,
        mix,
        delta,
        is_paired,
        n,
        differing,
        value,
        interval if differing else None,
        verdict,
        is_skewed,
        basis.rests_on() if basis.is_thin else "",
    )
