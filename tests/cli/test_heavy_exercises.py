"""An exercise that is a lot to simulate says so before it begins."""

import pytest

from tabletop.cli import main
from tabletop.cli.notes import note_exercise
from tabletop.scenario import workload
from tabletop.scenario.load import load

DECISIONS = "others: 2\nmoves:\n- decisions: {}\n- decisions: {}\n"


def test_a_light_exercise_is_not_told_and_a_heavy_one_is(capsys, monkeypatch):
    scenario = load("first-steps")
    note_exercise(scenario, 4, 100)
    assert capsys.readouterr().err == ""
    one = workload.traces(scenario)
    monkeypatch.setattr(workload, "HEAVY", 5 * 101 * one - 1)
    note_exercise(scenario, 4, 100)
    told = capsys.readouterr().err
    assert told.startswith("Heavy: a replication leaves about ")
    assert "and 505 runs " in told  # four teams and the baseline, in 101 worlds
    assert "Fewer other worlds (--others)" in told


def test_it_is_told_before_anything_is_simulated(capsys, monkeypatch, tmp_path):
    def simulated(*_, **__):
        raise KeyboardInterrupt

    (tmp_path / "decisions.yaml").write_text(DECISIONS)
    monkeypatch.setattr(workload, "HEAVY", 1.0)
    monkeypatch.setattr("tabletop.cli.unattended.perform", simulated)
    with pytest.raises((SystemExit, KeyboardInterrupt)):
        main(["play", "first-steps", "--decisions", str(tmp_path / "decisions.yaml"), "--out", str(tmp_path)])
    assert "Heavy: a replication leaves about " in capsys.readouterr().err
