"""The best mixes in a measure: multiple comparisons with the best, from paired differences.

After Edwards & Hsu (1983), with a standard deviation for each pair, because under common random
numbers the variances of the differences are far from equal. With 95 % confidence, at once for all
candidates, each lies between `low` and `high` from the best of the others.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf, isclose, sqrt

from tabletop.analysis.compare import FEW_WORLDS
from tabletop.analysis.estimate import CONFIDENCE, mean, standard_deviation, t_quantile
from tabletop.analysis.outcomes import ROUNDING, Column, Outcomes
from tabletop.analysis.words import figure, plural
from tabletop.measures import MEASURES
from tabletop.scenario.scenario import Interest


@dataclass(frozen=True)
class Bounds:
    """How far one candidate is from the best of the others, oriented so that larger is better."""

    low: float
    """At most 0; −inf where nothing is known."""
    high: float
    """At least 0; inf where nothing is known, or nobody else is there."""

    @property
    def among_best(self) -> bool:
        """Whether it may be the best: the confidence set G."""
        return self.high > 0


@dataclass(frozen=True)
class Candidate:
    """Mixes that came to the same in every replication, and how far they are from the best of the others."""

    mixes: tuple[str, ...]
    value: float
    bounds: Bounds
    differing: int | None
    """Fewest replications in which it differs from another candidate; None if it is the only one."""
    as_good_within_delta: bool
    """Whether it is at most δ worse than the best, and 20 worlds at least tell it from each other one."""


@dataclass(frozen=True)
class Best:
    """Which mixes may be the best in one measure."""

    measure: str
    direction: int
    delta: float
    n: int
    confidence: float
    candidates: tuple[Candidate, ...]
    """In the order of the mixes; empty where the measure has no preferred direction."""
    missing: tuple[str, ...]
    """Mixes in which the measure is missing; they are compared with nobody."""

    @property
    def among(self) -> tuple[str, ...]:
        """The mixes among the best."""
        return tuple(mix for c in self.candidates if c.bounds.among_best for mix in c.mixes)

    @property
    def as_good_within_delta(self) -> tuple[str, ...]:
        """The mixes that are as good as the best within δ."""
        return tuple(mix for c in self.candidates if c.as_good_within_delta for mix in c.mixes)

    @property
    def alone(self) -> Candidate | None:
        """The one candidate that is shown to be better than all others."""
        leading = [c for c in self.candidates if c.bounds.among_best]
        return leading[0] if len(leading) == 1 and len(self.candidates) > 1 else None

    @property
    def few_worlds_differ(self) -> bool:
        """Whether two candidates differ in so few replications that the set covers less than it says."""
        return self.n > 1 and any(c.differing is not None and c.differing < FEW_WORLDS for c in self.candidates)

    def in_words(self) -> str:
        """The best mixes as a report names them."""
        words = self._set_in_words()
        if self.few_worlds_differ:
            fewest = min(c.differing for c in self.candidates if c.differing is not None)
            words += f"; few worlds differ ({fewest} of {self.n})"
        if self.missing:
            words += f"; missing: {', '.join(self.missing)}"
        return words

    def _set_in_words(self) -> str:
        if self.direction == 0:
            return "neither more nor less is better: there is no best"
        if not self.candidates:
            return "nothing to average"
        if len(self.candidates) == 1:
            mixes = self.candidates[0].mixes
            if len(mixes) == 1:
                return f"{mixes[0]} is compared with no other"
            return f"no difference seen between {', '.join(mixes)} in {plural(self.n, 'world')}"
        if self.n == 1:
            return "one replication: nothing can be told apart"
        best = self.alone
        if best is not None and len(best.mixes) == 1:
            words = f"best: {best.mixes[0]}"
        elif best is not None:
            words = f"best: {', '.join(best.mixes)}, the same in all {plural(self.n, 'world')}"
        else:
            words = f"among the best: {', '.join(self.among)}"
        if best is None and self.as_good_within_delta:
            words += f"; as good as the best within {figure(self.delta)}: {', '.join(self.as_good_within_delta)}"
        return words


def best(
    outcomes: Outcomes, measure: str, *, direction: int, delta: float, confidence: float = CONFIDENCE
) -> Best:
    """The best mixes of `outcomes` in one measure; `direction` 1: more is better, −1: less, 0: neither."""
    columns = {mix: outcomes.columns[mix][measure] for mix in outcomes.mixes}
    values = {mix: known for mix, column in columns.items() if (known := column.values()) is not None}
    missing = tuple(mix for mix in columns if mix not in values)
    groups = _alike(values, columns) if direction else []
    oriented = [[direction * v for v in values[group[0]]] for group in groups]
    candidates = []
    for place, (group, bounds) in enumerate(zip(groups, with_the_best(oriented, confidence), strict=True)):
        others = [columns[other[0]] for i, other in enumerate(groups) if i != place]
        differing = min((columns[group[0]].differing(other) for other in others), default=None)
        told_apart = differing is None or differing >= FEW_WORLDS or not bounds.low < 0
        candidates.append(
            Candidate(group, mean(values[group[0]]), bounds, differing, told_apart and bounds.low >= -delta)
        )
    n = len(outcomes.replications)
    return Best(measure, direction, delta, n, confidence, tuple(candidates), missing)


def best_mixes(outcomes: Outcomes, interests: Mapping[str, Interest]) -> tuple[Best, ...]:
    """The best mixes in each primary measure, 95 % for each."""
    return tuple(
        best(outcomes, name, direction=MEASURES[name].direction, delta=interests[name].delta)
        for name in outcomes.measures
        if name in interests and interests[name].primary
    )


def in_every_set(found: Iterable[Best]) -> tuple[str, ...]:
    """The mixes among the best in every measure that has a preferred direction."""
    sets = [one.among for one in found if one.direction]
    return tuple(mix for mix in (sets[0] if sets else ()) if all(mix in among for among in sets))


def with_the_best(values: Sequence[Sequence[float]], confidence: float = CONFIDENCE) -> list[Bounds]:
    """Each candidate's bounds from the best of the others; larger is better, columns are paired.

    d_ij is the mean of the paired differences, w_ij = t_{1−α/(k−1), n−1}·s_ij/√n.
    U_i = max(0, min over j ≠ i of (d_ij + w_ij)); G = {i: U_i > 0}; L_i = 0 if G = {i}, else
    min(0, min over j in G, j ≠ i, of (d_ij − w_ij)). No two columns may be alike throughout.
    """
    k = len(values)
    if k == 1:
        return [Bounds(0.0, inf)]
    d = [[0.0] * k for _ in range(k)]
    w = [[inf] * k for _ in range(k)]
    n = len(values[0]) if values else 0
    # t_quantile is two-sided: this leaves α/(k − 1) above it.
    t = t_quantile(1 - 2 * (1 - confidence) / (k - 1), n) if n > 1 else inf
    for i in range(k):
        for j in range(i):
            differences = [a - b for a, b in zip(values[i], values[j], strict=True)]
            d[i][j] = mean(differences)
            d[j][i] = -d[i][j]
            if n > 1:
                w[i][j] = w[j][i] = t * standard_deviation(differences) / sqrt(n)
    high = [max(0.0, min(d[i][j] + w[i][j] for j in range(k) if j != i)) for i in range(k)]
    leading = [i for i in range(k) if high[i] > 0]
    low = [min((0.0, *(d[i][j] - w[i][j] for j in leading if j != i))) for i in range(k)]
    return [Bounds(*ends) for ends in zip(low, high, strict=True)]


def _alike(
    values: Mapping[str, Sequence[float]], columns: Mapping[str, Column]
) -> list[tuple[str, ...]]:
    """The mixes in groups whose paired differences are all 0."""
    groups: list[tuple[str, ...]] = []
    for mix in values:
        for place, group in enumerate(groups):
            first = group[0]
            if columns[mix].differing(columns[first]) == 0 or _same(values[mix], values[first]):
                groups[place] = (*group, mix)
                break
        else:
            groups.append((mix,))
    return groups


def _same(a: Sequence[float], b: Sequence[float]) -> bool:
    """Whether pseudo-values differ only by the rounding of their sums."""
    scale = ROUNDING * max(map(abs, (*a, *b)))
    return all(isclose(x, y, rel_tol=0, abs_tol=scale) for x, y in zip(a, b, strict=True))
