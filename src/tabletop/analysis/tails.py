"""The worst tenth of worlds: where it begins for each mix, and how far that is from the baseline."""

from collections.abc import Iterator
from dataclasses import dataclass

from tabletop.analysis.bootstrap import quantile_contrast
from tabletop.analysis.compare import Comparison
from tabletop.analysis.interval import Interval
from tabletop.analysis.outcomes import Column, Outcomes
from tabletop.analysis.quantiles import Quantile, bounded_from, quantile
from tabletop.analysis.words import decimals_for, ends, figure
from tabletop.engine.percentile import percentile
from tabletop.measures import MEASURES

WORST = 0.1
"""Share of worlds that make the worst tenth."""
ENOUGH = bounded_from(WORST)
"""Replications below which one end of a quantile does not exist, and no difference of two is judged."""


@dataclass(frozen=True)
class Tail:
    """Where the worst tenth of worlds begins, for a `mix` in a `measure`; no verdict depends on it.

    `is_baseline` marks that of the baseline itself.
    """

    measure: str
    """Its name."""
    mix: str
    """Its name in the file."""
    quantile: Quantile
    """The outcome that nine worlds of ten reach, or a better one; without those where it is missing."""
    n: int
    """The number of worlds in which it is missing neither here nor under the baseline."""
    difference: float | None
    """The quantile minus the baseline's, over these worlds; None for the baseline, or for too few."""
    interval: Interval | None
    """Percentile bootstrap of the difference, at 95 %; None where all resamples give the same."""

    is_baseline: bool
    """Whether it is the mix that the others are compared with."""

    def difference_in_words(self) -> str:
        """The difference with its interval, or why there is none."""
        if self.is_baseline:
            return "baseline"
        if self.difference is None:
            return f"too few worlds: {self.n}, needed are {ENOUGH}"
        if self.interval is None:
            return f"{figure(self.difference, signed=True)}, the same in every resample: no interval"
        decimals = decimals_for(self.interval.half_width)
        value = figure(self.difference, signed=True, decimals=decimals)
        return f"{value} ({ends(self.interval, decimals, signed=True)})"


def bound(measure: str) -> str:
    """Whether nine worlds of ten come to so much at most, or at least: as less or more is better."""
    return "at most" if MEASURES[measure].direction < 0 else "at least"


def tails(outcomes: Outcomes, compared: Comparison, *, seed: int) -> Iterator[Tail]:
    """Every mix in every primary measure that has a preferred direction."""
    for name in compared.primary:
        if not MEASURES[name].direction:
            continue
        p = 1 - WORST if MEASURES[name].direction < 0 else WORST
        reference = outcomes.columns[compared.baseline][name]
        for mix in compared.mixes:
            column = outcomes.columns[mix][name]
            found = quantile([value for value in column.each() if value is not None], p)
            mine, theirs = _pairs(column, reference)
            difference, interval, is_baseline = None, None, mix == compared.baseline
            if len(mine) >= ENOUGH and not is_baseline:
                difference = percentile(sorted(mine), p) - percentile(sorted(theirs), p)
                interval = quantile_contrast(
                    mine, theirs, p, seed=seed, measure=name, mix=mix, baseline=compared.baseline
                )
            if interval is not None and interval.half_width == 0:
                interval = None
            yield Tail(name, mix, found, len(mine), difference, interval, is_baseline)


def _pairs(column: Column, reference: Column) -> tuple[list[float], list[float]]:
    """The outcomes of the worlds in which neither is missing."""
    each = zip(column.each(), reference.each(), strict=True)
    pairs = [(mine, theirs) for mine, theirs in each if mine is not None and theirs is not None]
    return [mine for mine, _ in pairs], [theirs for _, theirs in pairs]
