"""Multiple comparisons with the best: how far each candidate is from the best of the others.

After Edwards & Hsu (1983), with an interval for each pair, because under common random numbers the
variances of the differences are far from equal. Mixes with equal outcomes in every replication form one
candidate, because no comparison can distinguish them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import inf, isclose

from tabletop.analysis.interval import CONFIDENCE, FEW_WORLDS
from tabletop.analysis.mean_interval import mean_interval
from tabletop.analysis.moments import Moments
from tabletop.analysis.outcomes import ROUNDING

Ends = tuple[float, float]


@dataclass(frozen=True)
class Bounds:
    """The interval of one candidate minus the best of the others, oriented so that larger is better."""

    low: float
    """The lower end, at most 0; −inf where nothing is known."""
    high: float
    """The upper end, at least 0; inf where nothing is known, or there is no other."""
    nearest: float = inf
    """The upper end before it is cut at 0: below −δ, it is shown to be more than δ behind."""

    @property
    def among_best(self) -> bool:
        """Whether it may be the best: the confidence set G."""
        return self.high > 0


def candidates(
    values: Mapping[str, Sequence[float]],
    alike: Callable[[str, str], bool] | None = None,
    confidence: float = CONFIDENCE,
    resting: Mapping[str, int] | None = None,
) -> dict[tuple[str, ...], Bounds]:
    """Candidates (names with equal outcomes throughout), each with its bounds; larger values are better.

    `alike` decides which outcomes are equal, where more than their values (up to rounding) matters;
    `resting`, of ratios, is how many replications have a denominator.
    """
    groups: list[tuple[str, ...]] = []
    for name in values:
        for place, (first, *_) in enumerate(groups):
            if _same(values[name], values[first]) or (alike is not None and alike(name, first)):
                groups[place] = (*groups[place], name)
                break
        else:
            groups.append((name,))
    rests = None if resting is None else [resting[group[0]] for group in groups]
    bounds = bounds_from_best([values[group[0]] for group in groups], confidence, rests)
    return dict(zip(groups, bounds, strict=True))


def bounds_from_best(
    values: Sequence[Sequence[float]],
    confidence: float = CONFIDENCE,
    resting: Sequence[int] | None = None,
) -> list[Bounds]:
    """Each candidate's bounds from the best of the others; larger is better, columns are paired.

    Of the mean paired difference d_ij, [l_ij, u_ij] is the interval of confidence 1 − 2α/(k − 1).
    U_i = max(0, min over j ≠ i of u_ij); G = {i: U_i > 0}; L_i = 0 if G = {i}, else
    min(0, min over j in G, j ≠ i, of l_ij). No two columns may be alike throughout. `resting`, of a
    ratio, is how many replications have a denominator.
    """
    k = len(values)
    if k == 1:
        return [Bounds(0.0, inf)]
    each = 1 - 2 * (1 - confidence) / (k - 1) if k else confidence
    ends: dict[tuple[int, int], Ends] = {}
    for i in range(k):
        for j in range(i):
            rests = None if resting is None else min(resting[i], resting[j])
            low, high = ends[i, j] = paired_ends(values[i], values[j], each, rests)
            ends[j, i] = -high, -low
    nearest = [min(ends[i, j][1] for j in range(k) if j != i) for i in range(k)]
    leading = [i for i in range(k) if nearest[i] > 0]
    low_ends = [min((0.0, *(ends[i, j][0] for j in leading if j != i))) for i in range(k)]
    return [Bounds(low, max(0.0, near), near) for low, near in zip(low_ends, nearest, strict=True)]


def paired_ends(a: Sequence[float], b: Sequence[float], confidence: float, resting: int | None) -> Ends:
    """The ends of a paired difference; unbounded where it tells too little."""
    differences = [x - y for x, y in zip(a, b, strict=True)]
    moments = Moments.of(differences, scale=max(map(abs, (*a, *b))))
    interval = mean_interval(moments, confidence, resting=resting)
    if interval is not None:
        return interval.low, interval.high
    worlds = moments.n if resting is None else resting
    if moments.is_constant and worlds >= FEW_WORLDS:
        return moments.mean, moments.mean
    return -inf, inf


def _same(a: Sequence[float], b: Sequence[float]) -> bool:
    """Whether pseudo-values differ only by the rounding of their sums."""
    scale = ROUNDING * max(map(abs, (*a, *b)))
    return all(isclose(x, y, rel_tol=0, abs_tol=scale) for x, y in zip(a, b, strict=True))
