"""The world: the state that the pillars share, and the journal, tally and windows that record it."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from enum import IntEnum
from typing import Any

from tabletop.engine.chance import Luck
from tabletop.engine.clock import Clock
from tabletop.engine.journal import Journal
from tabletop.engine.staff import Movement, Note, Pool, Statistics
from tabletop.engine.stocks import Counted, Lagged
from tabletop.pools import AT_PLACE, POOLS, StaffPool

SLAB_DAYS = 365.0
"""Arrivals are drawn in slabs of so many days, keyed by slab number: negative in the warm-up."""


class Step(IntEnum):
    """The step that a row of the journal records; the comment beside each explains the value column."""

    PREVENTED = 1  # layer + mark of the candidate
    FORMED = 2  # ordinal of the attempt, 1 for the first formation
    INCIDENT = 3  # severity
    FOILED = 4
    MISSED = 5  # the incident before it was of a plot with a case on it
    DISSOLVED = 6
    TURNED_BACK = 7
    TRACE_LEFT = 10  # channel; a partner's copy is a trace of its own
    UNCAPTURED = 11  # channel
    SCREENED_OUT = 12  # channel
    LAPSED = 13  # channel
    LATE = 14  # channel
    DUPLICATE = 15  # channel
    MOOT = 16  # channel
    FILED = 17  # the trace's sum of log-ratios
    OPENED = 18  # the trace's sum of log-ratios
    REPORTED = 19  # whether it is genuine, 0 or 1
    LOOKED = 20  # the sum of log-ratios of its looks so far
    IN_TIME = 21  # a partner's item reached us while its attempt prepared
    PASSED_ON = 22  # channel: border inspection found it worth assessing
    REFUSED = 23  # channel: border inspection turned the traveller away
    LET_THROUGH = 24  # channel: waited too long for inspection, and passed
    CASE_OPENED = 30  # posterior
    CASE_CLOSED = 31  # a Closing
    CARE_TAKEN = 32  # care, at the start of an investigation
    DISRUPTED = 33  # days from the attempt's formation
    CASE_RAISED = 34  # posterior, as it is from now on
    CHARGED = 40  # custody limit, inf if none
    TRIAL_BEGAN = 41  # days since the intervention
    CONVICTED = 42  # days since the intervention
    ACQUITTED = 43  # days since the intervention
    RELEASED = 44  # days since the intervention
    SENTENCED = 45  # days of prison, of an innocent
    TRUST_JUMPED = 50  # its level after
    TRUST_TENDS = 51  # the level it tends to
    WINDOW = 60  # a window of the tallies begins
    POLICY_CHANGED = 61
    INJECTED = 62  # position of the inject in the file
    POOL = 100  # + 10 × place of the pool + Movement: class, wait, wait, wait, 0, staff


@dataclass(frozen=True)
class Shockable:
    """A stock that an inject can move at once, within its range."""

    low: float
    high: float
    jumped: Step
    """What the journal notes, with the level after."""
    afterwards: str
    """What becomes of its level then."""


SHOCKABLE: dict[str, Shockable] = {
    "trust": Shockable(0.0, 1.0, Step.TRUST_JUMPED, "returns by itself"),
}
"""Every stock that an inject can shock, by its name in the file and in the world."""


def movement_code(pool: str, movement: Movement) -> int:
    """How the journal codes what happens at a pool of staff."""
    return Step.POOL + 10 * POOLS[pool].place + movement


def pool_and_movement(code: int) -> tuple[StaffPool, Movement] | None:
    """The pool of staff that a code of the journal is about, and what happens there; None for a Step."""
    if code < Step.POOL:
        return None
    place, movement = divmod(code - Step.POOL, 10)
    return AT_PLACE[place], Movement(movement)


@dataclass(slots=True)
class Tally:
    """What happened in one window of time: counts, and sums in the order of events."""

    formed: int = 0
    reformed: int = 0
    prevented: int = 0
    disrupted: int = 0
    turned_back: int = 0
    foiled: int = 0
    incidents: int = 0
    harm: float = 0.0
    known_but_missed: int = 0
    days_to_disruption: float = 0.0
    missed_untraced: int = 0
    missed_uncaptured: int = 0
    missed_screened_out: int = 0
    missed_lapsed: int = 0
    missed_filed: int = 0
    missed_handover: int = 0
    missed_waiting: int = 0
    missed_investigated: int = 0
    missed_lost: int = 0
    traces: int = 0
    uncaptured: int = 0
    screened_out: int = 0
    lapsed: int = 0
    late: int = 0
    duplicate: int = 0
    moot: int = 0
    filed: int = 0
    opened: int = 0
    reports_genuine: int = 0
    reports_benign: int = 0
    border_referrals: int = 0
    border_refusals: int = 0
    wrongful_refusals: int = 0
    let_through: int = 0
    partner_items_in_time: int = 0
    partner_items_late: int = 0
    cases: int = 0
    false_cases: int = 0
    cases_withdrawn: int = 0
    cases_too_late: int = 0
    cases_lost: int = 0
    cleared: int = 0
    wrongful: int = 0
    proceedings: int = 0
    convictions: int = 0
    wrongful_convictions: int = 0
    acquittals: int = 0
    guilty_acquitted: int = 0
    guilty_released: int = 0
    guilty_freed: int = 0
    limit_releases: int = 0
    verdicts: int = 0
    days_to_verdict: float = 0.0
    custody_ended: int = 0
    custody_days: float = 0.0
    wrongful_custody_days: float = 0.0
    wrongful_prison_days: float = 0.0

    def over(self, other: "Tally") -> "Tally":
        """The sum of two windows."""
        return Tally(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(slots=True)
class Window:
    """A stretch of time, and what happened in it."""

    start: float
    end: float
    tally: Tally
    pools: dict[str, Statistics]
    trust_days: float
    """The integral of trust."""
    trust_at_end: float
    undetected_days: float
    """The integral of the attempts that prepared without a case."""
    preparing_at_end: int = 0
    """Attempts that prepare at its end."""
    proceedings_at_end: int = 0
    """Proceedings open at its end."""
    cost: float = 0.0
    """Cost units spent in it."""

    @property
    def days(self) -> float:
        """Its length."""
        return self.end - self.start


class World:
    """Clock, luck, tally, journal, pools and the five stocks of one replication."""

    def __init__(self, start: float, luck: Luck, journal: Journal | None = None) -> None:
        self.clock = Clock(start)
        self.at = self.clock.at
        """What a process waits for until a day."""
        self.after = self.clock.after
        """What a process waits for to let days pass."""
        self.begin = self.clock.begin
        """Let a process run beside all others, from its first step on."""
        self.luck = luck
        self.journal = journal
        self.tally = Tally()
        self.pools: dict[str, Pool] = {}
        self._window = (start, 0.0, 0.0)
        self.undetected = Counted(self.now)
        """Attempts that prepare without a case."""
        self.trust = Lagged(self.now)
        """The public's trust, in [0, 1] (T)."""
        self.programmes = Lagged(self.now)
        """Social programmes as they work (S)."""
        self.capacity = Lagged(self.now)
        """Capacity building as it works (C)."""
        self.grievance = Lagged(self.now)
        """Wrongful interventions, decaying (G)."""
        self.dismantled = Lagged(self.now)
        """Convictions of the guilty, decaying (D)."""

    def now(self) -> float:
        """The day."""
        return self.clock.now

    def call_at(self, day: float, act: Callable[[], None]) -> None:
        """Do something on a day."""
        event = self.at(day)
        assert event.callbacks is not None
        event.callbacks.append(lambda _: act())

    def pool(self, name: str, staff: float) -> Pool:
        """A pool of staff (people present; inf: unlimited) whose movements the journal shows."""
        pool = self.pools[name] = Pool(self.clock, staff, self._pool_note(name))
        return pool

    def close_window(self, end: float) -> Window:
        """End the present window at `end`, and begin the next."""
        window = self._window_until(end, {name: pool.close_window(end) for name, pool in self.pools.items()})
        self._window = (end, self.trust.area(end), self.undetected.area(end))
        self.tally = Tally()
        self.note(Step.WINDOW)
        return window

    def window_until(self, end: float) -> Window:
        """The present window as it would close at `end`; nothing changes."""
        pools = {name: pool.statistics_until(end) for name, pool in self.pools.items()}
        window = self._window_until(end, pools)
        window.tally = replace(window.tally)
        return window

    def _window_until(self, end: float, pools: dict[str, Statistics]) -> Window:
        start, trust_before, undetected_before = self._window
        return Window(
            start=start,
            end=end,
            tally=self.tally,
            pools=pools,
            trust_days=self.trust.area(end) - trust_before,
            trust_at_end=self.trust.value_at(end),
            undetected_days=self.undetected.area(end) - undetected_before,
        )

    def move(self, stock: str, level: float) -> None:
        """A shockable stock jumps to a level, or to the nearer end of its range."""
        bounds = SHOCKABLE[stock]
        level = min(bounds.high, max(bounds.low, level))
        self.stock(stock).jump(level)
        self.note(bounds.jumped, value=level)

    def stock(self, name: str) -> Lagged:
        """The shockable stock of that name."""
        found: Lagged = getattr(self, name)
        return found

    def note(self, step: Step, subject: int = 0, value: float = 0.0) -> None:
        """Write a row of the journal, if one is kept."""
        if self.journal is not None:
            self.journal.note(self.clock.now, step, subject, value)

    def _pool_note(self, name: str) -> Note | None:
        journal = self.journal
        if journal is None:
            return None
        first = movement_code(name, Movement.QUEUED)

        def note(movement: int, item: Any, value: float) -> None:
            journal.note(self.clock.now, first + movement, item.subject.number if item else 0, value)

        return note
