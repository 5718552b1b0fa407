"""The clock: SimPy's environment, with absolute days and processes that begin at once."""

from collections.abc import Generator
from heapq import heappop, heappush
from typing import Any

import simpy
from simpy.events import NORMAL, PENDING, Event

Story = Generator[Event, Any, None]
"""What a process tells: a generator that yields the events it waits for."""


class Clock(simpy.Environment):
    """A SimPy environment whose time is in days."""

    def __init__(self, start: float) -> None:
        super().__init__(initial_time=start)
        self._beginning = _Due(self)

    def at(self, day: float) -> Event:
        """An event on `day`, to the last bit.

        `timeout(day - now)` would land on now + (day − now), which differs in the last bits from one
        waiting process to another; two policies would then meet the same trace at two times.
        """
        event = _Due(self)
        heappush(self._queue, (day, NORMAL, next(self._eid), event))
        return event

    def after(self, days: float) -> Event:
        """An event when so many days have passed."""
        return self.at(self._now + days)

    def happen(self, event: Event, value: Any) -> None:
        """Let whoever waits for `event` go on at once, within the event in hand."""
        event._ok = True
        event._value = value
        callbacks = event.callbacks
        event.callbacks = None  # type: ignore[assignment]  # SimPy's own sign of an event that is over
        for callback in callbacks or ():
            callback(event)

    def advance(self, day: float) -> int:
        """Process all events up to and including `day`; how many there were."""
        queue, processed = self._queue, 0
        while queue and queue[0][0] <= day:
            self._now, _, _, event = heappop(queue)
            callbacks = event.callbacks
            event.callbacks = None  # type: ignore[assignment]  # SimPy's own sign of an event that is over
            for callback in callbacks or ():
                callback(event)
            processed += 1
        return processed

    def begin(self, story: Story) -> None:
        """Run a story as a process, from its first step on."""
        _Process(self, story)._resume(self._beginning)


class _Due(Event):
    """An event that is bound to happen."""

    def __init__(self, env: Clock) -> None:
        self.env = env
        self.callbacks = []
        self._ok = True
        self._value = None


class _Process(simpy.Process):
    """A SimPy process that takes its first step at once, and ends without an event.

    `simpy.Process` begins and ends by events of its own. Here a hand-over without delay is no event:
    what is handed over is in the next queue before anything else happens, so that nothing is ever
    between two places when the system is counted. Nobody waits for a process or interrupts it, and
    what it waits for never fails, so resuming it is all there is to do.
    """

    def __init__(self, env: Clock, story: Story) -> None:
        self.env = env
        self._generator = story
        self._value = PENDING

    def _resume(self, event: Event) -> None:
        try:
            awaited = self._generator.send(event._value)
        except StopIteration:
            return
        assert awaited.callbacks is not None, "a process waits for an event that is over"
        awaited.callbacks.append(self._resume)
