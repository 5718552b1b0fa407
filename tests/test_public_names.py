import subprocess
import sys

import pytest

import tabletop


def test_every_public_name_is_there_whatever_was_imported_before():
    program = (
        "import tabletop, tabletop.simulation, tabletop.experiment.run, tabletop.scenario.load\n"
        "for name in tabletop.__all__:\n"
        "    assert not isinstance(getattr(tabletop, name), type(tabletop)), name\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_there_are_about_twenty_public_names():
    assert 15 <= len(tabletop.__all__) <= 25
    assert set(tabletop.__all__) <= set(dir(tabletop))


def test_a_name_that_does_not_exist_is_an_attribute_error():
    with pytest.raises(AttributeError, match="simulat"):
        _ = tabletop.simulat


def test_the_notebook_of_the_readme_runs():
    scenario = tabletop.load("first-steps")
    run = tabletop.simulate(scenario, mix="craft", replication=3)
    assert run.measures["incidents"] == int(run.measures["incidents"])
    results = tabletop.run_experiment(scenario, replications=3, workers=1)
    comparison = results.compare(baseline="status_quo")
    assert {contrast.mix for contrast in comparison.contrasts} == {"craft", "neighbours"}
