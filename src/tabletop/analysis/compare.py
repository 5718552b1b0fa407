"""Comparisons: each mix against the baseline, by paired differences over common replications.

Replication r of every mix shares its luck, so that inference is on the differences
D_r = Y_mix,r − Y_baseline,r, never on two separate intervals. Primary measures have paired-t
intervals that hold together (Bonferroni over mixes compared × primary measures); those of other
measures are unadjusted.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, inf
from types import ModuleType
from typing import Any

from tabletop.analysis.estimate import (
    CONFIDENCE,
    Estimate,
    Interval,
    estimate,
    mean,
    standard_deviation,
    t_interval,
    t_quantile,
)
from tabletop.analysis.frames import frame
from tabletop.analysis.outcomes import Column, Outcomes
from tabletop.analysis.words import decimals_for, ends, figure, plural, share
from tabletop.measures import MEASURES
from tabletop.notebook import html_table
from tabletop.scenario.scenario import Interest

FEW_WORLDS = 20
"""Differing replications below which an interval is too narrow (measured: 50 % coverage at nominal 95 %)."""


class ContrastVerdict(StrEnum):
    """The verdict of a contrast: the first that applies, in the order of `docs/explanation/statistics.md`."""

    SAME_POLICY = "same policy"
    MISSING = "missing"
    ONE_REPLICATION = "one replication"
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
    measure is missing. `interval` is None there, for one replication and where no difference was seen: an
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

    @property
    def few_worlds_differ(self) -> bool:
        """Whether fewer than 20 replications differ, so that the interval may be too narrow."""
        return self.interval is not None and self.differing < FEW_WORLDS

    def in_words(self) -> str:
        """The verdict in words, as a report prints it."""
        words = self._verdict_in_words()
        if self.few_worlds_differ:
            words += f"; few worlds differ ({self.differing} of {self.n})"
        return words

    def _verdict_in_words(self) -> str:
        match self.verdict:
            case ContrastVerdict.MISSING:
                return "missing: nothing to average"
            case ContrastVerdict.ONE_REPLICATION:
                return "one replication: no interval, no verdict"
            case ContrastVerdict.NO_DIFFERENCE_SEEN:
                # Rule of three: (1 − p)^n = 0.05 at p ≈ 3/n (Hanley & Lippman-Hand 1983).
                return (
                    f"no difference seen in {plural(self.n, 'world')} "
                    f"(95 %: at most {share(min(1.0, 3 / self.n))} of worlds differ)"
                )
            case ContrastVerdict.UNADJUSTED:
                return "interval not adjusted for the number of comparisons"
            case ContrastVerdict.UNDECIDED:
                return f"undecided: about {plural(self.more or 0, 'more replication')}"
            case _:
                return self.verdict.replace("delta", figure(self.delta or 0.0))


@dataclass(frozen=True, repr=False)
class Comparison:
    """Mixes against a `baseline`: estimates of each mix, and contrasts in each measure."""

    baseline: str
    mixes: tuple[str, ...]
    """The baseline and the mixes compared with it, in the order of the file."""
    primary: tuple[str, ...]
    """The primary measures, in the order of the file."""
    replications: tuple[int, ...]
    """The replications that are complete for every mix, on which everything here is based."""
    dropped: tuple[int, ...]
    """The replications left out of every mix, because they failed in one."""
    intervals_together: int
    """The number of primary intervals that hold together at 95 %."""
    estimates: Mapping[str, Mapping[str, Estimate]]
    """The mean of each measure and mix: by measure, then by mix."""
    contrasts: tuple[Contrast, ...]
    """All contrasts, in the order of the measures, then of the mixes."""

    def contrast(self, measure: str, mix: str) -> Contrast:
        """The contrast of one mix in one measure; raises StopIteration if there is none."""
        return next(c for c in self.contrasts if c.measure == measure and c.mix == mix)

    def sentences(self) -> tuple[str, ...]:
        """A sentence for each primary contrast: verdict, difference and interval."""
        return tuple(self._sentence(c) for name in self.primary for c in self.contrasts if c.measure == name)

    def _sentence(self, contrast: Contrast) -> str:
        measure = MEASURES[contrast.measure]
        said = f"{measure.title}, {contrast.mix} against {self.baseline}: {contrast.in_words()}"
        if contrast.difference is None or contrast.interval is None:
            return f"{said}."
        low, high = contrast.interval.low, contrast.interval.high
        unit = "" if measure.unit == "count" else f" {measure.unit}"
        return (
            f"{said}; paired difference {figure(contrast.difference, signed=True)}{unit} "
            f"({figure(low, signed=True)} to {figure(high, signed=True)})."
        )

    def __str__(self) -> str:
        return "\n".join(self.sentences())

    def __repr__(self) -> str:
        others = ", ".join(mix for mix in self.mixes if mix != self.baseline) or "no other mix"
        worlds = plural(len(self.replications), "replication")
        return (
            f"<Comparison of {others} with {self.baseline}: {worlds}, {len(self.primary)} primary measures>"
        )

    def _repr_html_(self) -> str:
        """The verdict grid, as a notebook shows it: mixes down, primary measures across."""
        return html_table(
            f"Difference from {self.baseline} over {plural(len(self.replications), 'replication')}; "
            f"the intervals hold together at {share(CONFIDENCE)}.",
            ("policy mix", *(f"{MEASURES[name].title} ({MEASURES[name].unit})" for name in self.primary)),
            (
                (mix, [_cell(self.contrast(name, mix)) for name in self.primary])
                for mix in self.mixes
                if mix != self.baseline
            ),
        )

    def to_frame(self, library: ModuleType | None = None) -> Any:
        """Every contrast as a data frame, a row for each, with the ends and confidence of its interval.

        `low`, `high` and `confidence` are missing where there is no interval. Of pandas or polars, whichever
        is installed, or of the one that is passed as a module; a dict of lists where neither is.
        """
        columns: dict[str, list[Any]] = {
            name: [getattr(contrast, name) for contrast in self.contrasts]
            for name in ("measure", "mix", "baseline", "primary", "delta", "n", "differing", "difference")
        }
        intervals = [contrast.interval for contrast in self.contrasts]
        for end in ("low", "high", "confidence"):
            columns[end] = [None if interval is None else getattr(interval, end) for interval in intervals]
        columns["verdict"] = [str(contrast.verdict) for contrast in self.contrasts]
        columns["in_words"] = [contrast.in_words() for contrast in self.contrasts]
        return frame(columns, library)


def _cell(contrast: Contrast) -> str:
    """A contrast in a grid: its difference with the interval, and its verdict."""
    words = contrast.in_words()
    if contrast.difference is None or contrast.interval is None:
        return words
    decimals = decimals_for(contrast.interval.half_width)
    difference = figure(contrast.difference, signed=True, decimals=decimals)
    return f"{difference} ({ends(contrast.interval, decimals, signed=True)})\n{words}"


def compare(
    outcomes: Outcomes,
    *,
    baseline: str,
    interests: Mapping[str, Interest],
    same_policy: Collection[str] = (),
    dropped: tuple[int, ...] = (),
) -> Comparison:
    """Compare every other mix of `outcomes` with the baseline.

    `interests` names the primary measures and gives each its δ; `same_policy` names the mixes that
    resolve to the baseline's settings; `dropped` is only reported.
    """
    others = tuple(mix for mix in outcomes.mixes if mix != baseline)
    primary = tuple(name for name, interest in interests.items() if interest.primary)
    together = len(others) * len(primary)
    return Comparison(
        baseline=baseline,
        mixes=outcomes.mixes,
        primary=primary,
        replications=outcomes.replications,
        dropped=dropped,
        intervals_together=together,
        estimates={
            name: {
                mix: estimate(
                    outcomes.columns[mix][name], highest=1.0 if MEASURES[name].unit == "share" else inf
                )
                for mix in outcomes.mixes
            }
            for name in outcomes.measures
        },
        contrasts=tuple(
            contrast(
                outcomes.columns[mix][name],
                outcomes.columns[baseline][name],
                measure=name,
                mix=mix,
                baseline=baseline,
                direction=MEASURES[name].direction,
                delta=interests[name].delta if name in interests else None,
                together=together if name in primary else None,
                same_policy=mix in same_policy,
            )
            for name in outcomes.measures
            for mix in others
        ),
    )


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
) -> Contrast:
    """One mix against the baseline in one measure.

    A primary measure has a δ and `together`, the number of intervals that are to hold together;
    None leaves the interval unadjusted and gives no verdict.
    """
    n = len(column)
    differing = column.differing(reference)
    mine, theirs = column.values(), reference.values()

    def judged(
        verdict: ContrastVerdict,
        difference: float | None,
        interval: Interval | None = None,
        more: int | None = None,
    ) -> Contrast:
        return Contrast(
            measure,
            mix,
            baseline,
            together is not None,
            delta,
            n,
            differing,
            difference,
            interval,
            verdict,
            more,
        )

    if same_policy:
        return judged(ContrastVerdict.SAME_POLICY, None if mine is None else 0.0)
    if mine is None or theirs is None:
        return judged(ContrastVerdict.MISSING, None)
    if differing == 0:
        return judged(ContrastVerdict.ONE_REPLICATION if n < 2 else ContrastVerdict.NO_DIFFERENCE_SEEN, 0.0)
    differences = [y - x for y, x in zip(mine, theirs, strict=True)]
    confidence = 1 - (1 - CONFIDENCE) / (together or 1)
    interval = t_interval(differences, confidence)
    if interval is None:
        return judged(ContrastVerdict.ONE_REPLICATION, mean(differences))
    if together is None or delta is None:
        return judged(ContrastVerdict.UNADJUSTED, mean(differences), interval)
    verdict = judge(interval, delta, direction, differing)
    more = None
    if verdict is ContrastVerdict.UNDECIDED:
        t = t_quantile(confidence, n)
        more = further_replications(t, standard_deviation(differences), delta, n, differing)
    return judged(verdict, mean(differences), interval, more)


def judge(interval: Interval, delta: float, direction: int, differing: int) -> ContrastVerdict:
    """The verdict on a difference that was seen, from its simultaneous interval."""
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
    """About how many more replications bring the half-width to δ/2 and 20 differing worlds; at least 1."""
    for_width = ceil((2 * t * deviation / delta) ** 2)
    for_worlds = -(-FEW_WORLDS * n // differing)
    return max(for_width, for_worlds, n + 1) - n
