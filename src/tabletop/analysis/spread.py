"""The spread of paired differences, known after every replication without looking back.

Centred moments are updated one replication at a time (Welford 1962), in replication order, so that
the spread after n replications depends on nothing but these. It is that of the differences which
every procedure takes: of values, or of a ratio's pseudo-values.
"""

from math import sqrt

Parts = tuple[float, float]
"""Numerator and denominator of one replication."""


class DifferenceOfMeans:
    """Paired differences of a measure that is no ratio."""

    def __init__(self) -> None:
        self._n = 0
        self._mean = 0.0
        self._squares = 0.0

    def add(self, ours: Parts, theirs: Parts) -> None:
        """Take the next replication."""
        difference = ours[0] - theirs[0]
        self._n += 1
        step = difference - self._mean
        self._mean += step / self._n
        self._squares += step * (difference - self._mean)

    def deviation(self) -> float | None:
        """The standard deviation of the differences; None for fewer than two."""
        return sqrt(self._squares / (self._n - 1)) if self._n > 1 else None


class DifferenceOfRatios:
    """Paired differences of a ratio's pseudo-values R + (N_r − R·D_r)/mean(D).

    R and mean(D) change with every replication, and with them all pseudo-values. Their difference is
    linear in (N, D) of both mixes, so that its variance follows from the four's covariances.
    """

    def __init__(self) -> None:
        self._n = 0
        self._means = [0.0] * 4
        self._products = [[0.0] * 4 for _ in range(4)]

    def add(self, ours: Parts, theirs: Parts) -> None:
        """Take the next replication."""
        self._n += 1
        values = (*ours, *theirs)
        steps = [value - mean for value, mean in zip(values, self._means, strict=True)]
        for i in range(4):
            self._means[i] += steps[i] / self._n
            for j in range(i + 1):
                self._products[i][j] += steps[i] * (values[j] - self._means[j])

    def deviation(self) -> float | None:
        """The standard deviation of the differences; None for fewer than two, or a missing ratio."""
        numerator, denominator, other_numerator, other_denominator = self._means
        if self._n < 2 or denominator == 0 or other_denominator == 0:
            return None
        weights = (
            1 / denominator,
            -numerator / denominator / denominator,
            -1 / other_denominator,
            other_numerator / other_denominator / other_denominator,
        )
        squares = 0.0
        for i in range(4):
            squares += weights[i] ** 2 * self._products[i][i]
            for j in range(i):
                squares += 2 * weights[i] * weights[j] * self._products[i][j]
        return sqrt(max(0.0, squares) / (self._n - 1))
