"""A run that goes on from a state is the run from the beginning, to the last bit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("tabletop.compiled.loop", reason="the compiled engine is not installed")

from compiled.equality import reported
from compiled.tied import TIED
from compiled.wild import wild_scenarios
from support.strategies import scenarios
from tabletop import load, simulate
from tabletop.compiled.runner import Runner
from tabletop.compiled.state import State
from tabletop.compiled.store import Shared
from tabletop.scenario.source import shipped


def until(scenario, mix, day):
    """The scenario as it was planned before a day: nothing in it happens on that day or later."""
    course = scenario.policy_mixes[mix]
    changes = tuple(change for change in course.changes if change.day < day)
    return scenario.model_copy(
        update={
            "horizon_days": day,
            "injects": tuple(inject for inject in scenario.injects if inject.day < day),
            "policy_mixes": scenario.policy_mixes | {mix: course.model_copy(update={"changes": changes})},
        }
    )


def luck_of_its_own(scenario, replication):
    return Shared.of(scenario, scenario.seed, replication)


def readings(scenario, mix, replication, days, state=None):
    shared = luck_of_its_own(scenario, replication)
    return Runner(scenario, mix, replication, shared=shared, state=state).interims(days)


def check(scenario, replication, days):
    """From every day on, each time from the state that stood there under what was planned until then."""
    for mix in scenario.policy_mixes:
        whole = readings(scenario, mix, replication, days)
        state = None
        for place, day in enumerate(days[:-1]):
            planned = until(scenario, mix, day)
            shared = luck_of_its_own(planned, replication)
            state = Runner(planned, mix, replication, shared=shared, state=state).state(day)
            assert repr(readings(scenario, mix, replication, days[place + 1 :], state)) == repr(
                whole[place + 1 :]
            )


@pytest.mark.parametrize("name", shipped())
def test_readings_from_every_move_are_those_from_the_beginning(name):
    scenario = load(name)
    check(scenario, 0, [share * scenario.horizon_days for share in (0.2, 0.5, 0.8, 1.0)])


def test_what_falls_on_the_day_of_a_state_falls_alike():
    check(TIED, 0, [1.0, 20.0, 35.0, 40.0, 120.0, 200.0])


@settings(max_examples=60)
@given(wild_scenarios(), st.integers(0, 3))
def test_readings_of_wild_scenarios_go_on_from_states(scenario, replication):
    days = [3.5, 5.0, 5.5, 9.0, 12.25, 14.0]
    check(scenario, replication, [day for day in days if day <= scenario.horizon_days])


@settings(max_examples=40)
@given(scenarios(), st.integers(0, 3))
def test_readings_of_random_scenarios_go_on_from_states(scenario, replication):
    horizon = scenario.horizon_days
    check(scenario, replication, [0.25 * horizon, 0.5 * horizon, horizon])


def test_a_state_of_another_mix_gives_other_readings():
    scenario = load("first-steps")
    one, *_, other = scenario.policy_mixes
    state = Runner(scenario, other, 0, shared=luck_of_its_own(scenario, 0)).state(200.0)
    assert readings(scenario, one, 0, [365.0], state) != readings(scenario, one, 0, [365.0])


@pytest.mark.parametrize("name", shipped())
def test_mixes_that_begin_from_the_same_startex_are_each_the_mix_alone(name):
    scenario = load(name)
    for mix in scenario.policy_mixes:
        together = simulate(scenario, mix, 1, engine="compiled")
        alone = Runner(scenario, mix, 1, shared=luck_of_its_own(scenario, 1)).run()
        assert reported(together) == reported(alone)


def test_the_warm_up_is_simulated_once_for_all_mixes(monkeypatch):
    scenario = load("first-steps")
    begun = []
    begin = Runner._begin
    monkeypatch.setattr(
        Runner, "_begin", lambda self, state, days: (begun.append(state is None), begin(self, state, days))
    )
    for mix in scenario.policy_mixes:
        simulate(scenario, mix, 2, engine="compiled")
    assert begun == [True] + [False] * (len(scenario.policy_mixes) - 1)


def test_startex_is_kept_as_it_was_however_often_a_run_is_read():
    scenario = load("first-steps")
    one, *_, other = scenario.policy_mixes
    shared = luck_of_its_own(scenario, 0)
    runner = Runner(scenario, one, 0, shared=shared)
    for day in (100.0, 200.0):
        runner.interims([day])
    assert repr(Runner(scenario, other, 0, shared=shared).interims([200.0])) == repr(
        readings(scenario, other, 0, [200.0])
    )


def test_a_state_that_is_damaged_or_of_another_build_is_not_read(monkeypatch):
    scenario = load("first-steps")
    state = Runner(scenario, scenario.baseline, 0).state(100.0)
    kept = state.encoded()
    assert State.decoded(kept) == state
    assert State.decoded(kept[:-1]) is None
    monkeypatch.setattr("tabletop.compiled.state.installation", lambda: "another")
    assert State.decoded(kept) is None


def test_taking_a_state_changes_nothing():
    scenario = load("harbour-city")
    runner = Runner(scenario, scenario.baseline, 0, shared=luck_of_its_own(scenario, 0))
    for day in (0.0, 100.0, 777.7):
        assert runner.state(day) == runner.state(day)
    undisturbed = Runner(scenario, scenario.baseline, 0, shared=luck_of_its_own(scenario, 0))
    assert reported(runner.run()) == reported(undisturbed.run())
