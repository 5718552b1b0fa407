"""Multiple comparisons with the best: how far each candidate is from the best of the others.

After Edwards & Hsu (1983), with a standard deviation for each pair, because under common random
numbers the variances of the differences are far from equal. Mixes with equal outcomes in every
replication form one candidate, because no comparison can distinguish them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import inf, isclose, sqrt

from tabletop.analysis.estimate import CONFIDENCE, mean, standard_deviation, t_quantile
from tabletop.analysis.outcomes import ROUNDING


@dataclass(frozen=True)
class Bounds:
    """The interval of one candidate minus the best of the others, oriented so that larger is better."""

    low: float
    """The lower end, at most 0; −inf where nothing is known."""
    high: float
    """The upper end, at least 0; inf where nothing is known, or there is no other."""

    @property
    def among_best(self) -> bool:
        """Whether it may be the best: the confidence set G."""
        return self.high > 0


def candidates(
    values: Mapping[str, Sequence[float]],
    alike: Callable[[str, str], bool] | None = None,
    confidence: float = CONFIDENCE,
) -> dict[tuple[str, ...], Bounds]:
    """Candidates (names with equal outcomes throughout), each with its bounds; larger values are better.

    `alike` decides which outcomes are equal, where more than their values (up to rounding) matters.
    """
    groups: list[tuple[str, ...]] = []
    for name in values:
        for place, (first, *_) in enumerate(groups):
            if _same(values[name], values[first]) or (alike is not None and alike(name, first)):
                groups[place] = (*groups[place], name)
                break
        else:
            groups.append((name,))
    bounds = bounds_from_best([values[group[0]] for group in groups], confidence)
    return dict(zip(groups, bounds, strict=True))


def bounds_from_best(values: Sequence[Sequence[float]], confidence: float = CONFIDENCE) -> list[Bounds]:
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


def _same(a: Sequence[float], b: Sequence[float]) -> bool:
    """Whether pseudo-values differ only by the rounding of their sums."""
    scale = ROUNDING * max(map(abs, (*a, *b)))
    return all(isclose(x, y, rel_tol=0, abs_tol=scale) for x, y in zip(a, b, strict=True))
