"""Stocks: quantities that lag, decay or are counted, computed in closed form between their changes."""

from collections.abc import Callable
from math import exp


class Lagged:
    """A level that tends to a target with a first-order lag, and can be made to jump.

    x(t) = target + (x₀ − target)·exp(−(t − t₀)/lag), from its last change at t₀. Reading it changes
    nothing: re-basing at each read would change the last bits of later readings.
    """

    __slots__ = ("_area", "_level", "_now", "_since", "changed", "lag", "target")

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._since = now()
        self._level = 0.0
        self._area = 0.0
        self.target = 0.0
        self.lag = 1.0
        self.changed: Callable[[], None] | None = None
        """Called after each jump."""

    def value(self) -> float:
        """The level now."""
        return self.value_at(self._now())

    def value_at(self, time: float) -> float:
        """The level at `time`, not before its last change, if nothing happens until then."""
        if self._level == self.target:
            return self.target
        return self.target + (self._level - self.target) * exp(-(time - self._since) / self.lag)

    def _area_until(self, time: float) -> float:
        elapsed = time - self._since
        area = self.target * elapsed
        if self._level != self.target:
            area += (self._level - self.target) * self.lag * (1 - exp(-elapsed / self.lag))
        return area

    def area(self, time: float) -> float:
        """The integral from the stock's beginning to `time`, not before its last change; exact."""
        return self._area + self._area_until(time)

    def _rebase(self, level: float) -> None:
        now = self._now()
        self._area += self._area_until(now)
        self._since = now
        self._level = level

    def tend(self, target: float, lag: float) -> None:
        """From now on the level tends to `target` with time constant `lag` (days)."""
        if target != self.target or lag != self.lag:
            self._rebase(self.value())
            self.target = target
            self.lag = lag

    def settle(self, target: float, lag: float) -> None:
        """Set the level to `target`, as at the start of a run."""
        self._level = self.target = target
        self.lag = lag

    def jump(self, level: float) -> None:
        """The level is `level` now, and tends to its target from there."""
        self._rebase(level)
        if self.changed is not None:
            self.changed()


class Counted:
    """A number of things present, with its exact integral over time."""

    __slots__ = ("_area", "_now", "_since", "count")

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._since = now()
        self._area = 0.0
        self.count = 0

    def add(self, change: int) -> None:
        """From now on there are `change` more, or fewer if it is negative."""
        now = self._now()
        self._area += self.count * (now - self._since)
        self._since = now
        self.count += change

    def area(self, time: float) -> float:
        """The integral from the beginning to `time`, not before the last change."""
        return self._area + self.count * (time - self._since)
