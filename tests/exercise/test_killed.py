"""Programs that are killed: no act that was acknowledged is lost, and none is done twice."""

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from exercise.scripted_class import COURSE
from tabletop.exercise.acts import Pause, Resume
from tabletop.exercise.exercise import STOPPED, Exercise
from tabletop.exercise.log_file import NAME
from tabletop.exercise.state import Phase, State

LONGEST = 0.4
"""Seconds after which a program is killed at the latest; a whole class takes about as long."""


@pytest.mark.parametrize("kills", [4, pytest.param(100, marks=pytest.mark.verify)])
def test_whenever_the_program_is_killed_no_acknowledged_act_is_lost_or_doubled(tmp_path, kills):
    luck = Random("the program is killed")
    killed, classes, places = 0, 0, set()
    while killed < kills:
        folder, acknowledged, is_over = tmp_path / f"class-{classes}", {}, False
        while not is_over:
            after = luck.uniform(0.0, LONGEST) if killed < kills else None
            said, is_over = run_for(after, folder)
            killed += not is_over
            places.add(len(said))
            for number, line in said.items():
                assert acknowledged.setdefault(number, line) == line
            if (folder / NAME).exists():
                kept = keyed(folder)
                assert {**kept, **acknowledged} == kept
        whole(folder, acknowledged)
        classes += 1
    print(f"{killed} kills in {classes} classes, after {sorted(places)} acts")
    assert len(places) >= min(kills / 4, 10)  # in many places, and not always before the first act


def run_for(seconds, folder):
    """What a program acknowledged until it was killed, by the acts' numbers; whether it came to its end."""
    paths = os.pathsep.join([str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    program = subprocess.Popen(
        [sys.executable, "-m", "exercise.scripted_class", str(folder)],
        stdout=subprocess.PIPE,
        bufsize=0,  # what is not read line by line is there to be read in the end
        env={**os.environ, "PYTHONPATH": paths},
    )
    assert program.stdout.readline() == b"ready\n"
    if seconds is not None:
        time.sleep(seconds)
        program.kill()
    told, _ = program.communicate(timeout=60)
    # a line that was cut off was not acknowledged
    words = [line.split() for line in told.splitlines(keepends=True) if line.endswith(b"\n")]
    return {int(number): int(line) for number, line in words}, program.returncode == 0


def keyed(folder):
    """The lines of the acts of the course that are in the log, by the acts' numbers."""
    with closing(sqlite3.connect(folder / NAME)) as database:
        if database.execute("SELECT count(*) FROM log").fetchone() == (0,):
            return {}
        return {int(key): number for key, number in database.execute("SELECT key, number FROM asked")}


def whole(folder, acknowledged):
    """The log is that of a class that nobody interrupted, but for pauses."""
    exercise = Exercise.open(folder)
    assert acknowledged == keyed(folder)
    assert sorted(acknowledged) == list(range(len(COURSE)))
    lines = [exercise.entries[acknowledged[number] - 1] for number in range(len(COURSE))]
    assert [(entry.by, entry.act) for entry in lines] == list(COURSE)
    assert [entry.number for entry in lines] == sorted(entry.number for entry in lines)
    others = [entry.act for entry in exercise.entries if entry not in lines]
    assert all(act == Resume() or act == Pause(reason=STOPPED) for act in others)
    times = [entry.at for entry in exercise.entries]
    assert times == sorted(times)
    straight = State.of(exercise.scenario, lines)
    assert exercise.state.phase is straight.phase is Phase.ENDED
    for team in exercise.state.teams:
        assert exercise.state.hand(team) == straight.hand(team)
    assert {key: (one.low, one.high) for key, one in exercise.state.predictions.items()} == {
        key: (one.low, one.high) for key, one in straight.predictions.items()
    }
    assert exercise.state.injects_in_force()[:-1] == straight.injects_in_force()[:-1]
