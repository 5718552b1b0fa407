"""Staff: a resizable pool that serves by priority, with lapsing and statistics."""

from collections import defaultdict
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from enum import IntEnum
from heapq import heappop, heappush
from math import floor, inf
from typing import Any

from simpy import Event

from tabletop.engine.clock import Clock

Note = Callable[[int, Any, float], None]


class Movement(IntEnum):
    """What a pool tells the journal."""

    QUEUED = 0
    SERVED = 1
    LAPSED = 2
    WITHDRAWN = 3
    FINISHED = 4
    STAFFED = 5


@dataclass(slots=True)
class Statistics:
    """What a pool did in one window of time; days and people-days."""

    busy_days: float = 0.0
    staff_days: float = 0.0
    queue_days: float = 0.0
    peak_queue: int = 0
    arrivals: int = 0
    lapses: int = 0
    withdrawals: int = 0
    waits: defaultdict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Waits (days) by class, in the order in which items left the queue."""


class _Ticket:
    """A place in the queue."""

    __slots__ = ("event", "item", "kind", "since", "waiting")

    def __init__(self, event: Event, item: Any, kind: int, since: float) -> None:
        self.event = event
        self.item = item
        self.kind = kind
        self.since = since
        self.waiting = True


class Pool:
    """People who each serve one item at a time, by priority, then first come, without preemption.

    The pool is ours for speed: it answers at once when somebody is free, where SimPy's
    `PriorityResource` sorts its whole queue at each request. When it shrinks, people finish the
    item in hand.
    """

    def __init__(self, clock: Clock, staff: float, note: Note | None = None) -> None:
        self._clock = clock
        self._staff = staff
        self._note = note
        self._queue: list[tuple[float, int, _Ticket]] = []
        self._tickets: dict[Any, _Ticket] = {}
        self._arrivals = 0
        self._busy = 0
        self._serving: dict[Any, None] = {}
        self._since = clock.now
        self.statistics = Statistics()
        if note is not None:
            note(Movement.STAFFED, None, staff)

    def seize(
        self, item: Any, *, priority: float = 0.0, kind: int = 0, shelf_life: float = inf
    ) -> Generator[Event, bool, bool]:
        """Wait for somebody to serve `item`; False if it lapsed or was withdrawn instead.

        A lower `priority` is served first. `kind` is the class under which its wait is counted.
        """
        self._elapse()
        self.statistics.arrivals += 1
        if self._note is not None:
            self._note(Movement.QUEUED, item, kind)
        if self._busy < self._staff:
            self._serve(item, kind, 0.0)
            return True
        if shelf_life <= 0:
            self._lapse(item, kind, 0.0)
            return False
        ticket = _Ticket(self._clock.event(), item, kind, self._clock.now)
        self._arrivals += 1
        heappush(self._queue, (priority, self._arrivals, ticket))
        self._tickets[item] = ticket
        self.statistics.peak_queue = max(self.statistics.peak_queue, len(self._tickets))
        if shelf_life < inf:
            expiry = self._clock.timeout(shelf_life)
            assert expiry.callbacks is not None
            expiry.callbacks.append(lambda _: self._expire(ticket))
        return (yield ticket.event)

    def release(self, item: Any) -> None:
        """`item` is served; whoever served it takes the next."""
        self._elapse()
        self._busy -= 1
        del self._serving[item]
        if self._note is not None:
            self._note(Movement.FINISHED, item, 0.0)
        self._call_next()

    def withdraw(self, item: Any) -> bool:
        """Take `item` out of the queue; False if it does not wait there."""
        ticket = self._tickets.get(item)
        if ticket is None:
            return False
        self._leave_queue(ticket)
        wait = self._clock.now - ticket.since
        self.statistics.withdrawals += 1
        self.statistics.waits[ticket.kind].append(wait)
        if self._note is not None:
            self._note(Movement.WITHDRAWN, item, wait)
        self._clock.happen(ticket.event, False)
        return True

    def resize(self, staff: float) -> None:
        """From now on so many are present (inf: no limit); whoever is busy finishes the item in hand."""
        if staff == self._staff:
            return
        self._elapse()
        self._staff = staff
        if self._note is not None:
            self._note(Movement.STAFFED, None, staff)
        self._call_next()

    @property
    def busy(self) -> int:
        """People serving an item now."""
        return self._busy

    @property
    def idle_share(self) -> float:
        """Share of those present who are idle: 1 if unlimited, 0 if there are none."""
        if self._staff == inf:
            return 1.0
        if self._staff <= self._busy:
            return 0.0
        return (self._staff - self._busy) / self._staff

    def items(self) -> list[Any]:
        """The items in the queue and in hand."""
        return [*self._tickets, *self._serving]

    def close_window(self, time: float) -> Statistics:
        """End the statistics of a window at `time`, and begin the next."""
        self._elapse(time)
        closed = self.statistics
        self.statistics = Statistics(peak_queue=len(self._tickets))
        return closed

    def _serve(self, item: Any, kind: int, wait: float) -> None:
        self._busy += 1
        self._serving[item] = None
        self.statistics.waits[kind].append(wait)
        if self._note is not None:
            self._note(Movement.SERVED, item, wait)

    def _call_next(self) -> None:
        while self._busy < self._staff and self._tickets:
            _, _, ticket = heappop(self._queue)
            if ticket.waiting:
                self._leave_queue(ticket)
                self._serve(ticket.item, ticket.kind, self._clock.now - ticket.since)
                ticket.event.succeed(True)

    def _expire(self, ticket: _Ticket) -> None:
        if ticket.waiting:
            self._leave_queue(ticket)
            self._lapse(ticket.item, ticket.kind, self._clock.now - ticket.since)
            self._clock.happen(ticket.event, False)

    def _lapse(self, item: Any, kind: int, wait: float) -> None:
        self.statistics.lapses += 1
        self.statistics.waits[kind].append(wait)
        if self._note is not None:
            self._note(Movement.LAPSED, item, wait)

    def _leave_queue(self, ticket: _Ticket) -> None:
        self._elapse()
        ticket.waiting = False
        del self._tickets[ticket.item]

    def _elapse(self, time: float | None = None) -> None:
        """Bring the integrals up to now (or to the end of a window)."""
        now = self._clock.now if time is None else time
        elapsed = now - self._since
        if elapsed > 0:
            statistics = self.statistics
            busy = self._busy
            statistics.busy_days += busy * elapsed
            statistics.staff_days += (max(self._staff, busy)) * elapsed
            if self._tickets:
                statistics.queue_days += len(self._tickets) * elapsed
            self._since = now


def present(authorised: int | None, availability: float) -> float:
    """Staff present: the whole people in authorised × availability; None is unlimited, at any."""
    if authorised is None:
        return inf
    return float(floor(authorised * availability + 1e-9))  # 0.29 × 100 is 29, not 28
