"""Mixes of a replication share what was drawn, and are the same runs as if each had drawn it alone."""

from threading import Thread

from support.recount import rows
from support.settings import merged
from tabletop import Scenario, load, simulate
from tabletop.luck import luck_of

SMALL = load("first-steps")


def alone(mix, **over):
    """A run under luck of its own: an equal scenario, but another object."""
    return simulate(
        Scenario.model_validate(merged(SMALL.model_dump(exclude_unset=True), over)), mix, 0, journal=True
    )


def test_a_mix_after_others_is_the_mix_alone():
    together = {mix: simulate(SMALL, mix, 0, journal=True) for mix in SMALL.policy_mixes}
    for mix, run in together.items():
        assert rows(run.journal) == rows(alone(mix).journal)
        assert (run.measures, run.series) == (alone(mix).measures, alone(mix).series)


def test_luck_is_shared_within_a_replication_of_a_scenario_only():
    luck = luck_of(SMALL, 1, 0)
    assert luck_of(SMALL, 1, 0) is luck
    for other in (SMALL, 1, 1), (SMALL, 2, 0), (SMALL.model_copy(), 1, 0):
        assert luck_of(*other) is not luck_of(SMALL, 1, 0)


def test_a_scenario_of_another_shape_draws_anew_under_the_same_seed():
    shape = {"conditions": {"detection": {"assessment": {"family": "exponential", "mean": 0.6}}}}
    simulate(SMALL, "status_quo", 0)
    first = alone("status_quo", **shape)
    assert rows(first.journal) == rows(alone("status_quo", **shape).journal)
    assert rows(first.journal) != rows(alone("status_quo").journal)


def test_threads_do_not_share_luck():
    found = []
    thread = Thread(target=lambda: found.append(luck_of(SMALL, 1, 0)))
    here = luck_of(SMALL, 1, 0)
    thread.start()
    thread.join()
    assert found[0] is not here
    assert luck_of(SMALL, 1, 0) is here
