"""`tabletop list`: every scenario with a line, and what is in the folders here."""

from pathlib import Path

import pytest

from exercise.room import TEXT
from tabletop.cli import main
from tabletop.exercise.exercise import Exercise
from tabletop.experiment.run import run_experiment
from tabletop.scenario.load import load
from tabletop.scenario.source import shipped


@pytest.fixture
def listed(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    def command():
        with pytest.raises(SystemExit) as leaving:
            main(["list"])
        assert not leaving.value.code
        return capsys.readouterr().out

    return command


def test_every_scenario_and_lesson_has_its_title(listed):
    scenarios, _, lessons = listed().partition("LESSONS")
    for name in shipped():
        part = lessons if name.startswith("lesson-") else scenarios
        (line,) = [line for line in part.splitlines() if line.startswith(f"{name} ")]
        assert load(name).title[:30] in line


def test_a_folder_that_cannot_be_read_is_passed_over_and_named(listed, tmp_path, monkeypatch, capsys):
    (tmp_path / "closed").mkdir()
    honest = Path.iterdir

    def iterdir(path):
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return honest(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    with pytest.raises(SystemExit) as leaving:
        main(["list"])
    assert not leaving.value.code
    assert capsys.readouterr().err.startswith("closed: passed over: permission is missing")


def test_an_empty_folder_says_how_results_and_exercises_are_made(listed):
    out = listed()
    assert "none; `tabletop run SCENARIO` makes some" in out
    assert "none; `tabletop play SCENARIO` begins one" in out


def test_results_and_exercises_are_listed_where_commands_put_them_and_damage_is_told(listed, tmp_path):
    run_experiment(load("first-steps"), replications=2, workers=1, out="results", progress=False)
    Exercise.new(tmp_path / "exercises" / "small-1", text=TEXT, name="small.yaml")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "runs.sqlite").write_text("no database")
    out = listed()
    (line,) = [line for line in out.splitlines() if line.startswith("results/first-steps-")]
    assert line.endswith("First steps, 3 mixes × 2 replications")
    assert "exercises/small-1: " in out
    assert "before StartEx" in out
    assert "broken: broken" in out
