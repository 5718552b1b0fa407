"""The measures counted again from a full journal equal those that the model tallied."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.recount import LEAVES_THE_QUEUE, recount, rows
from support.strategies import scenarios
from tabletop import MEASURES, Scenario, simulate
from tabletop.engine.staff import Movement
from tabletop.pools import POOLS
from tabletop.subjects import Closing
from tabletop.world import Step, movement_code

CITY = Scenario.model_validate(
    {
        "title": "The defaults, for a shorter time",
        "horizon_days": 500,
        "warm_up_days": 300,
        "injects": [
            {
                "id": "rumours",
                "day": 200,
                "title": "Rumours",
                "effects": [{"on": "background.community", "multiply": 3, "for_days": 60}],
            },
            {
                "id": "shock",
                "title": "A shock",
                "when": {"measure": "incidents", "reaches": 2},
                "effects": [
                    {"on": "trust", "add": -0.2},
                    {"on": "staff.analysts.availability", "set": 0.5, "for_days": 90},
                ],
            },
        ],
        "baseline": "usual",
        "policy_mixes": {
            "usual": {},
            "harder": {
                "detection": {"collection": 0.9, "open_case_at": 0.15},
                "changes": [{"day": 250, "interdiction": {"teams": 2}, "prosecution": {"courts": 1}}],
            },
        },
        "measures": {"incidents": {"delta": 1}},
    }
)


def assert_equal_parts(run, scenario):
    counted = recount(run.journal, scenario)
    assert counted.keys() == MEASURES.keys() - {"cost_total"}
    for name, parts in counted.items():
        assert parts == pytest.approx(run.parts[name], rel=1e-9, abs=1e-9), name


@pytest.mark.parametrize("mix", ["usual", "harder"])
@pytest.mark.parametrize("replication", [0, 1])
def test_the_recount_equals_the_measures_of_a_whole_city(mix, replication):
    assert_equal_parts(simulate(CITY, mix, replication, journal=True), CITY)


@settings(max_examples=60)
@given(scenarios(), st.sampled_from(["usual", "other"]))
def test_the_recount_equals_the_measures_of_a_random_scenario(scenario, mix):
    assert_equal_parts(simulate(scenario, mix, 1, journal=True), scenario)


def test_a_recount_that_lost_a_row_is_noticed():
    run = simulate(CITY, "usual", 0, journal=True)
    at = [n for n, step in enumerate(run.journal.steps) if step == Step.CASE_OPENED][-1]
    for column in (run.journal.days, run.journal.steps, run.journal.subjects, run.journal.values):
        del column[at]
    with pytest.raises(AssertionError):
        assert_equal_parts(run, CITY)


def test_an_incident_is_known_but_missed_exactly_when_a_case_was_open_or_had_contained_it():
    for replication in range(2):
        table = rows(simulate(CITY, "harder", replication, journal=True).journal)
        cases: set[int] = set()
        for n, (day, step, subject, _) in enumerate(table):
            if step == Step.CASE_OPENED:
                cases.add(subject)
            elif step == Step.CASE_CLOSED:
                cases.discard(subject)
            elif step == Step.INCIDENT:
                missed = table[n + 1][1:3] == (Step.MISSED, subject)
                lost_now = any(
                    row[0] == day and row[1:] == (Step.CASE_CLOSED, subject, Closing.LOST)
                    for row in table[n - 5 : n]
                )
                assert missed == (subject in cases or lost_now)


@settings(max_examples=20)
@given(scenarios())
def test_the_queue_over_the_horizon_is_the_waiting_inside_it_of_all(scenario):
    """Little's law, exactly: of those who still wait at the end, and of those who waited before StartEx."""
    run = simulate(scenario, "other", 0, journal=True)
    table = rows(run.journal)
    for name in POOLS:
        first = movement_code(name, Movement.QUEUED)
        queued: dict[int, list[float]] = {}
        waiting = 0.0
        for day, step, subject, value in table:
            movement = step - first
            if movement == Movement.QUEUED:
                queued.setdefault(subject, []).append(day)
            elif movement in LEAVES_THE_QUEUE:
                # items on one subject may overtake each other; the wait says which one left
                since = min(queued[subject], key=lambda joined: abs(day - value - joined))
                queued[subject].remove(since)
                assert day - since == pytest.approx(value, abs=1e-9)
                waiting += max(day, 0.0) - max(since, 0.0)
        still = [since for joined in queued.values() for since in joined]
        waiting += sum(scenario.horizon_days - max(since, 0.0) for since in still)
        assert run.parts[f"queue_{name}"][0] * scenario.horizon_days == pytest.approx(waiting, abs=1e-6)
