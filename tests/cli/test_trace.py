import re

import pytest

from tabletop import load, simulate
from tabletop.cli import main


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as leaving:
        main(["trace", "first-steps", *arguments])
    out, err = capsys.readouterr()
    return leaving.value.code, out, err


def told(capsys, *arguments):
    code, out, err = run(capsys, *arguments)
    assert (code, err) == (0, "")
    return out


def test_the_story_names_mix_replication_and_seed_and_predicts_nothing(capsys):
    out = told(capsys, "--mix", "craft", "--replication", "2", "--seed", "7")
    assert "mix 'craft', replication 2, seed 7" in out
    assert "predicts nothing" in out


def test_as_many_incidents_are_told_as_are_measured(capsys):
    run = simulate(load("first-steps"), "status_quo", 1)
    out = told(capsys, "--replication", "1")
    assert run.measures["incidents"] > 0
    assert len(re.findall(r"an incident of harm", out)) == run.measures["incidents"]
    assert len(re.findall(r": a case is opened", out)) == run.measures["cases_opened"]


def test_the_inject_is_told_by_its_id_and_title(capsys):
    assert "INJECT rumours: A rumour goes round" in told(capsys)


def test_the_warm_up_is_told_only_when_asked_for(capsys):
    days = [float(d) for d in re.findall(r"^day +(-?[\d.]+)", told(capsys), re.MULTILINE)]
    assert min(days) >= 0
    days = [float(d) for d in re.findall(r"^day +(-?[\d.]+)", told(capsys, "--warm-up"), re.MULTILINE)]
    assert min(days) < 0
    assert days == sorted(days)


def test_one_plot_is_told_step_by_step(capsys):
    name = re.search(r"(plot \d+-\d+): forms", told(capsys)).group(1)
    out = told(capsys, "--subject", name)
    lines = [line for line in out.splitlines() if line.startswith("day")]
    assert lines
    assert all(f"{name}:" in line or f"{name} (attempt" in line for line in lines)
    assert "What it came to" not in out


def test_every_step_of_everybody_is_more_than_the_turning_points(capsys):
    assert len(told(capsys, "--steps").splitlines()) > 5 * len(told(capsys).splitlines())


def test_an_unknown_subject_is_told_with_the_nearest_name(capsys):
    code, _, err = run(capsys, "--subject", "plot 1-999")
    assert code == 2
    assert "no such subject; did you mean 'plot 1-" in err


def test_an_unknown_mix_is_told_with_the_nearest_name(capsys):
    code, _, err = run(capsys, "--mix", "neighbour")
    assert code == 2
    assert "no such policy mix; did you mean 'neighbours'?" in err


@pytest.mark.parametrize(("ending", "begins"), [("csv", "day,step,"), ("json", "{"), ("jsonocel", "{")])
def test_every_event_is_written_when_asked_for(capsys, tmp_path, ending, begins):
    file = tmp_path / f"events.{ending}"
    out = told(capsys, "--events", str(file))
    assert f"Every event of the replication, the warm-up included: {file}" in out
    text = file.read_text(encoding="utf-8")
    assert text.startswith(begins)
    assert "rumours" in text
    rows = len(simulate(load("first-steps"), "status_quo", 0, journal=True).journal)
    assert text.count("\n") >= rows + 1
    assert (text.count("\n") == rows + 1) == (ending == "csv")


def test_a_file_that_cannot_be_written_is_told_before_the_story(capsys, tmp_path):
    (tmp_path / "file").write_text("")
    code, out, err = run(capsys, "--events", str(tmp_path / "file" / "events.csv"))
    assert (code, out) == (2, "")
    assert "cannot be written" in err
    code, out, err = run(capsys, "--events", "events.xml")
    assert (code, out) == (2, "")
    assert "no format of an event log" in err
