"""The robustness map: which verdicts are framed and counted, that no measure is left out, and its page."""

from dataclasses import replace

import pytest
from study_cases import study as case
from test_figures import shown_texts

import tabletop
from experiment.small import TEXT
from tabletop.analysis.contrast import ContrastVerdict
from tabletop.experiment.robustness.beside import study_beside
from tabletop.experiment.robustness.study import Robustness
from tabletop.experiment.run import run_experiment
from tabletop.plots import robustness_map
from tabletop.plots.headline import fits
from tabletop.plots.lettering import pieces
from tabletop.plots.rendering import rendered
from tabletop.plots.study_figure import WHOLE
from tabletop.plots.wording import in_prose, side
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


@pytest.fixture
def verdicts(monkeypatch):
    """A study of which a test says the verdicts, by variant, measure and mix."""
    real = Robustness.comparison

    def put(of):
        class Put:
            def __init__(self, study, variant):
                self.study, self.variant = study, variant

            def contrast(self, measure, mix):
                found = real(self.study, self.variant).contrast(measure, mix)
                return replace(found, verdict=of(self.variant, measure, mix))

        monkeypatch.setattr(Robustness, "comparison", lambda study, variant: Put(study, variant))
        return case("points")

    return put


BETTER, OPEN = ContrastVerdict.BETTER, ContrastVerdict.UNDECIDED


def test_a_verdict_that_is_open_and_stays_open_holds_nothing(verdicts):
    given = verdicts(lambda _variant, measure, _mix: BETTER if measure == "trust_mean" else OPEN)
    every = len(robustness_map.alone(given))
    assert robustness_map.holds(given, "incidents", "careful") is None
    assert robustness_map.holds(given, "trust_mean", "careful") == every
    assert robustness_map.title(given) == (
        f"2 of 2 verdicts decided as written hold in all {every} changes of one assumption"
    )
    said = [text.get_text() for text in shown_texts(robustness_map.PLOT.draw(given, WHOLE))]
    assert said.count("undecided\nas written") == 2 * (len(given.measures) - 1)
    assert said.count(f"{every} of {every}") == 2


def test_a_verdict_that_is_open_at_one_end_is_not_counted_as_one_that_holds(verdicts):
    first = robustness_map.alone(case("points"))[0].label

    def of(variant, measure, mix):
        if measure != "trust_mean":
            return OPEN
        return OPEN if (variant.label, mix) == (first, "later") else BETTER

    given = verdicts(of)
    every = len(robustness_map.alone(given))
    assert robustness_map.holds(given, "trust_mean", "later") == every - 1
    assert robustness_map.title(given).startswith("1 of 2 verdicts decided as written holds in all")


@pytest.mark.parametrize(
    ("decided", "start"),
    [
        (lambda *_: False, "No verdict is decided as written, so none can hold"),
        (
            lambda _, measure, mix: (measure, mix) == ("incidents", "later"),
            "The one verdict decided as written holds in all",
        ),
        (
            lambda variant, measure, mix: (measure, mix, variant.kind) == ("incidents", "later", "written"),
            "The one verdict decided as written does not hold in all",
        ),
        (
            lambda variant, measure, _: (measure, variant.kind) == ("incidents", "written"),
            "None of 2 verdicts decided as written holds in all",
        ),
    ],
    ids=["none", "one, holds", "one, does not", "two, neither holds"],
)
def test_the_title_speaks_of_verdicts_that_are_decided_as_written(verdicts, decided, start):
    given = verdicts(lambda *names: BETTER if decided(*names) else OPEN)
    assert robustness_map.title(given).startswith(start)
    assert fits(robustness_map.title(given))


@pytest.mark.parametrize("kind", ["points", "many mixes, points"])
def test_every_primary_measure_is_on_one_sheet(kind):
    given = case(kind)
    sheets = robustness_map.PLOT.sheets(given)
    on = [robustness_map.measures_of(given, sheet) for sheet in sheets]
    assert sorted(measure for of in on for measure in of) == sorted(given.measures)
    assert (len(sheets) == 1) == (kind == "points")
    for sheet, measures in zip(sheets, on, strict=True):
        said = [text.get_text() for text in shown_texts(robustness_map.PLOT.draw(given, sheet))]
        for measure in given.measures:
            rows = sum(text.startswith(in_prose(measure)) for text in said)
            assert rows == (len(given.others) if measure in measures else 0), measure
            note = " ".join(robustness_map.notes(given, sheet))
            assert (f"{in_prose(measure)}" in note.partition("On other sheets")[2]) == (
                measure not in measures
            )
        rows = robustness_map.PLOT.data(given, sheet).rows
        assert {row[0] for row in rows} == set(measures)
    assert {row[0] for row in robustness_map.data(given).rows} == set(given.measures)
    assert len({robustness_map.PLOT.file(given, sheet) for sheet in sheets}) == len(sheets)


def test_no_label_of_a_column_is_broken_within_a_word():
    """Seven columns are too narrow for such labels: fewer have one, and the note says how many."""
    ranges = "".join(
        f"  - {{on: {path}, multiply: [0.5, 2], name: {name}}}\n"
        for path, name in (
            ("threat.formation_rate", "interdiction.investigations"),
            ("background", "injects.rumour.happens"),
            ("threat.preparation", "threat.trace_rates.intelligence"),
            ("interdiction.investigation", "shorter"),
        )
    )
    given = tabletop.study_robustness(
        loads(f"{TEXT}uncertain:\n{ranges}", "small.yaml"), variants=8, worlds=2, workers=1, progress=False
    )
    columns = robustness_map.columns_of(given)
    assert 4 <= len(columns) < 7 < len(robustness_map.alone(given))
    assert f"Columns: {len(columns)} of 8" in robustness_map.notes(given)[0]
    lines = [
        line
        for text in shown_texts(robustness_map.PLOT.draw(given, WHOLE))
        for line in text.get_text().split("\n")
    ]
    for one in columns:
        whole = pieces(one.label)
        assert all(any(line.startswith(piece) or piece in line for line in lines) for piece in whole)


def test_it_is_the_same_picture_twice_and_says_nothing_of_robust_mixes(place):
    study, _ = place
    one, other = (rendered(robustness_map.PLOT.draw(study, WHOLE), "svg") for _ in range(2))
    assert one == other
    assert "robust" not in robustness_map.title(study).lower()


def test_a_line_in_the_same_folder_leaves_the_page_its_study_of_points(place):
    study, made = place
    line = tabletop.study_robustness(
        study.scenario,
        vary={"threat.formation_rate": None},
        worlds=2,
        workers=1,
        progress=False,
        out=made.parent,
    )
    assert not line.points
    assert len([*made.parent.glob("*-robust-*")]) == 1
    beside = study_beside(tabletop.open_results(made))
    assert beside is not None
    assert [one.label for one in beside.variants] == [one.label for one in study.variants]
    assert beside.asked == study.asked


def test_the_page_of_an_experiment_has_the_fold_only_if_there_is_a_study_beside_it(place, tmp_path):
    _, made = place
    page = experiment_page(tabletop.open_results(made))
    assert "Would other assumptions turn it round?" in page
    assert "What was not varied" in page
    assert "Would other assumptions" not in experiment_page(
        run_experiment(loads(TEXT, "small.yaml"), replications=3, workers=1, progress=False)
    )
