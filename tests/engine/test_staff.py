"""A pool serves by priority, then first come; it lapses, withdraws, resizes, and counts it all."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.engine.clock import Clock
from tabletop.engine.staff import Movement, Pool, present


class Office:
    """A pool at work, and a log of (day, item, what became of it)."""

    def __init__(self, staff, start=0.0):
        self.clock = Clock(start)
        self.notes = []
        self.pool = Pool(self.clock, staff, lambda *note: self.notes.append((self.clock.now, *note)))
        self.log = []

    def on(self, day, act):
        self.clock.at(day).callbacks.append(lambda _: act())

    def item(self, name, day, work, **how):
        def story():
            yield self.clock.at(day)
            served = yield self.pool.seize(name, **how)
            self.log.append((self.clock.now, name, "served" if served else "left"))
            if served:
                yield self.clock.timeout(work)
                self.pool.release(name)

        self.clock.begin(story())

    def until(self, day):
        self.clock.advance(day)
        return self.pool.close_window(day)


def test_whoever_finds_somebody_free_is_served_at_once():
    office = Office(2)
    office.item("a", 1.0, 5.0)
    office.item("b", 2.0, 5.0)
    office.until(3)
    assert office.log == [(1.0, "a", "served"), (2.0, "b", "served")]


def test_first_come_is_first_served():
    office = Office(1)
    for name, day in (("a", 1.0), ("b", 2.0), ("c", 3.0)):
        office.item(name, day, 10.0)
    office.until(100)
    assert office.log == [(1.0, "a", "served"), (11.0, "b", "served"), (21.0, "c", "served")]


def test_a_lower_priority_overtakes_but_never_interrupts():
    office = Office(1)
    office.item("in hand", 1.0, 10.0, priority=5)
    office.item("dull", 2.0, 1.0, priority=1)
    office.item("urgent", 3.0, 1.0, priority=-inf)
    office.item("urgent too", 4.0, 1.0, priority=-inf)
    office.item("hopeless", 4.5, 1.0, priority=inf)
    office.until(100)
    assert [name for _, name, _ in office.log] == ["in hand", "urgent", "urgent too", "dull", "hopeless"]
    assert office.log[1][0] == 11.0


def test_an_item_lapses_after_its_shelf_life():
    office = Office(1)
    office.item("long", 0.0, 50.0)
    office.item("short-lived", 1.0, 1.0, shelf_life=4.0, kind=2)
    office.item("patient", 2.0, 1.0, shelf_life=60.0, kind=2)
    statistics = office.until(100)
    assert (5.0, "short-lived", "left") in office.log
    assert (50.0, "patient", "served") in office.log
    assert statistics.lapses == 1
    assert [(kind, statistics.waits.items(kind), statistics.waits.mean(kind)) for kind in (0, 2)] == [
        (0, 1, 0.0),
        (2, 2, 26.0),
    ]


def test_what_lapsed_leaves_the_queue_while_somebody_still_waits():
    office = Office(0)
    office.item("patient", 0.0, 1.0)
    for number in range(5_000):
        office.item(number, float(number), 1.0, shelf_life=0.5)
    office.on(4_999.9, lambda: office.pool.resize(1))
    office.until(4_999.0)
    assert len(office.pool._queue) < 100
    office.until(5_002.0)
    assert office.log[-1] == (4_999.9, "patient", "served")


def test_an_item_without_shelf_life_lapses_where_nobody_is_free():
    office = Office(0)
    office.item("a", 1.0, 1.0, shelf_life=0.0)
    statistics = office.until(10)
    assert office.log == [(1.0, "a", "left")]
    assert (statistics.lapses, statistics.queue_days) == (1, 0)


@given(st.lists(st.tuples(st.floats(0, 20), st.floats(0.1, 20)), min_size=1, max_size=12))
def test_whoever_is_not_served_lapses_on_the_day(items):
    """One timer serves all shelf lives: whatever their order, each lapses when it is due."""
    office = Office(0)
    for name, (day, shelf_life) in enumerate(items):
        office.item(name, day, 1.0, shelf_life=shelf_life)
    office.until(100)
    assert sorted(office.log) == sorted((day + life, name, "left") for name, (day, life) in enumerate(items))


def test_a_withdrawn_item_leaves_the_queue():
    office = Office(1)
    office.item("long", 0.0, 10.0)
    office.item("b", 1.0, 1.0)
    office.item("c", 2.0, 1.0)
    answers = []
    office.on(5.0, lambda: answers.extend(office.pool.withdraw(name) for name in ("long", "b", "nobody")))
    statistics = office.until(100)
    assert answers == [False, True, False]
    assert office.log[1:] == [(5.0, "b", "left"), (10.0, "c", "served")]
    assert (statistics.withdrawals, statistics.waits.total()) == (1, (12.0, 3))


def test_a_larger_pool_takes_up_what_waits():
    office = Office(0)
    for name in "abc":
        office.item(name, 1.0, 10.0)
    office.on(4.0, lambda: office.pool.resize(2))
    statistics = office.until(9.0)
    assert [day for day, *_ in office.log] == [4.0, 4.0]
    assert statistics.queue_days == 3 * 3 + 5
    assert (statistics.busy_days, statistics.staff_days) == (2 * 5, 2 * 5)


def test_people_finish_the_item_in_hand_when_the_pool_shrinks():
    office = Office(2)
    for name, day in (("a", 0.0), ("b", 0.0), ("c", 1.0)):
        office.item(name, day, 10.0)
    office.on(5.0, lambda: office.pool.resize(1))
    statistics = office.until(30.0)
    assert office.log == [(0.0, "a", "served"), (0.0, "b", "served"), (10.0, "c", "served")]
    assert statistics.busy_days == 30
    assert statistics.staff_days == 2 * 10 + 20


def test_nobody_is_served_by_an_empty_pool():
    office = Office(0)
    office.item("a", 1.0, 1.0)
    statistics = office.until(10)
    assert office.log == []
    assert (statistics.arrivals, statistics.queue_days, statistics.peak_queue) == (1, 9.0, 1)


def test_an_unlimited_pool_keeps_nobody_waiting():
    office = Office(inf)
    for name in range(50):
        office.item(name, 1.0, 5.0)
    statistics = office.until(10)
    assert statistics.waits.total() == (0.0, 50)
    assert (statistics.busy_days, statistics.staff_days) == (250.0, inf)


def test_a_window_counts_what_lies_inside_it():
    office = Office(1, start=-10.0)
    office.item("a", -4.0, 6.0)
    office.item("b", -3.0, 5.0)
    office.until(0.0)
    statistics = office.until(4.0)
    assert (statistics.busy_days, statistics.queue_days, statistics.peak_queue) == (4.0, 2.0, 1)
    assert statistics.waits.total() == (5.0, 1)
    assert statistics.arrivals == 0


@pytest.mark.parametrize(("staff", "busy", "share"), [(4, 1, 0.75), (4, 4, 0), (0, 0, 0), (inf, 3, 1)])
def test_idle_is_whoever_is_present_and_free(staff, busy, share):
    office = Office(staff)
    for name in range(busy):
        office.item(name, 0.0, 9.0)
    office.clock.advance(1)
    assert office.pool.idle_share == share


def test_nobody_is_idle_while_a_shrunken_pool_finishes():
    office = Office(3)
    for name in range(3):
        office.item(name, 0.0, 9.0)
    office.clock.advance(1)
    office.pool.resize(1)
    assert office.pool.idle_share == 0


@pytest.mark.parametrize(
    ("authorised", "availability", "people"),
    [(7, 1.0, 7), (7, 0.5, 3), (100, 0.29, 29), (3, 0.0, 0), (0, 1.0, 0), (None, 0.0, inf), (1, 0.999, 0)],
)
def test_staff_present_are_whole_people(authorised, availability, people):
    assert present(authorised, availability) == people


def test_the_notes_tell_every_movement():
    office = Office(1)
    office.item("a", 0.0, 2.0, kind=3)
    office.item("b", 1.0, 2.0, shelf_life=0.5)
    office.until(5)
    assert office.notes == [
        (0.0, Movement.STAFFED, None, 1),
        (0.0, Movement.QUEUED, "a", 3),
        (0.0, Movement.SERVED, "a", 0.0),
        (1.0, Movement.QUEUED, "b", 0),
        (1.5, Movement.LAPSED, "b", 0.5),
        (2.0, Movement.FINISHED, "a", 0.0),
    ]


ITEMS = st.lists(
    st.tuples(
        st.floats(0, 30),
        st.floats(0, 8),
        st.sampled_from([inf, 1.0, 5.0]),
        st.integers(0, 2),
    ),
    max_size=25,
)


@given(ITEMS, st.integers(0, 3), st.lists(st.tuples(st.floats(0, 40), st.integers(0, 3)), max_size=3))
def test_the_statistics_are_the_integrals_of_the_notes(items, staff, changes):
    """Little's law in its exact form, and busy days as the work done inside the window."""
    office = Office(staff)
    for name, (day, work, shelf_life, priority) in enumerate(items):
        office.item(name, day, work, shelf_life=shelf_life, priority=priority)
    for day, people in changes:
        office.on(day, lambda people=people: office.pool.resize(people))
    end = 40.0
    statistics = office.until(end)
    queue = busy = 0.0
    since = {}
    for day, movement, item, _ in office.notes:
        if movement in (Movement.QUEUED, Movement.SERVED):
            queue += day - since[item] if movement is Movement.SERVED else 0
            since[item] = day
        elif movement is Movement.LAPSED:
            queue += day - since.pop(item)
        elif movement is Movement.FINISHED:
            busy += day - since.pop(item)
    in_hand = set(office.pool.items()) & set(office.pool._serving)
    for item, day in since.items():
        if item in in_hand:
            busy += end - day
        else:
            queue += end - day
    assert statistics.queue_days == pytest.approx(queue, abs=1e-9)
    assert statistics.busy_days == pytest.approx(busy, abs=1e-9)
    assert statistics.busy_days <= statistics.staff_days + 1e-9
    assert statistics.arrivals == len(items)
    _, left = statistics.waits.total()
    assert left + len(set(since) - in_hand) == len(items)
