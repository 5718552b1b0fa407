"""The discovery box: drawn where a rule or a box passes its checks, with its points and ends."""

from math import inf

import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from study_cases import LONG, put_in, study
from test_figures import shown_texts
from test_study_figures import check_texts

from tabletop.analysis.box import Box
from tabletop.experiment.robustness.deciding import BUSY, busy_in_words, decided
from tabletop.plots import box_title, discovery_box
from tabletop.plots.box_title import _where
from tabletop.plots.choice_axis import spread, spread_end
from tabletop.plots.form import SLIDE, WIDE
from tabletop.plots.headline import fits
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
        "Incidents: careful is better by more than 1 with plots a year below 35; one more mix has a rule"
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


@pytest.mark.parametrize(
    ("holds", "said"),
    [
        (
            lambda one: one.shares[1] > 0.75,
            "with harmless traces above 1.42 × as written; one more mix has a rule",
        ),
        (lambda one: one.shares[2] < 0.5, "with shape being exponential, mean 60; one more mix has a rule"),
        (
            lambda one: one.shares[0] < 0.5 and one.shares[1] > 0.5,
            "with plots a year below 40 and harmless traces above 0.99 × as written",
        ),
    ],
    ids=["a factor", "a choice", "a box"],
)
def test_the_title_is_the_finding_of_one_mix_with_its_condition(planted, holds, said):
    given = planted(holds)
    title = discovery_box.title(given, "incidents")
    assert title == f"Incidents: careful is better by more than 1 {said}"
    assert fits(title, SLIDE.title)


def test_the_title_is_of_the_mix_of_which_the_rule_gains_most_over_guessing(planted, monkeypatch):
    given = planted(lambda one: one.shares[0] < 0.4)
    for mix, every in (("careful", 9), ("later", 1000)):
        noisy = [one.label for place, one in enumerate(given.points) if place % every == 1]
        put_in(
            monkeypatch,
            lambda one, noisy=noisy: -2.0 if (one.shares[0] < 0.4) != (one.label in noisy) else 2.0,
        )
        given.decided["incidents", mix] = decided(given, "incidents", mix)
    first, second = discovery_box.panels(given, "incidents")
    assert first.gain < second.gain
    assert discovery_box.title(given, "incidents").startswith(
        "Incidents: later is better by more than 1 with"
    )


def test_what_is_shown_in_too_few_variants_only_seems_so(planted, monkeypatch):
    given = planted(lambda one: one.shares[0] < 0.4)
    put_in(monkeypatch, lambda one: -2.0 if one.shares[0] < 0.4 else 2.0, deviation=50.0)
    (first, *_) = discovery_box.panels(given, "incidents")
    assert (first.inside.low, first.inside.seen) == (0, first.inside.variants)
    assert discovery_box.title(given, "incidents").startswith(
        "Incidents: careful seems better by more than 1"
    )


def test_a_symptom_is_said_with_its_pool(planted):
    given = planted(lambda one: one.shares[0] < 0.4)
    (first, *_) = discovery_box.panels(given, "incidents")
    place = len(CONDITIONS) + [*BUSY].index("utilisation_teams")
    assert _where(given, Box(((place, 0.98, inf),)), first.axes) == [
        "teams of the baseline more than 98 % busy"
    ]
    assert _where(given, Box(((place, -inf, 0.5),)), first.axes) == [
        "teams of the baseline less than 50 % busy"
    ]


@pytest.mark.parametrize(
    ("part", "said"),
    [(0.967, "97 %"), (0.99948, "99.9 %"), (0.99968, "99.97 %"), (1.0, "100 %"), (0.053, "5.3 %")],
)
def test_what_is_nearly_always_busy_is_never_said_to_be_more_than_always(part, said):
    assert busy_in_words(part) == said


def test_choices_are_said_by_name(planted):
    given = planted(lambda one: one.shares[0] < 0.4)
    for low, high, said in (
        (0.5, inf, "gamma, mean 60"),
        (-inf, 0.5, "exponential, mean 60"),
    ):
        assert _where(given, Box(((2, low, high),)), (2, 0)) == [f"shape being {said}"]
    box = Box(((0, 0.25, 0.75), (1, -inf, 0.5), (2, 0.5, inf)))
    every, least = _where(given, box, (0, 2))
    assert every == (
        "plots a year between 28 and 57, shape being gamma, mean 60 and harmless traces below 1 × as written"
    )
    assert least == "plots a year between 28 and 57 and two more conditions"


def test_a_title_of_long_names_takes_two_lines_of_a_slide_and_keeps_both_ends_of_each(monkeypatch):
    given = study("many mixes, points")
    given.decided.clear()
    put_in(monkeypatch, lambda one: -2.0 if one.shares[0] < 0.5 else 2.0)
    monkeypatch.setattr(box_title, "mix_title", lambda *_: LONG)
    title = discovery_box.title(given, "incidents")
    assert fits(title, SLIDE.title)
    assert title.startswith("Incidents: a very long…")
    assert "everywhere below " in title
    assert discovery_box.PLOT.sheets(given)
    check_texts(discovery_box.PLOT, discovery_box.PLOT.draw(given, "incidents"), SLIDE)
    given.decided.clear()


def test_choices_are_bands_without_a_scale_and_a_box_ends_between_them(planted):
    given = planted(lambda one: one.shares[2] < 0.5)
    (first, *_) = discovery_box.panels(given, "incidents")
    assert first.axes[0] == 2
    figure = discovery_box.PLOT.draw(given, "incidents")
    axes = next(one for one in figure.axes if one.get_xticklabels() and len(one.get_xticks()) == 2)
    own, other = (label.get_text() for label in axes.get_xticklabels())
    assert own.startswith("exponen")
    assert own.endswith("mean 60")
    assert other == "gamma, mean 60"
    assert [label.get_fontweight() for label in axes.get_xticklabels()] == ["bold", "normal"]
    assert not axes.spines["bottom"].get_visible()
    assert {tick.tick1line.get_markersize() for tick in axes.xaxis.get_major_ticks()} == {0}
    (ground,) = [patch for patch in axes.patches if to_hex(patch.get_facecolor()) == ZONE]
    assert ground.get_x() + ground.get_width() == pytest.approx(0.5)
    drawn = [float(x) for line in axes.lines if line.get_ls() == "None" for x in line.get_xdata()]
    assert len(drawn) == len(given.points)
    assert all(abs(x - 0.25) <= 0.175 or abs(x - 0.75) <= 0.175 for x in drawn)
    assert "shape" in [text.get_text() for text in shown_texts(figure)]


@pytest.mark.parametrize("count", [2, 3, 5])
def test_an_end_of_a_box_is_drawn_between_the_choices_that_it_tells_apart(count):
    one = study("points").ranges.uncertain[2]
    many = one.model_copy(update={"choices": one.choices[:1] * count})
    middles = [(case + 0.5) / count for case in range(count)]
    for end in (*(case / count for case in range(1, count)), *middles):
        drawn = spread_end(many, end)
        assert [middle <= end for middle in middles] == [spread(many, middle) < drawn for middle in middles]
        assert all(abs(spread(many, middle) - drawn) > 0.1 / count for middle in middles)
    assert spread_end(many, -inf) == -inf
    shares = [0.1, 0.3, 0.48, 0.6, 0.9]
    assert sorted(shares, key=lambda at: spread(many, at)) == shares


def test_from_noise_there_is_no_figure_but_a_sentence(planted):
    given = planted(lambda one: int(one.hash, 16) % 3 == 0)
    assert discovery_box.PLOT.sheets(given) == ()
    assert discovery_box.PLOT.lacks(given).startswith("No box is drawn: no rule")
