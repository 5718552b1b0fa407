"""Standard streams: safe for a terminal, and closed or full ones break nothing."""

import json
import os
import subprocess
import sys
from io import StringIO

import pytest

from support.long import long
from tabletop.cli import main
from tabletop.cli.output import console
from tabletop.cli.streams import SafeStream

FULL = pytest.mark.skipif(not os.access("/dev/full", os.W_OK), reason="no device that is always full")
POSIX = pytest.mark.skipif(os.name != "posix", reason="shells close streams so")


def shell(command, place):
    """What a shell says of a command: its exit code, output and errors."""
    told = subprocess.run(
        ["/bin/sh", "-c", command.replace("tabletop", f"{sys.executable} -m tabletop")],
        cwd=place,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return told.returncode, told.stdout, told.stderr


def printed(text):
    stream = StringIO()
    SafeStream(stream, "output", is_closed=False).write(text)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb", "a\\u202eb"),
        ("a\ud800b", "a\\ud800b"),
        ("a\x9b2Jb", "a\\u009b2Jb"),
        ("a\x1b]0;title\x07b", "a\\u001b]0;title\\u0007b"),
        ("\x1b[1mbold\x1b[0m\r\x1b[2K", "\x1b[1mbold\x1b[0m\r\x1b[2K"),
        ("a\x1b[2J\x1b[3;1Hb", "a\\u001b[2J\\u001b[3;1Hb"),
        ("می\u200cخواهیم", "می\u200cخواهیم"),
    ],
)
def test_what_turns_or_moves_is_spelled_out_and_colours_stay(text, shown):
    assert printed(text) == shown


def test_a_console_spells_out_what_a_text_would_have_it_do(capsys):
    console().print("Written to \x1b[8mx\x1b[2J\r\u202ey", soft_wrap=True)
    assert capsys.readouterr().out == "Written to \\u001b[8mx\\u001b[2J\\u000d\\u202ey\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("validate", "x\u202ey.yaml"),
        ("validate", "x\x1b[2Jy.yaml"),
        ("show", "\u2066x"),
        ("run", "first-steps", "--mix", "x\u202ey"),
        ("results", "x\u202ey"),
        ("replay", "x\u202ey.zip"),
        ("no\u202ecommand",),
        ("show", "--no\u202eoption"),
        ("play", "first-steps", "--team", "x\u202ey"),
        ("msel", "import", "x\u202ey.csv", "x\u202ey.yaml"),
    ],
)
def test_a_refusal_shows_no_terminal_what_turns_or_moves(capsys, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as leaving:
        main(arguments)
    assert leaving.value.code == 2
    said = "".join(capsys.readouterr())
    assert not {*said} & {"\u202e", "\u2066", "\x1b", "\ud800"}
    assert said


@POSIX
@pytest.mark.parametrize("closed", ["2>&- <&-", *long("2>&-", "<&-")])
def test_a_run_needs_neither_input_nor_error_stream(tmp_path, closed):
    asked = f"tabletop run first-steps --replications 20 --workers 2 --no-figures {closed}"
    code, out, _ = shell(asked, tmp_path)
    assert code == 0
    assert "Written to results" in out
    (folder,) = (tmp_path / "results").iterdir()
    assert shell(f"tabletop results {folder}", tmp_path)[0] == 0


@POSIX
def test_where_output_is_closed_that_is_told_and_nothing_is_lost(tmp_path):
    code, _, err = shell("tabletop run first-steps --replications 2 --no-figures >&-", tmp_path)
    assert code == 2
    assert err.splitlines()[-1] == (
        "standard output is closed, so that nothing was shown; what went to files is there"
    )
    (folder,) = (tmp_path / "results").iterdir()
    assert shell(f"tabletop results {folder}", tmp_path)[0] == 0


@POSIX
@FULL
@pytest.mark.parametrize("command", ["show first-steps", "--help", "validate first-steps", "--version"])
def test_a_full_output_is_told_in_one_line(tmp_path, command):
    code, _, err = shell(f"tabletop {command} > /dev/full", tmp_path)
    assert code == 2
    assert err.startswith("standard output cannot be written to: no room left on the disk; free some")
    assert err.count("\n") == 1


@POSIX
@FULL
def test_a_full_error_stream_changes_nothing(tmp_path):
    assert shell("tabletop validate nothing.yaml 2> /dev/full", tmp_path)[0] == 2
    code, out, _ = shell("tabletop run first-steps --replications 2 --json 2> /dev/full", tmp_path)
    assert code == 0
    assert json.loads(out)["replications"]["asked"] == 2


@POSIX
def test_a_reader_that_has_seen_enough_is_no_mistake(tmp_path):
    code, out, err = shell(
        "tabletop show first-steps | head -n 1; tabletop show first-steps | true", tmp_path
    )
    assert (code, len(out.splitlines()), err) == (0, 1, "")


@POSIX
def test_a_play_with_nobody_to_ask_is_refused_before_it_is_begun(tmp_path):
    code, _, err = shell("tabletop play first-steps <&-", tmp_path)
    assert code == 2
    assert err == (
        "standard input is closed, so that nobody can be asked: play at a terminal, or with --decisions\n"
    )
    assert not [*tmp_path.iterdir()]


@POSIX
@pytest.mark.parametrize("files", [12, *long(8, 16)])
def test_too_few_files_are_told_in_one_line_and_nothing_is_lost(tmp_path, files):
    asked = "tabletop run first-steps --replications 20 --workers 2 --no-figures"
    code, _, err = shell(f"ulimit -n {files}; {asked}", tmp_path)
    assert code == 2
    assert err.splitlines()[-1].startswith("too many files are open; allow more")
    assert "Traceback" not in err
    assert shell(asked, tmp_path)[0] == 0


@POSIX
def test_a_library_that_is_broken_off_says_nothing_of_its_own(tmp_path):
    asked = "tabletop run first-steps --replications 2 --workers 1 --no-figures"
    for files in (12, 13):  # at some of these a workbook is half-written
        _, _, err = shell(f"ulimit -n {files}; {asked} --out {files}", tmp_path)
        assert "Traceback" not in err, files
