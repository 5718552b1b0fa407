"""`tabletop compare`: what it shows, what it refuses, and that it simulates nothing."""

import csv
import json
import re
import shutil

import pytest

from cli.terminal import run as ran
from experiment.small import TEXT


@pytest.fixture
def folder(tmp_path, capsys):
    """The results folder of a small experiment, after words in its file were replaced."""

    def made(name, *words, **replaced):
        text = TEXT
        for old, new in replaced.pop("text", {}).items():
            assert old in text
            text = text.replace(old, new)
        file = tmp_path / f"{name}.yaml"
        file.write_text(text, encoding="utf-8")
        code, _, err = ran(
            capsys, "run", file, "--workers", "1", "--no-figures", "--out", tmp_path / "out", *words
        )
        assert code == 0, err
        (found,) = (tmp_path / "out").glob(f"{name}-????????")
        return found

    return made


def test_folders_of_the_same_luck_are_paired_and_what_they_differ_in_is_named(folder, capsys):
    one = folder("one", "--replications", "24")
    other = folder("two", "--replications", "30", text={"formation_rate: 40": "formation_rate: 80"})
    code, out, err = ran(capsys, "compare", one, other)
    assert (code, err) == (0, "")
    assert "conditions.threat.formation_rate: 40.0 → 80.0" in out
    assert "replications: 24 → 30" in out
    assert "6 replications of B that not all have are left out." in out
    assert re.search(r"^usual \(mean\) .*worse$", out, re.MULTILINE)
    trust = out.partition("Trust (share; more is better; δ 1 point)")[2]
    mean, low, high, moved = re.search(
        r"^usual \(mean\) +([\d.]+)\u202f% \(([\d.]+) to ([\d.]+)\) .* ([+−]\d+\.\d\d) \(",
        trust,
        re.MULTILINE,
    ).groups()
    assert 50 < float(low) < float(mean) < float(high) < 100
    assert moved[0] == "−"
    assert "B and A have the same luck" in " ".join(out.split())
    assert "Welch" not in out
    assert all(len(line) <= 100 for line in out.splitlines() if not line.startswith(("A:", "B:")))


def test_a_paired_change_is_the_mean_of_the_worlds_changes(folder, capsys):
    folders = folder("one"), folder("two", text={"care: 1.0": "care: 0.0"})
    code, out, _ = ran(capsys, "compare", *folders, "--json")
    assert code == 0
    told = json.loads(out)
    assert any("policy_mixes.careful.day 0.interdiction.care: 1.0 → 0.0" in one
               for one in told["experiments"][1]["differs_in"])  # fmt: skip
    by_hand = []
    for where in folders:
        with (where / "tables" / "runs.csv").open() as file:
            rows = [row for row in csv.DictReader(file) if row["measure"] == "trust_mean"]
        values = {(row["mix"], row["replication"]): float(row["value"]) for row in rows}
        by_hand.append([values["careful", str(r)] - values["usual", str(r)] for r in range(6)])
    expected = sum(b - a for a, b in zip(*by_hand, strict=True)) / 6
    (row,) = [
        row
        for row in told["rows"]
        if (row["experiment"], row["measure"], row["mix"]) == ("B", "trust_mean", "careful")
    ]
    assert row["change"] == pytest.approx(expected, rel=1e-9)
    assert row["change"] != pytest.approx(1.01 * expected, rel=1e-4)
    assert row["method"].startswith("paired")
    assert row["change_low"] < row["change"] < row["change_high"]


def test_other_luck_is_said_and_compared_after_welch(folder, capsys):
    code, out, _ = ran(capsys, "compare", folder("one"), folder("two", "--seed", "6"))
    assert code == 0
    assert "seed: 5 → 6" in out
    assert "B and A have other luck: intervals of changes are Welch's" in " ".join(out.split())


def test_other_measures_and_deltas_leave_those_in_common(folder, capsys):
    first = folder("one")
    other = folder(
        "two",
        text={
            "  days_to_verdict: {delta: 5}\n": "",
            "incidents: {delta: 1}": "incidents: {delta: 2}",
            "formation_rate: 40": "formation_rate: 80",
        },
    )
    code, out, _ = ran(capsys, "compare", first, other)
    assert code == 0
    assert "Not primary in all of them, and left out: days_to_verdict." in out
    assert "δ 1 or 2" in out
    assert "each has a δ of its own" in " ".join(out.split())
    assert "Days from charge" not in out


def test_more_than_two_are_each_compared_with_the_first_and_written(folder, capsys, tmp_path):
    folders = [folder("one"), folder("two", "--seed", "6"), folder("three", text={"courts: 3": "courts: 4"})]
    code, out, _ = ran(capsys, "compare", *folders, "--out", tmp_path / "beside")
    assert code == 0
    assert "C less A" in out
    assert "C less B" not in out
    with (tmp_path / "beside" / "folders.csv").open() as file:
        rows = [*csv.DictReader(file)]
    assert {(row["experiment"], row["mix"]) for row in rows} == {
        (label, mix) for label in "ABC" for mix in ("usual", "same", "careful", "later")
    }
    assert {row["change"] for row in rows if row["experiment"] == "A"} == {""}
    assert (tmp_path / "beside" / "tables.xlsx").exists()


def test_nothing_is_simulated_and_nothing_in_the_folders_changes(folder, capsys, tmp_path, monkeypatch):
    folders = folder("one"), folder("two", "--seed", "6")
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    monkeypatch.setattr("tabletop.experiment.run.simulate", None)
    assert ran(capsys, "compare", *folders)[0] == 0
    assert before == {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}


def test_another_scenario_is_compared_only_anyway_and_every_table_says_so(folder, capsys, tmp_path):
    folders = folder("one"), folder("two", text={"title: Small": "title: Another"})
    code, out, err = ran(capsys, "compare", *folders)
    assert (code, out) == (2, "")
    assert (
        f"{folders[1]}: another scenario: 'Another', not 'Small'; compare it all the same with --anyway"
        in err
    )
    code, out, _ = ran(capsys, "compare", *folders, "--anyway", "--out", tmp_path / "beside")
    assert code == 0
    flat = " ".join(out.split())
    assert flat.count("of another scenario or another version of the model") == 1 + 3
    with (tmp_path / "beside" / "folders.csv").open() as file:
        assert all("--anyway" in row["note"] for row in csv.DictReader(file))


def test_what_cannot_be_compared_is_refused_with_what_would_be_right(folder, capsys, tmp_path):
    one = folder("one")
    scenario = tmp_path / "one.yaml"
    exercise = tmp_path / "class"
    exercise.mkdir()
    (exercise / "exercise.sqlite").touch()
    study = tmp_path / "study"
    study.mkdir()
    (study / "study.json").touch()
    unfinished = tmp_path / "unfinished"
    shutil.copytree(one, unfinished)
    cases = [
        ((one,), "alone; name the folders that it is to be compared with"),
        ((one, one), f"{one}: named twice"),
        ((one, tmp_path / "nowhere"), "nowhere: no folder"),
        ((one, scenario), "one.yaml: no folder"),
        ((one, tmp_path), "no results folder"),
        ((one, exercise), "class: the folder of an exercise"),
        ((one, study), "study: a study of other conditions"),
        ((one, folder("two", text={"  usual: {}": "  other: {}", "baseline: usual": "baseline: other"})),
         "'usual' was not simulated there; name one of same, careful, later with --baseline"),
        ((one, folder("three", "--mix", "careful"), "--baseline", "later"), "'later' was not simulated"),
        ((one, folder("four", text={"  incidents: {delta: 1}\n  trust_mean: {delta: 0.01}\n"
                                   "  days_to_verdict: {delta: 5}": "  attempts_foiled: {delta: 1}"})),
         "no primary measure is in all of them"),
    ]  # fmt: skip
    for words, told in cases:
        code, out, err = ran(capsys, "compare", *words)
        assert (code, out) == (2, ""), words
        assert told in err
        assert "Traceback" not in err


def test_an_unfinished_experiment_is_refused(folder, capsys, tmp_path, monkeypatch):
    from tabletop import load, run_experiment
    from tabletop.experiment.run import Interrupted

    one = folder("one")
    finished = []

    def watch(done, total):
        finished.append(done)
        if done == 7:
            raise KeyboardInterrupt

    with pytest.raises(Interrupted):
        run_experiment(
            load(str(tmp_path / "one.yaml")), seed=6, out=tmp_path / "half", workers=1, progress=watch
        )
    (half,) = (tmp_path / "half").iterdir()
    code, _, err = ran(capsys, "compare", one, half)
    assert code == 2
    assert f"{half}: not finished: 7 of 24 runs are there" in err
