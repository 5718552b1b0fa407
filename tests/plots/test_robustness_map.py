"""The robustness map: which verdicts are framed, and where it stands on a page."""

import re
import shutil

import pytest

import tabletop
from experiment.small import TEXT
from tabletop.experiment.robustness.reading import open_study, questions_beside, study_beside
from tabletop.experiment.run import run_experiment
from tabletop.plots import robustness_map
from tabletop.plots.rendering import rendered
from tabletop.plots.study_figure import WHOLE
from tabletop.plots.wording import side
from tabletop.report.page import experiment_page
from tabletop.scenario.load import loads

RANGES = """\
uncertain:
  - {on: threat.formation_rate, set: [20, 80], scale: log, name: plots a year}
  - {on: background, multiply: [0.5, 2], name: harmless traces}
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with an experiment and the study of its assumptions."""
    folder = tmp_path_factory.mktemp("results")
    scenario = loads(TEXT + RANGES, "small.yaml")
    how = {"workers": 1, "progress": False, "out": folder}
    study = tabletop.study_robustness(scenario, variants=8, worlds=30, **how)
    run_experiment(scenario, replications=30, **how)
    (made,) = (path for path in folder.iterdir() if "-robust-" not in path.name)
    return study, made


def test_a_verdict_is_framed_exactly_where_it_lies_on_another_side_than_as_written(place):
    study, _ = place
    table = robustness_map.data(study)
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    by_label = {one.label: one for one in study.variants}
    for row in rows:
        own = study.comparison(study.variants[0]).contrast(row["measure"], row["mix"])
        here = study.comparison(by_label[row["variant"]]).contrast(row["measure"], row["mix"])
        kinds = [side(one) if side(one).is_decided else None for one in (own, here)]
        assert row["other_than_as_written"] == (kinds[0] != kinds[1])
    for measure in robustness_map.measures_of(study):
        for mix in study.others:
            framed = sum(
                r["other_than_as_written"] for r in rows if (r["measure"], r["mix"]) == (measure, mix)
            )
            own = side(study.comparison(study.variants[0]).contrast(measure, mix))
            left = len(robustness_map.alone(study)) - framed
            assert robustness_map.holds(study, measure, mix) == (left if own.is_decided else None)


def test_it_is_the_same_picture_twice_and_says_nothing_of_robust_mixes(place):
    study, _ = place
    one, other = (rendered(robustness_map.PLOT.draw(study, WHOLE), "svg") for _ in range(2))
    assert one == other
    assert "robust" not in robustness_map.title(study).lower()


def test_a_line_in_the_same_folder_leaves_all_files_of_the_points_and_the_page_shows_both(place):
    study, made = place
    (folder,) = made.parent.glob("*-robust-*")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.suffix in {".csv", ".json"}}
    assert folder / "tables" / "counts.csv" in before
    assert "What if one assumption is different?" not in experiment_page(tabletop.open_results(made))
    line = tabletop.study_robustness(
        study.scenario,
        vary={"threat.formation_rate": None},
        worlds=2,
        workers=1,
        progress=False,
        out=made.parent,
    )
    assert not line.points
    assert [*made.parent.glob("*-robust-*")] == [folder]
    assert {path: path.read_bytes() for path in before} == before
    again = open_study(folder / "vary-threat-formation_rate")
    assert again.asked == line.asked
    assert again.switches(0, "incidents", again.others[0]) == line.switches(0, "incidents", again.others[0])
    beside = study_beside(tabletop.open_results(made))
    assert beside is not None
    assert [one.label for one in beside.variants] == [one.label for one in study.variants]
    assert beside.asked == study.asked
    page = experiment_page(tabletop.open_results(made))
    assert "What if one assumption is different?" in page
    assert 'id="figure-switch_curve-vary-threat-formation_rate"' in page
    assert "All else is as written; of " in page
    switches = [line.switches(0, measure, mix) for measure in line.measures for mix in line.others]
    assert f"for {switches.count(())} of {len(switches)} contrasts" in page
    shutil.copytree(folder, folder.with_name(folder.name.replace("-robust-", "-again-robust-")))
    assert [name for name, _ in questions_beside(tabletop.open_results(made))] == [
        "vary-threat-formation_rate"
    ]
    page = experiment_page(tabletop.open_results(made))
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_the_page_of_an_experiment_has_the_fold_only_if_there_is_a_study_beside_it(place, tmp_path):
    _, made = place
    page = experiment_page(tabletop.open_results(made))
    assert "Would other assumptions turn it round?" in page
    assert "What was not varied" in page
    assert "Would other assumptions" not in experiment_page(
        run_experiment(loads(TEXT, "small.yaml"), replications=3, workers=1, progress=False)
    )
