"""Estimates, against scipy and by hand."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tabletop.analysis.estimate import Interval, estimate, t_interval, t_quantile
from tabletop.analysis.outcomes import Column

values = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=30)


def counts(*numbers):
    return Column(tuple(map(float, numbers)), (1.0,) * len(numbers))


def ratio(*parts):
    return Column(tuple(float(n) for n, _ in parts), tuple(float(d) for _, d in parts), is_ratio=True)


@given(values, st.floats(0.5, 0.999))
def test_the_interval_of_a_mean_is_students(numbers, confidence):
    found = t_interval(numbers, confidence)
    spread = stats.sem(numbers)
    if spread == 0:
        assert found.high - found.low == pytest.approx(0, abs=1e-9)
        return
    low, high = stats.t.interval(confidence, len(numbers) - 1, loc=sum(numbers) / len(numbers), scale=spread)
    assert (found.low, found.high) == pytest.approx((low, high), rel=1e-6, abs=1e-7)


def test_the_t_quantile_is_the_tables():
    assert t_quantile(0.95, 10) == pytest.approx(2.262157, abs=1e-6)


def test_an_interval_covers_its_mean_as_often_as_it_says():
    import numpy as np

    drawn = np.random.default_rng(8).normal(3.0, 2.0, size=(10_000, 8)).tolist()
    held = sum(i.low <= 3.0 <= i.high for i in (t_interval(sample, 0.9) for sample in drawn))
    bounds = stats.binomtest(held, 10_000).proportion_ci(0.99, method="exact")
    assert bounds.low < 0.9 < bounds.high


def test_one_replication_has_a_value_and_no_interval():
    found = estimate(counts(4))
    assert (found.value, found.interval, found.n) == (4.0, None, 1)


def test_no_replication_has_no_value():
    assert estimate(counts()).value is None


def test_the_interval_of_a_count_does_not_go_below_zero():
    found = estimate(counts(0, 0, 0, 1))
    assert found.interval.low == 0
    assert found.interval.high == pytest.approx(0.25 + 3.182446 * 0.5 / 2, abs=1e-5)


def test_the_interval_of_a_share_does_not_pass_one():
    assert estimate(ratio((9, 9), (5, 6)), highest=1.0).interval.high == 1.0


def test_a_ratio_is_the_ratio_of_sums_and_not_the_mean_of_ratios():
    assert estimate(ratio((1, 1), (0, 9))).value == pytest.approx(0.1)


def test_the_interval_of_a_ratio_is_that_of_the_delta_method():
    parts = [(3, 10), (1, 4), (0, 0), (7, 12)]
    total, n = 26, 4
    share = 11 / total
    residuals = [a - share * b for a, b in parts]
    error = sqrt(sum(r * r for r in residuals) / (n - 1) / n) / (total / n)
    found = estimate(ratio(*parts))
    assert found.interval.half_width == pytest.approx(stats.t.ppf(0.975, n - 1) * error)
    assert found.value == pytest.approx(share)


def test_a_replication_without_anything_to_average_still_counts():
    assert estimate(ratio((3, 10), (0, 0))).n == 2


def test_a_ratio_is_missing_only_where_all_denominators_are_zero():
    assert estimate(ratio((0, 0), (0, 0))).value is None
    assert estimate(ratio((0, 0), (0, 1))).value == 0


def test_an_interval_knows_whether_it_excludes_zero_and_lies_within_delta():
    assert Interval(0.1, 0.3, 0.95).excludes_zero()
    assert Interval(-0.3, -0.1, 0.95).excludes_zero()
    assert not Interval(0.0, 0.3, 0.95).excludes_zero()
    assert Interval(-0.2, 0.3, 0.95).lies_within(0.31)
    assert not Interval(-0.2, 0.3, 0.95).lies_within(0.3)
    assert not Interval(-0.4, 0.3, 0.95).lies_within(0.31)
