"""The discovery box: drawn where a rule or a box passes its checks, with its points and ends."""

from math import inf

import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from study_cases import put_in, study
from test_figures import shown_texts
from test_study_figures import check_texts

from tabletop.plots import discovery_box
from tabletop.plots.form import SLIDE, WIDE
from tabletop.plots.style import ZONE

CONDITIONS = ("plots a year", "harmless traces", "shape")


@pytest.fixture
def planted(monkeypatch):
    """A study of points, with incidents fewer by two where a test says so, and more by two elsewhere."""
    given = study("points")

    def put(holds):
        given.decided.clear()
        put_in(monkeypatch, lambda one: -2.0 if holds(one) else 2.0)
        return given

    yield put
    given.decided.clear()


def test_a_rule_of_one_condition_is_a_side_of_its_threshold(planted):
    given = planted(lambda one: one.shares[0] < 0.4)
    (first, *_) = found = discovery_box.panels(given, "incidents")
    assert [one.mix for one in found] == ["careful", "later"]
    assert (first.axes[0], first.shuffled) == (0, None)
    (low, high), up = first.ends(first.box)
    assert (low, up) == (-inf, (-inf, inf))
    assert high == pytest.approx(0.4, abs=0.03)
    assert first.inside.seen == first.inside.variants == sum(first.found.holds)
    assert discovery_box.title(given, "incidents") == (
        "Incidents: a rule or a box passes its checks for both mixes"
    )


def test_a_corner_is_a_box_over_its_two_conditions_with_a_box_among_shuffled_labels_in_grey(planted):
    given = planted(lambda one: one.shares[0] < 0.5 and one.shares[1] > 0.5)
    (first, *_) = discovery_box.panels(given, "incidents")
    assert set(first.axes) == {0, 1}
    ends = dict(zip(first.axes, first.ends(first.box), strict=True))
    assert ends[0][1] == pytest.approx(0.5, abs=0.05)
    assert ends[1][0] == pytest.approx(0.5, abs=0.05)
    assert first.shuffled is not None
    figure = discovery_box.PLOT.draw(given, "incidents")
    drawn = [patch for axes in figure.axes[1:] for patch in axes.patches if isinstance(patch, Rectangle)]
    assert sum(to_hex(patch.get_facecolor()) == ZONE and patch.get_fill() for patch in drawn) == 2
    assert sum(to_hex(patch.get_edgecolor()) == discovery_box.GUESS for patch in drawn) == 2
    said = [text.get_text() for text in shown_texts(figure)]
    assert f"within: {first.inside.seen} of {first.inside.variants} (at least {first.inside.low})" in said


def test_the_box_among_shuffled_labels_is_of_the_density_that_is_told(planted):
    given = planted(lambda one: one.shares[0] < 0.5 and one.shares[1] > 0.5)
    (first, *_) = discovery_box.panels(given, "incidents")
    told = first.found.box
    assert told.shuffled[1] < told.density
    assert told.shuffled_box != told.box


def test_data_have_a_row_for_each_variant_with_whether_it_holds_and_lies_inside(planted):
    given = planted(lambda one: one.shares[0] < 0.4)
    table = discovery_box.data(given)
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    mine = [row for row in rows if (row["measure"], row["mix"]) == ("incidents", "careful")]
    by_label = {one.label: one for one in given.points}
    assert len(mine) == len(given.points)
    for row in mine:
        assert row["across"] == "plots a year"
        assert row["at_across"] == by_label[row["variant"]].shares[0]
        assert row["holds"] == (row["at_across"] < 0.4) == row["inside"]
        assert row["inside"] == (row["at_across"] <= row["across_at_most"])


@pytest.mark.parametrize("form", [SLIDE, WIDE], ids=["slide", "page"])
def test_no_text_lies_on_another_whatever_the_axes_are(planted, form):
    given = planted(lambda one: one.shares[1] < 0.5 and one.shares[2] > 0.5)
    check_texts(discovery_box.PLOT, discovery_box.PLOT.draw(given, "incidents", form), form)
    given = planted(lambda one: one.shares[2] < 0.5)
    check_texts(discovery_box.PLOT, discovery_box.PLOT.draw(given, "incidents", form), form)


def test_from_noise_there_is_no_figure_but_a_sentence(planted):
    given = planted(lambda one: int(one.hash, 16) % 3 == 0)
    assert discovery_box.PLOT.sheets(given) == ()
    assert discovery_box.PLOT.lacks(given).startswith("No box is drawn: no rule")
