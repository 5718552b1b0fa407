"""The room's screen beside the controller's terminal: written act by act, opened once, never in the way."""

import io
from time import monotonic, sleep

import pytest

from exercise.room import TEXT, begun
from tabletop.cli import main, projector
from tabletop.cli.checklist import Row, Standing
from tabletop.exercise.acts import BeginMove, Lock, Reveal, Show
from tabletop.exercise.roles import CONTROLLER
from tabletop.report.room import page as pages


@pytest.fixture
def opened(monkeypatch):
    """What the system was asked to open."""
    found = []
    monkeypatch.setattr(projector, "viewer", lambda: Row("viewer", Standing.WELL, "something opens pages"))
    monkeypatch.setattr("typer.launch", found.append)
    return found


def shows(path, words, seconds=20):
    """Whether a file comes to have these words."""
    end = monotonic() + seconds
    while monotonic() < end:
        if path.is_file() and words in path.read_text(encoding="utf-8"):
            return True
        sleep(0.05)
    return False


def test_the_file_follows_every_act_and_is_opened_once(tmp_path, opened):
    exercise = begun(tmp_path)
    path = exercise.folder / "room" / "room.html"
    with projector.projector(exercise):
        assert shows(path, "<strong>Brief</strong>")
        exercise.do(CONTROLLER, BeginMove(move=1))
        assert shows(path, "Move 1 of 2")
        exercise.do(CONTROLLER, Lock())
        assert shows(path, "tables gave their ranges")
        exercise.do(CONTROLLER, Reveal())
        exercise.do(CONTROLLER, Show(what="reveal decisions"))
        assert shows(path, "is less</h1>")
    assert opened == [str(path)]
    exercise.close()


def test_what_others_simulate_appears_once_it_is_there(tmp_path, opened):
    from tabletop.exercise.adjudication import Adjudicator
    from tabletop.exercise.interim_cache import NAME, InterimCache

    exercise = begun(tmp_path)
    path = exercise.folder / "room" / "room.html"
    for act in (BeginMove(move=1), Lock(), Reveal(), Show(what="reveal policy")):
        exercise.do(CONTROLLER, act)
    with projector.projector(exercise):
        assert shows(path, "The worlds are being simulated")
        Adjudicator(InterimCache(exercise.folder / NAME)).adjudicate(exercise.state, 0)
        assert shows(path, "2 · ")
    exercise.close()


def test_without_a_viewer_it_says_so_in_a_sentence_and_goes_on(tmp_path, capsys, monkeypatch):
    launched = []
    monkeypatch.setattr("typer.launch", launched.append)
    monkeypatch.setattr(
        projector, "viewer", lambda: Row("viewer", Standing.NOTE, "xdg-open is not installed")
    )
    exercise = begun(tmp_path)
    path = exercise.folder / "room" / "room.html"
    with projector.projector(exercise):
        pass
    told = capsys.readouterr().err
    assert told == f"The room's screen is {path}; open it by hand, as xdg-open is not installed\n"
    assert "<strong>Brief</strong>" in path.read_text(encoding="utf-8")
    assert launched == []
    exercise.close()


def test_a_fault_of_the_screen_does_not_stop_the_class(tmp_path, capsys, monkeypatch, opened):
    def broken(*_):
        raise ZeroDivisionError("made for this test")

    monkeypatch.setattr(pages, "room_page", broken)
    exercise = begun(tmp_path)
    with projector.projector(exercise):
        exercise.do(CONTROLLER, BeginMove(move=1))
    told = capsys.readouterr().err.splitlines()
    assert told[1:] == [
        "The room's screen stands still, because of a fault in it: ZeroDivisionError: made for this test"
    ]
    exercise.close()


def test_where_nothing_can_be_written_it_says_so(tmp_path, capsys, opened):
    exercise = begun(tmp_path)
    (exercise.folder / "room").write_text("in the way")
    with projector.projector(exercise):
        exercise.do(CONTROLLER, BeginMove(move=1))
    assert "The room's screen stands still: " in capsys.readouterr().err
    assert exercise.state.move == 0
    exercise.close()


@pytest.mark.parametrize("option", [(), ("--no-screen",)])
def test_play_has_a_screen_unless_it_is_told_not_to(capsys, monkeypatch, tmp_path, option):
    (tmp_path / "small.yaml").write_text(TEXT)
    monkeypatch.setattr("sys.stdin", io.StringIO("quit\n"))
    with pytest.raises(SystemExit):
        main(["play", str(tmp_path / "small.yaml"), "--out", str(tmp_path / "e"), "--others", "2", *option])
    told = capsys.readouterr().err
    assert ("The room's screen is" in told) is not bool(option)
    assert (tmp_path / "e" / "small-1" / "room" / "room.html").exists() is not bool(option)
