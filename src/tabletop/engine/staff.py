"""Staff: a resizable pool that serves by priority, with lapsing and statistics."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import IntEnum
from heapq import heapify, heappop, heappush
from math import floor, inf
from typing import Any

from simpy import Event

from tabletop.engine.clock import Clock, Due
from tabletop.engine.waits import WaitTimes

Note = Callable[[int, Any, float], None]


class Movement(IntEnum):
    """What happens in a pool, as the journal records it."""

    QUEUED = 0
    SERVED = 1
    LAPSED = 2
    WITHDRAWN = 3
    FINISHED = 4
    STAFFED = 5


@dataclass(slots=True)
class Statistics:
    """The work of a pool in one window of time, in days and person-days."""

    busy_days: float = 0.0
    staff_days: float = 0.0
    queue_days: float = 0.0
    peak_queue: int = 0
    arrivals_by_class: dict[int, int] = field(default_factory=dict)
    """Items that came, by the class of their work."""
    lapses: int = 0
    withdrawals: int = 0
    waits: WaitTimes = field(default_factory=WaitTimes)
    """Of what left the queue, by class."""

    @property
    def arrivals(self) -> int:
        """Items that came."""
        return sum(self.arrivals_by_class.values())


class _Ticket(Due):
    """A place in the queue; the event that the item leaves it."""

    def __init__(self, item: Any, kind: int, since: float, number: int) -> None:
        self.callbacks = []
        self.item = item
        self.kind = kind
        self.since = since
        self.number = number
        self.waiting = True


_Entry = tuple[float, int, _Ticket]


class Pool:
    """People who each serve one item at a time, by priority, then first come, without preemption.

    The pool is ours for speed: it answers at once when somebody is free, where SimPy's
    `PriorityResource` sorts its whole queue at each request. When it shrinks, people finish the
    item in hand. An item is in the pool once at a time.
    """

    def __init__(self, clock: Clock, staff: float, note: Note | None = None) -> None:
        self._clock = clock
        self._staff = staff
        self._note = note
        self._queue: list[_Entry] = []
        self._expiries: list[_Entry] = []
        self._next_expiry = inf
        self._waiting: dict[Any, _Ticket] = {}
        self._serving: dict[Any, float] = {}
        self._tickets = 0
        self._window_start = clock.now
        self._staffed_since = clock.now
        self._taken = clock.happened(value=True)
        self._refused = clock.happened(value=False)
        self.statistics = Statistics()
        if note is not None:
            note(Movement.STAFFED, None, staff)

    def seize(self, item: Any, *, priority: float = 0.0, kind: int = 0, shelf_life: float = inf) -> Event:
        """The event to wait for: True once somebody serves `item`, False if it lapsed or was withdrawn.

        A lower `priority` is served first. `kind` is the class under which its wait is counted. An
        item lapses when nobody has taken it up within `shelf_life` days.
        """
        statistics = self.statistics
        arrivals = statistics.arrivals_by_class
        arrivals[kind] = arrivals.get(kind, 0) + 1
        if self._note is not None:
            self._note(Movement.QUEUED, item, kind)
        if len(self._serving) < self._staff:
            self._serve(item, kind, 0.0)
            return self._taken
        if shelf_life <= 0:
            self._count_unserved(Movement.LAPSED, item, kind, 0.0)
            return self._refused
        now = self._clock.now
        self._tickets += 1
        ticket = self._waiting[item] = _Ticket(item, kind, now, self._tickets)
        _enqueue(self._queue, (priority, self._tickets, ticket), len(self._waiting))
        if len(self._waiting) > statistics.peak_queue:
            statistics.peak_queue = len(self._waiting)
        if shelf_life < inf:
            self._watch(ticket, now + shelf_life)
        return ticket

    def release(self, item: Any) -> None:
        """`item` has been served; the person who served it takes the next one."""
        now = self._clock.now
        if len(self._serving) > self._staff:
            self._count_staff(now)
        since = self._serving.pop(item)
        self.statistics.busy_days += now - (since if since > self._window_start else self._window_start)
        if self._note is not None:
            self._note(Movement.FINISHED, item, 0.0)
        if self._waiting:
            self._call_next()

    def withdraw(self, item: Any) -> bool:
        """Take `item` out of the queue; False if it does not wait there."""
        ticket = self._waiting.get(item)
        if ticket is None:
            return False
        self._turn_away(ticket, Movement.WITHDRAWN)
        return True

    def waits(self, item: Any) -> bool:
        """Whether `item` is in the queue."""
        return item in self._waiting

    def move_up(self, item: Any, *, priority: float) -> None:
        """Serve the waiting `item` by a lower `priority` than its last, among equals by its arrival."""
        ticket = self._waiting[item]
        # its old entry comes later in the heap, and is passed over once the ticket waits no longer
        _enqueue(self._queue, (priority, ticket.number, ticket), len(self._waiting))

    def resize(self, staff: float) -> None:
        """From now on `staff` people are present (inf: unlimited); who is busy finishes the item in hand."""
        if staff == self._staff:
            return
        self._count_staff(self._clock.now)
        self._staff = staff
        if self._note is not None:
            self._note(Movement.STAFFED, None, staff)
        self._call_next()

    @property
    def idle_share(self) -> float:
        """Share of those present who are idle: 1 if unlimited, 0 if there are none."""
        if self._staff == inf:
            return 1.0
        if self._staff <= len(self._serving):
            return 0.0
        return (self._staff - len(self._serving)) / self._staff

    def items(self) -> list[Any]:
        """The items in the queue and in hand."""
        return [*self._waiting, *self._serving]

    def close_window(self, end: float) -> Statistics:
        """End the statistics of a window at `end`, and begin the next."""
        closed = self._statistics_until(end, self.statistics.waits)
        self._window_start = self._staffed_since = end
        self.statistics = Statistics(peak_queue=len(self._waiting))
        return closed

    def statistics_until(self, end: float) -> Statistics:
        """The statistics of the present window as they would close at `end`; nothing changes."""
        return self._statistics_until(end, self.statistics.waits.copy())

    def _statistics_until(self, end: float, waits: WaitTimes) -> Statistics:
        start = self._window_start
        came = dict(sorted(self.statistics.arrivals_by_class.items()))
        statistics = replace(self.statistics, waits=waits, arrivals_by_class=came)
        statistics.staff_days += self._staff_days_until(end)
        for since in self._serving.values():
            statistics.busy_days += end - max(since, start)
        for ticket in self._waiting.values():
            statistics.queue_days += end - max(ticket.since, start)
        return statistics

    def _serve(self, item: Any, kind: int, wait: float) -> None:
        self._serving[item] = self._clock.now
        self.statistics.waits.add(kind, wait)
        if self._note is not None:
            self._note(Movement.SERVED, item, wait)

    def _call_next(self) -> None:
        while self._waiting and len(self._serving) < self._staff:
            _, _, ticket = heappop(self._queue)
            if ticket.waiting:
                self._serve(ticket.item, ticket.kind, self._leave_queue(ticket))
                self._clock.follow(ticket, value=True)

    def _watch(self, ticket: _Ticket, day: float) -> None:
        """Let a ticket lapse on `day` if it waits until then; one timer serves all tickets in turn."""
        _enqueue(self._expiries, (day, self._tickets, ticket), len(self._waiting))
        if day < self._next_expiry:
            self._set_timer(day)

    def _set_timer(self, day: float) -> None:
        self._next_expiry = day
        timer = self._clock.at(day)
        assert timer.callbacks is not None
        timer.callbacks.append(self._expire)

    def _expire(self, timer: Event) -> None:  # noqa: ARG002 - SimPy names the event that happened
        """The tickets that are due lapse; the timer is set for the next that still waits."""
        expiries, now = self._expiries, self._clock.now
        while expiries and (expiries[0][0] <= now or not expiries[0][2].waiting):
            _, _, ticket = heappop(expiries)
            if ticket.waiting:
                self._turn_away(ticket, Movement.LAPSED)
        if not expiries:
            self._next_expiry = inf
        elif expiries[0][0] != self._next_expiry:
            self._set_timer(expiries[0][0])

    def _turn_away(self, ticket: _Ticket, movement: Movement) -> None:
        """A ticket leaves the queue unserved, and the process that waits for it continues at once."""
        wait = self._leave_queue(ticket)
        self._count_unserved(movement, ticket.item, ticket.kind, wait)
        self._clock.happen(ticket, value=False)

    def _count_unserved(self, movement: Movement, item: Any, kind: int, wait: float) -> None:
        if movement is Movement.LAPSED:
            self.statistics.lapses += 1
        else:
            self.statistics.withdrawals += 1
        self.statistics.waits.add(kind, wait)
        if self._note is not None:
            self._note(movement, item, wait)

    def _leave_queue(self, ticket: _Ticket) -> float:
        """Take a ticket out of the queue; returns how many days it waited."""
        now = self._clock.now
        ticket.waiting = False
        del self._waiting[ticket.item]
        self.statistics.queue_days += now - max(ticket.since, self._window_start)
        return now - ticket.since

    def _count_staff(self, now: float) -> None:
        """Staff days until now; people who finish an item after their post has gone count as staff."""
        self.statistics.staff_days += self._staff_days_until(now)
        self._staffed_since = now

    def _staff_days_until(self, end: float) -> float:
        """Staff days since they were last counted."""
        elapsed = end - self._staffed_since
        # no time of unlimited staff is 0 people-days, not a NaN
        return max(self._staff, len(self._serving)) * elapsed if elapsed > 0 else 0.0


def _enqueue(heap: list[_Entry], entry: _Entry, waiting: int) -> None:
    """Put an entry into a heap, which is first cleared if it mostly holds what waits no longer."""
    if len(heap) > 2 * waiting + 64:
        heap[:] = [one for one in heap if one[2].waiting]
        heapify(heap)
    heappush(heap, entry)


def present(authorised: int | None, availability: float) -> float:
    """Staff present: the whole people in authorised × availability; None is unlimited, at any."""
    if authorised is None:
        return inf
    return float(floor(authorised * availability + 1e-9))  # 0.29 × 100 is 29, not 28
