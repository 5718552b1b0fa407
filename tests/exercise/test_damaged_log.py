"""A damaged log: opened as it was, or told in one line, never with a traceback or without end."""

import sqlite3
from contextlib import closing
from random import Random

import pytest

from exercise.room import opened, passed
from tabletop.errors import TabletopError
from tabletop.exercise.acts import End, Note, Pause, Resume, Submit
from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.interim_cache import InterimCache
from tabletop.exercise.log_file import NAME
from tabletop.exercise.roles import CONTROLLER
from tabletop.experiment.identity import digest
from tabletop.report.after_action import ReportInput, after_action_files

FLIPS = 100
"""Bits that are flipped in a log, at places that a seed decides."""


@pytest.fixture(scope="module")
def cache():
    """Readings that need not be simulated for every damaged log."""
    return InterimCache()


@pytest.fixture
def log(tmp_path):
    """The path of the log of an exercise that was played to its end."""
    exercise = opened(tmp_path)
    exercise.do("Alpha", Submit(team="Alpha", entry="D1 D2"), at=70.0)
    exercise.do(CONTROLLER, Pause(), at=80.0)
    exercise.do(CONTROLLER, Resume(), at=90.0)
    exercise = passed(passed(exercise))
    exercise.do(CONTROLLER, Note(text="A note."), at=100.0)
    exercise.do(CONTROLLER, End(), at=110.0)
    exercise.log.close()
    return exercise.folder / NAME


def lines(log):
    with closing(sqlite3.connect(log)) as database:
        return database.execute("SELECT at, by, role, act FROM log ORDER BY number").fetchall()


def rewritten(log, told):
    """The log with other lines, in the way of somebody who knows SQL, and how digests are made."""
    with closing(sqlite3.connect(log)) as database, database:
        database.execute("DROP TRIGGER IF EXISTS log_is_never_shortened")
        database.execute("DELETE FROM log")
        database.executemany(
            "INSERT INTO log VALUES (?, ?, ?, ?, ?, ?)",
            [(n, *line, digest([n, *line])) for n, line in enumerate(told, start=1)],
        )


def reported(log, cache):
    """The refusal of a log; empty if a report can be made of it."""
    try:
        exercise = Exercise.open(log.parent)
        after_action_files(ReportInput.of(exercise, Adjudicator(cache)))
    except TabletopError as error:
        return one_line(error, log)
    exercise.log.close()
    return ""


def one_line(error, log):
    """What is told of a log, which is named, in one line."""
    assert "\n" not in str(error)
    assert str(log) in str(error)
    return str(error)


def test_a_line_that_cannot_have_happened_is_told_with_its_number(log, cache):
    told = lines(log)
    rewritten(log, [*told[:2], *told[3:4], *told[2:3], *told[4:]])
    assert reported(log, cache) == (
        f"{log}: damaged: line 4 cannot have happened: submit: the exercise is paused; resume it first"
    )


def test_whichever_line_is_lost_doubled_or_late_the_log_is_told_or_read(log, cache):
    told = lines(log)
    for place in range(len(told)):
        for harmed in (
            [*told[:place], *told[place + 1 :]],
            [*told[: place + 1], *told[place:]],
            [*told[:place], *told[place + 1 : place + 2], told[place], *told[place + 2 :]],
        ):
            rewritten(log, harmed)
            reported(log, cache)


@pytest.mark.parametrize("at", [-1.0, 1e12, 1e300, "soon", float("inf")])
def test_a_time_that_no_calendar_has_is_told_with_its_line(log, cache, at):
    told = lines(log)
    rewritten(log, [*told[:4], (at, *told[4][1:]), *told[5:]])
    assert "line 5 is damaged" in reported(log, cache)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"others":3', '"others":3e99'),
        ('"teams":["Alpha","Bravo"]', '"teams":["Alpha","alpha"]'),
        ('"teams":["Alpha","Bravo"]', '"teams":["Bravo"]'),
        ('"move":2', '"move":7'),
        ('"entry":"D1 D2"', '"entry":"Z9"'),
        ('"replaces":0', '"replaces":9'),
    ],
)
def test_an_act_that_nobody_could_do_is_told(log, cache, before, after):
    told = lines(log)
    harmed = [(*line, act.replace(before, after)) for *line, act in told]
    assert harmed != told
    rewritten(log, harmed)
    assert "line " in reported(log, cache)


def test_a_scenario_that_is_damaged_in_the_log_is_told_as_the_logs(log, cache):
    with closing(sqlite3.connect(log)) as database, database:
        database.execute("UPDATE about SET value = replace(value, 'horizon_days', 'horizon_dogs')")
    assert "damaged: the scenario in it cannot be played: small.yaml:" in reported(log, cache)


def test_a_text_that_is_none_is_told(log, cache):
    with closing(sqlite3.connect(log)) as database, database:
        database.execute("UPDATE about SET value = CAST(x'ff0a' AS TEXT) WHERE name = 'scenario'")
    assert "not the log of an exercise, or damaged" in reported(log, cache)


def test_whichever_bit_is_flipped_the_log_is_told_or_read(log, cache):
    whole = log.read_bytes()
    luck = Random("a log is damaged")
    told = 0
    for number in range(FLIPS):
        harmed = bytearray(whole)
        harmed[luck.randrange(len(harmed))] ^= 1 << luck.randrange(8)
        log.write_bytes(harmed)
        if number % 10:
            try:
                Exercise.open(log.parent).log.close()
            except TabletopError as error:
                told += bool(one_line(error, log))
        else:
            reported(log, cache)
    assert told > FLIPS / 20
