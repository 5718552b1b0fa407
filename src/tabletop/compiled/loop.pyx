# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The compiled engine: one event loop of the whole model, equal to the SimPy model event by event.

Each file that is included here stands for the file of the model that bears its name. A function stands for the
method of that name, or for what the method does after it has waited; it schedules what the method schedules,
in the same order, so that whatever falls on one moment falls alike.
"""

from cpython.exc cimport PyErr_CheckSignals
from libc.math cimport ceil, exp, floor, log1p
from libc.stdint cimport int16_t, int32_t, int64_t, uint8_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free, realloc
from libc.string cimport memcmp, memcpy, memset, strlen
from scipy.special.cython_special cimport gammaincinv, ndtri

from array import array
from hashlib import blake2b
from itertools import chain
from math import fsum

from tabletop.engine.percentile import percentile_place

cdef extern from "math.h" nogil:
    const double inf "INFINITY"

cdef struct World

include "engine/memory.pxi"
include "engine/streams.pxi"
include "engine/durations.pxi"
include "engine/chance.pxi"
include "engine/heaps.pxi"
include "engine/records.pxi"
include "engine/clock.pxi"
include "engine/evidence.pxi"
include "engine/journal.pxi"
include "engine/layers.pxi"
include "engine/staff.pxi"
include "engine/stocks.pxi"
include "purposes.pxi"
include "subjects.pxi"
include "pillars/detection.pxi"
include "pillars/reporting.pxi"
include "pillars/interdiction.pxi"
include "pillars/prosecution.pxi"
include "pillars/sharing.pxi"
include "threat.pxi"
include "background.pxi"
include "trust.pxi"
include "world.pxi"
include "due.pxi"
include "luck.pxi"
include "settings.pxi"
include "readings.pxi"
include "state.pxi"

cpdef enum Exit:  # why the loop comes back to Python
    EXIT_DAY  # nothing is left until the day that was given
    EXIT_SCRIPT  # a scripted change is due
    EXIT_COUNT  # a count is reached for which an inject waits
    EXIT_PAUSE  # nothing, but somebody may have pressed Ctrl-C


cdef enum:
    MOST_AT_A_STRETCH = 1_000_000  # events


cdef class Loop:
    """One replication of one policy mix, which goes on from where it was left."""

    cdef World world
    cdef LuckStore store

    def __cinit__(
        self,
        store: LuckStore,
        settings: Settings,
        priors: list[float],
        start: float,
        keeps_journal: bool,
        state: bytes | None = None,
    ) -> None:
        """The world on its first day, under settings as they are written; or in a state, whose settings hold."""
        cdef World *world = &self.world
        cdef int channel
        self.store = store
        if state is not None:
            load_world(world, <const char *>state, len(state), &store.luck)
            return
        world.luck = &store.luck
        world.now = start
        world.order = FIRST_ORDER
        world.journal.is_kept = keeps_journal
        for channel in range(CHANNELS):
            world.priors[channel] = priors[channel]
        self._take(settings)
        open_world(world)

    def __dealloc__(self) -> None:
        end_world(&self.world)

    cdef void _take(self, Settings settings) noexcept:
        self.world.levers = settings.levers
        self.world.conditions = settings.conditions
        memcpy(self.world.staff, settings.staff, sizeof(self.world.staff))

    def schedule_series(self, days: list[float]) -> None:
        """Note how things stand on these days."""
        self.world.marks = <Mark *>new_bytes(len(days) * sizeof(Mark))
        for day in days:
            plan(&self.world, day, DUE_SERIES, NOBODY)

    def plan_script(self, day: float, number: int) -> None:
        """Come back to Python on a day, before all else that is due then, for the scripted change of that number."""
        plan(&self.world, day, DUE_SCRIPT, number)

    def schedule_script(self, day: float, number: int) -> None:
        """Come back to Python on a day, after what is already scheduled for it."""
        at(&self.world, day, DUE_SCRIPT, number)

    def restore_script(self, day: float, number: int, order: int) -> None:
        """Come back to Python on a day, in the place that an earlier loop had given to it."""
        put_in(&self.world, day, DUE_SCRIPT, number, order)

    def scheduled_script(self) -> list[tuple[float, int]]:
        """What is scheduled of the script and was not planned: days, and places in the order of the day."""
        cdef int32_t place
        cdef Heap *queue = &self.world.queue
        found = []
        for place in range(queue.size):
            if queue.entries[place].what == DUE_SCRIPT and queue.entries[place].order >= FIRST_ORDER:
                found.append((queue.entries[place].key, queue.entries[place].order))
        return sorted(found)

    def state(self, with_waits: bool) -> bytes:
        """How things stand now, from which another loop can go on; without a journal, series, or the script."""
        cdef Buffer buffer
        memset(&buffer, 0, sizeof(Buffer))
        try:
            save_world(&buffer, &self.world, with_waits)
            return <bytes>buffer.bytes[:buffer.size]
        finally:
            free(buffer.bytes)

    def watch(self, waiting: list[tuple[float, str, float]]) -> None:
        """Come back to Python when a count is reached, on its day or later: (day, field of the tally, count)."""
        cdef int i
        fields = list(self.tally)
        free(self.world.triggers)
        self.world.trigger_count = 0
        self.world.triggers = <Trigger *>new_bytes((len(waiting) + 1) * sizeof(Trigger))
        for i, (day, name, reaches) in enumerate(waiting):
            self.world.triggers[i].day = day
            self.world.triggers[i].count = fields.index(name)
            self.world.triggers[i].reaches = reaches
        self.world.trigger_count = len(waiting)

    def adopt(self, settings: Settings) -> None:
        """From now on these settings hold."""
        self._take(settings)
        with nogil:
            adopt(&self.world)

    def level(self, stock: str) -> float:
        """The level of a stock now."""
        return level_at(self._stock(stock), self.world.now)

    def jump(self, stock: str, level: float) -> None:
        """A stock is at a level now, and tends to its target from there."""
        rebase(self._stock(stock), self.world.now, level)
        if stock == "grievance":
            threat_reach(&self.world)

    cdef Lagged *_stock(self, str name) except NULL:
        if name == "trust":
            return &self.world.trust
        if name == "programmes":
            return &self.world.programmes
        if name == "capacity":
            return &self.world.capacity
        if name == "grievance":
            return &self.world.grievance
        if name == "dismantled":
            return &self.world.dismantled
        raise KeyError(name)

    def note(self, step: int, subject: int, value: float) -> None:
        """Write a row of the journal, if one is kept."""
        note(&self.world, <Step>step, subject, value)

    def run(self, day: float) -> Exit:
        """Let time pass until the last event of a day, or until something is Python's to do."""
        cdef double until = day
        cdef int found = EXIT_PAUSE
        while found == EXIT_PAUSE:  # a signal is Python's
            PyErr_CheckSignals()
            with nogil:
                found = run_on(&self.world, until)
        return Exit(found)

    def window(self, end: float) -> dict:
        """The present window as it would close at `end`; nothing changes."""
        return window_of(&self.world, end, False)

    def close_window(self, end: float) -> dict:
        """End the present window at `end`, and begin the next."""
        cdef World *world = &self.world
        cdef int pool
        closed = window_of(world, end, True)
        for pool in range(POOLS):
            begin_window(&world.pools[pool], end)
        world.window_start = end
        world.trust_before = area_of(&world.trust, end)
        world.undetected_before = counted_area(&world.undetected, end)
        memset(&world.tally, 0, sizeof(Tally))
        note(world, STEP_WINDOW, 0, 0.0)
        return closed

    @property
    def now(self) -> float:
        """The day."""
        return self.world.now

    @property
    def tally(self) -> dict[str, float]:
        """What happened in the present window so far."""
        return self.world.tally

    @property
    def script(self) -> int:
        """The number of the scripted change that is due."""
        return self.world.script

    @property
    def events(self) -> int:
        """How many events there were."""
        return self.world.events

    @property
    def live(self) -> dict[str, int]:
        """How many records of each kind are in the system."""
        return {
            kind.name.removeprefix("RECORDS_").lower(): self.world.records[<int>kind].live for kind in Records
        }

    def series(self, name: str) -> tuple[float, ...]:
        """The values, day by day, of a field of the tally, or of what stands open."""
        cdef int i, place
        marks = range(self.world.mark_count)
        if name == "day":
            return tuple([self.world.marks[i].day for i in marks])
        if name == "trust":
            return tuple([self.world.marks[i].trust for i in marks])
        if name == "open_cases":
            return tuple([<double>self.world.marks[i].open_cases for i in marks])
        if name == "open_proceedings":
            return tuple([<double>self.world.marks[i].open_proceedings for i in marks])
        tally = self.tally
        place = list(tally).index(name)
        if isinstance(tally[name], float):
            return tuple([(<double *>&self.world.marks[i].tally)[place] for i in marks])
        return tuple([<double>(<int64_t *>&self.world.marks[i].tally)[place] for i in marks])

    def journal(self) -> tuple[array, array, array, array]:
        """The columns of the journal: days, steps, subjects, values."""
        cdef Journal *journal = &self.world.journal
        found = array("d"), array("h"), array("q"), array("d")
        if journal.size:
            found[0].frombytes(<bytes>(<char *>journal.days)[:journal.size * sizeof(double)])
            found[1].frombytes(<bytes>(<char *>journal.steps)[:journal.size * sizeof(int16_t)])
            found[2].frombytes(<bytes>(<char *>journal.subjects)[:journal.size * sizeof(int64_t)])
            found[3].frombytes(<bytes>(<char *>journal.values)[:journal.size * sizeof(double)])
        return found


cdef int open_world(World *world) except -1 nogil:
    """The pools, the stocks at the baseline's targets, and nothing in the system."""
    cdef const Levers *levers = &world.levers
    cdef const Conditions *conditions = &world.conditions
    cdef int partner
    open_arenas(world)
    open_own_pool(world, POOL_PROSECUTORS)
    open_own_pool(world, POOL_COURTS)
    open_own_pool(world, POOL_TEAMS)
    open_own_pool(world, POOL_ANALYSTS)
    open_own_pool(world, POOL_BORDER_OFFICERS)
    open_own_pool(world, POOL_TIP_LINE_STAFF)
    open_own_pool(world, POOL_LIAISON_OFFICERS)
    world.window_start = world.undetected.since = world.now
    for partner in range(conditions.sharing.partner_count):
        settle(
            &world.sharing.reciprocity[partner],
            world.now,
            levers.sharing.openness,
            conditions.sharing.partners[partner].reciprocity_lag,
        )
    settle(&world.trust, world.now, trust_level(world), conditions.trust.relaxation)
    settle(&world.programmes, world.now, levers.reporting.social_programmes, conditions.threat.prevention_lag)
    settle(&world.capacity, world.now, levers.sharing.capacity_building, conditions.threat.abroad_lag)
    settle(&world.grievance, world.now, 0.0, conditions.threat.backlash_decay)
    settle(&world.dismantled, world.now, 0.0, conditions.threat.dismantling_decay)
    open_background(world)
    return open_threat(world)


cdef int open_own_pool(World *world, PoolName name) except -1 nogil:
    return open_pool(world, &world.pools[<int>name], name, world.staff[<int>name])


cdef void open_arenas(World *world) noexcept nogil:
    open_arena(&world.records[<int>RECORDS_SUBJECTS], sizeof(Subject))
    open_arena(&world.records[<int>RECORDS_ATTEMPTS], sizeof(Attempt))
    open_arena(&world.records[<int>RECORDS_TRAILS], sizeof(Trail))
    open_arena(&world.records[<int>RECORDS_WALKS], sizeof(Walk))
    open_arena(&world.records[<int>RECORDS_TRACES], sizeof(Trace))
    open_arena(&world.records[<int>RECORDS_CASES], sizeof(Case))
    open_arena(&world.records[<int>RECORDS_PROCEEDINGS], sizeof(Proceeding))
    open_arena(&world.records[<int>RECORDS_GIFTS], sizeof(Gift))


cdef int adopt(World *world) except -1 nogil:
    """The settings in force now are passed to every pillar and stock, in the order of `Simulation._adopt`."""
    trust_adopt(world)
    resize_own_pool(world, POOL_PROSECUTORS)
    resize_own_pool(world, POOL_COURTS)
    resize_own_pool(world, POOL_TEAMS)
    resize_own_pool(world, POOL_BORDER_OFFICERS)
    resize_own_pool(world, POOL_ANALYSTS)
    resize_own_pool(world, POOL_TIP_LINE_STAFF)
    sharing_adopt(world)
    background_adopt(world)
    return threat_adopt(world)


cdef int resize_own_pool(World *world, PoolName name) except -1 nogil:
    return resize(world, &world.pools[<int>name], world.staff[<int>name])


cdef int run_on(World *world, double until) except -1 nogil:
    """What is due happens, event by event; an `Exit` says why it goes no further."""
    cdef Entry entry
    cdef int64_t pause = world.events + MOST_AT_A_STRETCH
    while world.queue.size and world.queue.entries[0].key <= until:
        entry = pop(&world.queue)
        world.now = entry.key
        world.events += 1
        if entry.what == DUE_SCRIPT:
            world.script = entry.who
            return EXIT_SCRIPT
        happen(world, <Due>entry.what, entry.who)
        if world.trigger_count and world.now >= 0 and is_triggered(world):
            return EXIT_COUNT
        if world.events == pause:
            return EXIT_PAUSE
    return EXIT_DAY


cdef bint is_triggered(const World *world) noexcept nogil:
    """Whether a count is reached for which an inject waits."""
    cdef const int64_t *counts = <const int64_t *>&world.tally
    cdef const Trigger *trigger
    cdef int i
    for i in range(world.trigger_count):
        trigger = &world.triggers[i]
        if trigger.day <= world.now and counts[trigger.count] >= trigger.reaches:
            return True
    return False
