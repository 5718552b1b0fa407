import csv
import re

import pytest

from support.lively import TEXT
from tabletop import LEVERS
from tabletop.cli import main

PRICED = ("engagement", "teams")
FREE = ", ".join(f"{lever}: 0" for lever in LEVERS if lever not in PRICED)


@pytest.fixture
def levers(tmp_path, capsys):
    """Runs the command where only two levers have a price: (exit code, standard output, standard error)."""
    file = tmp_path / "lively.yaml"
    text = TEXT.replace("baseline: usual", f"costs: {{{FREE}, teams: 1}}\nbaseline: usual")
    file.write_text(text, encoding="utf-8")

    def command(*words):
        with pytest.raises(SystemExit) as end:
            main(["levers", str(file), "--workers", "1", "--replications", "4", *words])
        told = capsys.readouterr()
        return end.value.code or 0, told.out, told.err

    return command


def test_steps_effects_and_the_next_unit_are_told_at_100_columns(levers):
    code, out, _ = levers()
    assert code == 0
    assert re.search(r"^engagement +0\.3 +0\.5 +1 +0\.1 +1 +share", out, re.MULTILINE)
    assert re.search(r"^teams +3 +4 +1 +2 +1 +teams", out, re.MULTILINE)
    assert "Trust (points; more is better), change per cost unit" in out
    assert re.search(r"^engagement +\+[1-9]\.\d\d \(\+[1-9]\.\d\d to \+[1-9]\.\d\d\) +4\*", out, re.MULTILINE)
    assert "Engagement leads; only 4 worlds so far." in out
    assert "best spent" not in out
    assert "Nothing can be told apart yet between" in out
    assert "open_case_at costs nothing." in out
    assert all(len(line) <= 100 for line in out.splitlines())


def test_the_effects_are_written_as_csv_with_their_figure(levers, tmp_path):
    _, out, _ = levers("--mix", "craft", "--unit", "2", "--out", str(tmp_path / "found"))
    assert "Levers of craft" in out
    folder = tmp_path / "found"
    assert {path.name for path in folder.iterdir()} == {
        "levers.csv",
        "tables.xlsx",
        "levers.png",
        "levers.svg",
    }
    text = (folder / "levers.csv").read_bytes()
    assert b"\r" not in text
    rows = list(csv.DictReader(text.decode().splitlines()))
    assert len(rows) == 2 * 2 * len(PRICED)
    assert {(row["lever"], row["way"], float(row["spent"])) for row in rows} == {
        ("teams", "up", 2.0),
        ("teams", "down", -2.0),
        ("engagement", "up", 2.0),
        ("engagement", "down", -1.5),
    }
    best = [row["lever"] for row in rows if (row["measure"], row["among_best"]) == ("trust_mean", "true")]
    assert best == ["engagement"]


def test_mistakes_are_told_with_what_would_be_right(levers):
    code, _, err = levers("--mix", "kraft")
    assert (code, "did you mean 'craft'?" in err) == (2, True)
    code, _, err = levers("--unit", "0")
    assert (code, "above 0" in err) == (2, True)
    code, _, err = levers("--unit", "0.0000001", "--mix", "unlimited", "--seed", "-1")
    assert (code, "seed" in err) == (2, True)
