"""A terminal for tests of commands: what is typed, and what is printed."""

import io

import pytest

from tabletop.cli import main


def run(capsys, *arguments):
    """A command's exit code, and what it printed on standard output and error."""
    with pytest.raises(SystemExit) as leaving:
        main([*map(str, arguments)])
    out, err = capsys.readouterr()
    return leaving.value.code, out, err


def typed(monkeypatch, *lines):
    """What a controller types, line by line; then nothing more comes."""
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
