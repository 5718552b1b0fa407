"""Common random numbers: how far shared luck sharpens the comparison of two mixes.

The variance-reduction factor is (Var A + Var B) / Var(A − B): how many times as many replications
independent luck would need for intervals of the same width. Its interval, and the correlation's,
are jackknifed on the scales log and atanh (Miller 1974), since outcomes here are rarely normal.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from math import atanh, exp, fsum, log, sqrt, tanh

from tabletop.analysis.basis import worlds_that_differ
from tabletop.analysis.interval import FEW_WORLDS, Interval, Method
from tabletop.analysis.mean_interval import t_interval
from tabletop.analysis.moments import mean
from tabletop.analysis.outcomes import ROUNDING, Column, Outcomes
from tabletop.analysis.paired import scarce
from tabletop.analysis.words import figure, plural
from tabletop.measures import MEASURES


@dataclass(frozen=True)
class Pairing:
    """How one measure of a mix goes with that of the baseline, over common replications."""

    measure: str
    mix: str
    baseline: str
    n: int
    differing: int
    """Replications in which the two outcomes differ."""
    is_missing: bool
    """Whether the measure is missing in one of the two."""
    correlation: float | None
    """None where an outcome does not vary, or for one replication."""
    correlation_interval: Interval | None
    """None as well, as that of the factor, where fewer than 20 replications differ or have a denominator."""
    factor: float | None
    """None where the difference does not vary, or for one replication."""
    factor_interval: Interval | None
    rests_on: str = ""
    """Of a ratio that has a denominator in fewer than 20 replications of a mix: what it rests on."""

    @property
    def inert(self) -> bool:
        """Whether no replication differs: then the factor means nothing, however high."""
        return not self.is_missing and self.differing == 0

    @property
    def share_differing(self) -> float:
        """Share of replications that differ."""
        return self.differing / self.n if self.n else 0.0

    def in_words(self) -> str:
        """What the pairing is worth, as a report says it."""
        if self.is_missing:
            return "missing: nothing to average"
        if self.n < 2:
            return "one replication: nothing to correlate"
        if self.inert:
            return f"inert: no difference in {plural(self.n, 'world')}"
        worlds = worlds_that_differ(self.differing, self.n)
        if self.factor is None:
            return f"the same difference in every world; {worlds}"
        words = (
            f"worth {figure(self.factor)} times as many independent replications{_ends(self.factor_interval)}"
        )
        if self.factor < 1:
            shown = self.factor_interval is not None and self.factor_interval.high < 1
            words += (
                f": below 1{'' if shown else ', though not shown'}, shared luck makes it harder to compare"
            )
        correlation = ""
        if self.correlation is not None:
            correlation = f"; correlation {figure(self.correlation)}{_ends(self.correlation_interval)}"
        return f"{words}{correlation}; {worlds}{f'; {self.rests_on}' if self.rests_on else ''}"


def pairings(
    outcomes: Outcomes, *, baseline: str, measures: Collection[str] | None = None
) -> tuple[Pairing, ...]:
    """Every other mix against the baseline, measure by measure (by default all measures)."""
    return tuple(
        pairing(
            outcomes.columns[mix][name],
            outcomes.columns[baseline][name],
            measure=name,
            mix=mix,
            baseline=baseline,
        )
        for name in outcomes.measures
        if measures is None or name in measures
        for mix in outcomes.mixes
        if mix != baseline
    )


def pairing(column: Column, reference: Column, *, measure: str, mix: str, baseline: str) -> Pairing:
    """One measure of a mix against that of the baseline; a ratio enters through its pseudo-values."""
    n, differing = len(column), column.differing(reference)
    ours, theirs = column.values(), reference.values()
    known: tuple[float | None, Interval | None, float | None, Interval | None] = (None, None, None, None)
    scarcest, least = min(((mix, column), (baseline, reference)), key=lambda one: one[1].resting)
    basis = scarce(least, MEASURES[measure])
    if ours is not None and theirs is not None and n > 1:
        correlation, correlated, factor, worth = _known(ours, theirs)
        few = min(differing, least.resting) < FEW_WORLDS
        known = correlation, None if few else correlated, factor, None if few else worth
    rests_on = f"{scarcest} {basis.rests_on()}" if basis.is_thin else ""
    return Pairing(measure, mix, baseline, n, differing, ours is None or theirs is None, *known, rests_on)


def _known(
    a: Sequence[float], b: Sequence[float]
) -> tuple[float | None, Interval | None, float | None, Interval | None]:
    """Correlation and factor, each with its interval, as far as they are defined."""
    nothing = ROUNDING * max(map(abs, (*a, *b)))
    x, y = _deviations(a), _deviations(b)
    d = _deviations([p - q for p, q in zip(a, b, strict=True)])
    x_varies, y_varies, d_varies = (any(abs(v) > nothing for v in one) for one in (x, y, d))
    correlation: tuple[float | None, Interval | None] = (None, None)
    factor: tuple[float | None, Interval | None] = (None, None)
    if x_varies and y_varies:
        products = [v * w for v, w in zip(x, y, strict=True)]
        correlation = _with_interval(
            ([v * v for v in x], [v * v for v in y], products), _correlation, atanh, tanh
        )
    if d_varies:
        apart = [v * v + w * w for v, w in zip(x, y, strict=True)]
        factor = _with_interval((apart, [v * v for v in d]), _quotient, log, exp)
    return *correlation, *factor


def _deviations(values: Sequence[float]) -> list[float]:
    centre = mean(values)
    return [v - centre for v in values]


def _correlation(xx: float, yy: float, xy: float) -> float:
    return max(-1.0, min(1.0, xy / sqrt(xx * yy)))


def _quotient(apart: float, paired: float) -> float:
    return apart / paired


def _with_interval(
    terms: Sequence[Sequence[float]],
    statistic: Callable[..., float],
    scale: Callable[[float], float],
    back: Callable[[float], float],
) -> tuple[float, Interval | None]:
    """A statistic of sums of squared deviations, and its jackknife interval on a steadier scale.

    Without replication i a sum is S − n/(n − 1)·term_i. No interval where one replication decides all.
    """
    n = len(terms[0])
    sums = [fsum(term) for term in terms]
    value = statistic(*sums)
    try:
        whole = scale(value)
        without = [
            scale(statistic(*(s - n / (n - 1) * term[i] for s, term in zip(sums, terms, strict=True))))
            for i in range(n)
        ]
    except (ValueError, ZeroDivisionError):
        return value, None
    across = t_interval([n * whole - (n - 1) * one for one in without])
    if n < 3 or across is None:
        return value, None
    low, high = back(whole - across.half_width), back(whole + across.half_width)
    # ends that rounding makes the same would claim certainty
    return value, Interval(low, high, across.confidence, Method.JACKKNIFE) if low < high else None


def _ends(interval: Interval | None) -> str:
    if interval is None:
        return " (no interval)"
    return f" ({figure(interval.low)} to {figure(interval.high)})"
