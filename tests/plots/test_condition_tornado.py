"""The tornado of conditions: drawn where shares pass their check, else it is said why not."""

import pytest
from study_cases import study
from test_figures import shown_texts
from test_study_figures import check_texts

import tabletop
from experiment.small import TEXT
from tabletop.analysis.interval import CONFIDENCE, Interval
from tabletop.analysis.shares import Share, Shares, Spread
from tabletop.experiment.robustness.study import Robustness
from tabletop.plots import condition_tornado
from tabletop.plots.form import SLIDE
from tabletop.plots.study_figures import STUDY_FIGURES
from tabletop.scenario.load import loads

SPREAD = Spread(conditions=2.0, shared=0.5, own=4.0, worlds=40)


def found(*conditions, low=0.1):
    """Shares in this order, the first with an interval from `low`; all slopes are −2 to −1 but the last."""
    return Shares(
        SPREAD,
        tuple(
            Share(
                name, 0.5 / (place + 1), Interval(low / (place + 1), 0.9 / (place + 1), CONFIDENCE), -1.5,
                Interval(-2.0, -1.0 if place + 1 < len(conditions) else 0.5, CONFIDENCE),
            )
            for place, name in enumerate(conditions)
        ),
        "",
    )  # fmt: skip


NAMES = ("plots a year", "harmless traces", "shape")
REASON = "luck is larger than what these assumptions change; more worlds first"
LUCK = Shares(SPREAD, (), REASON)


@pytest.fixture
def given(monkeypatch):
    """A study of points; its shares are what a test says."""

    def put_in(by_mix):
        monkeypatch.setattr(Robustness, "shares", lambda _, _measure, mix: by_mix[mix])
        return study("points")

    return put_in


def test_the_title_counts_for_how_many_mixes_one_condition_leads(given):
    one = given({"careful": found(*NAMES), "later": found(*NAMES)})
    title = condition_tornado.title
    assert title(one, "incidents") == "Incidents: plots a year has the largest share for both mixes"
    other = given({"careful": found(*NAMES[::-1]), "later": LUCK})
    assert title(other, "incidents") == "Incidents: shape has the largest share for one of two mixes"


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        (LUCK, REASON),
        (found(*NAMES, low=-0.01), "no single condition is shown to have a share"),
        (None, "nothing can be said of its conditions"),
    ],
)
def test_where_shares_fail_their_check_the_panel_says_why_and_has_none(given, shares, said):
    one = given({"careful": found(*NAMES), "later": shares})
    assert "incidents" in condition_tornado.PLOT.sheets(one)
    figure = condition_tornado.PLOT.draw(one, "incidents")
    texts = [" ".join(text.get_text().split()) for text in shown_texts(figure)]
    assert any(said.lower() in text.lower() for text in texts)
    assert texts.count("plots a year") == 1


def test_where_no_shares_pass_there_is_no_figure_but_the_sentence(given):
    one = given({"careful": LUCK, "later": LUCK})
    assert condition_tornado.PLOT.sheets(one) == ()
    assert condition_tornado.PLOT.lacks(one) == f"No shares of conditions are drawn: {REASON}."
    assert condition_tornado.PLOT.name in STUDY_FIGURES


def test_a_ring_is_an_interval_that_holds_zero_and_lines_are_the_intervals(given):
    one = given({"careful": found(*NAMES), "later": LUCK})
    figure = condition_tornado.PLOT.draw(one, "incidents")
    fills = [
        str(line.get_markerfacecolor())
        for axes in figure.axes
        for line in axes.lines
        if line.get_marker() == "o" and line.get_markersize() == 8.0
    ]
    assert (len(fills), fills.count("#ffffff")) == (6, 1)
    rows = [
        dict(zip(table.columns, row, strict=True))
        for table in [condition_tornado.data(one)]
        for row in table.rows
    ]
    careful = [row for row in rows if (row["measure"], row["mix"]) == ("incidents", "careful")]
    assert [(row["share_low"], row["slope_high"]) for row in careful] == [
        (0.1, -1.0),
        (0.05, -1.0),
        (0.1 / 3, 0.5),
    ]
    (why,) = [row for row in rows if (row["measure"], row["mix"]) == ("incidents", "later")]
    assert (why["share"], why["why_none_is_drawn"]) == (None, REASON)
    assert why["luck_in_the_spread"] == pytest.approx(0.1 / 2.1)


def test_slopes_of_all_mixes_are_on_one_scale_with_the_better_side_right(given):
    one = given({"careful": found(*NAMES), "later": found(*NAMES)})
    first, last = condition_tornado._slopes(one, "incidents")
    assert first > 0.5 > -2.0 > last
    first, last = condition_tornado._slopes(one, "trust_mean")
    assert first < -2.0 < 0.5 < last


def test_a_name_that_is_too_long_for_a_line_has_two_and_is_broken_between_its_parts(monkeypatch):
    name = "threat.trace_rates.intelligence"
    ranges = (
        f"  - {{on: {name}, multiply: [0.5, 2]}}\n  - {{on: background, multiply: [0.5, 2], name: short}}\n"
    )
    one = tabletop.study_robustness(
        loads(f"{TEXT}uncertain:\n{ranges}", "small.yaml"), variants=8, worlds=2, workers=1, progress=False
    )
    monkeypatch.setattr(Robustness, "shares", lambda *_: found(name, "short"))
    figure = condition_tornado.PLOT.draw(one, "incidents")
    said = [text.get_text() for text in shown_texts(figure)]
    assert said.count("threat.trace_rates.\nintelligence") == 2
    check_texts(condition_tornado.PLOT, figure, SLIDE)
