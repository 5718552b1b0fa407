"""`tabletop run`, as somebody at a terminal or a script meets it."""

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys

import pytest

from tabletop.analysis.numerals import Numerals
from tabletop.cli import main

SCENARIO = """\
title: Small
content_note: Abstract counts,
  nothing else.
seed: 5
replications: 4
horizon_days: 90
warm_up_days: 0
conditions:
  background: {intelligence: 2, community: 1, border: 1, partner: 0.5}
  threat: {formation_rate: 40, preparation: {family: exponential, mean: 60}}
policy_mixes:
  usual: {detection: {open_case_at: 0.05}}
  same: {title: Another name for it}
  careful: {detection: {open_case_at: 0.02}, interdiction: {care: 1.0, teams: 1}}
baseline: usual
measures:
  incidents: {delta: 1}
  days_to_verdict: {delta: 5}
  cases_opened: {delta: 2}
  harm: {delta: 2, primary: false}
"""


@pytest.fixture
def scenario(tmp_path):
    path = tmp_path / "port.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    return path


@pytest.fixture
def tabletop(scenario, tmp_path, capsys):
    """Runs the command on the small scenario, tables only: (exit code, standard output, standard error)."""

    def command(*words, out=tmp_path / "out"):
        with pytest.raises(SystemExit) as end:
            main(["run", str(scenario), "--workers", "1", "--no-figures", "--out", str(out), *words])
        told = capsys.readouterr()
        return end.value.code or 0, told.out, told.err

    return command


def written(tmp_path):
    (folder,) = (tmp_path / "out").iterdir()
    return folder


def test_it_prints_what_it_compares_and_writes_the_folder(tabletop, tmp_path):
    code, out, err = tabletop()
    assert code == 0
    assert out.startswith(
        "Small\nContent note: Abstract counts, nothing else.\n4 replications, seed 5, baseline usual"
    )
    assert "A teaching model: it predicts nothing." in out
    for title in (
        "Incidents (count; less is better; δ 1)",
        "Days to verdict (days; neither",
        "Cases opened (count; neither",
    ):
        assert title in out
    assert "Harm" not in out
    assert "same policy" in out
    assert "Bottlenecks" in out
    assert re.search(r"careful +teams +\d+ % \(\d+ % to \d+ %\)", out)
    assert out.rstrip().endswith(f"Written to {written(tmp_path)}".replace("\n", ""))
    assert written(tmp_path).name.startswith("port-")
    assert (written(tmp_path) / "scenario.yaml").read_text(encoding="utf-8") == SCENARIO
    assert "simulated 12 of 12 runs" in err


def test_off_a_terminal_it_is_plain_text_of_100_columns(tabletop, tmp_path):
    _, out, err = tabletop()
    assert "\x1b" not in out + err
    assert all(len(line) <= 100 for line in out.splitlines() if not line.startswith("Written to"))


def test_it_prints_the_numbers_of_the_folder(tabletop, tmp_path):
    _, out, _ = tabletop()
    findings = json.loads((written(tmp_path) / "findings.json").read_text(encoding="utf-8"))
    (cases,) = [m for m in findings["measures"] if m["name"] == "cases_opened"]
    (careful,) = [c for c in cases["contrasts"] if c["mix"] == "careful"]
    printed = out.partition("Cases opened")[2].partition("Differences")[0]
    (line,) = re.findall(r"careful.*", printed)
    numbers = [float(number) for number in re.findall(r"[-+]?\d+\.?\d*", line.replace("−", "-"))][:6]
    (estimate,) = [e for e in cases["estimates"] if e["mix"] == "careful"]
    expected = [estimate[key] for key in ("value", "low", "high")] + [
        careful[key] for key in ("difference", "low", "high")
    ]
    numerals = Numerals.of("cases_opened", cases["delta"])  # the last digit follows δ
    assert numbers == pytest.approx(expected, abs=numerals.step() / 2 + 1e-9)


def test_beside_a_mean_duration_stands_the_number_still_open(tabletop):
    _, out, _ = tabletop()
    durations = out.partition("Days to verdict")[2].partition("Cases opened")[0]
    assert re.search(r"Proceedings open at the end: usual [\d.]+ \(", durations)


def test_a_plan_is_no_findings_as_json(tabletop, tmp_path):
    code, out, err = tabletop("--plan", "--json")
    assert (code, out) == (2, "")
    assert "--json: prints findings, and --plan only tells what would be run; leave one out" in err
    assert not list(tmp_path.glob("results/*"))


def test_json_is_the_findings_and_nothing_else(tabletop, tmp_path):
    code, out, err = tabletop("--json")
    assert code == 0
    assert out == (written(tmp_path) / "findings.json").read_text(encoding="utf-8")
    assert json.loads(out)["baseline"] == "usual"
    assert "simulated" in err


def test_a_mix_is_compared_with_the_baseline_all_the_same(tabletop):
    _, out, _ = tabletop("--mix", "careful", "--json")
    found = json.loads(out)
    assert found["mixes"] == ["usual", "careful"]
    assert found["intervals_together"] == 3


def test_seed_replications_and_baseline_are_what_was_asked(tabletop):
    _, out, _ = tabletop("--json", "--seed", "8", "--replications", "2", "--baseline", "careful")
    found = json.loads(out)
    assert (found["seed"], found["replications"]["asked"], found["baseline"]) == (8, 2, "careful")


def test_one_replication_gives_means_and_says_why_there_are_no_intervals(tabletop):
    code, out, _ = tabletop("--replications", "1")
    assert code == 0
    assert "one replication: no interval, no verdict" in out


def test_one_mix_alone_is_estimated(tabletop):
    code, out, _ = tabletop("--mix", "usual")
    assert code == 0
    assert "Incidents" in out
    assert "Differences" not in out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--mix", "carefull"], "did you mean 'careful'"),
        (["--baseline", "usuall"], "did you mean 'usual'"),
        (["--replications", "0"], "replications: 0: must be a whole number from 1 to 1,000,000"),
        (["--replications", "many"], "'--replications'"),
        (["--workers", "0"], "workers: 0: must be a whole number from 1 to 1,024"),
        (["--seed", "-1"], "seed: -1: must be a whole number from 0 to 9,223,372,036,854,775,807"),
        (["--cluster", "tcp://127.0.0.1:1"], "tcp://127.0.0.1:1: no Dask scheduler answers there; start"),
    ],
)
def test_a_mistake_is_told_with_what_would_be_right_and_leaves_no_folder(tabletop, tmp_path, words, told):
    if "--cluster" in words:
        pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    code, out, err = tabletop(*words)
    assert code == 2
    assert told in " ".join(err.split())
    assert "Traceback" not in err
    assert out == ""
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_told_before_simulating(tabletop, tmp_path):
    (tmp_path / "occupied").write_text("")
    code, out, err = tabletop(out=tmp_path / "occupied")
    assert code == 2
    assert "cannot be written to: something on the way is a file, and no folder; name another" in err
    assert "simulated" not in err
    assert out == ""


def test_more_than_one_failure_in_a_hundred_is_exit_code_1(tabletop, monkeypatch):
    from tabletop.experiment import run as runner
    from tabletop.simulation import simulate

    def failing(scenario, mix, replication):
        if (mix, replication) == ("careful", 2):
            raise ZeroDivisionError("pretended")
        return simulate(scenario, mix, replication)

    monkeypatch.setattr(runner, "simulate", failing)
    code, out, _ = tabletop()
    assert code == 1
    assert (
        "1 of 12 runs failed; 1 replication left out of every mix. First: careful, replication 2: Zero"
        in " ".join(out.split())
    )
    assert "Compared over 3 of 4 replications." in out


@pytest.fixture
def heeds_ctrl_c():
    """A suite in the background of a shell is begun with Ctrl-C ignored, and so would its processes be."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(os.name == "nt", reason="signals of terminals are POSIX")
def test_ctrl_c_ends_cleanly_and_keeps_what_was_finished(scenario, tmp_path, heeds_ctrl_c):
    words = ["run", str(scenario), "--out", str(tmp_path / "out"), "--workers", "2", "--replications", "200"]
    process = subprocess.Popen(
        [sys.executable, "-m", "tabletop", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert "simulated" in process.stderr.readline()  # its workers are at work
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to every process of the group
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130, err
    assert "Traceback" not in err
    assert "Interrupted: what was finished is kept" in err
    found = json.loads((written(tmp_path) / "findings.json").read_text(encoding="utf-8"))
    assert found["interrupted"] is True
    assert 0 < found["replications"]["compared"] < 200
    assert "Compared over" in out
    assert not (written(tmp_path) / "report.html").exists()


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals are POSIX")
def test_on_a_terminal_progress_is_a_bar(scenario, tmp_path):
    master, slave = pty.openpty()
    words = ["run", str(scenario), "--out", str(tmp_path / "out"), "--workers", "1", "--json", "--no-figures"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "TERM": "xterm"}
    done = subprocess.run(
        [sys.executable, "-m", "tabletop", *words],
        stdout=subprocess.PIPE,
        stderr=slave,
        env=environment,
        check=True,
    )
    os.close(slave)
    shown = b""
    while select.select([master], [], [], 0)[0]:
        try:
            shown += os.read(master, 65536)
        except OSError:  # nobody has it open any more
            break
    os.close(master)
    assert b"12/12" in shown
    assert json.loads(done.stdout)["baseline"] == "usual"
