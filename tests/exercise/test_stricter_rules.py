"""Rules of new lines: they are refused when asked for, and read where an older log holds them."""

import pytest

from exercise.room import SMALL, opened, passed
from tabletop.errors import TabletopError
from tabletop.exercise.acts import Add, BeginMove, Lock, LogEntry, Predict, Release, Reveal, Skip
from tabletop.exercise.decisions_file import Written
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.refused import Code, Refused
from tabletop.exercise.roles import CONTROLLER, Role
from tabletop.exercise.state import Status
from tabletop.exercise.unattended import planned_course


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
