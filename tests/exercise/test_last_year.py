"""The last year before StartEx in numbers."""

import pytest

from exercise.room import SMALL
from tabletop.exercise.acts import LogEntry, Start
from tabletop.exercise.last_year import last_year, last_year_played
from tabletop.exercise.luck import seed_of
from tabletop.exercise.roles import CONTROLLER
from tabletop.exercise.state import State
from tabletop.measures import MEASURES, value
from tabletop.report.document.terminal import as_text
from tabletop.report.pack.situation_manual import situation_manual
from tabletop.scenario.load import load
from tabletop.simulation import Simulation, read_warm_up

FIRST = load("first-steps")


@pytest.mark.parametrize("name", ["first-steps", "harbour-city"])
def test_both_engines_read_the_same(name):
    pytest.importorskip("tabletop.compiled.loop")
    scenario = load(name)
    for replication in (0, 3):
        compiled = read_warm_up(scenario, replication, -365.0, engine="compiled")
        assert compiled == read_warm_up(scenario, replication, -365.0, engine="simpy")


def test_it_is_what_happened_between_its_days_and_the_whole_adds_up():
    scenario = load("harbour-city")
    whole, last = (read_warm_up(scenario, 1, since) for since in (-730.0, -365.0))
    before = Simulation(scenario, scenario.baseline, 1).warm_up_readings([-365.0])[0]
    assert (whole.start, whole.end) == (-730, 0)
    assert (last.start, last.end) == (-365, 0)
    for name, measure in MEASURES.items():
        if measure.adds_up and name != "cost_total":
            assert before.parts[name][0] + last.parts[name][0] == pytest.approx(whole.parts[name][0])
    assert last.parts["cases_opened"] != whole.parts["cases_opened"]
    run = Simulation(scenario, scenario.baseline, 1)
    run.run()
    assert run.warm_up.cases == whole.parts["cases_opened"][0]


def test_a_shorter_warm_up_is_said_and_none_has_no_numbers():
    found = last_year(FIRST, range(10))
    assert (found.days, found.title) == (180, "The last 180 days in numbers")
    assert last_year(load("harbour-city"), range(2)).title == "Last year in numbers"
    assert last_year(FIRST.model_copy(update={"warm_up_days": 0.0}), range(2)) is None


def test_only_what_players_can_observe_is_told():
    names = [*last_year(FIRST, range(5)).ranges]
    assert "incidents" in names
    assert "cost_total" not in names
    assert all(MEASURES[name].observable for name in names)


def test_the_world_that_is_played_has_the_exercise_s_own_luck():
    start = Start(secret="autumn", teams=("A",), others=5)
    state = State.of(SMALL, [LogEntry(number=1, at=0.0, by=CONTROLLER, act=start)])
    found = last_year_played(state, 2)
    seeded = SMALL.model_copy(update={"seed": seed_of(SMALL.seed, "autumn")})
    read = read_warm_up(seeded, 2, -365.0)
    assert found.ranges["trust_mean"] == (value(read.parts["trust_mean"]),) * 2
    assert found.ranges != last_year_played(state, 3).ranges


def test_the_manual_has_the_range_of_eight_of_ten_worlds():
    text = as_text(situation_manual(FIRST))
    low, high = last_year(FIRST).ranges["incidents"]
    assert "The last 180 days in numbers" in text
    assert f"{low:g} to {high:g}" in text
    for hidden in ("Wrongful interventions", "Useful reports"):
        assert hidden not in text
