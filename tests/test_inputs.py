"""Inputs: ordinary files, up to a size."""

import os

import pytest

from tabletop.cli import main
from tabletop.inputs import InputRefused, content


def refusal(path, most=10):
    with pytest.raises(InputRefused) as told:
        content(path, most, what="a list")
    return str(told.value)


def test_a_file_is_read_whole(tmp_path):
    (tmp_path / "x").write_bytes(b"0123456789")
    assert content(tmp_path / "x", 10) == b"0123456789"
    assert refusal(tmp_path / "x", 9) == f"{tmp_path / 'x'}: 10 bytes; a list has at most 9"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe") == f"{tmp_path / 'pipe'}: not an ordinary file; name a list"


@pytest.mark.skipif(not os.access("/proc/self/status", os.R_OK), reason="no files without a size here")
def test_a_file_that_does_not_say_how_long_it_is_is_read_no_further_than_allowed():
    from pathlib import Path

    assert "more than 10 bytes" in refusal(Path("/proc/self/status"))


def test_what_is_none_is_told(tmp_path):
    assert refusal(tmp_path) == f"{tmp_path}: a directory; name a list in it"
    assert refusal(tmp_path / "none") == f"{tmp_path / 'none'}: no such file"
    long = tmp_path / ("x" * 300)
    assert refusal(long).endswith("cannot be read: the name is too long; choose a shorter one")
    assert refusal(tmp_path / "a\nb") == f"{tmp_path}/a\\nb: no such file"


COMMANDS = [
    ("validate", "{}"),
    ("run", "{}"),
    ("pack", "{}"),
    ("replay", "{}"),
    ("msel", "import", "{}.csv", "scenario.yaml"),
    ("msel", "import", "list.csv", "{}"),
    ("play", "first-steps", "--decisions", "{}"),
    ("results", "folder"),
]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("kind", ["pipe", "endless"])
def test_no_command_waits_for_what_never_ends(tmp_path, monkeypatch, capsys, command, kind):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "pipe.csv", "folder/manifest.json"):
        os.mkfifo(tmp_path / name)
    for name in ("endless", "endless.csv"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(10**12)
    (tmp_path / "scenario.yaml").write_text("exercise: {}\n")
    (tmp_path / "list.csv").write_text("")
    with pytest.raises(SystemExit) as leaving:
        main([word.format(kind) for word in command])
    assert leaving.value.code == 2
    err = capsys.readouterr().err
    assert any(
        said in err for said in ("not an ordinary file", "neither a file nor a folder", "bytes; ", "missing")
    )
    assert err.count("\n") < 10
