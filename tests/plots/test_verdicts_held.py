"""The robustness map: which verdicts its title and its last column count, and that no measure is left out."""

from dataclasses import replace

import pytest
from study_cases import study as case
from test_figures import shown_texts

import tabletop
from experiment.small import TEXT
from tabletop.analysis.contrast import ContrastVerdict
from tabletop.experiment.robustness.study import Robustness
from tabletop.plots import robustness_map
from tabletop.plots.form import SLIDE
from tabletop.plots.headline import fits
from tabletop.plots.lettering import pieces
from tabletop.plots.study_figure import WHOLE
from tabletop.plots.wording import in_prose
from tabletop.scenario.load import loads

BETTER, OPEN = ContrastVerdict.BETTER, ContrastVerdict.UNDECIDED


@pytest.fixture
def verdicts(monkeypatch):
    """A study of which a test says the verdicts, by variant, measure and mix."""
    real = Robustness.comparison

    def put(of, kind="points"):
        class Put:
            def __init__(self, study, variant):
                self.study, self.variant = study, variant

            def contrast(self, measure, mix):
                found = real(self.study, self.variant).contrast(measure, mix)
                return replace(found, verdict=of(self.variant, measure, mix))

        monkeypatch.setattr(Robustness, "comparison", lambda study, variant: Put(study, variant))
        return case(kind)

    return put


def test_a_verdict_that_is_open_and_stays_open_holds_nothing(verdicts):
    given = verdicts(lambda _variant, measure, _mix: BETTER if measure == "trust_mean" else OPEN)
    every = len(robustness_map.alone(given))
    assert robustness_map.holds(given, "incidents", "careful") is None
    assert robustness_map.holds(given, "trust_mean", "careful") == every
    assert robustness_map.title(given) == (
        f"2 of 2 verdicts decided as written hold in all {every} ways of changing one assumption"
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


def test_the_title_of_a_sheet_names_its_measures_and_counts_its_verdicts_alone(verdicts):
    given = verdicts(
        lambda _, measure, _mix: BETTER if measure == "incidents" else OPEN, "many mixes, points"
    )
    every, number = len(robustness_map.alone(given)), len(given.others)
    first, *others = robustness_map.PLOT.sheets(given)
    assert first.startswith("incidents")
    counted = f"{number} of {number} verdicts decided as written hold in all {every} ways"
    assert counted in robustness_map.title(given, first)
    for sheet in others:
        assert "no verdict is decided as written" in robustness_map.title(given, sheet)
    for sheet in (first, *others):
        (leading, *_) = robustness_map.measures_of(given, sheet)
        assert robustness_map.title(given, sheet).lower().startswith(in_prose(leading))
        assert fits(robustness_map.title(given, sheet), SLIDE.title)


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
        assert fits(robustness_map.title(given, sheet), SLIDE.title)
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
