"""The compiled engine is equal to the model in all that a shipped scenario can come to."""

import pytest

from support.long import long

pytest.importorskip("tabletop.compiled.loop", reason="the compiled engine is not installed")

from compiled.equality import differences
from tabletop import load
from tabletop.scenario.source import shipped

RUNS = [(name, mix) for name in shipped() for mix in load(name).policy_mixes]


@pytest.mark.parametrize("replication", [0, *long(1, 2)])
@pytest.mark.parametrize(("name", "mix"), RUNS)
def test_a_run_is_equal_with_and_without_a_journal(name, mix, replication):
    scenario = load(name)
    days = [0.3 * scenario.horizon_days, scenario.horizon_days]
    assert differences(scenario, mix, replication) == []
    assert differences(scenario, mix, replication, journal=True, series_days=days, interim_days=days) == []
