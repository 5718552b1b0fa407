"""Studies and searches of mixes that were edited since: never other figures under their name."""

import shutil

import pytest

import tabletop
from experiment.small import TEXT
from tabletop.errors import TabletopError
from tabletop.experiment.robustness.reading import open_study, questions_beside, study_beside
from tabletop.experiment.run import run_experiment
from tabletop.experiment.search.beside import search_beside
from tabletop.experiment.world import World
from tabletop.scenario.load import loads

RANGES = """\
uncertain:
  - {on: threat.formation_rate, set: [20, 80], scale: log, name: plots}
"""
EDITED = TEXT.replace("{care: 1.0}", "{care: 0.0}")
HOW = {"worlds": 3, "workers": 1, "progress": False, "name": "small"}


def scenario(text=TEXT):
    """A small scenario with a range, and a budget for a search."""
    return loads(f"{text}{RANGES}budget: 200\n", "small.yaml")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with the points, a line and a search of one file."""
    folder = tmp_path_factory.mktemp("made")
    tabletop.study_robustness(scenario(), variants=8, out=folder, **HOW)
    tabletop.study_robustness(scenario(), vary={"plots": None}, out=folder, **HOW)
    how = {**HOW, "worlds": 24}
    tabletop.search_mixes(scenario(), aims=["incidents"], candidates=8, finalists=2, out=folder, **how)
    return folder


@pytest.fixture
def place(made, tmp_path):
    """A copy of it, in which tests may edit."""
    return shutil.copytree(made, tmp_path / "copy")


def only(folder):
    """The one folder of a study there."""
    (found,) = folder.glob("*-robust-*")
    return found


def test_a_question_whose_runs_another_command_replaced_is_refused_until_it_is_asked_again(place):
    line = only(place) / "vary-threat-formation_rate"
    before = open_study(line).to_frame()
    tabletop.study_robustness(scenario(EDITED), variants=8, out=place, **HOW)
    assert open_study(only(place)).scenario.policy_mixes["careful"].interdiction.care == 0
    with pytest.raises(TabletopError, match=r"formation_rate: \d+ runs of it are no longer .* edited since"):
        open_study(line)
    tabletop.study_robustness(scenario(EDITED), vary={"plots": None}, out=place, **HOW)
    assert open_study(line).to_frame() != before


def test_what_lacks_a_run_is_refused_unless_that_world_failed(tmp_path, monkeypatch):
    real = World.readings

    def failing(self, given, mix, *, shares_warm_up):
        if (mix, self._replication) == ("careful", 1) and given.conditions.threat.formation_rate == 80:
            raise ZeroDivisionError("pretended")
        return real(self, given, mix, shares_warm_up=shares_warm_up)

    monkeypatch.setattr(World, "readings", failing)
    found = tabletop.study_robustness(scenario(), vary={"plots": None}, out=tmp_path, **HOW)
    assert len(found.failures) == 1
    assert open_study(only(tmp_path) / "vary-threat-formation_rate").to_frame() == found.to_frame()


@pytest.mark.parametrize(
    "text", [EDITED, TEXT.replace("incidents: {delta: 1}", "incidents: {delta: 2}")], ids=["mix", "delta"]
)
def test_no_page_has_a_study_of_other_mixes_or_of_another_delta(place, text):
    how = {"replications": 3, "workers": 1, "progress": False, "out": place, "name": "small"}
    as_asked = run_experiment(scenario(), **how)
    assert study_beside(as_asked) is not None
    assert [name for name, _ in questions_beside(as_asked)] == ["vary-threat-formation_rate"]
    edited = run_experiment(scenario(text), **how)
    assert edited.hash == as_asked.hash
    assert study_beside(edited) is None
    assert [*questions_beside(edited)] == []


def test_no_page_has_a_search_beside_other_mixes(place):
    how = {"replications": 3, "workers": 1, "progress": False, "out": place, "name": "small"}
    assert search_beside(run_experiment(scenario(), **how)) is not None
    assert search_beside(run_experiment(scenario(EDITED), **how)) is None
