"""Quantile intervals, against the binomial law and scipy."""

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tabletop.analysis.quantiles import bounded_from, quantile, ranks

shares = st.sampled_from([0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95])


@given(st.integers(1, 400), shares, st.sampled_from([0.8, 0.95, 0.99]))
def test_both_ends_have_the_coverage_of_the_binomial_and_none_could_be_nearer(n, p, confidence):
    low, high = ranks(n, p, confidence)
    law, tail = stats.binom(n, p), (1 - confidence) / 2 * (1 + 1e-9)
    assert low == 0 or law.cdf(low - 1) <= tail
    assert law.cdf(low) > tail or low == n
    assert high == n + 1 or law.sf(high - 1) <= tail
    assert law.sf(high - 2) > tail or high == 1


@pytest.mark.parametrize(("p", "needed"), [(0.9, 36), (0.95, 72), (0.5, 6), (0.1, 36)])
def test_the_interval_is_bounded_from_so_many_replications(p, needed):
    assert bounded_from(p) == needed
    few, enough = (quantile(list(range(n)), p).interval for n in (needed - 1, needed))
    assert inf in (few.high, -few.low)
    assert inf not in (enough.high, -enough.low)


def test_the_interval_is_that_of_scipys_quantile_test():
    values = np.random.default_rng(2).exponential(size=90).tolist()
    for p in (0.25, 0.5, 0.9):
        found = quantile(values, p).interval
        expected = stats.quantile_test(values, q=0, p=p).confidence_interval(0.95)
        assert (found.low, found.high) == (expected.low, expected.high)


@given(st.lists(st.integers(0, 9).map(float), min_size=1, max_size=60), shares)
def test_the_value_is_the_smallest_that_so_many_replications_do_not_exceed(values, p):
    found = quantile(values, p)
    assert found.value == np.quantile(values, p, method="inverted_cdf")
    assert found.interval.low <= found.value <= found.interval.high


@pytest.mark.parametrize("draw", [lambda g, n: g.exponential(size=n), lambda g, n: g.poisson(2.0, n)])
def test_it_holds_the_quantile_at_least_as_often_as_it_says(draw):
    generator, truth = np.random.default_rng(3), {True: stats.expon.ppf(0.9), False: 4.0}
    held, experiments = 0, 2000
    for _ in range(experiments):
        values = draw(generator, 60)
        found = quantile(values.tolist(), 0.9).interval
        held += found.low <= truth[values.dtype == float] <= found.high
    assert stats.binomtest(held, experiments).proportion_ci(0.99, method="exact").high > 0.95


def test_an_end_that_the_replications_cannot_bound_is_called_unbounded():
    few, many = (quantile([float(i) for i in range(1, n + 1)], 0.9) for n in (20, 100))
    assert few.in_words() == "18 (from 15, unbounded above)"
    assert few.few_worlds == "20 replications, bounded from 36"
    assert (many.in_words(), many.few_worlds) == ("90 (from 84 to 96)", "")
    assert quantile([3.0], 0.5).in_words() == "3 (unbounded below, unbounded above)"
    assert quantile([3.0], 0.5).few_worlds == "1 replication, bounded from 6"
    assert quantile([], 0.5).in_words() == "missing: nothing to rank"
