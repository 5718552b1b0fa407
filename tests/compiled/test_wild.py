"""The compiled engine is equal to the model whatever a scenario says."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("tabletop.compiled.loop", reason="the compiled engine is not installed")

from compiled.equality import differences
from compiled.wild import wild_scenarios
from support.strategies import scenarios

DAYS = st.sets(st.sampled_from([0.5, 3.5, 5.0]))


def check(scenario, replication, interim_days):
    days = sorted(interim_days)
    for mix in scenario.policy_mixes:
        for journal in (False, True):
            assert (
                differences(scenario, mix, replication, journal=journal, interim_days=days, series_days=days)
                == []
            )


@settings(max_examples=50)
@given(wild_scenarios(), st.integers(0, 3), DAYS)
def test_wild_scenarios_are_equal(scenario, replication, interim_days):
    check(scenario, replication, interim_days)


@settings(max_examples=40)
@given(scenarios(), st.integers(0, 3), DAYS)
def test_random_scenarios_are_equal(scenario, replication, interim_days):
    check(scenario, replication, interim_days)


@pytest.mark.verify
@settings(max_examples=2_000, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.one_of(wild_scenarios(), scenarios()), st.integers(0, 3), DAYS)
def test_two_thousand_more_scenarios_are_equal(scenario, replication, interim_days):
    check(scenario, replication, interim_days)
