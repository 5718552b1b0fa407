"""The table of regret: its ranges are two means, its title counts, the largest is from fresh luck."""

import pytest
from study_cases import scenario, study
from test_figures import shown_texts

import tabletop
from tabletop.analysis.interval import CONFIDENCE, Interval
from tabletop.analysis.regret import Regret, Worst
from tabletop.experiment.robustness.study import Robustness
from tabletop.plots import regret_table
from tabletop.plots.form import SLIDE
from tabletop.plots.headline import fits
from tabletop.plots.study_figure import WHOLE


@pytest.fixture
def given(monkeypatch):
    """A study of points in which regret is known."""
    found = (
        Regret("usual", -0.4, 2.04, 3, 64), Regret("same", 1.0, 1.0, 20, 64),
        Regret("careful", 0.61, 0.38, 40, 64), Regret("later", 3.0, 3.5, 1, 64),
    )  # fmt: skip
    monkeypatch.setattr(Robustness, "regret", lambda *_: found)
    return study("points")


def test_both_means_are_told_the_smaller_first_and_none_is_cut_off_at_0(given):
    figure = regret_table.PLOT.draw(given, WHOLE)
    said = [text.get_text() for text in shown_texts(figure)]
    for range_ in ("−0.4 to 2.0", "1.0", "0.4 to 0.6", "3.0 to 3.5"):
        assert range_ in said
    table = regret_table.data(given)
    row = dict(zip(table.columns, table.rows[0], strict=True))
    assert (row["too_small"], row["too_large"], row["largest"]) == (-0.4, 2.04, None)


def test_the_title_counts_in_how_many_variants_the_mean_of_the_first_is_the_best(given):
    assert regret_table.title(given) == "Incidents: careful has the best mean in 40 of 64 variants"
    assert "tie" not in " ".join([regret_table.title(given), *regret_table.notes(given)])


@pytest.mark.parametrize(
    ("best_in", "said"),
    [
        ((3, 20, 41, 1), "careful has the best mean, or ties for it, in 41 of 64 variants"),
        ((32, 1, 32, 1), "two of four mixes have the best mean, or tie for it, in 32 of 64 variants each"),
        ((32, 0, 32, 0), "two of four mixes have the best mean in 32 of 64 variants each"),
    ],
)
def test_of_a_tie_none_is_called_the_best_alone(given, monkeypatch, best_in, said):
    found = tuple(
        Regret(mix, 0.0, 1.0, number, 64)
        for mix, number in zip(("usual", "same", "careful", "later"), best_in, strict=True)
    )
    monkeypatch.setattr(Robustness, "regret", lambda *_: found)
    assert regret_table.title(given) == f"Incidents: {said}"
    assert ("its mean is the best, or ties" in regret_table.notes(given)[0]) == (sum(best_in) > 64)
    assert fits(regret_table.title(given))


def test_a_mix_with_a_long_title_is_named_in_two_lines_of_a_slide(monkeypatch):
    given = study("many mixes, points")
    found = [Regret(mix, 0.0, 1.0, 9 if mix == "mix_0" else 7, 16) for mix in given.asked.mixes]
    monkeypatch.setattr(Robustness, "regret", lambda *_: tuple(found))
    title = regret_table.title(given)
    assert title.startswith("Incidents: a very long")
    assert title.endswith("(mix_0) has the best mean, or ties for it, in 9 of 16 variants")
    assert fits(title, SLIDE.title)


def test_the_largest_regret_stands_there_only_from_fresh_luck(given, monkeypatch):
    assert regret_table.largest(given, "incidents", "later") is None
    fresh = [
        Worst("later", "point 3", "careful", 9.0, value, Interval(value - 1, value + 1, CONFIDENCE))
        for value in (2.0, 5.0, 4.0)
    ]
    monkeypatch.setattr(
        Robustness, "worst", lambda *_: (*fresh, Worst("later", "x", "usual", 9.0, 9.0, None))
    )
    rows = [
        dict(zip(regret_table.data(given).columns, row, strict=True)) for row in regret_table.data(given).rows
    ]
    assert {(row["largest"], row["low"], row["high"], row["behind"]) for row in rows} == {
        (5.0, 4.0, 6.0, "careful")
    }


def test_a_study_with_fresh_luck_is_drawn_with_it():
    found = tabletop.study_robustness(
        scenario(), variants=8, worlds=3, regret=True, workers=1, progress=False
    )
    figure = regret_table.PLOT.draw(found, WHOLE)
    assert any(text.get_text() == regret_table.FRESH.word for text in shown_texts(figure))
    assert any(row[7] is not None for row in regret_table.data(found).rows)
