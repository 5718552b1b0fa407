"""What an experiment is to run."""

import pytest
from small import small

from tabletop.errors import TabletopError, UnknownName
from tabletop.experiment.design import Design, Job
from tabletop.scenario.scenario import Interest


def test_unless_told_the_scenario_decides():
    design = Design.of(small())
    assert design.mixes == ("usual", "same", "careful", "later")
    assert (design.baseline, design.replications, design.scenario.seed, len(design)) == ("usual", 6, 5, 24)


def test_the_baseline_is_always_among_the_mixes_which_keep_the_order_of_the_file():
    assert Design.of(small(), mixes=["later"]).mixes == ("usual", "later")
    assert Design.of(small(), mixes=["later", "usual"], baseline="careful").mixes == (
        "usual",
        "careful",
        "later",
    )


def test_another_baseline_leaves_the_warm_up_to_the_scenarios():
    design = Design.of(small(), baseline="careful")
    assert (design.baseline, design.scenario.baseline) == ("careful", "usual")


def test_all_mixes_of_a_replication_run_together():
    design = Design.of(small(), mixes=["same"], replications=2)
    assert list(design.jobs()) == [Job("usual", 0), Job("same", 0), Job("usual", 1), Job("same", 1)]


@pytest.mark.parametrize("where", ["mixes", "baseline"])
def test_an_unknown_mix_is_told_with_the_nearest(where):
    told = {"mixes": ["carefull"]} if where == "mixes" else {"baseline": "carefull"}
    with pytest.raises(UnknownName, match=r"'carefull': no such policy mix; did you mean 'careful'\?"):
        Design.of(small(), **told)


def test_an_unknown_measure_of_a_scenario_made_in_python_is_told():
    scenario = small().model_copy(update={"measures": {"incident": Interest(delta=1)}})
    with pytest.raises(UnknownName, match="did you mean 'incidents'"):
        Design.of(scenario)


@pytest.mark.parametrize("number", [0, -1, 1_000_001, 2.0, True, "3"])
def test_a_number_of_replications_that_is_none_is_told_with_the_range(number):
    with pytest.raises(TabletopError, match=r"replications: .*: must be a whole number from 1 to 1,000,000"):
        Design.of(small(), replications=number)


@pytest.mark.parametrize("seed", [-1, 2**63, 1.5])
def test_a_seed_out_of_range_is_told(seed):
    with pytest.raises(TabletopError, match="seed: "):
        Design.of(small(), seed=seed)
