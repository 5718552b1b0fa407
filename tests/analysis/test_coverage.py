"""Intervals, verdicts and best sets are right as often as they say; `verification/coverage.py`, shortened.

With fewer experiments the Clopper–Pearson intervals are wider, so that the same rule judges more mildly.
"""

import csv
import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "verification"


@pytest.fixture(scope="module")
def script():
    """The script under another name: `coverage` is also what measures the tests."""
    sys.path.append(str(ROOT))  # behind everything: the script's neighbour `truths` is nobody else's
    try:
        spec = importlib.util.spec_from_file_location("coverage_of_intervals", ROOT / "coverage.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module  # dataclasses look their module up
        spec.loader.exec_module(module)
        yield module
    finally:
        sys.path.remove(str(ROOT))


def test_every_promise_is_kept_or_what_breaks_it_is_flagged(script):
    for truth in script.TRUTHS:
        for n in truth.sizes:
            for rate in script.rates(truth, n, 300)[0]:
                assert rate.warned, (truth.name, n, rate.promise, str(rate))


def test_the_intervals_of_one_mix_hold_as_often_as_they_say_or_say_what_they_rest_on(script):
    for truth in script.MEANS:
        for n in truth.sizes:
            rate, _ = script.mean_rates(truth, n, 300)
            assert rate.warned, (truth.name, n, str(rate))


def test_intervals_of_ten_replications_in_which_one_world_of_ten_differs_are_flagged(script):
    (rare,) = (truth for truth in script.TRUTHS if truth.name.startswith("(b)"))
    holds = script.rates(rare, 10, 300)[0][0]
    assert not holds.reached
    assert holds.unflagged == 0
    assert str(holds).endswith("⚑")


def test_skewed_differences_whose_intervals_do_not_hold_are_flagged_and_even_ones_are_not(script):
    by_name = {truth.name: truth for truth in script.TRUTHS}
    skewed = by_name["(g) three lognormal differences, σ = 1"]
    (holds, *_), flagged = script.rates(skewed, 30, 300)
    assert holds.warned
    assert flagged > 0.8
    assert script.rates(by_name["(a) normal, spreads 1 to 100"], 100, 100)[1] < 0.05


def test_students_interval_alone_would_be_found_out_where_differences_are_skewed(script, monkeypatch):
    from tabletop.analysis.moments import Moments

    (skewed,) = (truth for truth in script.TRUTHS if truth.name.startswith("(g)"))
    with_hall = script.rates(skewed, 100, 300)[0][0]
    monkeypatch.setattr(Moments, "skew_is_seen", False)
    students = script.rates(skewed, 100, 300)[0][0]
    assert not students.warned
    assert students.wrong > with_hall.wrong * 1.5


@pytest.mark.parametrize("factor", [0.7, 1.6])
def test_intervals_of_another_width_would_be_found_out(script, monkeypatch, factor):
    from tabletop.analysis import mean_interval

    right = mean_interval.t_quantile
    monkeypatch.setattr(mean_interval, "t_quantile", lambda confidence, n: factor * right(confidence, n))
    normal = script.TRUTHS[0]
    holds = script.rates(normal, 30, 300)[0][0]
    assert holds.warned == (factor > 1)
    assert (holds.wrong == 0) == (factor > 1)  # too wide is no broken promise, and shows


def test_a_set_that_is_too_small_would_be_found_out(script, monkeypatch):
    from tabletop.analysis import mean_interval

    right = mean_interval.t_quantile
    monkeypatch.setattr(mean_interval, "t_quantile", lambda confidence, n: 0.5 * right(confidence, n))
    assert not script.rates(script.TRUTHS[0], 30, 300)[0][-1].warned


def test_replications_of_a_scenario_are_read_from_its_table(script, tmp_path):
    from tabletop import load, run_experiment
    from tabletop.experiment.tables import csv_lines, runs

    results = run_experiment(load("first-steps"), replications=4, workers=1)
    path = tmp_path / "runs.csv"
    rows = [
        row for row in csv.reader("".join(csv_lines(runs(results))).splitlines()) if row[:2] != ["craft", "2"]
    ]
    path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    truth = script.resampled(path)
    assert " 3 replications" in truth.name  # one was not complete for every mix
    kept = [r for r in range(4) if r != 2]
    incidents = {mix: [results.values("incidents", mix)[r] for r in kept] for mix in results.mixes}
    expected = (sum(incidents["craft"]) - sum(incidents["status_quo"])) / 3
    assert truth.differences["incidents", "craft"] == pytest.approx(expected)
    assert len(script.rates(truth, 30, 5)[0]) == len(script.PROMISES)


def test_the_table_is_written_between_its_markers(script, tmp_path, monkeypatch, capsys):
    page = tmp_path / "statistics.md"
    page.write_text(f"before\n{script.BEGIN}\nstale\n{script.END}\nafter\n", encoding="utf-8")
    monkeypatch.setattr(script, "PAGE", page)
    monkeypatch.setattr(script, "TRUTHS", script.TRUTHS[:1])
    assert script.main(["--experiments", "40", "--write"]) == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"before\n{script.BEGIN}\n40 experiments in each row")
    assert text.endswith(f"{script.END}\nafter\n")
    assert "stale" not in text
    assert capsys.readouterr().out in text
