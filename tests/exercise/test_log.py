"""The log: on disk before it is acknowledged, never changed, and the state is its fold."""

import sqlite3

import pytest

from exercise.room import begun, opened
from tabletop.errors import TabletopError
from tabletop.exercise.acts import Pause, Resume, Submit
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.log import NAME, Log
from tabletop.exercise.refused import Refused
from tabletop.exercise.rules import CONTROLLER
from tabletop.exercise.state import State


def test_what_was_acknowledged_is_there_when_the_exercise_is_opened_again(tmp_path):
    exercise = opened(tmp_path)
    entry = exercise.do("Alpha", Submit(team="Alpha", entry="D1 R1"), at=90.0)
    again = Exercise.open(exercise.folder)
    assert again.entries[-1] == entry
    assert again.state == exercise.state
    assert again.state.hand("Alpha").codes == ("D1", "R1")


def test_the_state_is_the_fold_of_the_lines(tmp_path):
    exercise = opened(tmp_path)
    for _ in range(2):
        exercise.do("Alpha", Submit(team="Alpha", entry="D1", replaces=exercise.state.revision("Alpha")))
    assert State.of(exercise.scenario, exercise.entries) == exercise.state


def test_a_refused_act_changes_nothing(tmp_path):
    exercise = opened(tmp_path)
    before = exercise.entries, exercise.state
    with pytest.raises(Refused):
        exercise.do("Alpha", Submit(team="Alpha", entry="P1"))
    assert (exercise.entries, exercise.state) == before
    assert Exercise.open(exercise.folder).entries == before[0]


@pytest.mark.parametrize("statement", ["UPDATE log SET by = 'x'", "DELETE FROM log"])
def test_no_line_can_be_changed_or_removed(tmp_path, statement):
    exercise = opened(tmp_path)
    with sqlite3.connect(exercise.folder / NAME) as other, pytest.raises(sqlite3.Error, match="append only"):
        other.execute(statement)


def test_two_processes_cannot_both_write_the_next_line(tmp_path):
    exercise = opened(tmp_path)
    other = Exercise.open(exercise.folder)
    exercise.do("Alpha", Submit(team="Alpha", entry="D1"))
    with pytest.raises(TabletopError, match="another process has written to it"):
        other.do("Alpha", Submit(team="Alpha", entry="R1"))
    assert len(Exercise.open(exercise.folder).entries) == len(exercise.entries)


def test_a_folder_that_has_an_exercise_gets_no_other(tmp_path):
    begun(tmp_path)
    with pytest.raises(TabletopError, match="an exercise is there already"):
        begun(tmp_path)


def test_a_folder_without_an_exercise_says_how_to_begin_one(tmp_path):
    with pytest.raises(TabletopError, match=r"no exercise there .*tabletop play SCENARIO"):
        Log.open(tmp_path)


def test_a_damaged_log_is_told_with_its_line(tmp_path):
    exercise = opened(tmp_path)
    with sqlite3.connect(exercise.folder / NAME) as other:
        other.execute("INSERT INTO log VALUES (3, 0, 'controller', '{\"act\": \"dance\"}')")
    with pytest.raises(TabletopError, match="line 3 is damaged"):
        Exercise.open(exercise.folder)
    (exercise.folder / NAME).write_bytes(b"not a database" * 100)
    with pytest.raises(TabletopError, match="not the log of an exercise"):
        Exercise.open(exercise.folder)


@pytest.mark.parametrize(
    ("what", "said"),
    [("format", "format 0, not 1"), ("model_version", "begun with version 0 of the model; here is 3, ")],
)
def test_a_log_of_another_version_is_not_gone_on_with(tmp_path, what, said):
    exercise = opened(tmp_path)
    with sqlite3.connect(exercise.folder / NAME) as other:
        other.execute("UPDATE about SET value = '0' WHERE name = ?", (what,))
    with pytest.raises(TabletopError, match=said):
        Exercise.open(exercise.folder)


def test_minutes_since_startex_leave_pauses_out(tmp_path):
    exercise = opened(tmp_path)
    exercise.do(CONTROLLER, Pause(), at=120.0)
    assert exercise.state.minute(600.0) == pytest.approx(2.0)
    exercise.do(CONTROLLER, Resume(), at=600.0)
    assert exercise.state.minute(660.0) == pytest.approx(3.0)
