"""Signs of life: where a program stopped, or a machine slept, the exercise is paused as of the last one."""

import pytest

from exercise.room import TEXT
from tabletop.errors import TabletopError
from tabletop.exercise.acts import BeginMove, Lock, Pause, Resume, Start
from tabletop.exercise.exercise import ASLEEP, LEFT, STOPPED, Exercise
from tabletop.exercise.heartbeat import Heartbeat
from tabletop.exercise.log import Log
from tabletop.exercise.refused import Code, Refused
from tabletop.exercise.roles import CONTROLLER

NOW = 1_790_000_000.0


@pytest.fixture
def clock(monkeypatch):
    """The clock of this process, which stands where it is set."""
    time = [NOW]
    monkeypatch.setattr("tabletop.exercise.exercise.time", lambda: time[0])
    return time


@pytest.fixture
def folder(tmp_path, clock):
    """An exercise in its first move, whose program was killed ten minutes after StartEx."""
    exercise = Exercise.new(tmp_path / "room", text=TEXT, name="small.yaml")
    exercise.do(CONTROLLER, Start(secret="s", teams=("Alpha", "Bravo"), others=2))
    exercise.do(CONTROLLER, BeginMove(move=1))
    clock[0] += 600
    exercise.log.give_sign_of_life(clock[0])
    exercise.log._connection.close()
    exercise.log._held.close()
    return exercise.folder


def test_after_a_crash_the_exercise_stands_paused_since_its_last_sign_of_life(folder, clock):
    clock[0] += 1800
    with Exercise.open(folder).in_charge() as exercise:
        paused = exercise.entries[-1]
        assert (paused.act.act, paused.act.reason, paused.at) == ("pause", STOPPED, NOW + 600)
        assert exercise.state.minute(exercise.now()) == pytest.approx(10)
        with pytest.raises(Refused) as refused:
            exercise.do(CONTROLLER, Lock())
        assert refused.value.code is Code.PAUSED
        exercise.do(CONTROLLER, Resume())
        clock[0] += 60
        assert exercise.state.minute(exercise.now()) == pytest.approx(11)


def test_whoever_only_reads_leaves_it_as_it_is(folder, clock):
    clock[0] += 1800
    assert not Exercise.open(folder).state.is_paused


def test_a_machine_that_slept_finds_the_exercise_paused_since_then(folder, clock):
    with Exercise.open(folder).in_charge() as exercise:
        exercise.beat()
        clock[0] += ASLEEP - 1
        exercise.beat()
        assert not exercise.state.is_paused
        clock[0] += 600
        exercise.beat()
        assert exercise.state.is_paused
        assert exercise.entries[-1].at == NOW + 600 + ASLEEP - 1


def test_a_sign_of_life_is_no_line_of_the_log(folder, clock):
    lines = Exercise.open(folder).entries
    with Exercise.open(folder).in_charge():
        pass
    *before, pause = Exercise.open(folder).entries
    assert tuple(before) == lines
    assert pause.act == Pause(reason=LEFT)  # the clock stands while nobody moves it
    with Exercise.open(folder).in_charge():
        pass
    assert Exercise.open(folder).entries == (*lines, pause)
    assert Log.open(folder).last_sign_of_life == NOW + 600


def test_two_programs_are_not_in_charge_at_once(folder):
    with (
        Exercise.open(folder).in_charge(),
        pytest.raises(TabletopError, match="the exercise is run from there"),
        Exercise.open(folder).in_charge(),
    ):
        pass


def test_signs_are_given_until_they_are_stopped_even_if_one_cannot_be():
    given = []

    def give():
        given.append(len(given))
        if len(given) == 2:
            raise TabletopError("the disk is full")
        if len(given) == 4:
            enough.set()

    from threading import Event

    enough = Event()
    with Heartbeat(give, seconds=0.001):
        assert enough.wait(10)
    there = len(given)
    assert there >= 4
    assert len(given) == there
