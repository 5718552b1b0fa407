"""The moments of paired differences, known after every replication without looking back.

Central sums are updated one replication at a time (Welford 1962; Pébay 2008 for the third), in
replication order, so that the moments after n replications depend on nothing but these. They are those
of the differences which every procedure takes: of values, or of a ratio's pseudo-values.
"""

from itertools import combinations_with_replacement, permutations
from math import fsum, prod

from tabletop.analysis.moments import Moments
from tabletop.analysis.outcomes import ROUNDING

_PAIRS = tuple(combinations_with_replacement(range(4), 2))
_TRIPLES = tuple(combinations_with_replacement(range(4), 3))
_ORDERS = {at: len(set(permutations(at))) for at in (*_PAIRS, *_TRIPLES)}
"""Of the joint moments of (N, D) of both mixes, how many orders of the four they stand for."""

Parts = tuple[float, float]
"""Numerator and denominator of one replication."""


class DifferenceOfMeans:
    """Paired differences of a measure that is no ratio."""

    def __init__(self) -> None:
        self._n = 0
        self._mean = 0.0
        self._squares = 0.0
        self._cubes = 0.0
        self._scale = 0.0

    def add(self, ours: Parts, theirs: Parts) -> None:
        """Take the next replication."""
        self._n += 1
        n, difference = self._n, ours[0] - theirs[0]
        step = difference - self._mean
        self._mean += step / n
        self._cubes += step**3 * (n - 1) * (n - 2) / n**2 - 3 * step * self._squares / n
        self._squares += step * (difference - self._mean)
        self._scale = max(self._scale, abs(ours[0]), abs(theirs[0]))

    def moments(self) -> Moments | None:
        """The moments of the differences; None before the first replication."""
        if not self._n:
            return None
        return _moments(self._n, self._mean, self._squares, self._cubes, self._scale)


class DifferenceOfRatios:
    """Paired differences of a ratio's pseudo-values R + (N_r − R·D_r)/mean(D).

    R and mean(D) change with every replication, and with them all pseudo-values. Their difference is
    linear in (N, D) of both mixes, so that its moments follow from the joint ones of the four.
    """

    def __init__(self) -> None:
        self._n = 0
        self._means = [0.0] * 4
        self._products = dict.fromkeys(_PAIRS, 0.0)
        self._cubes = dict.fromkeys(_TRIPLES, 0.0)

    def add(self, ours: Parts, theirs: Parts) -> None:
        """Take the next replication."""
        self._n += 1
        n, values = self._n, (*ours, *theirs)
        steps = [value - mean for value, mean in zip(values, self._means, strict=True)]
        products = self._products
        for i, j, k in _TRIPLES:
            crossed = steps[i] * products[j, k] + steps[j] * products[i, k] + steps[k] * products[i, j]
            self._cubes[i, j, k] += steps[i] * steps[j] * steps[k] * (n - 1) * (n - 2) / n**2 - crossed / n
        for i in range(4):
            self._means[i] += steps[i] / n
        for i, j in _PAIRS:
            products[i, j] += steps[i] * (values[j] - self._means[j])

    def moments(self) -> Moments | None:
        """The moments of the differences; None before the first replication, and for a missing ratio."""
        numerator, denominator, other_numerator, other_denominator = self._means
        if not self._n or denominator == 0 or other_denominator == 0:
            return None
        ratio, other = numerator / denominator, other_numerator / other_denominator
        weights = (1 / denominator, -ratio / denominator, -1 / other_denominator, other / other_denominator)
        squares, cubes = (
            fsum(_ORDERS[at] * prod(weights[i] for i in at) * value for at, value in joint)
            for joint in (self._products.items(), self._cubes.items())
        )
        return _moments(self._n, ratio - other, squares, cubes, max(abs(ratio), abs(other)))


def _moments(n: int, mean: float, squares: float, cubes: float, scale: float) -> Moments:
    """The moments from central sums; sums of rounding alone are none."""
    if squares <= n * (ROUNDING * scale) ** 2:
        return Moments(n, mean, 0.0, 0.0)
    return Moments.central(n, mean, squares, cubes)
