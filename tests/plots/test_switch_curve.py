"""The switch curve: what is drawn at a value is what the statements say there, and titles count turns."""

import pytest
from study_cases import put_in, study

from tabletop.analysis.statements import Difference
from tabletop.experiment.robustness.study import Robustness
from tabletop.plots import switch_curve


@pytest.mark.parametrize("mean", [-2.4, -1.2, -0.35, -0.1, 0.0, 0.2, 0.4, 1.4])
def test_an_interval_leaves_zero_or_delta_exactly_where_the_statement_is_shown(monkeypatch, mean):
    """Two routes: Student's interval that is drawn, and the p-values that decide."""
    put_in(monkeypatch, lambda _: mean, deviation=1.0, n=30)
    rows = _rows(study("a line"), "incidents", "careful")
    for row in rows:
        low, high, delta = row["low"], row["high"], row["delta"]
        assert row["better"] == ("shown" if high < 0 else "its opposite is shown" if low > 0 else "open")
        assert (row["better_by_more_than_delta"] == "shown") == (high < -delta)
        assert (row["worse_by_more_than_delta"] == "shown") == (low > delta)


def test_a_title_counts_who_changes_sides_and_who_passes_delta(monkeypatch):
    given = study("a line")

    def difference(_, variant, _measure, mix):
        at = variant.shares[0]
        mean = {"careful": 3 * (0.5 - at), "later": -0.6 - at}[mix]  # from worse to better; past δ alone
        return Difference(mean, 0.2, 40, 40)

    monkeypatch.setattr(Robustness, "difference", difference)
    assert switch_curve.title(given, "incidents") == (
        "Incidents by plots a year: one of two mixes changes sides, two pass δ"
    )
    monkeypatch.setattr(Robustness, "difference", lambda *_: Difference(-0.5, 0.2, 40, 40))
    assert switch_curve.title(given, "incidents") == (
        "Incidents by plots a year: none of two mixes changes sides, none passes δ"
    )


def test_a_bracket_is_drawn_for_each_switch_between_the_values_that_hold_it(monkeypatch):
    put_in(monkeypatch, lambda one: 3 * (0.5 - one.shares[0]), deviation=0.2)
    given = study("a line")
    figure = switch_curve.PLOT.draw(given, "incidents")
    said = [text.get_text() for axes in figure.axes for text in axes.texts]
    found = [one for mix in given.others for one in given.switches(0, "incidents", mix)]
    assert len(found) >= 2
    assert len([text for text in said if "→" in text or "←" in text]) == len(found)
    assert "better →" in said


def test_of_points_the_condition_that_decides_most_often_has_the_line_and_else_it_is_said(monkeypatch):
    given = study("points")
    monkeypatch.setattr(Robustness, "shares", lambda *_: None)
    assert switch_curve.PLOT.sheets(given) == ()
    assert "none is shown to have a share" in switch_curve.PLOT.lacks(given)


def _rows(given, measure, mix):
    table = switch_curve.data(given)
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    return [row for row in rows if (row["measure"], row["mix"]) == (measure, mix)]
