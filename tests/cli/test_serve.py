"""`tabletop serve` at the terminal: what it refuses before anything begins, and how it ends."""

import signal
import socket
import sys

import pytest

from exercise.room import TEXT, begun
from serve.served import begin, controller, go_on, joined
from support.long import long
from tabletop.cli import main
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.state import Phase


@pytest.fixture
def small(tmp_path):
    (tmp_path / "small.yaml").write_text(TEXT)
    return tmp_path / "small.yaml"


def refused(capsys, *arguments):
    """What the command says when it refuses."""
    with pytest.raises(SystemExit) as leaving:
        main(["serve", *map(str, arguments)])
    assert leaving.value.code == 2
    return capsys.readouterr().err


@pytest.mark.parametrize("library", ["starlette", "uvicorn", "segno", "psutil"])
def test_a_missing_library_is_told_before_anything_begins(capsys, monkeypatch, small, tmp_path, library):
    monkeypatch.setitem(sys.modules, library, None)
    told = refused(capsys, small, "--out", tmp_path / "e")
    assert told.startswith(f"{library}: not installed")
    assert "pip install" in told
    assert not (tmp_path / "e").exists()


def test_a_port_that_is_taken_is_told_before_anything_begins(capsys, small, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = refused(capsys, small, "--out", tmp_path / "e", "--port", port)
    assert told.startswith(f"127.0.0.1:{port}: cannot be served from")
    assert "--port" in told
    assert not (tmp_path / "e").exists()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--host", "192.0.2.1"), "192.0.2.1:8000: cannot be served from"),
        (("--host", "nowhere.invalid"), "nowhere.invalid:8000: cannot be served from"),
        (("--lan", "--host", "127.0.0.1"), "--lan and --host: both say where to serve"),
        (("--team", "Alpha", "--team", "alpha"), "two teams of that name"),
    ],
)
def test_options_that_cannot_be_are_told(capsys, small, tmp_path, options, says):
    assert says in refused(capsys, small, "--out", tmp_path / "e", *options)
    assert not (tmp_path / "e").exists()


def test_a_scenario_that_is_not_there_or_has_no_exercise_is_told(capsys, tmp_path):
    where = ("--out", tmp_path / "e", "--port", 0)
    assert "neither a file nor a shipped scenario" in refused(capsys, "harbor-city", *where)
    (tmp_path / "bare.yaml").write_text(TEXT.partition("exercise:")[0])
    assert "no `exercise:` block" in refused(capsys, tmp_path / "bare.yaml", *where)
    assert not (tmp_path / "e").exists()


def test_an_exercise_without_a_lobby_goes_on_at_the_terminal(capsys, tmp_path):
    exercise = begun(tmp_path)
    exercise.close()
    told = refused(capsys, exercise.folder, "--port", 0)
    assert "begun without a lobby" in told
    assert f"tabletop play {exercise.folder}" in told


def test_teams_of_an_exercise_that_was_begun_cannot_be_named_anew_and_two_cannot_serve_it(
    capsys, small, tmp_path
):
    served = begin(small, tmp_path, "--port", "0", "--others", "2", "--workers", "1")
    try:
        assert "was begun with Alpha, Bravo" in refused(capsys, served.folder, "--team", "X", "--port", 0)
        assert "the exercise is run from there" in refused(capsys, served.folder, "--port", 0)
    finally:
        served.kill()


@pytest.mark.parametrize("how", [signal.SIGINT, *long(signal.SIGTERM)])
def test_it_ends_with_how_to_go_on_and_leaves_one_whole_file(small, tmp_path, how):
    served = begin(small, tmp_path, "--port", "0", "--others", "2", "--workers", "1")
    desk, phone = controller(served), joined(served, "Alpha")
    assert go_on(desk, Phase.LOBBY, -1).status == 200
    served.process.send_signal(how)
    told, _ = served.process.communicate(timeout=60)
    assert f"To go on: tabletop serve {served.folder.relative_to(tmp_path)}" in told
    assert served.process.returncode == 130
    assert not [*served.folder.glob("*-wal"), *served.folder.glob("*-journal")]
    exercise = Exercise.open(served.folder)
    assert exercise.state.phase is Phase.BRIEF
    assert exercise.state.seats.of("Alpha") == ("phone 1",)
    exercise.close()
    # and it goes on, for the same phone
    again = begin(served.folder, tmp_path, "--port", str(served.port), "--workers", "1")
    assert phone.get("/team").status == 200
    assert again.join == served.join
    again.kill()
