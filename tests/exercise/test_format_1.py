"""Logs of format 1: they open, are reported on, replay, and are gone on with in format 2.

`format-1/exercise.sqlite` was written by the last tabletop that wrote format 1, with every act that it had.
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tabletop.exercise.acts import Note
from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.interim_cache import InterimCache
from tabletop.exercise.log_file import NAME
from tabletop.exercise.roles import CONTROLLER, Role
from tabletop.exercise.state import Phase
from tabletop.report.exercise_files import bundle_of, exercise_files
from tabletop.report.replay import replay
from tabletop.version import MODEL_VERSION


@pytest.fixture
def old(tmp_path):
    """The folder of an exercise of format 1, as if it had been begun with this version of the model."""
    shutil.copy(Path(__file__).parent / "format-1" / NAME, tmp_path / NAME)
    with closing(sqlite3.connect(tmp_path / NAME)) as database, database:
        database.execute("UPDATE about SET value = ? WHERE name = 'model_version'", (MODEL_VERSION,))
    return tmp_path


def kept(folder):
    with closing(sqlite3.connect(folder / NAME)) as database:
        return database.execute("SELECT number, at, by, act FROM log ORDER BY number").fetchall()


def test_an_old_exercise_opens_as_it_was_left_and_is_not_touched_by_reading(old):
    before = (old / NAME).read_bytes()
    exercise = Exercise.open(old)
    state = exercise.state
    assert (state.phase, state.lines) == (Phase.ENDED, 29)
    assert state.hand("Alpha").codes == ("D1", "D2")
    assert state.hand("Bravo").codes == ()
    assert state.predictions["Alpha", 0, "incidents"].high == 2
    assert {entry.by for entry in state.kept} == {"Judge", CONTROLLER}
    exercise.log.close()
    assert (old / NAME).read_bytes() == before


def test_an_old_exercise_replays(old):
    exercise, adjudicator = Exercise.open(old), Adjudicator(InterimCache())
    bundle = bundle_of(exercise, adjudicator, exercise_files(exercise, adjudicator))
    checks = replay(bundle)
    assert [check.differing for check in checks] == [(), (), ()]
    assert [check.skipped for check in checks] == ["", "", ""]


def test_its_lines_are_written_out_as_format_1_wrote_them(old):
    for entry, (number, at, by, act) in zip(Exercise.open(old).entries, kept(old), strict=True):
        said = f'{{"number":{number},"at":{at},"by":"{by}","act":{act}}}'
        assert entry.model_dump_json() == said


def test_who_goes_on_with_it_writes_format_2_and_leaves_its_lines_as_they_were(old):
    before = kept(old)
    exercise = Exercise.open(old)
    entry = exercise.do("evaluator", Note(text="Read again."))
    exercise.log.close()
    assert kept(old)[:-1] == before
    again = Exercise.open(old)
    assert again.entries[-1] == entry
    assert entry.role is Role.EVALUATOR
    with closing(sqlite3.connect(old / NAME)) as database:
        assert database.execute("SELECT value FROM about WHERE name = 'format'").fetchone() == ("2",)
        with pytest.raises(sqlite3.Error, match="append only"):
            database.execute("UPDATE log SET by = 'x'")
