"""Estimates, against scipy and by hand."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from tabletop.analysis.estimate import Quantity, estimate
from tabletop.analysis.interval import Interval, Method
from tabletop.analysis.interval_words import interval_in_words, share_with_interval, with_interval
from tabletop.analysis.mean_interval import t_interval, t_quantile
from tabletop.analysis.moments import Moments
from tabletop.analysis.outcomes import Column
from tabletop.measures import MEASURES

values = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=30)
SHARE = Quantity(highest=1.0, is_proportion=True, thing="case")
COUNT = Quantity(is_count=True)


def counts(*numbers):
    return Column(tuple(map(float, numbers)), (1.0,) * len(numbers))


def ratio(*parts):
    return Column(tuple(float(n) for n, _ in parts), tuple(float(d) for _, d in parts), is_ratio=True)


@given(values, st.floats(0.5, 0.999))
def test_the_interval_of_a_mean_is_students(numbers, confidence):
    found = t_interval(numbers, confidence)
    spread = stats.sem(numbers)
    if np.ptp(numbers) <= 1e-12 * np.max(np.abs(numbers)):
        assert found is None  # no spread is no certainty
        return
    assume(found is not None)  # a spread of rounding is none either
    low, high = stats.t.interval(confidence, len(numbers) - 1, loc=sum(numbers) / len(numbers), scale=spread)
    assert (found.low, found.high) == pytest.approx((low, high), rel=1e-6, abs=1e-7)


def test_the_t_quantile_is_the_tables():
    assert t_quantile(0.95, 10) == pytest.approx(2.262157, abs=1e-6)


def test_an_interval_covers_its_mean_as_often_as_it_says():
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
    found = estimate(counts(0, 0, 1, 1, 1, 0))
    half = 2.570582 * np.std([0, 1] * 3, ddof=1) / sqrt(6)
    assert (found.interval.low, found.interval.high) == (0, pytest.approx(0.5 + half, abs=1e-5))


def test_the_interval_of_a_share_does_not_pass_one():
    assert estimate(ratio((9, 9), (5, 6)), SHARE).interval.high == 1.0


def test_a_ratio_is_the_ratio_of_sums_and_not_the_mean_of_ratios():
    assert estimate(ratio((1, 1), (0, 9))).value == pytest.approx(0.1)


def test_the_interval_of_a_ratio_is_that_of_the_delta_method():
    parts = [(3, 10), (1, 4), (0, 0), (7, 12), (6, 10), (1, 4)] * 5
    total, n = 5 * 40, 30
    share = 5 * 18 / total
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


@given(st.integers(2, 200), st.integers(0, 9))
def test_counts_without_spread_have_the_exact_interval_of_poisson_counts(n, each):
    found = estimate(counts(*[each] * n), COUNT)
    low = stats.chi2.ppf(0.025, 2 * n * each) / 2 / n if each else 0.0
    high = stats.chi2.ppf(0.975, 2 * (n * each + 1)) / 2 / n
    assert (found.interval.low, found.interval.high) == pytest.approx((low, high))
    assert found.interval.method is Method.POISSON


def test_no_event_in_sixty_worlds_is_at_most_so_many_a_world():
    found = estimate(counts(*[0] * 60), COUNT)
    assert interval_in_words(found) == "none in 60 worlds: at most 0.061 a world"
    assert with_interval(found) == "0 (none in 60 worlds: at most 0.061 a world)"
    assert interval_in_words(estimate(counts(*[0] * 59), COUNT)).endswith("at most 0.063 a world")


def test_one_case_says_that_it_is_one():
    one = estimate(ratio((1, 1), *[(0, 0)] * 59), SHARE)
    assert (one.interval.low, one.interval.high) == pytest.approx((0.025, 1.0))
    assert interval_in_words(one) == "0.025 to 1; rests on 1 case"
    assert share_with_interval(one) == "100 % (2.5 % to 100 %; rests on 1 case)"


@pytest.mark.parametrize("worlds", [[(2, 5)], [(4, 4)], [(1, 1)], [(4, 4), *[(0, 0)] * 59]])
def test_one_world_with_cases_has_no_interval_however_many_cases_it_has(worlds):
    found = estimate(ratio(*worlds), SHARE)
    assert found.interval is None
    assert interval_in_words(found)  # why there is none


@given(st.lists(st.integers(0, 5), min_size=2, max_size=60), st.booleans())
def test_proportions_without_spread_have_the_exact_interval_of_trials(cases, are_false):
    assume(sum(c > 0 for c in cases) > 1 or sum(cases) == 1)
    found = estimate(ratio(*((c * are_false, c) for c in cases)), SHARE)
    exact = stats.binomtest(sum(cases) * are_false, sum(cases)).proportion_ci(0.95, method="exact")
    assert (found.interval.low, found.interval.high) == pytest.approx((exact.low, exact.high))
    assert found.interval.method is Method.BINOMIAL


def test_a_mean_without_spread_has_no_interval_and_says_why():
    assert interval_in_words(estimate(counts(*[79.2] * 60))) == "the same in all 60 worlds"
    assert interval_in_words(estimate(counts(*[0] * 60))) == "none in 60 worlds"
    waits = estimate(ratio((8.4, 1), *[(0, 0)] * 29), Quantity(thing="traveller"))
    assert with_interval(waits) == "8.4 (rests on 1 traveller)"
    constant = estimate(ratio(*[(6, 3)] * 25, *[(0, 0)] * 5), Quantity(thing="item"))
    assert with_interval(constant) == "2 (the same in all 25 worlds with any item)"


def test_a_missing_ratio_says_what_there_was_none_of():
    assert with_interval(estimate(ratio(*[(0, 0)] * 60), SHARE)) == "missing (no case in 60 worlds)"
    staff = Quantity.of(MEASURES["utilisation_analysts"])
    said = with_interval(estimate(ratio(*[(0, 0)] * 60), staff))
    assert said == "missing (nobody there, or no limit to the staff in 60 worlds)"


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=40),
    st.sampled_from([Quantity(), COUNT, SHARE, Quantity(thing="item")]),
)
def test_no_interval_has_no_width(parts, quantity):
    column = (
        counts(*(n for n, _ in parts)) if quantity.is_count else ratio(*((min(n, d), d) for n, d in parts))
    )
    found = estimate(column, quantity)
    if found.value is None or found.interval is None:
        assert found.basis.in_words()
    else:
        assert found.interval.low < found.interval.high
        assert found.interval.low <= found.value * (1 + 1e-12)
        assert found.value <= found.interval.high * (1 + 1e-12)


@pytest.mark.parametrize(("cases", "is_said"), [(2, True), (19, True), (20, False), (30, False)])
def test_a_ratio_says_what_it_rests_on_where_few_worlds_have_a_denominator(cases, is_said):
    found = estimate(ratio(*[(i % 2, 1) for i in range(cases)], *[(0, 0)] * (30 - cases)), SHARE)
    assert found.interval is not None
    said = interval_in_words(found)
    assert said.endswith(f"; rests on {cases} cases in {cases} of 30 worlds") == is_said


def test_below_twenty_worlds_with_a_denominator_those_are_the_sample():
    some = [(3, 10), (1, 4), (7, 12), (6, 10), (2, 9)]
    alone, among = estimate(ratio(*some), SHARE), estimate(ratio(*some, *[(0, 0)] * 25), SHARE)
    assert Moments.of(ratio(*some, *[(0, 0)] * 25).values()).skew_is_seen is False
    assert (among.interval.low, among.interval.high) == pytest.approx(
        (alone.interval.low, alone.interval.high)
    )


def test_rare_counts_say_in_how_few_worlds_they_are_more_than_none():
    assert interval_in_words(estimate(counts(*[0] * 57, 1, 1, 1), COUNT)).endswith(
        "; above 0 in only 3 of 60 worlds"
    )
    assert interval_in_words(estimate(counts(*[0] * 30, *[1] * 30), COUNT)) == "0.37 to 0.63"


def test_skewed_means_are_flagged():
    skewed = np.random.default_rng(1).lognormal(0, 1, 60)
    assert interval_in_words(estimate(counts(*skewed))).endswith("; skewed")
