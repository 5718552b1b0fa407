"""The log: on disk before it is acknowledged, never changed, and the state is its fold."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from exercise.room import begun, opened
from tabletop.errors import TabletopError
from tabletop.exercise.acts import Note, Pause, Rate, Resume, Submit
from tabletop.exercise.exercise import Exercise, Request
from tabletop.exercise.log import Log
from tabletop.exercise.log_file import NAME
from tabletop.exercise.refused import Code, Refused
from tabletop.exercise.roles import CONTROLLER, Role
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


def test_one_program_at_a_time_moves_an_exercise(tmp_path):
    exercise = opened(tmp_path)
    other = Exercise.open(exercise.folder)
    with pytest.raises(TabletopError, match=r"process \d+ is writing there; the exercise is run from there"):
        other.do("Alpha", Submit(team="Alpha", entry="R1"))
    exercise.log.close()
    other.do("Alpha", Submit(team="Alpha", entry="R1"))
    assert Exercise.open(exercise.folder).state.hand("Alpha").codes == ("R1",)


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
        other.execute("INSERT INTO log VALUES (3, 0, 'controller', NULL, '{\"act\": \"dance\"}', '')")
    with pytest.raises(TabletopError, match="line 3 is damaged"):
        Exercise.open(exercise.folder)
    exercise.log.close()
    (exercise.folder / NAME).write_bytes(b"not a database" * 100)
    with pytest.raises(TabletopError, match="not the log of an exercise"):
        Exercise.open(exercise.folder)


@pytest.mark.parametrize(
    ("what", "said"),
    [("format", "format 0, not 1 or 2"), ("model_version", "begun with version 0 of the model; here is 3, ")],
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


def test_a_line_that_is_not_as_it_was_written_is_told(tmp_path):
    exercise = opened(tmp_path)
    exercise.do("Alpha", Submit(team="Alpha", entry="D1"))
    exercise.log.close()
    with sqlite3.connect(exercise.folder / NAME) as other:
        other.execute("DROP TRIGGER log_is_never_changed")
        other.execute("""UPDATE log SET act = replace(act, '"entry":"D1"', '"entry":"D2"')""")
    with pytest.raises(TabletopError, match="line 3 is damaged: its digest does not fit"):
        Exercise.open(exercise.folder)


def test_who_asks_again_under_a_key_gets_the_line_of_the_first_time(tmp_path):
    exercise = opened(tmp_path)
    act = Submit(team="Alpha", entry="D1")
    first = exercise.do("Alpha", act, key="phone 1/a")
    assert exercise.do("Alpha", act, key="phone 1/a") == first
    exercise.log.close()
    again = Exercise.open(exercise.folder)
    assert again.do("Alpha", act, key="phone 1/a") == first
    assert again.state.revision("Alpha") == 1
    with pytest.raises(Refused) as refused:
        again.do("Alpha", act, key="phone 1/b")
    assert refused.value.code is Code.STALE


def test_several_acts_are_one_transaction_and_each_sees_those_before(tmp_path):
    exercise = opened(tmp_path)
    asked = [
        Request("Alpha", Submit(team="Alpha", entry="D1"), key="a"),
        Request("Alpha", Submit(team="Alpha", entry="D2"), key="b"),
        Request("Alpha", Submit(team="Alpha", entry="D1"), key="a"),
        Request("Alpha", lambda state: Submit(team="Alpha", entry="R1", replaces=state.revision("Alpha"))),
    ]
    first, stale, again, second = exercise.do_all(asked)
    assert (first.number, again, second.number) == (3, first, 4)
    assert stale.code is Code.STALE
    assert Exercise.open(exercise.folder).state == exercise.state


def test_a_transaction_that_fails_changes_nothing(tmp_path):
    exercise = opened(tmp_path)
    before = exercise.entries, exercise.state

    def fails(_state):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        exercise.do_all([Request("Alpha", Submit(team="Alpha", entry="D1")), Request("Alpha", fails)])
    assert (exercise.entries, exercise.state) == before
    assert Exercise.open(exercise.folder).entries == before[0]


def test_a_moment_never_lies_before_the_one_before(tmp_path):
    exercise = opened(tmp_path)
    exercise.do(CONTROLLER, Pause(), at=500.0)
    assert exercise.do(CONTROLLER, Resume(), at=400.0).at == 500.0


def test_evaluators_write_beside_the_program_that_moves_the_exercise(tmp_path):
    exercise = opened(tmp_path)
    beside = Exercise.open(exercise.folder)
    noted = beside.do("evaluator", Note(text="They hurry."))
    decided = exercise.do("Alpha", Submit(team="Alpha", entry="D1"))
    rated = beside.do("Judge", Rate(objective="weigh", rating="S"), role=Role.EVALUATOR)
    assert [noted.number, decided.number, rated.number] == [3, 4, 5]
    exercise.catch_up()
    assert exercise.entries == beside.entries == Exercise.open(exercise.folder).entries
    assert exercise.state == beside.state


def test_a_name_that_is_nobodys_may_not_rate(tmp_path):
    exercise = opened(tmp_path)
    with pytest.raises(Refused, match="anybody: neither the controller nor a team") as refused:
        exercise.do("anybody", Rate(objective="weigh", rating="S"))
    assert refused.value.code is Code.WHO
    with pytest.raises(Refused, match="rate: Alpha is no evaluator"):
        exercise.do("Alpha", Rate(objective="weigh", rating="S"), role=Role.EVALUATOR)
    with pytest.raises(Refused, match="this is the controller's to do, not projector's"):
        exercise.do("projector", Rate(objective="weigh", rating="S"))


def test_any_thread_may_write(tmp_path):
    exercise = opened(tmp_path)
    with ThreadPoolExecutor(4) as threads:
        done = threads.map(lambda n: exercise.do("evaluator", Note(text=f"Note {n}.")), range(20))
        assert sorted(entry.number for entry in done) == list(range(3, 23))
    assert Exercise.open(exercise.folder).entries == exercise.entries


def test_what_is_closed_is_one_whole_file(tmp_path):
    exercise = opened(tmp_path)
    assert {path.name for path in exercise.folder.iterdir()} > {NAME, f"{NAME}-wal"}
    exercise.log.close()
    assert {path.name for path in exercise.folder.iterdir()} == {NAME, ".lock"}
    copied = tmp_path / "copied"
    copied.mkdir()
    (copied / NAME).write_bytes((exercise.folder / NAME).read_bytes())
    assert Exercise.open(copied).state == exercise.state


def test_a_line_is_on_disk_before_it_is_acknowledged(tmp_path):
    """What SQLite is asked for: one log file that every commit waits for (sqlite.org/pragma.html)."""
    exercise = opened(tmp_path)
    with exercise.log.writing():
        pass
    connection = exercise.log._connection
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
