"""Figures of an exercise: they draw what there is by now, legibly, and nobody is ranked or given away."""

from dataclasses import replace
from decimal import Decimal
from itertools import combinations

import exercise_cases
import pytest
from exercise_cases import CASES, CUT, OTHERS, TEAMS, TRAPS, played
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from test_figures import shown_texts

from tabletop.exercise.predictions import interval_score, middle_range
from tabletop.measures import MEASURES, value
from tabletop.plots.exercise import FIGURES, figures, save
from tabletop.plots.exercise.cumulative import CumulativeOutcomes
from tabletop.plots.exercise.luck_and_policy import PARTS, LuckAndPolicy, picture, shown
from tabletop.plots.exercise.outcomes_by_move import caption
from tabletop.plots.exercise.save import files
from tabletop.plots.headline import fits
from tabletop.plots.sheet import HEIGHT, TEACHING, WIDTH
from tabletop.plots.style import TEXT, luminance

HIDDEN = [name for name, measure in MEASURES.items() if not measure.observable]


def drawings(**case):
    return {drawing.name: drawing for drawing in figures(played(**case))}


def table(drawing):
    data = drawing.data()
    return [dict(zip(data.columns, row, strict=True)) for row in data.rows]


@pytest.mark.parametrize("kind", CASES)
def test_every_text_is_large_enough_and_inside_and_lies_on_no_other(kind):
    for drawing in drawings(**CASES[kind]).values():
        assert fits(drawing.title), drawing.title
        figure = drawing.draw()
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        wide, high = figure.get_size_inches() * figure.dpi
        assert wide == WIDTH
        assert high == HEIGHT or kind == "traps"
        assert any(TEACHING in text.get_text() for text in figure.texts)
        boxes = []
        for text in shown_texts(figure):
            box = Text.get_window_extent(text, canvas.get_renderer())
            assert text.get_fontsize() >= TEXT, text
            assert min(box.x0, box.y0, wide - box.x1, high - box.y1) >= 0, (drawing.name, text)
            boxes.append((text.get_text(), box.padded(-2)))
        for (text, box), (other, theirs) in combinations(boxes, 2):
            assert not box.overlaps(theirs), f"{drawing.name}: {text!r} lies on {other!r}"


def test_a_reveal_shows_observable_measures_of_the_revealed_moves_alone():
    for name, drawing in drawings(until="reveal").items():
        assert drawing.measure is None or MEASURES[drawing.measure].observable
        for row in table(drawing):
            assert row.get("move", 1) == 1, name
            assert max(row.get("day", 0.0), row.get("to_day", 0.0)) <= 120.0, name
        said = " ".join(text.get_text() for text in drawing.draw().texts)
        assert "Second" not in said
        assert not any(MEASURES[hidden].title in said for hidden in HIDDEN)


def test_what_is_shown_at_a_reveal_does_not_change_with_what_is_decided_later():
    early = drawings(until="reveal")
    for later in ("keep", "-D1 R2"):
        late = drawings(lines=(("D1 D2", ""), (later, "R2")))
        for name in ("outcomes_incidents", "outcomes_trust_mean"):
            first = [row for row in table(late[name]) if row["day"] == 120.0]
            assert first == table(early[name])


def test_hidden_measures_are_drawn_from_the_hot_wash_on():
    text = exercise_cases.TEXT.replace(
        "plots_disrupted: {delta: 1, primary: false}", "plots_disrupted: {delta: 1}"
    )
    whole, first = drawings(text=text), drawings(text=text, until="reveal")
    hidden = {"outcomes_plots_disrupted", "luck_and_policy_plots_disrupted"}
    assert hidden <= set(whole)
    assert not hidden & set(first)


def test_the_parts_of_luck_and_policy_add_up_and_equal_a_second_computation():
    whole = played().so_far[-1]
    for measure in ("incidents", "trust_mean"):
        rows = table(drawings()[f"luck_and_policy_{measure}"])
        assert [row["team"] for row in rows] == list(TEAMS)
        assert len({row["world_luck"] for row in rows}) == 1
        base = whole.baseline
        mean = sum(value(other.parts[measure]) for other in base.others) / OTHERS
        for row in rows:
            own = whole.outcomes[row["team"]]
            policy = sum(value(other.parts[measure]) for other in own.others) / OTHERS - mean
            luck = value(base.realised.parts[measure]) - mean
            happened = value(own.realised.parts[measure])
            assert row["world_luck"] == pytest.approx(luck, abs=1e-12)
            assert row["policy"] == pytest.approx(policy, abs=1e-12)
            assert row["how_they_met"] == pytest.approx(happened - mean - luck - policy, abs=1e-12)
            assert row["total"] == pytest.approx(happened - mean, abs=1e-12)
            assert row["realised"] == pytest.approx(happened, abs=1e-12)


SHOWN = ["incidents", "trust_mean", "harm", "cost_total", "disruption_share", "utilisation_analysts"]


@pytest.mark.parametrize("measure", SHOWN)
def test_the_numbers_beside_the_bars_add_up_as_they_stand(measure):
    found = LuckAndPolicy.about(measure, played().so_far[-1])
    assert len(found.known) == len(TEAMS)
    for _, split in found.known:
        *parts, happened = (
            Decimal(word.removesuffix("\N{NARROW NO-BREAK SPACE}%").replace("−", "-").replace(",", ""))
            for word in shown(found, split)
        )
        places = -min(part.as_tuple().exponent for part in parts)
        by = MEASURES[measure].written_by
        base = Decimal(f"{by * found.baseline_mean:.{places}f}")
        assert sum(parts) + base == happened
        assert abs(happened - Decimal(by * (found.baseline_mean + split.total))) <= Decimal(10) ** -places / 2


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        ("incidents", "incidents since StartEx (number)"),
        ("trust_mean", "trust on average since StartEx"),
        ("trust_end", "trust at the end, at the end of each move"),
        ("proceedings_open_at_end", "proceedings open at the end, at the end of each move (number)"),
    ],
)
def test_the_axis_says_over_which_time_a_measure_is(measure, said):
    assert caption(measure).endswith(f"up: {said}")


def test_a_team_of_which_a_part_is_missing_is_not_drawn_and_that_is_said():
    def notes(drawn):
        texts = [text.get_text() for text in shown_texts(picture(drawn))]
        return [text for text in texts if "Nobody is ranked" in text]

    found = LuckAndPolicy.about("incidents", played().so_far[-1])
    (first, _), *others = found.splits
    lacking = replace(found, splits=((first, None), *others))
    (said,) = notes(lacking)
    assert said.endswith(f"Of 1 of {len(TEAMS)} teams a part is missing.")
    assert "a part is missing" not in "".join(notes(found))


def test_outcomes_so_far_are_the_sums_of_the_moves_and_their_spread_is_that_of_the_other_worlds():
    come = played()
    found = CumulativeOutcomes.about("cases_opened", come.so_far)
    assert len({found.path(team)[-1].others for team in ("", *TEAMS)}) > 1  # else nothing is told apart
    for point in found.points:
        ended = [stretch.outcomes[point.team] for stretch in come.moves if stretch.end <= point.day]
        assert point.realised == sum(outcome.value("cases_opened") for outcome in ended)
        totals = [
            sum(outcome.others[world].parts["cases_opened"][0] for outcome in ended)
            for world in range(OTHERS)
        ]
        assert (point.others.low, point.others.high) == pytest.approx(middle_range(totals))


def test_what_is_locked_but_not_revealed_is_on_no_figure():
    eve, before = drawings(until="eve"), drawings(until="reveal")
    assert {name: table(one) for name, one in eve.items()} == {
        name: table(one) for name, one in before.items()
    }


def test_predictions_have_the_scores_of_their_definition_and_who_made_none_has_no_row():
    come = played()
    rows = table(drawings()["predictions_incidents"])
    assert [(row["move"], row["team"]) for row in rows] == [(1, "Alpha"), (2, "Alpha")]
    for row in rows:
        stretch = come.moves[row["move"] - 1]
        low, high = middle_range(stretch.baseline.values("incidents"))
        happened = stretch.outcomes["Alpha"].value("incidents")
        scale = max(1.0, high - low)
        assert row["score"] == pytest.approx(interval_score(row["low"], row["high"], happened) / scale)
        assert row["hit"] is (row["low"] <= happened <= row["high"])


def test_decisions_tell_what_was_played_kept_and_taken_back_and_who_was_silent():
    rows = {(row["move"], row["team"]): row for row in table(drawings()["decisions"])}
    assert (rows[1, "Alpha"]["kept"], rows[1, "Alpha"]["played"]) == ("", "D1 D2")
    assert (rows[2, "Alpha"]["kept"], rows[2, "Alpha"]["played"]) == ("D1", "R1")
    assert rows[2, "Alpha"]["taken_back"] == "D2"
    assert [rows[move, "Bravo"]["silent"] for move in (1, 2)] == [True, False]
    assert rows[2, "Alpha"]["budget"] == rows[1, "Alpha"]["budget"] - CUT
    state = played().state
    for (move, team), row in rows.items():
        assert row["yearly_cost"] == state.hand(team, move - 1).yearly_cost()


def test_a_team_that_was_silent_when_the_budget_was_cut_is_overspent():
    drawing = drawings(**CASES["overspent"])["decisions"]
    flags = [(row["move"], row["team"], row["silent"]) for row in table(drawing) if row["overspent"]]
    assert flags == [(2, "Alpha", True)]
    assert any("OVERSPENT" in text.get_text() for text in drawing.draw().texts)
    assert "overspent" in drawing.title


def test_the_expert_form_is_told_with_the_steps_that_hold():
    rows = {(row["move"], row["team"]): row for row in table(drawings(**CASES["expert form"])["decisions"])}
    assert rows[2, "Alpha"]["kept"] == "analysts=few"
    assert rows[2, "Alpha"]["played"] == "outreach=much"


@pytest.mark.parametrize("kind", CASES)
def test_teams_stand_in_their_own_order_and_no_title_names_one(kind):
    come = played(**CASES[kind])
    order = list(come.state.teams)
    for drawing in figures(come):
        teams = [row["team"].removeprefix("'") for row in table(drawing) if not row.get("is_baseline")]
        seen = [order.index(team) for team in dict.fromkeys(teams)]
        assert seen == sorted(seen)
        assert not any(team in drawing.title for team in order)


def test_an_exercise_has_the_figures_that_it_has_something_for():
    def kinds(**case):
        return {drawing.plot.name for drawing in figures(played(**case))}

    assert kinds() == set(FIGURES)
    assert kinds(**CASES["nothing to decide"]) == set(FIGURES) - {"decisions"}
    assert kinds(**CASES["no predictions"]) == set(FIGURES) - {"predictions"}
    assert [d.plot.name for d in figures(played(), names=("luck_and_policy",))] == ["luck_and_policy"] * 2


def test_the_same_exercise_gives_the_same_bytes_and_no_cell_is_a_formula(tmp_path):
    case = CASES["traps"]
    forms = ("svg", "png")
    first, again = (files(figures(played(**case)), forms) for _ in range(2))
    assert first == again
    paths = save(figures(played(**case)), tmp_path / "figures", formats=forms)
    assert {path.name: path.read_bytes() for path in paths} == first
    for name, content in first.items():
        if name.endswith(".csv"):
            assert f",{TRAPS[0][:4]}" not in content.decode()
            assert not any(line.startswith("=") for line in content.decode().splitlines())


def test_the_parts_are_told_apart_without_colour():
    for (_, _, one), (_, _, other) in combinations(PARTS, 2):
        assert abs(luminance(one) - luminance(other)) > 0.08
