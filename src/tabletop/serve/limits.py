"""Limits: how often things may be tried, so that nobody guesses a way in or keeps a class from working."""

from collections import deque
from dataclasses import dataclass, field
from time import monotonic

MOST_NAMES = 1000
"""Of whom a limit remembers something, before those are forgotten who have done nothing lately."""
MOST_STREAMS = 400
"""Live channels in all."""
STREAMS_A_SEAT = 4
"""Of one seat: pages that are hidden close theirs, and one that was lost on its way is not missed."""
SLOW_SECONDS = 1.0
"""Before a wrong code is answered, once there are too many of them in all."""


class Limit:
    """At most so many things in so many seconds, for each of those who do them."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._done: dict[str, deque[float]] = {}

    def is_reached(self, who: str) -> bool:
        """Whether somebody may not do it once more."""
        times = self._done.get(who)
        return times is not None and len(times) == self._most and monotonic() - times[0] < self._seconds

    def allows(self, who: str) -> bool:
        """Whether somebody may do it once more; it is counted then."""
        if self.is_reached(who):
            return False
        if len(self._done) >= MOST_NAMES:
            before = monotonic() - self._seconds
            self._done = {name: times for name, times in self._done.items() if times[-1] > before}
        self._done.setdefault(who, deque(maxlen=self._most)).append(monotonic())
        return True


@dataclass
class Limits:
    """How often things may be tried: of one address or seat by its name, of all by none."""

    codes: Limit = field(default_factory=lambda: Limit(10, 60.0))
    """Wrong room codes from one address. Right ones are not counted: a class may come from one address."""
    codes_in_all: Limit = field(default_factory=lambda: Limit(100, 60.0))
    """Wrong room codes of all; beyond, each is answered slowly."""
    joins: Limit = field(default_factory=lambda: Limit(300, 60.0))
    secrets: Limit = field(default_factory=lambda: Limit(5, 60.0))
    """Secrets of links, from one address."""
    acts: Limit = field(default_factory=lambda: Limit(20, 2.0))
    """By seat: bursts of 20, and 10 a second over time."""
