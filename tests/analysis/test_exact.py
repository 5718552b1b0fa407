"""Exact intervals, against scipy's, by theory, and by how often they hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tabletop.analysis.exact import poisson_interval, proportion_interval, unseen_share

SEED, EXPERIMENTS = 71, 4000
"""Declared before the first look."""


@given(st.integers(0, 500), st.integers(1, 200), st.floats(0.5, 0.999))
def test_the_interval_of_counts_is_garwoods(total, n, confidence):
    found = poisson_interval(total, n, confidence)
    tail = (1 - confidence) / 2
    low = stats.chi2.ppf(tail, 2 * total) / 2 / n if total else 0.0
    assert found.low == pytest.approx(low)
    assert found.high == pytest.approx(stats.chi2.ppf(1 - tail, 2 * total + 2) / 2 / n)


def test_no_event_in_sixty_worlds_bounds_the_mean_from_above():
    found = poisson_interval(0, 60)
    assert found.high == pytest.approx(0.0615, abs=5e-5)
    assert np.exp(-60 * found.high) == pytest.approx(0.025)  # so rarely would none be seen
    assert found.high != pytest.approx(3 / 60, rel=0.1)  # the one-sided bound is another


@given(st.integers(0, 60), st.integers(0, 60), st.floats(0.5, 0.999))
def test_the_interval_of_a_proportion_is_scipys(part, rest, confidence):
    whole = part + rest
    if whole:
        found = proportion_interval(part, whole, confidence)
        expected = stats.binomtest(part, whole).proportion_ci(confidence, method="exact")
        assert (found.low, found.high) == pytest.approx((expected.low, expected.high))


@pytest.mark.parametrize("mean", [0.02, 0.5, 4.0])
def test_exact_intervals_hold_at_least_as_often_as_they_say(mean):
    totals = np.random.default_rng(SEED).poisson(30 * mean, EXPERIMENTS)
    held = sum(i.low <= mean <= i.high for i in (poisson_interval(total, 30) for total in totals.tolist()))
    assert stats.binomtest(held, EXPERIMENTS).proportion_ci(0.99, method="exact").high > 0.95
    narrower = (poisson_interval(total, 30, 0.7) for total in totals.tolist())
    assert sum(i.low <= mean <= i.high for i in narrower) < held


def test_of_what_was_never_seen_at_most_three_in_n_worlds_have_it():
    assert unseen_share(60) == 0.05
    assert (1 - unseen_share(60)) ** 60 == pytest.approx(0.05, abs=0.005)
    assert unseen_share(2) == 1.0
