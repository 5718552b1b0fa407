"""The clock: SimPy's environment, with absolute days and processes that begin at once."""

from collections.abc import Generator
from heapq import heappop, heappush
from typing import Any

import simpy
from simpy.events import NORMAL, Event

Process = Generator[Event, Any, None]
"""A process: a generator that yields the events it waits for."""


class Clock(simpy.Environment):
    """A SimPy environment whose time is in days."""

    def __init__(self, start: float) -> None:
        super().__init__(initial_time=start)
        self._beginning = self.happened(None)

    def at(self, day: float) -> Event:
        """An event on `day`, exact to the last bit.

        `timeout(day - now)` would land on now + (day − now), which differs in the last bits from one
        waiting process to another; two policies would then meet the same trace at two times.
        """
        event = Due()
        heappush(self._queue, (day, NORMAL, next(self._eid), event))
        return event

    def after(self, days: float) -> Event:
        """An event when so many days have passed."""
        return self.at(self._now + days)

    def happened(self, value: Any) -> Event:
        """An event that has happened already: a process that waits for it continues at once."""
        event = Due()
        event._value = value
        event.callbacks = None  # type: ignore[assignment]  # SimPy's own sign of an event that is over
        return event

    def follow(self, event: Event, value: Any) -> None:
        """Let `event` happen now, after all that is already scheduled for this time."""
        event._value = value
        heappush(self._queue, (self._now, NORMAL, next(self._eid), event))

    def happen(self, event: Event, value: Any) -> None:
        """Let `event` happen at once, within the event that is being processed."""
        event._value = value
        callbacks = event.callbacks
        event.callbacks = None  # type: ignore[assignment]  # SimPy's own sign of an event that is over
        for callback in callbacks or ():
            callback(event)

    def advance(self, day: float) -> int:
        """Process all events up to and including `day`; returns how many there were."""
        queue, processed = self._queue, 0
        while queue and queue[0][0] <= day:
            self._now, _, _, event = heappop(queue)
            callbacks = event.callbacks
            event.callbacks = None  # type: ignore[assignment]  # SimPy's own sign of an event that is over
            for callback in callbacks:
                callback(event)
            processed += 1
        return processed

    def begin(self, process: Process) -> None:
        """Start a process: it takes its first step at once."""
        _Process(process)._resume(self._beginning)


class Due(Event):
    """An event that is bound to happen, and cannot fail."""

    _ok = True
    _value = None

    def __init__(self) -> None:
        self.callbacks = []


class _Process(simpy.Process):
    """A SimPy process that takes its first step at once, and ends without an event.

    `simpy.Process` begins and ends by events of its own. Here a hand-over without delay is no event:
    what is handed over is in the next queue before anything else happens, so that nothing is missed
    when the system is counted. Nothing waits for a process or interrupts it, and what it waits for
    never fails, so resuming it is all there is to do.
    """

    def __init__(self, process: Process) -> None:
        self._send = process.send

    def _resume(self, event: Event) -> None:
        send = self._send
        try:
            awaited = send(event._value)
            while awaited.callbacks is None:  # it is over: the process continues at once
                awaited = send(awaited._value)  # type: ignore[unreachable]  # SimPy's types know no None
        except StopIteration:
            return
        awaited.callbacks.append(self._resume)
