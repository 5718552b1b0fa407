"""The view of a team: the same draft on all its phones, its own part of a reveal, and nobody else's."""

import json

import pytest

from exercise.room import TEXT, passed
from tabletop.exercise.acts import (
    BeginMove,
    CardChange,
    Draft,
    Join,
    LeverChange,
    Lock,
    Open,
    Predict,
    Reveal,
    Show,
    Start,
    Submit,
)
from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.interim_cache import InterimCache
from tabletop.exercise.reveal import shown
from tabletop.exercise.roles import CONTROLLER
from tabletop.exercise.values import titled
from tabletop.measures import MEASURES
from tabletop.scenario.policy import LEVERS
from tabletop.serve.rendering import Renderer
from tabletop.serve.views.revealed import Calibration
from tabletop.serve.views.situation import situation
from tabletop.serve.views.team import team_view
from tabletop.serve.words import ENGLISH


@pytest.fixture
def room(tmp_path):
    """The small exercise in its first move, with two phones at Alpha and one at Bravo."""
    exercise = Exercise.new(tmp_path / "room", text=TEXT, name="small.yaml")
    exercise.do(CONTROLLER, Open(secret="s", teams=("Alpha", "Bravo"), others=3), at=0.0)
    for team, device in (("Alpha", "phone 1"), ("Alpha", "phone 2"), ("Bravo", "phone 3")):
        exercise.do(team, Join(team=team, device=device), at=0.0)
    exercise.do(CONTROLLER, Start(), at=0.0)
    exercise.do(CONTROLLER, BeginMove(move=1), at=0.0)
    return exercise


def draft(exercise, team, card, times=1, device="phone 1", *, back=False):
    change = CardChange(card=card, times=times, back=back)
    exercise.do(team, Draft(team=team, change=change, device=device), at=1.0)


def deciding(exercise, team="Alpha", device="phone 1"):
    return team_view(exercise.state, {}, team, device).deciding


def test_the_cost_follows_the_draft_and_says_what_is_left(room):
    before = deciding(room)
    draft(room, "Alpha", "D2", 2)
    after = deciding(room)
    per_analyst = LEVERS["analysts"].cost  # a card has two of them
    assert after.cost == pytest.approx(before.cost + 4 * per_analyst)
    assert after.over == pytest.approx(max(0.0, after.cost - 82))
    assert (before.seen, after.seen) == (0, room.state.lines)


def test_a_draft_above_the_budget_cannot_be_submitted_and_says_by_how_much(room):
    draft(room, "Alpha", "P1")
    found = deciding(room)
    assert found.over > 0
    assert not found.may_submit
    assert found.objection == ""


def test_a_draft_that_the_form_forbids_says_why_and_has_no_cost(room):
    for card in ("R1", "R2"):
        draft(room, "Alpha", card)
    found = deciding(room)
    assert found.cost is None
    assert "exclude each other" in found.objection
    assert not found.may_submit


def test_steps_of_one_move_stand_in_the_next_where_nothing_is_drafted_yet(tmp_path):
    cards = TEXT[TEXT.index("    most_a_move") :]
    text = TEXT.replace(cards, "    levers:\n      analysts: {few: 2, some: 4, many: 6}\n")
    exercise = Exercise.new(tmp_path / "expert", text=text, name="expert.yaml")
    exercise.do(CONTROLLER, Open(secret="s", teams=("Alpha", "Bravo"), others=3), at=0.0)
    exercise.do(CONTROLLER, Start(), at=0.0)
    exercise.do(CONTROLLER, BeginMove(move=1), at=0.0)
    exercise.do("Alpha", Draft(team="Alpha", change=LeverChange(lever="analysts", step="few")), at=0.0)
    drafted = deciding(exercise).cost
    exercise.do("Alpha", Submit(team="Alpha", entry="analysts=few"), at=0.0)
    assert deciding(passed(exercise)).cost == drafted < deciding(exercise, "Bravo").cost
    assert deciding(exercise).objection == ""
    exercise.do("Alpha", Submit(team="Alpha", entry=""), at=0.0)
    exercise.do(CONTROLLER, Lock(), at=0.0)
    assert deciding(exercise).receipt.cost == drafted


def test_one_phone_has_the_pen_and_both_see_who(room):
    assert [deciding(room, device=device).has_pen for device in ("phone 1", "phone 2")] == [True, False]
    assert deciding(room, device="phone 2").pen == "phone 1"


def test_the_receipt_is_what_was_submitted_and_differs_once_the_draft_does(room):
    draft(room, "Alpha", "D1")
    assert deciding(room).receipt is None
    seen = deciding(room).seen
    submit = Submit(team="Alpha", entry="D1", seen=seen, device="phone 1")
    room.do("Alpha", submit, at=2.0)
    found = deciding(room)
    assert (found.receipt.entry, found.receipt.revision, found.receipt.by) == ("D1", 1, "phone 1")
    assert found.is_submitted
    draft(room, "Alpha", "R1")
    assert not deciding(room).is_submitted


def test_what_another_team_does_changes_nothing(room):
    before = team_view(room.state, {}, "Bravo", "phone 3")
    draft(room, "Alpha", "D1")
    room.do("Alpha", Submit(team="Alpha", entry="D1", device="phone 1"), at=2.0)
    assert team_view(room.state, {}, "Bravo", "phone 3") == before


def test_an_inject_of_a_later_day_is_not_there_before_its_reveal(room):
    def titles():
        return [one.title for one in team_view(room.state, {}, "Alpha", "phone 1").situation.injects]

    assert titles() == []  # the alarm is of day 60
    room.do(CONTROLLER, Lock(), at=3.0)
    assert titles() == []
    room.do(CONTROLLER, Reveal(), at=3.0)
    assert titles() == ["Alarm"]
    room.do(CONTROLLER, BeginMove(move=2), at=4.0)
    assert titles() == ["Backlog", "Budget cut", "Alarm"]


def test_a_reveal_shows_a_team_its_own_outcome_and_then_the_baselines(room):
    draft(room, "Alpha", "D2", 2)
    room.do("Alpha", Submit(team="Alpha", entry="D2 D2", device="phone 1"), at=2.0)
    room.do(CONTROLLER, Lock(), at=3.0)
    room.do("Alpha", Predict(team="Alpha", measure="incidents", low=0, high=99, device="phone 1"), at=3.0)
    assert team_view(room.state, {}, "Alpha", "phone 1").revealed is None
    room.do(CONTROLLER, Reveal(), at=4.0)
    found = shown(room.state, Adjudicator(InterimCache()), 0, spread=False)

    def revealed(team="Alpha"):
        return team_view(room.state, {found.move: found}, team, "phone 1").revealed

    own = revealed()
    assert [one.is_hit for one in own.ranges] == [True]
    assert own.ranges[0].happened == found.teams["Alpha"].values["incidents"]
    assert {row.baseline for row in own.rows} == {None}
    assert revealed("Bravo").ranges == ()
    assert revealed("Bravo").is_silent
    assert not own.is_silent
    room.do(CONTROLLER, Show(what="reveal baseline"), at=5.0)
    assert all(row.baseline is not None for row in revealed().rows)
    # what nobody can observe is not among them
    assert {row.title for row in own.rows} <= {
        titled(name) for name, one in MEASURES.items() if one.observable
    }


def test_calibration_counts_a_teams_own_ranges_of_moves_that_are_revealed_and_waits_for_all_of_them(room):
    reveals = {}

    def held(team="Alpha", known=None):
        return team_view(room.state, reveals if known is None else known, team, "phone 1").calibration

    for move, (low, high) in enumerate(((0, 99), (98, 99))):
        room.do(CONTROLLER, Lock(), at=3.0)
        room.do("Alpha", Predict(team="Alpha", measure="incidents", low=low, high=high), at=3.0)
        room.do("Bravo", Predict(team="Bravo", measure="trust_mean", low=0, high=0.01), at=3.0)
        assert held() == (Calibration(1, 1) if move else None)
        room.do(CONTROLLER, Reveal(), at=4.0)
        reveals[move] = shown(room.state, Adjudicator(InterimCache()), move, spread=False)
        assert held() == Calibration(1, move + 1)
        assert held("Bravo") == Calibration(0, move + 1)
        if move == 0:
            room.do(CONTROLLER, BeginMove(move=2), at=4.0)
    assert held(known={1: reveals[1]}) is None  # rather than of a part, as if that were all


def test_nothing_of_a_reveal_is_left_on_the_page_once_the_next_move_begins(room):
    passed(room)
    view = team_view(room.state, {}, "Alpha", "phone 1")
    assert view.revealed is None
    assert view.deciding is not None


@pytest.mark.parametrize(
    ("recipients", "readers"), [([], ["Alpha", "Bravo"]), (["Bravo"], ["Bravo"]), (["Analyst"], [])]
)
def test_a_message_is_on_the_phones_of_those_whom_it_is_for(tmp_path, recipients, readers):
    text = TEXT.replace(
        "  injects:\n    - {id: cut,",
        f"  injects:\n    - {{id: aside, title: Aside, message: Psst., "
        f"recipients: {json.dumps(recipients)}}}\n    - {{id: cut,",
        1,
    ).replace("injects: [alarm]}", "injects: [alarm, aside]}")
    exercise = Exercise.new(tmp_path / "room", text=text, name="small.yaml")
    exercise.do(CONTROLLER, Start(secret="s", teams=("Alpha", "Bravo"), others=3), at=0.0)
    exercise.do(CONTROLLER, BeginMove(move=1), at=60.0)
    seen = {
        team: [one.id for one in situation(exercise.state, team).injects if one.id == "aside"]
        for team in ("Alpha", "Bravo")
    }
    assert [team for team, injects in seen.items() if injects] == readers


@pytest.mark.parametrize("measures", ["incidents", "incidents, cost_total"])
def test_what_it_cost_is_said_once(tmp_path, measures):
    text = TEXT.replace("measures: [incidents", f"measures: [{measures}", 1)
    assert text != TEXT or measures == "incidents"
    exercise = Exercise.new(tmp_path / "room", text=text, name="small.yaml")
    exercise.do(CONTROLLER, Start(secret="s", teams=("Alpha", "Bravo"), others=3), at=0.0)
    exercise.do(CONTROLLER, BeginMove(move=1), at=1.0)
    exercise.do(CONTROLLER, Lock(), at=2.0)
    exercise.do(CONTROLLER, Reveal(), at=3.0)
    found = shown(exercise.state, Adjudicator(InterimCache()), 0, spread=False)
    seen = team_view(exercise.state, {found.move: found}, "Alpha", "phone 1").revealed
    is_row = titled("cost_total") in [row.title for row in seen.rows]
    assert is_row is ("cost_total" in measures)
    assert (seen.cost is None) is is_row


def test_a_phone_says_which_number_its_table_has_at_the_projector(room):
    """With more than twelve tables the room's screens have numbers alone."""
    renderer = Renderer(ENGLISH, language="en")

    def head(team, device):
        return renderer.html("team_head.html", view=team_view(room.state, {}, team, device))

    assert "</strong> · phone 1 · table 1</span>" in head("Alpha", "phone 1")
    assert "</strong> · phone 3 · table 2</span>" in head("Bravo", "phone 3")
