"""The clock: SimPy's environment, with absolute days and processes that begin at once."""

from collections.abc import Generator
from heapq import heappush
from typing import Any

import simpy
from simpy.events import NORMAL, Event

Story = Generator[Event, Any, None]
"""What a process tells: a generator that yields the events it waits for."""


class Clock(simpy.Environment):
    """A SimPy environment whose time is in days."""

    def at(self, day: float) -> Event:
        """An event on `day`, to the last bit.

        `timeout(day - now)` would land on now + (day − now), which differs in the last bits from one
        waiting process to another; two policies would then meet the same trace at two times.
        """
        event = Event(self)
        event._ok = True
        event._value = None
        heappush(self._queue, (day, NORMAL, next(self._eid), event))
        return event

    def now_happens(self, event: Event, value: Any) -> None:
        """Let whoever waits for `event` go on at once, within the event in hand."""
        event._ok = True
        event._value = value
        callbacks, event.callbacks = event.callbacks, None
        for callback in callbacks or ():
            callback(event)

    def begin(self, story: Story) -> None:
        """Run a story as a process, from its first step on."""
        _Process(self, story)


class _Process(simpy.Process):
    """A SimPy process that takes its first step at once.

    `simpy.Process` begins by an event of its own. Here a hand-over without delay is no event: what
    is handed over is in the next queue before anything else happens, so that nothing is ever
    between two places when the system is counted.
    """

    def __init__(self, env: Clock, story: Story) -> None:
        Event.__init__(self, env)
        self._generator = story
        now = Event(env)
        now._ok = True
        now._value = None
        self._resume(now)
