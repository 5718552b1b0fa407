"""What a measure and a pool of staff are stands with them, and fits what is said elsewhere."""

from dataclasses import fields

import pytest

from tabletop.engine.staff import Statistics
from tabletop.interim import Interim
from tabletop.measures import COST, MEASURES, POOL_MEASURES
from tabletop.pools import AT_PLACE, POOLS
from tabletop.scenario.conditions import StaffConditions
from tabletop.scenario.policy import LEVERS
from tabletop.world import Tally, Window


def reading(day: float, of: dict[str, tuple[float, float]]) -> Interim:
    tally = dict.fromkeys((field.name for field in fields(Tally)), 0.0)
    return Interim(0.0, day, {**dict.fromkeys(MEASURES, (0.0, 1.0)), **of}, tally, {})


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.name)
def test_between_two_readings_a_measure_of_any_kind_is_what_its_kind_says(measure):
    """From day 0 to 10 it stood at 6 of 3, and to day 40 at 4 of 5: only what adds up may fall below 0."""
    first, then = reading(10.0, {measure.name: (6.0, 3.0)}), reading(40.0, {measure.name: (4.0, 5.0)})
    expected = {
        "count": (-2.0, 1.0),
        "total": (-2.0, 1.0),
        "level": (4.0, 5.0),
        "average": ((4.0 * 40 - 6.0 * 10) / 30, 1.0),
        "ratio": (-2.0, 2.0),
    }
    assert then.since(first).parts[measure.name] == expected[measure.kind]


def window(days: float) -> Window:
    """A window in which the same happened, whatever its length."""
    tally = Tally(*range(2, 2 + len(fields(Tally))))
    pool = Statistics(busy_days=4.0, staff_days=8.0, queue_days=6.0)
    pool.waits.add(0, 2.0)
    pool.waits.add(0, 3.0)
    return Window(0.0, days, tally, dict.fromkeys(POOLS, pool), 7.0, 0.5, 8.0, 3, 4, 9.0)


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.name)
def test_a_measure_is_read_as_its_kind_says(measure):
    """Only an average is over time, and only a ratio has a denominator of its own."""
    (short, under), (long, _) = measure.read(window(10.0)), measure.read(window(20.0))
    assert short > 0
    assert long == (short / 2 if measure.kind == "average" else short)
    assert (under == 1.0) == (measure.kind != "ratio")


def test_what_adds_up_is_in_the_tally_but_for_the_cost_and_nothing_else_is():
    for measure in MEASURES.values():
        assert (measure.tallied is not None) == (measure.adds_up and measure.name != COST), measure.name
        if measure.tallied is not None:
            assert measure.so_far(window(1.0).tally) == measure.read(window(1.0))[0]


def test_beside_every_mean_duration_of_what_has_ended_stands_a_level():
    """All but the waits, which are of all that left the queue, and beside which the queue itself stands."""
    waits = {names.wait for names in POOL_MEASURES.values()} | {"traveller_wait_hours"}
    means = {m.name for m in MEASURES.values() if m.kind == "ratio" and m.unit in ("days", "hours")} - waits
    assert means == {name for name, measure in MEASURES.items() if measure.still_open is not None}
    assert {MEASURES[MEASURES[name].still_open].kind for name in means} == {"level"}


def test_teams_predict_only_what_they_can_see():
    for measure in MEASURES.values():
        assert measure.predictable <= measure.observable
        assert measure.kind != "count" or measure.predictable == measure.observable


def test_a_pool_stands_once_and_has_a_lever_a_presence_and_its_measures():
    assert set(POOLS) == set(StaffConditions.model_fields)
    assert set(POOLS) == {name for name, lever in LEVERS.items() if lever.is_staff}
    assert all(name == pool.name for name, pool in POOLS.items())
    assert sorted(AT_PLACE) == list(range(len(POOLS)))
    assert {name for names in POOL_MEASURES.values() for name in names} <= set(MEASURES)
