"""The command line as a whole."""

import re
import subprocess
import sys

import pytest

from tabletop.cli import main
from tabletop.version import __version__

SLOW = {"matplotlib", "numpy", "pydantic", "rich", "ruamel", "scipy", "simpy"}


def test_the_version_is_printed(capsys):
    with pytest.raises(SystemExit) as leaving:
        main(["--version"])
    assert leaving.value.code == 0
    assert capsys.readouterr().out == f"tabletop {__version__}\n"


def test_help_lists_the_commands(capsys):
    with pytest.raises(SystemExit) as leaving:
        main(["--help"])
    out = capsys.readouterr().out
    assert leaving.value.code == 0
    assert all(
        re.search(rf"^  {command} ", out, re.MULTILINE) for command in ("validate", "show", "new", "schema")
    )


def test_an_unknown_command_is_a_mistake(capsys):
    with pytest.raises(SystemExit) as leaving:
        main(["valdate"])
    assert leaving.value.code == 2
    assert "validate" in capsys.readouterr().err


def test_help_imports_nothing_slow():
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "tabletop", "--help"],
        capture_output=True,
        check=True,
        text=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    imported = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in told.stderr.splitlines()}
    assert imported & SLOW == set()
    assert "typer" in imported
