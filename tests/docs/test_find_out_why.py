"""The page on finding out why shows what the commands print."""

import re
import shlex
from pathlib import Path

import pytest

from tabletop.cli import main

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "find-out-why.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"^    \$ tabletop (.+)\n((?:    (?!\$).*\n)*)", PAGE, re.MULTILINE)
QUICK = [(command, output) for command, output in SHOWN if not command.startswith("levers")]


@pytest.mark.parametrize(("command", "output"), QUICK, ids=[command for command, _ in QUICK])
def test_every_line_that_the_page_shows_is_printed_in_this_order(
    command, output, capsys, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    words = shlex.split(command)
    with pytest.raises(SystemExit) as end:
        main([*words, "--workers", "1"] if words[0] == "crn-check" else words)
    assert end.value.code in (0, None)
    printed = iter(line.rstrip() for line in capsys.readouterr().out.splitlines())
    missing = [line for line in output.splitlines() if line[4:].rstrip() not in printed]
    assert missing == []


def test_the_page_shows_all_four_commands():
    assert {command.split()[0] for command, _ in SHOWN} == {"crn-check", "trace", "levers"}
    assert any("--events" in command for command, _ in SHOWN)
    assert len(QUICK) == 4
