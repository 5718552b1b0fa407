"""Figures that studies of robustness say: as they were computed, those of a share in points."""

import re
from dataclasses import replace

import pytest

import tabletop
from experiment.small import TEXT
from tabletop.analysis.contrast import ContrastVerdict
from tabletop.analysis.interval import CONFIDENCE, Interval
from tabletop.analysis.regret import Regret, Worst
from tabletop.errors import TabletopError
from tabletop.experiment.robustness import sentences
from tabletop.experiment.robustness.study import Robustness
from tabletop.experiment.robustness.tables import as_data
from tabletop.scenario.load import loads

RANGES = """\
uncertain:
  - {on: threat.formation_rate, set: [20, 80], scale: log, name: plots a year}
"""


@pytest.fixture(scope="module")
def study():
    """A study of eight points."""
    scenario = loads(TEXT + RANGES, "small.yaml")
    return tabletop.study_robustness(scenario, variants=8, worlds=2, workers=1, progress=False)


def test_regret_is_written_as_it_was_computed_below_nothing_too(study, monkeypatch):
    """Nothing is cut off at 0, what rounds to nothing has no sign, and a share's is in points."""
    found = (
        Regret("usual", -0.167, 0.0208, 3, 8), Regret("careful", -7e-18, 0.0, 5, 8),
        Regret("later", 0.61, 0.38, 1, 8),
    )  # fmt: skip
    monkeypatch.setattr(Robustness, "regret", lambda *_: found)
    worst = Worst("usual", "point 3", "careful", 9.0, -0.0417, Interval(-0.2, 0.1, CONFIDENCE))
    monkeypatch.setattr(Robustness, "worst", lambda _, __, mix: (worst,) if mix == "usual" else ())
    counts = sentences.regret_rows(study, "incidents")
    assert [row[1] for row in counts] == ["−0.17 to 0.02", "0.00", "0.38 to 0.61"]
    assert counts[0][3] == "−0.04 (−0.20 to 0.10) behind careful, point 3"
    points = sentences.regret_rows(study, "trust_mean")
    assert [row[1] for row in points] == ["−16.70 to 2.08", "0.00", "38.00 to 61.00"]
    assert sentences.with_delta(study.scenario, "trust_mean") == "Trust (δ 1 point)"


def test_a_mix_that_is_the_baseline_under_another_name_stands_in_no_table_of_counts_and_none_of_regret(study):
    assert study.alike == ("same",)
    assert study.mixes == ("usual", "careful", "later")
    assert [one.mix for one in study.regret("incidents")] == ["usual", "careful", "later"]
    told = as_data(study)
    for table in ("counts", "regret", "largest_regret", "limits"):
        assert "same" not in {value for row in told[table] for value in row.values()}
    assert {row["verdict"] for row in told["verdicts"] if row["mix"] == "same"} == {"same policy"}
    said = sentences.alike_sentence(study.alike, "usual")
    assert said == "The same policy as usual, and so left out: same."
    assert sentences.alike_sentence((), "usual") == ""


def test_a_verdict_that_changes_is_said_with_its_difference_and_interval(study):
    own = study.comparison(study.variants[0]).contrast("trust_mean", "careful")
    moved = replace(own, difference=0.031, interval=Interval(0.012, 0.05, CONFIDENCE))
    assert sentences.finding_in_words(study, replace(moved, verdict=ContrastVerdict.BETTER)) == (
        "better: +3.10 (+1.20 to +5.00)"
    )
    less = replace(moved, verdict=ContrastVerdict.SLIGHTLY_WORSE, interval=None)
    assert sentences.finding_in_words(study, less) == "worse, but by less than 1 point"
    changed = [
        (one, *both)
        for measure in study.measures
        for mix in study.others
        for one, *both in sentences.ends_that_turn(study, measure, mix)
    ]
    assert all(one.kind == "end" and written.verdict is not there.verdict for one, written, there in changed)
    ends = [one for one in study.variants if one.kind == "end"]
    written, *others = (
        study.comparison(one).contrast("incidents", "careful") for one in (study.variants[0], *ends)
    )
    found = sentences.ends_that_turn(study, "incidents", "careful")
    assert len([*found]) == sum(one.verdict is not written.verdict for one in others)


def test_what_is_counted_of_a_share_is_said_in_points(study):
    assert [one.statement.says for one in study.counts("trust_mean", "careful")] == [
        "better by more than 1 point", "better", "worse", "worse by more than 1 point",
    ]  # fmt: skip
    assert study.counts("incidents", "careful")[0].statement.says == "better by more than 1"
    assert study.counts("trust_mean", "careful")[0].statement.threshold == 0.01


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        (("6", "24"), "rate: ('6', '24'): write two numbers, the lower first, as (6, 24)"),
        ((float("nan"), 24), "(nan, 24): write two numbers"),
        ((True, 24), "(True, 24): write two numbers"),
        ("6..24", "'6..24': write two numbers"),
        ((6, 24, 48), "(6, 24, 48): write two numbers"),
    ],
)  # fmt: skip
def test_ends_that_are_no_two_numbers_are_refused_as_they_were_given(ends, said):
    with pytest.raises(TabletopError, match=re.escape(said)):
        tabletop.study_robustness(loads(TEXT), vary={"threat.formation_rate": ends})
