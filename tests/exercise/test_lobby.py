"""The lobby and the tables: who sits where, who holds the pen, and how StartEx follows."""

import pytest

from exercise.room import TEXT
from tabletop.exercise.acts import (
    BeginMove,
    CardChange,
    Draft,
    Extend,
    Join,
    Leave,
    Lock,
    MoveSeat,
    Open,
    Pause,
    Predict,
    Remove,
    Reopen,
    Resume,
    Reveal,
    Show,
    Start,
    Submit,
    TakePen,
)
from tabletop.exercise.disclosure import UNDISCLOSED, disclosed
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.moments import moments, offset_here, seconds_left
from tabletop.exercise.refused import Code, Refused
from tabletop.exercise.roles import CONTROLLER
from tabletop.exercise.state import Phase

C = CONTROLLER


@pytest.fixture
def room(tmp_path):
    """An exercise in the lobby, where two devices of Alpha sit."""
    exercise = Exercise.new(tmp_path / "room", text=TEXT, name="small.yaml")
    exercise.do(C, Open(secret="s", teams=("Alpha", "Bravo"), others=3), at=0.0)
    for number in (1, 2):
        exercise.do("Alpha", Join(team="Alpha", device=f"phone {number}"), at=0.0)
    return exercise


def code(exercise, by, act):
    """The code with which an act is refused; and nothing has changed."""
    before = exercise.entries, exercise.state
    with pytest.raises(Refused) as refused:
        exercise.do(by, act)
    assert (exercise.entries, exercise.state) == before
    return refused.value.code


def deciding(exercise):
    """The exercise in its first move, at minute 10."""
    exercise.do(C, Start(), at=0.0)
    exercise.do(C, BeginMove(move=1), at=600.0)
    return exercise


def test_startex_follows_the_lobby_and_takes_what_that_decided(room):
    assert (room.state.phase, room.state.teams) == (Phase.LOBBY, ("Alpha", "Bravo"))
    assert code(room, C, Start(secret="t", teams=("Alpha",), others=2)) is Code.FORM
    assert code(room, C, Open(secret="t", teams=("Alpha",), others=2)) is Code.DONE
    room.do(C, Start(utc_offset_seconds=3600.0), at=60.0)
    assert room.state.phase is Phase.BRIEF
    assert room.state.opened.others == 3
    assert offset_here(room.state).total_seconds() == 3600.0
    assert [moments(room.scenario, room.entries)[n].minute for n in (1, 2, 4)] == [0.0, 0.0, 0.0]


def test_nothing_starts_that_nobody_opened(tmp_path):
    exercise = Exercise.new(tmp_path / "room", text=TEXT, name="small.yaml")
    assert code(exercise, C, Start()) is Code.PHASE
    with pytest.raises(ValueError, match="write secret, teams and others, or none of them"):
        Start(secret="s")


def test_the_secret_is_masked_wherever_it_stands(room):
    deciding(room)
    told = disclosed(room.scenario, room.entries)
    assert told.entries[0].act.secret == UNDISCLOSED
    assert '"s"' not in " ".join(entry.model_dump_json() for entry in told.entries)


def test_the_first_device_of_a_team_has_its_pen_and_anybody_takes_it(room):
    deciding(room)
    decide = Submit(team="Alpha", entry="D1", device="phone 2")
    assert code(room, "Alpha", decide) is Code.WHO
    assert code(room, "Alpha", TakePen(team="Alpha", device="phone 1")) is Code.DONE
    assert code(room, "Bravo", TakePen(team="Bravo", device="phone 1")) is Code.WHO
    room.do("Alpha", TakePen(team="Alpha", device="phone 2"))
    room.do("Alpha", decide)
    assert room.state.hand("Alpha").codes == ("D1",)


def test_the_pen_of_a_device_that_leaves_goes_to_the_next(room):
    room.do("Alpha", Leave(team="Alpha", device="phone 1"))
    assert room.state.seats.pen("Alpha") == "phone 2"
    room.do(C, Remove(device="phone 2", reason="It was lost."))
    assert room.state.seats.pen("Alpha") is None
    deciding(room)
    for act in (
        Submit(team="Alpha", entry="D1", device="phone 2"),
        Draft(team="Alpha", change=CardChange(card="D1"), device="phone 2"),
    ):
        assert code(room, "Alpha", act) is Code.WHO
    assert code(room, C, Remove(device="phone 2", reason="Again.")) is Code.FORM
    room.do("Alpha", Join(team="Alpha", device="phone 3"))
    room.do("Alpha", Submit(team="Alpha", entry="D1", device="phone 3"))


def test_a_device_is_seated_with_another_team(room):
    assert code(room, "Bravo", Join(team="Bravo", device="phone 1")) is Code.FORM
    assert code(room, "Alpha", Join(team="Alpha", device="phone 1")) is Code.DONE
    room.do(C, MoveSeat(device="phone 1", team="Bravo"))
    assert room.state.seats.of("Alpha") == ("phone 2",)
    assert (room.state.seats.pen("Alpha"), room.state.seats.pen("Bravo")) == ("phone 2", "phone 1")
    assert code(room, C, MoveSeat(device="phone 1", team="Bravo")) is Code.DONE
    assert code(room, C, MoveSeat(device="phone 1", team="Delta")) is Code.FORM


def test_without_a_pen_every_device_decides(tmp_path):
    exercise = Exercise.new(tmp_path / "room", text=TEXT, name="small.yaml")
    exercise.do(C, Open(secret="s", teams=("Alpha",), others=2, pen=False), at=0.0)
    for device in ("a", "b"):
        exercise.do("Alpha", Join(team="Alpha", device=device))
    deciding(exercise)
    assert code(exercise, "Alpha", TakePen(team="Alpha", device="b")) is Code.FORM
    exercise.do("Alpha", Submit(team="Alpha", entry="D1", device="b"))


def test_a_decision_on_a_draft_that_was_changed_since_is_stale(room):
    deciding(room)
    seen = room.do("Alpha", Draft(team="Alpha", change=CardChange(card="D1"), device="phone 1")).number
    room.do("Alpha", Draft(team="Alpha", change=CardChange(card="D2"), device="phone 2"))
    decide = Submit(team="Alpha", entry="D1", device="phone 1", seen=seen)
    with pytest.raises(Refused, match=r"has been changed since: D1 D2 \(line 7\)") as refused:
        room.do("Alpha", decide)
    assert refused.value.code is Code.STALE
    room.do("Alpha", decide.model_copy(update={"seen": 7, "entry": room.state.draft("Alpha").line}))
    assert room.state.hand("Alpha").codes == ("D1", "D2")


def test_a_draft_may_be_changed_while_the_exercise_stands_still(room):
    deciding(room)
    room.do(C, Pause())
    room.do("Alpha", Draft(team="Alpha", change=CardChange(card="D1"), device="phone 2"))
    assert code(room, "Alpha", Submit(team="Alpha", entry="D1", device="phone 1")) is Code.PAUSED


def test_until_the_reveal_a_lock_can_be_undone(room):
    deciding(room)
    room.do("Alpha", Submit(team="Alpha", entry="D1", device="phone 1"))
    room.do(C, Lock())
    assert code(room, C, Lock()) is Code.DONE
    predicted = Predict(team="Alpha", measure="incidents", low=1, high=3, device="phone 1", replaces=0)
    room.do("Alpha", predicted)
    assert code(room, "Alpha", predicted) is Code.STALE
    room.do("Alpha", predicted.model_copy(update={"replaces": 1, "high": 4.0}))
    assert room.state.predictions["Alpha", 0, "incidents"].revision == 2
    room.do(C, Reopen())
    assert (room.state.phase, room.state.predictions) == (Phase.OPEN, {})
    assert room.state.hand("Alpha").codes == ("D1",)
    room.do("Alpha", Submit(team="Alpha", entry="R1", device="phone 1", replaces=1))
    room.do(C, Lock())
    room.do(C, Reveal())
    assert code(room, C, Reopen()) is Code.PHASE


def test_the_time_of_a_part_is_what_was_planned_and_added_without_pauses(room):
    assert seconds_left(room.state, 0.0) is None
    deciding(room)
    spent = room.state.present.minutes
    whole = (spent.situation + spent.discussion + spent.decision / 2) * 60
    assert seconds_left(room.state, 600.0) == pytest.approx(whole)
    room.do(C, Pause(), at=630.0)
    assert seconds_left(room.state, 900.0) == pytest.approx(whole - 30)
    room.do(C, Extend(minutes=2), at=900.0)
    room.do(C, Resume(), at=930.0)
    assert seconds_left(room.state, 960.0) == pytest.approx(whole + 120 - 60)
    room.do(C, Lock(), at=990.0)
    assert seconds_left(room.state, 990.0) == pytest.approx(spent.decision / 2 * 60)
    room.do(C, Reopen(), at=1050.0)
    # the part that was reopened goes on, with the time that it was given
    assert seconds_left(room.state, 1050.0) == pytest.approx(whole + 120 - 150)


def test_what_the_projector_shows_lasts_until_the_next_part(room):
    deciding(room)
    room.do(C, Show(what="inject alarm"))
    assert room.state.showing == "inject alarm"
    assert Exercise.open(room.folder).state.showing == "inject alarm"
    room.do(C, Lock())
    assert room.state.showing == ""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (CardChange(card="D9"), "D9: no such card"),
        (CardChange(card="R1"), "R1: a card of reporting, which Analyst does not hold"),
    ],
)
def test_a_change_of_a_draft_that_cannot_be_is_refused(room, change, said):
    deciding(room)
    with pytest.raises(Refused, match=said):
        room.do("Alpha", Draft(team="Alpha", role="Analyst", change=change, device="phone 1"))
