"""Layers of a thinned Poisson process: its candidate events, and the processes that generate them."""

from collections.abc import Callable
from math import ceil

from tabletop.engine.clock import Clock, Process


class Layers:
    """Candidates in layers of width 1 in a multiplier, each layer with its own luck.

    A candidate materialises when layer + mark is below the multiplier. A layer is walked from the
    moment when the multiplier can first reach it; earlier candidates of it would not have
    materialised. So a higher multiplier adds candidates, and moves none.
    """

    __slots__ = ("_clock", "_walk", "_walked", "bound")

    def __init__(self, clock: Clock, walk: Callable[[int], Process]) -> None:
        self._clock = clock
        self._walk = walk
        self._walked: set[int] = set()
        self.bound = 0.0
        """No multiplier exceeds it before the next call of `reach`."""

    def reach(self, bound: float) -> None:
        """From now on the multiplier stays at or below `bound`."""
        self.bound = bound
        for layer in range(ceil(bound)):
            if layer not in self._walked:
                self._walked.add(layer)
                self._clock.begin(self._walk(layer))

    def restart(self) -> None:
        """Every walk is to stop at its next candidate; those that `reach` begins take their places."""
        self._walked.clear()

    def leave(self, layer: int) -> bool:
        """Whether a walk may stop because its layer is out of reach; it is started again when reached."""
        if layer < self.bound:
            return False
        self._walked.discard(layer)
        return True
