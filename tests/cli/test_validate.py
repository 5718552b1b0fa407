"""`tabletop validate`."""

import subprocess
import sys

import pytest

from tabletop.cli import main

GOOD = "title: Good\nbaseline: now\npolicy_mixes: {now: {}}\nmeasures: {incidents: {delta: 1}}\n"


def test_good_files_are_told_with_what_they_hold(capsys):
    with pytest.raises(SystemExit) as leaving:
        main(["validate", "harbour-city", "terror-queue"])
    assert leaving.value.code == 0
    assert capsys.readouterr().out.splitlines() == [
        "harbour-city: ok: Harbour city (7 policy mixes, 4 injects)",
        "  exercise: 90 minutes = 10 brief + 4 × 15 + 15 hot wash + 5 feedback",
        "terror-queue: ok: Terror queue (2 policy mixes, 0 injects)",
        "  exercise: 30 minutes = 6 brief + 13 + 8 hot wash + 3 feedback",
    ]


def test_all_files_are_checked_even_after_a_bad_one(tmp_path, capsys):
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(GOOD)
    bad.write_text(GOOD + "seed: -1\n")
    with pytest.raises(SystemExit) as leaving:
        main(["validate", str(bad), "nowhere", str(good)])
    told = capsys.readouterr()
    assert leaving.value.code == 2
    assert told.out == f"{good}: ok: Good (1 policy mix, 0 injects)\n"
    first, second = told.err.splitlines()
    assert first.startswith(f"{bad}:5: seed: -1 is not in [0, ")
    assert second.startswith("nowhere: neither a file nor a shipped scenario")


@pytest.mark.parametrize("name", ["", " "])
def test_an_empty_name_is_told_with_the_names_there_are(name, capsys):
    with pytest.raises(SystemExit) as leaving:
        main(["validate", name])
    assert leaving.value.code == 2
    err = capsys.readouterr().err
    assert err.startswith(
        f"'{name}': no name; write that of a file or a shipped scenario; known: first-steps"
    )


def test_without_files_it_is_a_mistake_of_usage(capsys):
    with pytest.raises(SystemExit) as leaving:
        main(["validate"])
    assert leaving.value.code == 2
    assert "Missing argument" in capsys.readouterr().err


def test_a_directory_is_a_mistake(tmp_path, capsys):
    with pytest.raises(SystemExit) as leaving:
        main(["validate", str(tmp_path)])
    assert leaving.value.code == 2
    assert capsys.readouterr().err == f"{tmp_path}: a directory; name a scenario file in it\n"


def test_a_fault_of_the_program_keeps_its_traceback(monkeypatch):
    def broken(_source):
        raise ZeroDivisionError

    monkeypatch.setattr("tabletop.cli.validate.load", broken)
    with pytest.raises(ZeroDivisionError):
        main(["validate", "first-steps"])


def test_a_terminal_that_knows_no_greek_gets_no_traceback(tmp_path):
    file = tmp_path / "greek.yaml"
    file.write_text(GOOD.replace("Good", "δ −"), encoding="utf-8")
    told = subprocess.run(
        [sys.executable, "-m", "tabletop", "show", str(file)],
        capture_output=True,
        check=False,
        env={"PYTHONIOENCODING": "latin-1", "PYTHONPATH": ":".join(sys.path)},
    )
    assert (told.returncode, told.stderr) == (0, b"")
    assert told.stdout.startswith(b"? ?")
