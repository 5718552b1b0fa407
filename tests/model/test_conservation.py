"""Nothing appears from nowhere or vanishes: all that was created has ended in one way, or is there."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.settings import scenario
from support.strategies import scenarios
from tabletop.simulation import Census, Simulation
from tabletop.world import Tally


def assert_conserved(tally: Tally, census: Census) -> None:
    """The four identities; `census` was counted by walking queues and people in service."""
    assert tally.formed == (
        tally.disrupted + tally.turned_back + tally.foiled + tally.incidents + census.attempts
    )
    assert tally.traces == (
        tally.uncaptured
        + tally.screened_out
        + tally.border_refusals
        + tally.let_through
        + tally.lapsed
        + tally.late
        + tally.duplicate
        + tally.moot
        + tally.filed
        + tally.opened
        + census.traces
    )
    assert tally.opened == tally.cases
    assert tally.cases == (
        tally.cases_withdrawn
        + tally.cases_too_late
        + tally.cases_lost
        + tally.cleared
        + tally.wrongful
        + tally.disrupted
        + census.cases
    )
    assert tally.proceedings == tally.wrongful + tally.disrupted
    assert tally.proceedings == (
        tally.convictions + tally.acquittals + tally.limit_releases + census.proceedings
    )


def assert_conserved_at_every_step(simulation: Simulation) -> None:
    going = True
    while going:
        tally = simulation.world.tally
        if simulation.warm_up is not None:
            tally = simulation.warm_up.over(tally)
        assert_conserved(tally, simulation.census())
        going = simulation.step()


def many_charged_at_once(pool: str, preparation: float, trial: float):
    """Teams come on day 20: all cases end at once, and the limit passes when somebody is free again."""
    return scenario(
        60,
        conditions={
            "background": {"intelligence": 1},
            "interdiction": {"clear_base": 0, "investigation": 5},
            "prosecution": {"trial": trial, "preparation": preparation},
        },
        levers={
            "detection": {"collection": 1, "open_case_at": 0.0},
            "interdiction": {"teams": 0},
            "prosecution": {pool: 1, "custody_limit_days": 8},
            "changes": [{"day": 20, "interdiction": {"teams": None}}],
        },
    )


@settings(max_examples=60)
@given(scenarios(), st.sampled_from(["usual", "other"]), st.booleans())
def test_everything_is_conserved_at_every_step_of_a_random_scenario(random, mix, journal):
    assert_conserved_at_every_step(Simulation(random, mix, 0, journal=journal))


@pytest.mark.parametrize(
    ("pool", "preparation", "trial"),
    [("prosecutors", 8, 0), ("prosecutors", 4, 4), ("courts", 0, 8), ("courts", 4, 4)],
)
def test_a_proceeding_ends_once_when_somebody_is_free_at_the_moment_when_the_limit_passes(
    pool, preparation, trial
):
    simulation = Simulation(many_charged_at_once(pool, preparation, trial), "only", 0)
    assert_conserved_at_every_step(simulation)
    assert simulation.world.tally.limit_releases > 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"formed": 1},
        {"turned_back": 1},
        {"moot": 1},
        {"border_refusals": 1},
        {"let_through": 1},
        {"cases_lost": 1},
        {"acquittals": 1},
        {"opened": 1, "traces": 1},
    ],
)
def test_one_thing_too_many_is_noticed(wrong):
    with pytest.raises(AssertionError):
        assert_conserved(Tally(**wrong), Census(0, 0, 0, 0))
