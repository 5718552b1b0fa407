"""Clocks that are wrong: a log carries on, and no document minds the year."""

import time
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import docx
import openpyxl
import pytest

from exercise.room import opened, passed
from support.long import long
from tabletop.cli.room import Room
from tabletop.exercise.acts import End, Note
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.log import Log
from tabletop.exercise.roles import CONTROLLER
from tabletop.report.exercise_files import exercise_files
from tabletop.report.msel.lists import list_file
from tabletop.report.pack import pack_files


@pytest.fixture
def clock(monkeypatch):
    """Set every clock of this process."""

    def to(seconds):
        monkeypatch.setattr("tabletop.exercise.exercise.time", lambda: seconds)
        monkeypatch.setattr(time, "time", lambda: seconds)
        real = time.gmtime
        monkeypatch.setattr(time, "localtime", lambda given=None: real(seconds if given is None else given))

    return to


def test_a_log_carries_on_from_its_last_time_when_the_clock_goes_back(tmp_path, clock):
    exercise = opened(tmp_path)
    exercise.do(CONTROLLER, Note(text="One."), at=5_000.0)
    clock(4_000.0)
    assert exercise.seconds_behind == 1_000.0
    assert exercise.do(CONTROLLER, Note(text="Two.")).at == 5_000.0
    clock(5_001.0)
    assert exercise.do(CONTROLLER, Note(text="Three.")).at == 5_001.0
    again = Exercise.open(exercise.folder)
    assert [entry.at for entry in again.entries][-3:] == [5_000.0, 5_000.0, 5_001.0]
    assert again.state.minute(again.now()) >= 0


def test_the_controller_is_told_once_that_the_clock_went_back(tmp_path, clock):
    from rich.console import Console

    screen = Console(file=open(tmp_path / "screen", "w"), width=200)  # noqa: SIM115, PTH123 (as long as the test)
    room = Room(screen, opened(tmp_path), workers=1)
    room.exercise.do(CONTROLLER, Note(text="One."), at=5_000.0)
    clock(4_000.0)
    assert room.do(Note(text="Two."))
    assert room.do(Note(text="Three."))
    screen.file.close()
    told = (tmp_path / "screen").read_text()
    assert told.count("The clock was set back by 1000 s: the log carries on from its last line.") == 1


@pytest.mark.parametrize("year", [1979, *long(1970, 1999, 2500)])
def test_no_document_minds_the_year(tmp_path, clock, year, monkeypatch):
    exercise = opened(tmp_path)
    now = datetime(year, 1, 2, tzinfo=UTC).timestamp()
    clock(now)
    exercise.do(CONTROLLER, Note(text="A note."))
    exercise = passed(passed(exercise))
    exercise.do(CONTROLLER, End())
    from tabletop.exercise.adjudication import Adjudicator
    from tabletop.exercise.interim_cache import InterimCache

    made = exercise_files(exercise, Adjudicator(InterimCache()))
    docx.Document(BytesIO(made["report.docx"]))
    book = list_file(exercise.scenario, "small.yaml", ".xlsx")
    openpyxl.load_workbook(BytesIO(book))
    for office in (made["report.docx"], book):
        assert {member.date_time[0] for member in ZipFile(BytesIO(office)).infolist()} == {1980}
    pack_files(exercise.scenario, "small.yaml", formats=("html",), paper="a4")


def test_a_clock_that_is_asked_for_all_the_time_does_not_copy_the_log(tmp_path, monkeypatch):
    """Each page asks at each tap of anybody; a class has tens of thousands of lines."""
    exercise = opened(tmp_path)
    exercise.do(CONTROLLER, Note(text="One."), at=5e9)

    def all_of_it(_):
        raise AssertionError("the whole log was looked at")

    monkeypatch.setattr(Log, "entries", property(all_of_it))
    assert exercise.now() == 5e9
    assert exercise.seconds_behind > 0
