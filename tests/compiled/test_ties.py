"""What falls on one moment falls alike on both engines."""

import pytest

pytest.importorskip("tabletop.compiled.loop", reason="the compiled engine is not installed")

from compiled.equality import differences
from compiled.tied import TIED, ties
from tabletop import simulate


@pytest.mark.parametrize("mix", TIED.policy_mixes)
def test_runs_full_of_ties_are_equal(mix):
    for replication in range(5):
        assert differences(TIED, mix, replication, journal=True) == []


def test_there_are_many_ties():
    run = simulate(TIED, "ten", 0, journal=True, engine="compiled")
    assert ties(run.journal) > 100
    assert run.tally["limit_releases"] > 10
