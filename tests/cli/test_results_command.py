"""`tabletop results`, `run --precision` and `run --plan`, as somebody at a terminal meets them."""

import json
import re

import pytest

from tabletop.cli import main

SCENARIO = """\
title: Small
seed: 5
replications: 4
horizon_days: 90
warm_up_days: 0
conditions:
  background: {intelligence: 2, community: 1, border: 1, partner: 0.5}
  threat: {formation_rate: 40, preparation: {family: exponential, mean: 60}}
policy_mixes:
  usual: {}
  careful: {interdiction: {care: 1.0, teams: 1}}
baseline: usual
measures:
  incidents: {delta: 1}
  disruption_share: {delta: 0.1}
"""


@pytest.fixture
def tabletop(tmp_path, capsys):
    """Runs a command: (exit code, standard output, standard error)."""

    def command(*words):
        with pytest.raises(SystemExit) as end:
            main([str(word) for word in words])
        told = capsys.readouterr()
        return end.value.code or 0, told.out, told.err

    return command


@pytest.fixture
def run(tabletop, tmp_path):
    """Runs the small scenario, tables only: the same."""
    scenario = tmp_path / "port.yaml"
    scenario.write_text(SCENARIO, encoding="utf-8")
    words = ("run", scenario, "--workers", "1", "--no-figures", "--out", tmp_path / "out")
    return lambda *more: tabletop(*words, *more)


def folder(tmp_path):
    (found,) = (tmp_path / "out").iterdir()
    return found


def contents(place):
    return {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}


def test_it_prints_what_the_run_printed(run, tabletop, tmp_path):
    _, printed, _ = run()
    before = contents(tmp_path)
    code, again, err = tabletop("results", folder(tmp_path))
    assert (code, err) == (0, "")
    assert printed.partition("Written to")[0].split() == again.split()
    assert contents(tmp_path) == before


def test_as_json_it_is_the_findings_of_the_folder(run, tabletop, tmp_path):
    run()
    _, out, _ = tabletop("results", folder(tmp_path), "--json")
    assert out == (folder(tmp_path) / "findings.json").read_text(encoding="utf-8")


def test_tables_are_written_anew_if_asked(run, tabletop, tmp_path):
    run()
    before = contents(tmp_path)
    (folder(tmp_path) / "tables" / "comparison.csv").unlink()
    (folder(tmp_path) / "findings.json").write_text("lost", encoding="utf-8")
    tabletop("results", folder(tmp_path))
    assert not (folder(tmp_path) / "tables" / "comparison.csv").exists()
    tabletop("results", folder(tmp_path), "--tables")
    assert contents(tmp_path) == before


def test_what_is_no_results_folder_is_told(tabletop, tmp_path):
    code, out, err = tabletop("results", tmp_path)
    assert (code, out) == (2, "")
    assert "no results folder" in err


def test_what_was_run_is_not_run_again_and_this_is_said(run):
    _, first, _ = run()
    _, again, err = run()
    assert again == first
    assert err == "8 runs of 8 are there already.\n"


def test_a_change_is_named_on_the_way_to_a_new_folder(run, tmp_path):
    run()
    _, _, err = run("--seed", "6")
    assert "What changed: seed: 5 → 6." in err
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_the_best_are_named_and_bootstrap_stands_beside_a_ratio(run, tmp_path):
    _, out, _ = run("--replications", "12")
    assert "Which may be the best (95 % for each measure)" in out
    assert re.search(
        r"Nothing tells the mixes apart|(Leads?|Among the best|No mix is among).* in every primary", out
    )
    assert "Differences in points by BCa bootstrap, at the same level: careful" in out
    assert all(len(line) <= 100 for line in out.splitlines() if not line.startswith("Written to"))
    found = json.loads((folder(tmp_path) / "findings.json").read_text(encoding="utf-8"))
    (share,) = [m for m in found["measures"] if m["name"] == "disruption_share"]
    (contrast,) = share["contrasts"]
    assert contrast["bca"]["low"] < contrast["difference"] < contrast["bca"]["high"]
    assert {one["measure"] for one in found["best"]} == {"incidents", "disruption_share"}
    best = (folder(tmp_path) / "tables" / "best.csv").read_text(encoding="utf-8")
    assert best.count("\n") == 5


def test_precision_stops_at_its_cap_and_says_so(run):
    code, out, _ = run("--precision", "--max-replications", "5")
    assert code == 0
    assert out.splitlines()[1].startswith("Up to 5 replications")
    assert "Precision: the cap of 5 replications came first" in " ".join(out.split())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--precision", "--replications", "9"], "replications: precision decides"),
        (["--max-replications", "9"], "max-replications: goes with precision"),
        (["--precision", "--max-replications", "0"], "replications: 0: must be a whole number"),
        (["--cluster", "nowhere"], "nowhere: no address of a scheduler"),
    ],
)
def test_what_does_not_go_together_is_told(run, words, told):
    if "--cluster" in words:
        pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    code, _, err = run(*words)
    assert code == 2
    assert told in err


def test_a_plan_tells_runs_time_memory_and_disk_and_writes_nothing(run, tmp_path):
    code, out, _ = run("--plan")
    assert code == 0
    assert "Runs: 8, of which 0 are in" in out
    assert "Time: about 1 s on 1 worker." in out
    assert "Memory: about" in out
    assert "Disk: about" in out
    assert not (tmp_path / "out").exists()
    run()
    before = contents(tmp_path)
    _, out, _ = run("--plan", "--precision", "--max-replications", "50")
    assert "Runs: at most 100, of which 8 are in" in out
    assert "for the first 35 replications to" in out
    assert "Precision, from what is there: not yet" in " ".join(out.split())
    assert contents(tmp_path) == before


def test_the_worst_tenth_is_printed_when_it_is_asked_for(run, tabletop, tmp_path):
    run("--replications", "36")
    where = folder(tmp_path)
    _, plain, _ = tabletop("results", where)
    code, printed, _ = tabletop("results", where, "--worst-tenth")
    assert code == 0
    assert printed.startswith(plain.rstrip("\n"))
    assert "The worst tenth of worlds" in printed
    assert "The worst tenth" not in plain
    rows = (where / "tables" / "worst_tenth.csv").read_text(encoding="utf-8").splitlines()
    assert [row.split(",")[:2] for row in rows[1:]] == [["incidents", "count"]] * 2 + [
        ["disruption_share", "share"]
    ] * 2
    assert "Incidents (count): at most" in printed
    assert "Share disrupted (share): at least" in printed
