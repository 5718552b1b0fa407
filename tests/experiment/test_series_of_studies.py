"""How the runs of a study developed: kept where it is asked for, and equal to those of an experiment."""

import sqlite3
from contextlib import closing

import pytest

import tabletop
from experiment.small import TEXT
from tabletop.errors import TabletopError, UnknownName
from tabletop.experiment.robustness.reading import open_study
from tabletop.experiment.run import run_experiment
from tabletop.scenario.load import loads

RANGES = """\
uncertain:
  - {on: threat.formation_rate, set: [20, 80], scale: log}
  - {on: interdiction.success, odds: [0.5, 2]}
"""


def ranged():
    """A small scenario with two ranges."""
    return loads(TEXT + RANGES, "small.yaml")


def study(**how):
    """A small study that keeps series."""
    asked = {"variants": 8, "worlds": 2, "mixes": ["careful"], "workers": 1, "keep": "series"}
    return tabletop.study_robustness(ranged(), **{"progress": False, **asked, **how})


def developments(found):
    """All that is kept of how runs developed."""
    return {
        (one.label, mix): (dict(found.series(one, mix)), dict(found.pools(one, mix)))
        for one in found.variants
        for mix in found.asked.mixes
    }


def only(parent):
    """The one folder of a study there."""
    (folder,) = parent.glob("*-robust-*")
    return folder


def test_series_and_pools_of_every_variant_are_those_of_an_experiment_under_it():
    found = study()
    for one in (found.variants[0], found.points[3]):
        results = run_experiment(one.scenario, replications=2, workers=1, progress=False, mixes=["careful"])
        for mix in found.asked.mixes:
            assert [*dict(found.series(one, mix)).values()] == [*results.runs.series(mix)]
            assert dict(found.pools(one, mix)) == {r: results.runs[mix, r].pools for r in range(2)}


def test_only_runs_without_series_are_made_again_and_measures_stay_the_same(tmp_path):
    told = []

    def again(keep):
        told.clear()
        return study(keep=keep, out=tmp_path, progress=lambda done, total: told.append(total))

    plain = again(None)
    with pytest.raises(TabletopError, match="only measures were kept; ask for the study with keep='series'"):
        plain.series(plain.variants[0], "careful")
    before = (only(tmp_path) / "tables" / "verdicts.csv").read_bytes()
    again("series")
    assert told[0] == 2 * 2 * len(plain.variants)
    assert (only(tmp_path) / "tables" / "verdicts.csv").read_bytes() == before
    for keep in ("series", None):
        again(keep)
        assert told == []


def test_two_workers_keep_the_same_and_a_study_that_is_opened_again_has_it(tmp_path):
    one = study(out=tmp_path / "one")
    study(out=tmp_path / "two", workers=2)
    assert developments(open_study(only(tmp_path / "two"))) == developments(one)
    with pytest.raises(UnknownName, match="did you mean 'careful'"):
        one.series(one.variants[0], "carefull")


def test_runs_of_the_experiment_beside_it_are_taken_over_with_their_series(tmp_path):
    run_experiment(ranged(), replications=2, workers=1, progress=False, out=tmp_path, mixes=["careful"])
    told = []
    study(out=tmp_path, progress=lambda done, total: told.append(total))
    found = open_study(only(tmp_path))
    assert told[0] == 2 * 2 * (len(found.variants) - 1)
    assert developments(found) == developments(study())


def test_a_damaged_series_is_made_anew(tmp_path):
    before = developments(study(out=tmp_path))
    with closing(sqlite3.connect(only(tmp_path) / "runs.sqlite")) as database, database:
        database.execute("UPDATE developments SET series = '{}' WHERE replication = 1")
    assert developments(study(out=tmp_path)) == before


def test_what_else_could_be_kept_is_told():
    with pytest.raises(UnknownName, match="series"):
        study(keep="journal")
