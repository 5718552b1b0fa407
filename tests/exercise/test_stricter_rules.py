"""Rules of new lines: they are refused when asked for, and read where an older log holds them."""

import pytest

from exercise.room import SMALL, TEXT, opened, passed
from tabletop.errors import TabletopError
from tabletop.exercise.acts import (
    Add,
    BeginMove,
    Lock,
    LogEntry,
    Predict,
    Release,
    Respond,
    Reveal,
    Skip,
    Start,
)
from tabletop.exercise.decisions_file import Written
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.refused import Code, Refused
from tabletop.exercise.roles import CONTROLLER, Role
from tabletop.exercise.state import Status
from tabletop.exercise.unattended import planned_course
from tabletop.scenario.load import loads, loads_begun


def refused(exercise, act):
    with pytest.raises(Refused) as refusal:
        exercise.do(CONTROLLER, act, at=70.0)
    return refusal.value


def test_an_inject_that_was_read_out_cannot_be_skipped(tmp_path):
    exercise = opened(tmp_path)
    exercise.do(CONTROLLER, Skip(inject="alarm", reason="It comes on day 60, and nobody has heard of it."))
    exercise.do(CONTROLLER, Lock(), at=60.0)
    exercise.do(CONTROLLER, Reveal(), at=60.0)
    exercise.do(CONTROLLER, BeginMove(move=2), at=60.0)
    found = refused(exercise, Skip(inject="backlog", reason="r"))  # day 120, on which the move begins
    assert "backlog has been read out (line 6), and cannot be skipped" in str(found)
    assert found.code is Code.DONE


def test_what_the_controller_released_or_added_was_read_out(tmp_path):
    exercise = opened(tmp_path)
    exercise.do(CONTROLLER, Release(inject="help"))
    exercise.do(CONTROLLER, Add(inject="visit", title="A visit", day=100.0, reason="r"))
    assert "read out" in str(refused(exercise, Skip(inject="help", reason="r")))
    assert "read out" in str(refused(exercise, Skip(inject="visit", reason="r")))
    exercise.do(CONTROLLER, Skip(inject="backlog", reason="r"))  # of the next move
    assert exercise.state.inject_status["backlog"].status is Status.SKIPPED


def test_a_count_is_predicted_in_whole_numbers_by_whatever_door_it_comes(tmp_path):
    exercise = opened(tmp_path)
    exercise.do(CONTROLLER, Lock(), at=60.0)
    found = refused(exercise, Predict(team="Alpha", measure="incidents", low=1.5, high=3))
    assert str(found) == "Incidents is a count, of whole numbers; here are 1.5 to 3"
    exercise.do(CONTROLLER, Predict(team="Alpha", measure="trust_mean", low=0.45, high=0.5))
    file = tmp_path / "decisions.yaml"
    file.write_text("moves: [{predictions: {Alpha: {incidents: [1.5, 3]}}}, {}]")
    with pytest.raises(TabletopError, match=r"decisions\.yaml:1: .*a count, of whole numbers"):
        planned_course(SMALL, Written.load(file))


def test_a_log_that_holds_such_lines_still_opens(tmp_path):
    exercise = passed(opened(tmp_path))
    predict = Predict(team="Alpha", measure="incidents", low=1.5, high=3)
    lines = [
        (Skip(inject="backlog", reason="r")),
        (Lock()),
        predict,
    ]
    entries = [
        LogEntry(number=exercise.state.lines + n, at=99.0, by=CONTROLLER, role=Role.CONTROLLER, act=act)
        for n, act in enumerate(lines, start=1)
    ]
    exercise.repeat(entries)
    exercise.close()
    again = Exercise.open(exercise.folder).state
    assert again.inject_status["backlog"].status is Status.SKIPPED
    assert again.predictions["Alpha", 1, "incidents"].low == 1.5


def test_nobody_responds_to_what_nobody_was_told(tmp_path):
    exercise = opened(tmp_path)
    exercise.do(CONTROLLER, Respond(inject="alarm", response="They called."), at=60.0)
    found = refused(exercise, Respond(inject="backlog", response="r"))
    assert str(found) == "backlog has not been released, and nobody can have responded to it; its move is 2"
    assert found.code is Code.PHASE
    assert "release it first: release help" in str(refused(exercise, Respond(inject="help", response="r")))
    assert "once move 1 is revealed" in str(refused(exercise, Respond(inject="outcry", response="r")))
    exercise.do(CONTROLLER, Release(inject="help"), at=70.0)
    exercise.do(CONTROLLER, Respond(inject="help", response="r"), at=70.0)
    exercise.do(CONTROLLER, Skip(inject="backlog", reason="r"), at=70.0)
    found = refused(exercise, Respond(inject="backlog", response="r"))
    assert f"backlog was left out (line {exercise.state.lines})" in str(found)
    passed(exercise)
    exercise.do(CONTROLLER, Respond(inject="outcry", response="r"), at=80.0)
    assert "left out" in str(refused(exercise, Respond(inject="backlog", response="r")))


@pytest.mark.parametrize(
    ("teams", "says"),
    [
        (("Alpha", "2"), "'2' is a number, and at a prompt a number is the place of a team; write Team 2"),
        (("Alpha", "Quit"), "'Quit' is a word that is typed at a prompt for something else; write Team quit"),
        (("A: B", "a"), "'A: B' begins as 'a: …', which is how somebody writes what another team says"),
    ],
)
def test_no_team_is_called_as_somebody_who_types_means_something_else(tmp_path, teams, says):
    exercise = Exercise.new(tmp_path / "room", text=TEXT, name="small.yaml")
    start = Start(secret="s", teams=teams, others=3)
    assert says in str(refused(exercise, start))
    exercise.repeat([LogEntry(number=1, at=0.0, by=CONTROLLER, role=Role.CONTROLLER, act=start)])
    exercise.close()
    assert Exercise.open(exercise.folder).state.teams == teams  # as an older log may hold


def test_an_exercise_whose_file_names_such_teams_was_begun_and_goes_on(tmp_path):
    with pytest.raises(TabletopError, match=r"small\.yaml:\d+: exercise\.teams\[1\]: 'back' is a word"):
        loads(TEXT.replace("[Alpha, Bravo]", "[Alpha, back]"), "small.yaml")
    assert loads_begun(TEXT.replace("[Alpha, Bravo]", "[Alpha, back]"), "small.yaml").exercise is not None
