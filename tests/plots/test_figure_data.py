"""A figure's data: what is drawn agrees with the runs, by a second route."""

import csv
import io

import numpy as np
import pytest
from figure_cases import TWO, case, really, shifted
from scipy import stats

from tabletop.plots import FIGURES
from tabletop.plots.labels import mix_numbers
from tabletop.pools import POOLS


def rows(name, given):
    """The rows of a figure's CSV, as text."""
    return list(csv.DictReader(io.StringIO(FIGURES[name].data(*given).csv())))


@pytest.fixture(scope="module")
def lower():
    results = shifted(-4)
    return results, results.compare()


def column(results, mix, measure):
    return np.array([results.runs[mix, r].parts[measure][0] for r in range(results.design.replications)])


def test_paired_differences_are_those_of_a_paired_t_test_with_bonferroni(lower):
    results, _ = lower
    found = {(row["measure"], row["mix"]): row for row in rows("paired_differences", lower)}
    assert len(found) == 4 * 2
    row = found["incidents", "careful"]
    test = stats.ttest_rel(column(results, "careful", "incidents"), column(results, "usual", "incidents"))
    interval = test.confidence_interval(1 - 0.05 / 8)
    assert [float(row[key]) for key in ("low", "high")] == pytest.approx([interval.low, interval.high])
    assert float(row["difference"]) == pytest.approx((interval.low + interval.high) / 2)
    assert (row["verdict"], row["few_worlds_differ"], row["unit"]) == ("better", "false", "count")
    assert found["incidents", "bold"]["low"] == ""


def test_dots_are_the_middles_of_twentieths(lower):
    results, _ = lower
    for mix in results.mixes:
        found = [float(row["value"]) for row in rows("dots", lower) if row["mix"] == mix]
        levels = [(i + 0.5) / 20 for i in range(20)]
        assert found == list(np.quantile(column(results, mix, "incidents"), levels, method="inverted_cdf"))


def test_as_good_as_the_better_quarter_of_the_baseline(lower):
    results, _ = lower
    limit = np.floor(np.quantile(column(results, "usual", "incidents"), 0.25, method="inverted_cdf"))
    for row in rows("dots", lower):
        assert (row["as_good_as_threshold"] == "true") == (float(row["value"]) <= limit)


def test_over_time_holds_the_mean_paired_difference_of_every_month():
    given = case("three mixes")
    results, compared = given
    found = rows("over_time", given)
    assert {row["series"] for row in found} == {"incidents", "trust"}
    for row in found:
        runs = [
            [run.series for (name, _), run in results.runs.items() if name == mix]
            for mix in (row["mix"], "usual")
        ]
        days = runs[0][0].days
        place = [i for i, day in enumerate(days) if abs(day - float(row["day"])) < 1e-6]
        mine, theirs = ([one.values[row["series"]][place[0]] if place else 0.0 for one in of] for of in runs)
        assert float(row["difference"]) == pytest.approx(np.mean(np.subtract(mine, theirs)), abs=1e-12)
    last = [row for row in found if (row["series"], row["mix"]) == ("incidents", "careful")][-1]
    contrast = compared.contrast("incidents", "careful")
    assert float(last["difference"]) == pytest.approx(contrast.difference)
    assert (last["low"] == "") == (contrast.interval is None)
    months = [row for row in found if row["low"]]
    row = months[-1]
    runs = [[results.runs[mix, r].series for r in compared.replications] for mix in (row["mix"], "usual")]
    at = [abs(day - float(row["day"])) < 1e-6 for day in runs[0][0].days].index(True)
    pair = [[series.values[row["series"]][at] for series in of] for of in runs]
    student = stats.ttest_rel(*pair).confidence_interval(1 - 0.05 / compared.intervals_together)
    assert float(row["low"]) <= student.low + 1e-9  # each end is the further of Student's and another
    assert float(row["high"]) >= student.high - 1e-9


def test_the_flow_loses_no_trace_that_analysts_had_and_no_case_that_ended():
    given = case("three mixes")
    results, _ = given
    found = {(row["mix"], row["what"]): float(row["mean"] or "nan") for row in rows("flow", given)}
    for mix in results.mixes:
        runs = [run for (name, _), run in results.runs.items() if name == mix]
        left = sum(found[mix, f"{name} passed on"] for name in ("reports", "border checks"))
        left += found[mix, "intelligence"] + found[mix, "partners"]
        arrived = np.mean([run.pools["analysts"].arrivals for run in runs])
        assert left <= arrived + 1e-9
        assert left == pytest.approx(arrived, abs=max(5.0, 0.05 * arrived))  # but for what still waits
        opened_or_not = found[mix, "filed"] + found[mix, "lapsed"] + found[mix, "cases"]
        assert opened_or_not <= left + 1e-9
        ended = sum(found[mix, name] for name in ("stopped", "wronged", "cleared", "too late or lost"))
        assert ended <= found[mix, "cases"]
        assert found[mix, "stopped"] == pytest.approx(column(results, mix, "plots_disrupted").mean())


def test_pressure_is_busy_time_over_staff_time():
    given = case("unlimited staff, and none")
    results, _ = given
    found = {(row["mix"], row["pool"]): row for row in rows("pressure", given)}
    assert len(found) == len(results.mixes) * len(POOLS)
    reports = [results.runs["usual", r].pools["teams"] for r in range(3)]
    share = sum(p.busy_days for p in reports) / sum(p.staff_days for p in reports)
    assert float(found["usual", "teams"]["utilisation_share"]) == pytest.approx(share)
    assert [found["free", pool]["staff"] for pool in ("analysts", "teams", "courts")] == [
        "unlimited",
        "none",
        "limited",
    ]
    assert found["free", "analysts"]["utilisation_share"] == ""


def test_trade_off_holds_both_contrasts(lower):
    results, compared = lower
    for row in rows("trade_off", lower):
        for measure in ("incidents", "wrongful_interventions"):
            away = column(results, row["mix"], measure) - column(results, "usual", measure)
            assert float(row[f"{measure}_difference"]) == pytest.approx(away.mean())
            contrast = compared.contrast(measure, row["mix"])
            assert row[f"{measure}_verdict"] == contrast.verdict
            if contrast.interval:
                assert float(row[f"{measure}_low"]) == contrast.interval.low


def test_worlds_pair_the_same_replication(lower):
    results, _ = lower
    found = rows("worlds", lower)
    assert len(found) == 2 * 30
    for row in found:
        run = results.runs[row["mix"], int(row["replication"])]
        other = results.runs["usual", int(row["replication"])]
        assert float(row["mix_value"]) == run.measures["incidents"]
        assert float(row["baseline_value"]) == other.measures["incidents"]


def test_convergence_ends_at_the_contrast_itself(lower):
    _, compared = lower
    last = [row for row in rows("convergence", lower) if row["mix"] == "careful"][-1]
    contrast = compared.contrast("incidents", "careful")
    assert (float(last["low"]), float(last["high"])) == (contrast.interval.low, contrast.interval.high)
    assert (float(last["difference"]), int(last["replications"])) == (contrast.difference, 30)


def test_another_baseline_is_drawn_as_such():
    results = really(TWO, 3)
    given = results, results.compare("bold")
    assert {row["baseline"] for row in rows("paired_differences", given)} == {"bold"}
    assert mix_numbers(*given) == {"bold": 0, "usual": 1, "careful": 2}
