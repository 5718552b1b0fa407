"""A figure's data: what is drawn agrees with the runs, by a second route."""

import csv
import io
from collections import defaultdict

import numpy as np
import pytest
from figure_cases import TWO, case, really, shifted
from scipy import stats

from tabletop.plots import FIGURES
from tabletop.plots.case_flow import ENDED, EVIDENCE
from tabletop.plots.trade_off import RIGHTS, SECURITY, region
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


def test_outcomes_are_means_intervals_and_percentiles(lower):
    results, _ = lower
    for row in rows("outcomes_by_mix", lower):
        if row["measure"] != "incidents":
            continue
        values = column(results, row["mix"], "incidents")
        half = stats.sem(values) * stats.t.ppf(0.975, len(values) - 1)
        expected = [
            values.mean(),
            values.mean() - half,
            values.mean() + half,
            *np.quantile(values, [0.1, 0.5, 0.9], method="inverted_cdf"),
        ]
        assert [float(row[k]) for k in ("mean", "low", "high", "p10", "median", "p90")] == pytest.approx(
            expected
        )


def test_over_time_holds_the_percentiles_of_every_month():
    given = case("three mixes")
    results, _ = given
    for row in rows("over_time", given):
        at = [run.series for (mix, _), run in results.runs.items() if mix == row["mix"]]
        place = [i for i, day in enumerate(at[0].days) if abs(day - float(row["day"])) < 1e-6]
        values = [series.values[row["series"]][place[0]] for series in at] if place else [0.0]
        expected = np.quantile(values, [0.1, 0.5, 0.9], method="inverted_cdf")
        assert [float(row[k]) for k in ("p10", "median", "p90")] == pytest.approx(list(expected))


def test_case_flow_loses_no_plot_that_was_carried_out():
    given = case("three mixes")
    results, _ = given
    by_group = defaultdict(float)
    for row in rows("case_flow", given):
        by_group[row["group"], row["mix"]] += float(row["mean"])
        if row["group"] == ENDED and row["end"] in ("disrupted", "turned back"):
            by_group[ENDED, row["mix"]] -= float(row["mean"])
    for mix in results.mixes:
        assert by_group[EVIDENCE, mix] == pytest.approx(by_group[ENDED, mix])
        ended = column(results, mix, "incidents") + column(results, mix, "attempts_foiled")
        assert by_group[ENDED, mix] == pytest.approx(ended.mean())


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


def test_the_joint_interval_is_hotellings():
    luck = np.random.default_rng(3)
    pairs = luck.multivariate_normal([1, 2], [[2, 1], [1, 3]], 25)
    found = region(*pairs.T.tolist())
    mean, inverse = pairs.mean(axis=0), np.linalg.inv(np.cov(pairs.T))
    limit = 2 * 24 / (25 * 23) * stats.f.ppf(0.95, 2, 23)
    assert (found.across, found.up) == pytest.approx(tuple(mean))
    for point in found.outline:
        away = np.array(point) - mean
        assert away @ inverse @ away == pytest.approx(limit)
    assert region([1.0, 2.0], [0.0, 1.0]).outline == ()


def test_trade_off_holds_both_mean_differences(lower):
    results, _ = lower
    for row in rows("trade_off", lower):
        for measure in (SECURITY, RIGHTS):
            away = column(results, row["mix"], measure) - column(results, "usual", measure)
            assert float(row[f"{measure}_difference"]) == pytest.approx(away.mean())


def test_luck_pairs_the_same_replication(lower):
    results, _ = lower
    found = rows("luck", lower)
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
    assert "bold" in FIGURES["paired_differences"].title(*given)
