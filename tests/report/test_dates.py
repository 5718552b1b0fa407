"""Dates are those of the room: on the clocks where the exercise was held, whoever checks it where."""

import re
import time
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest

from exercise.room import TEXT
from support.long import long
from tabletop.exercise.acts import BeginMove, End, HotWash, Lock, Reveal, Start
from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.bundle import Bundle
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.interim_cache import InterimCache
from tabletop.exercise.roles import CONTROLLER
from tabletop.experiment.run import run_experiment
from tabletop.report.exercise_files import write_exercise
from tabletop.report.page import experiment_page
from tabletop.report.replay import replay
from tabletop.scenario.load import load

BEGUN = 1_790_000_000.0
"""2026-09-21 14:13 UTC, in summer."""
WEST = "America/St_Johns"
ROOMS = {
    "UTC": ("2026-09-21 14:13 to 14:45, UTC;", 0),
    "Europe/Berlin": ("2026-09-21 16:13 to 16:45, UTC+02:00;", 120),
    WEST: ("2026-09-21 11:43 to 12:15, UTC-02:30;", -150),
    "Asia/Kolkata": ("2026-09-21 19:43 to 20:15, UTC+05:30;", 330),
    "Pacific/Kiritimati": ("2026-09-22 04:13 to 04:45, UTC+14:00;", 840),
}


@pytest.fixture
def in_zone(monkeypatch):
    """Sets the clocks of this machine to those of a place."""

    def at(place):
        monkeypatch.setenv("TZ", place)
        time.tzset()

    yield at
    monkeypatch.undo()
    time.tzset()


def played(folder, begun=BEGUN):
    """An exercise that was held, from its first to its last minute."""
    exercise = Exercise.new(folder / "room", text=TEXT, name="small.yaml")
    acts = [Start(secret="s", teams=("Alpha",), others=2)]
    for move in (1, 2):
        acts += [BeginMove(move=move), Lock(), Reveal()]
    acts += [HotWash(), End()]
    for minute, act in enumerate(acts):
        exercise.do(CONTROLLER, act, at=begun + 60 * minute * 4)
    return exercise


@pytest.mark.parametrize("place", [WEST, *long(*(place for place in ROOMS if place != WEST))])
def test_a_report_has_the_dates_of_its_room(in_zone, tmp_path, place):
    in_zone(place)
    write_exercise(played(tmp_path), Adjudicator(InterimCache()), tmp_path / "report")
    page = re.sub("<[^>]*>", "", (tmp_path / "report" / "report.html").read_text(encoding="utf-8"))
    assert ROOMS[place][0] in page


def test_the_properties_of_a_docx_stay_in_utc_as_its_format_wants(in_zone, tmp_path):
    pytest.importorskip("docx")
    in_zone("Asia/Kolkata")
    write_exercise(played(tmp_path), Adjudicator(InterimCache()), tmp_path / "report")
    with ZipFile(BytesIO((tmp_path / "report" / "report.docx").read_bytes())) as zipped:
        dates = re.findall(r"W3CDTF\">([^<]*)<", zipped.read("docProps/core.xml").decode())
    assert dates == ["2026-09-21T14:13:20Z", "2026-09-21T14:45:20Z"]


@pytest.mark.verify
def test_a_bundle_is_the_same_wherever_it_is_checked(in_zone, tmp_path):
    in_zone("Asia/Kolkata")
    write_exercise(played(tmp_path), Adjudicator(InterimCache()), tmp_path / "report")
    bundle = Bundle.read(tmp_path / "report" / "replay.zip")
    assert bundle.offset == timedelta(minutes=330)
    in_zone("America/St_Johns")
    assert all(check.holds for check in replay(bundle, out=tmp_path / "again"))
    for name in ("report.html", "replay.zip"):
        assert (tmp_path / "again" / name).read_bytes() == (tmp_path / "report" / name).read_bytes()


def test_what_is_played_on_a_logical_clock_has_no_offset(in_zone, tmp_path):
    in_zone("Asia/Kolkata")
    write_exercise(played(tmp_path, begun=0.0), Adjudicator(InterimCache()), tmp_path / "report")
    assert Bundle.read(tmp_path / "report" / "replay.zip").offset == timedelta()


def test_the_page_of_an_experiment_says_when_it_was_made_on_the_clocks_here(in_zone):
    in_zone("Asia/Kolkata")
    results = run_experiment(load("first-steps"), replications=1, workers=1, progress=False)
    here = results.provenance.started.astimezone()
    assert here.isoformat(" ", timespec="seconds").endswith("+05:30")
    assert here.isoformat(" ", timespec="seconds") in experiment_page(results)
