"""The interval of a mean: against scipy, against Hall's own transformation, and as properties."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from tabletop.analysis.interval import Method
from tabletop.analysis.mean_interval import mean_interval, t_quantile
from tabletop.analysis.moments import Moments

skewed = st.builds(
    lambda n, seed, sigma: np.random.default_rng(seed).lognormal(0, sigma, n).tolist(),
    st.integers(3, 80),
    st.integers(0, 10_000),
    st.floats(0.1, 1.5),
)


def cubic(t, gamma, n):
    """The transformation as Hall (1992) writes it."""
    return t + gamma * t**2 / (3 * sqrt(n)) + gamma**2 * t**3 / (27 * n) + gamma / (6 * sqrt(n))


def halls(t, gamma, n):
    """The same, but where its slope (1 + γt/(3√n))² has fallen to a third: there its tangent."""
    bend = (sqrt(1 / 3) - 1) * 3 * sqrt(n) / gamma
    if 1 + gamma * t / (3 * sqrt(n)) >= sqrt(1 / 3):
        return cubic(t, gamma, n)
    return cubic(bend, gamma, n) + (t - bend) / 3


@given(skewed)
def test_moments_are_scipys(values):
    found = Moments.of(values)
    assert found.deviation == pytest.approx(np.std(values, ddof=1))
    assert found.skewness == pytest.approx(stats.skew(values, bias=False))


@given(skewed, st.floats(0.8, 0.999))
def test_each_end_is_the_further_of_students_and_of_that_which_hall_sends_to_it(values, confidence):
    moments = Moments.of(values)
    n, error = moments.n, moments.deviation / sqrt(moments.n)
    t = t_quantile(confidence, n)
    found = mean_interval(moments, confidence)
    if not moments.skew_is_seen:
        assert found.method is Method.STUDENT
        assert (found.low, found.high) == pytest.approx((moments.mean - t * error, moments.mean + t * error))
        return
    assert found.method is Method.SKEWED
    for end, students, quantile in (
        (found.low, moments.mean - t * error, t),
        (found.high, moments.mean + t * error, -t),
    ):
        if end != pytest.approx(students, rel=1e-12):
            assert halls((moments.mean - end) / error, moments.skewness, n) == pytest.approx(
                quantile, abs=1e-6
            )
            assert halls((moments.mean - students) / error, moments.skewness, n) != pytest.approx(
                quantile, abs=1e-6
            )
    rounding = 1e-12 * (abs(moments.mean) + t * error)
    assert found.low <= moments.mean - t * error + rounding
    assert found.high >= moments.mean + t * error - rounding


@given(skewed, st.sampled_from([0.25, 8.0]))
def test_another_unit_or_sign_moves_the_interval_along(values, unit):
    here = mean_interval(Moments.of(values))
    there = mean_interval(Moments.of([unit * v for v in values]))
    back = mean_interval(Moments.of([-v for v in values]))
    assert (there.low, there.high) == pytest.approx((unit * here.low, unit * here.high))
    assert (back.low, back.high) == pytest.approx((-here.high, -here.low))


@given(st.lists(st.integers(-9, 9).map(float), min_size=2, max_size=40), st.randoms(use_true_random=False))
def test_the_order_of_replications_decides_nothing(values, random):
    shuffled = random.sample(values, len(values))
    assert mean_interval(Moments.of(values)) == mean_interval(Moments.of(shuffled))


@given(st.floats(-1e9, 1e9), st.integers(1, 50))
def test_values_without_spread_have_no_interval(value, n):
    assert Moments.of([value] * n).is_constant
    assert mean_interval(Moments.of([value] * n)) is None


def test_values_that_differ_by_rounding_alone_have_no_spread():
    values = [0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1] * 10
    assert values[0] != values[1]
    assert Moments.of(values).is_constant
    near = [1e6 + 2.0 - 1e6, 1e6 + 2.0 + 1e-9 - 1e6] * 10  # a difference of large outcomes
    assert Moments.of(near, scale=1e6).is_constant
    assert not Moments.of([1.0, 1.0 + 1e-6]).is_constant


def test_nine_in_ten_normal_samples_show_no_skew():
    drawn = np.random.default_rng(12).normal(size=(4000, 30)).tolist()
    seen = sum(Moments.of(sample).skew_is_seen for sample in drawn)
    assert stats.binomtest(seen, 4000).proportion_ci(0.99, method="exact").low < 0.1
    assert seen > 0.07 * 4000


def test_fifty_values_are_wanted_for_each_square_of_skewness():
    assert Moments(200, 0.0, 1.0, 2.01).is_skewed
    assert not Moments(200, 0.0, 1.0, 1.99).is_skewed
    assert Moments(200, 0.0, 1.0, -2.01).is_skewed
    assert not Moments(6, 0.0, 1.0, 0.6).is_skewed  # of six, that is no skew seen


@given(skewed, st.integers(2, 19))
def test_below_twenty_replications_with_a_denominator_their_number_gives_the_degrees(values, resting):
    assume(len(values) > 20)
    moments = Moments.of(values)
    assume(not moments.skew_is_seen)
    n = moments.n
    half = mean_interval(moments, resting=resting).half_width
    widened = sqrt(resting / (resting - 1) * (n - 1) / n)
    expected = stats.t.ppf(0.975, resting - 1) * widened * moments.deviation / sqrt(n)
    assert half == pytest.approx(expected)
    assert mean_interval(moments, resting=1) is None
    assert mean_interval(moments, resting=20) == mean_interval(moments)
