"""The tutorial shows what the commands print, in this order, in one folder."""

import re
import shlex
from pathlib import Path

import pytest

from tabletop.cli import main

PAGE = (Path(__file__).parents[2] / "docs" / "tutorial" / "first-exercise.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^    \$ tabletop (.+)\n|^    (?!\$)(.+)\n", re.MULTILINE)


def shown():
    """Every command of the page, with all the lines that it shows of its output until the next one."""
    found: list[tuple[str, list[str]]] = []
    for command, line in BLOCK.findall(re.sub(r"```.*?```\n", "", PAGE, flags=re.DOTALL)):
        if command:
            found.append((command, []))
        else:
            found[-1][1].append(line.rstrip())
    return found


@pytest.mark.first
def test_every_line_that_the_tutorial_shows_is_printed_in_this_order(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("decisions.yaml").write_text(re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[1])
    commands = shown()
    assert [command.split()[0] for command, _ in commands] == ["show", "validate", "rehearse", "pack", "play"]
    for command, lines in commands:
        with pytest.raises(SystemExit) as end:
            main(shlex.split(command))
        assert end.value.code in (0, None)
        printed = iter([line.rstrip() for line in capsys.readouterr().out.splitlines()])
        missing = [line for line in lines if line not in printed]
        assert missing == [], command
    assert list(Path("exercises").glob("*/exercise.sqlite"))
    assert Path("paper/controllers/msel.xlsx").is_file()
