"""Scales: where a value lies between two pixels, the better side right or up whatever its sign."""

from collections.abc import Iterable
from dataclasses import dataclass

from matplotlib.ticker import MaxNLocator

from tabletop.analysis.contrast import Contrast


@dataclass(frozen=True)
class Scale:
    """A straight line from the value `first` at pixel `start` to `last` at pixel `end`."""

    first: float
    last: float
    start: float
    end: float

    @classmethod
    def spanning(
        cls, values: Iterable[float], direction: int, start: float, end: float, *, pad: float = 0.05
    ) -> "Scale":
        """The scale that holds some values, those that are better at its end."""
        every = list(values) or [0.0]
        low, high = min(every), max(every)
        margin = pad * (high - low) or 1.0
        first, last = low - margin, high + margin
        return cls(last, first, start, end) if direction < 0 else cls(first, last, start, end)

    @classmethod
    def of_contrasts(
        cls, contrasts: Iterable[Contrast], delta: float | None, direction: int, start: float, end: float
    ) -> "Scale":
        """The scale of differences: it holds zero, δ on both sides, and every interval."""
        return cls.spanning([*differences(contrasts, delta)], direction, start, end)

    def at(self, value: float) -> float:
        """The pixel of a value."""
        return self.start + (value - self.first) / (self.last - self.first) * (self.end - self.start)

    def ticks(self, most: int, *, whole: bool = False) -> list[float]:
        """A few round numbers on it."""
        low, high = sorted((self.first, self.last))
        steps = MaxNLocator(most, integer=whole, steps=[1, 2, 5, 10]).tick_values(low, high)
        return [0.0 if abs(tick) < 1e-12 else float(tick) for tick in steps if low <= tick <= high]


def differences(contrasts: Iterable[Contrast], delta: float | None) -> Iterable[float]:
    """What a scale of differences must hold."""
    yield from (0.0, -1.1 * (delta or 0.0), 1.1 * (delta or 0.0))
    for contrast in contrasts:
        if contrast.difference is not None:
            yield contrast.difference
        if contrast.interval is not None:
            yield contrast.interval.low
            yield contrast.interval.high
