"""Shares of variance: unbiased where there is noise, nothing where there is nothing, and refusals."""

from functools import cache

import numpy as np
import pytest
from scipy.stats import binomtest, qmc, t, ttest_ind

from tabletop.analysis.shares import shares, split

NAMES = ("a", "b", "c")


def study(seed, *, variants=64, worlds=40, own=2.0, shared=1.0, effects=(2.0, 1.0, 0.0)):
    """Points, and differences that are linear in them with noise."""
    luck = np.random.default_rng(seed)
    points = qmc.Sobol(3, scramble=True, seed=seed).random(variants)
    truth = points @ np.array(effects)
    noise = luck.normal(0, own, (variants, worlds)) + luck.normal(0, shared, (1, worlds))
    return points, truth[:, None] + noise


def test_the_spread_is_split_into_what_it_was_made_of():
    found = [split(study(seed)[1]) for seed in range(40)]
    assert np.mean([one.conditions for one in found]) == pytest.approx(5 / 12, abs=0.03)
    assert np.mean([one.shared for one in found]) == pytest.approx(1, abs=0.12)
    assert np.mean([one.own for one in found]) == pytest.approx(4, abs=0.1)


def test_shares_are_unbiased_where_plain_squared_correlations_are_too_small():
    truth = np.array([4, 1, 0]) / 5
    found, plain = [], []
    for seed in range(30):
        points, table = study(seed)
        by_name = {one.condition: one.share for one in shares(points, table, NAMES, seed=1).of}
        found.append([by_name[name] for name in NAMES])
        means = table.mean(axis=1)
        plain.append([np.corrcoef(points[:, place], means)[0, 1] ** 2 for place in range(3)])
    assert np.mean(found, axis=0) == pytest.approx(truth, abs=0.04)
    assert np.mean(plain, axis=0)[0] < truth[0] - 0.1


def test_slopes_are_from_the_lower_end_to_the_upper():
    points, table = study(5, own=0.1, shared=0.0)
    found = {one.condition: one for one in shares(points, table, NAMES, seed=1).of}
    assert found["a"].slope == pytest.approx(2, abs=0.05)
    assert found["a"].interval.low <= found["a"].share <= found["a"].interval.high


@pytest.mark.parametrize("spreads", [(1.0, 1.0), (0.3, 3.0)])
def test_between_two_values_the_interval_of_a_slope_has_the_standard_error_of_welch(spreads):
    """HC2 is Welch's variance there, whatever the two spreads are; the pooled one is not."""
    luck = np.random.default_rng(7)
    low, high = luck.normal(0, spreads[0], 20), luck.normal(5, spreads[1], 44)
    means = np.concatenate([low, high])
    points = np.repeat([0.0, 1.0], [20, 44])[:, None]
    table = means[:, None] + np.tile([-0.1, 0.1], (64, 10))
    (one,) = shares(points, table, ["a"], seed=1).of
    assert one.slope == pytest.approx(high.mean() - low.mean())
    error = one.slope_interval.half_width / t.isf(0.025, 62)
    assert error == pytest.approx(one.slope / ttest_ind(high, low, equal_var=False).statistic)
    pooled = one.slope / ttest_ind(high, low).statistic
    assert abs(error / pooled - 1) > 0.01


STUDIES, COVERED = 300, 0.95
"""Declared before the first look: the 99 % interval of how often the truth is held has to reach 95 %."""


@pytest.mark.parametrize(("narrowed", "is_held"), [(1.0, True), (0.8, False)])
def test_intervals_of_slopes_hold_the_truth_as_often_as_they_say_and_narrower_ones_do_not(narrowed, is_held):
    """The truths are 2, 1 and 0."""
    held = dict.fromkeys(NAMES, 0)
    for seed in range(STUDIES):
        found = {one.condition: one for one in _of(seed).of}
        for name, truth in zip(NAMES, (2.0, 1.0, 0.0), strict=True):
            one = found[name]
            below, above = one.slope - one.slope_interval.low, one.slope_interval.high - one.slope
            held[name] += one.slope - narrowed * below <= truth <= one.slope + narrowed * above
    reached = [binomtest(number, STUDIES).proportion_ci(0.99).high for number in held.values()]
    assert all(one >= COVERED for one in reached) is is_held, held


@cache
def _of(seed):
    return shares(*study(seed), NAMES, seed=seed)


def test_more_terms_than_a_quarter_of_the_variants_are_refused_with_the_number_needed():
    luck = np.random.default_rng(1)
    points = luck.random((64, 40))
    found = shares(points, luck.normal(size=(64, 20)), [str(n) for n in range(40)], seed=1)
    assert found.of == ()
    assert "40 conditions need 512 variants" in found.told  # 256 have a curved term of each, too


def test_where_luck_is_larger_than_the_conditions_nothing_is_told():
    points, table = study(2, own=9.0, worlds=10, effects=(0.1, 0.0, 0.0))
    found = shares(points, table, NAMES, seed=1)
    assert (found.of, found.spread.is_mostly_luck) == ((), True)
    assert found.told.startswith("luck is larger")


def yes_or_no(seed, variants):
    """Points of which the first condition is yes or no, and what that and the second make of it."""
    points, _ = study(seed, variants=variants)
    points[:, 0] = np.where(points[:, 0] < 0.5, 0.25, 0.75)
    truth = 2.0 * (points[:, 0] > 0.5) + points[:, 1]
    return points, truth[:, None] + np.random.default_rng(seed).normal(0, 0.5, (variants, 40))


def by_name(points, table, **how):
    return {one.condition: one for one in shares(points, table, NAMES, seed=1, **how).of}


@pytest.mark.parametrize("variants", [64, 128])
def test_the_slope_of_a_yes_or_no_is_that_of_its_indicator(variants):
    points, table = yes_or_no(6, variants)
    others = 2 * points[:, 1:] - 1
    columns = [np.ones(variants), points[:, 0] > 0.5, *others.T, *((others**2).T if variants == 128 else ())]
    (_, by_indicator, *_), *_ = np.linalg.lstsq(np.column_stack(columns), table.mean(axis=1))
    assert by_name(points, table, choices=(2, 0, 0))["a"].slope == pytest.approx(by_indicator)


@pytest.mark.parametrize("variants", [64, 128])
def test_a_yes_or_no_has_the_share_that_it_explains_and_taken_for_a_range_more_than_all(variants):
    found = [by_name(*yes_or_no(seed, variants), choices=(2, 0, 0)) for seed in range(20)]
    means = [np.mean([of[name].share for of in found]) for name in NAMES]
    assert means == pytest.approx([12 / 13, 1 / 13, 0], abs=0.02)  # of the variances 1 and 1/12
    assert by_name(*yes_or_no(6, variants))["a"].share > 1.15


def test_three_choices_have_a_straight_and_a_curved_part_that_come_to_what_they_explain():
    points, _ = study(8, variants=128)
    case = np.minimum((points[:, 0] * 3).astype(int), 2)
    points[:, 0] = (case + 0.5) / 3
    levels = np.array([0.0, 3.0, 1.0])  # straight alone explains a seventh of it
    table = levels[case][:, None] + np.random.default_rng(8).normal(0, 0.5, (128, 40))
    found = by_name(points, table, choices=(3, 0, 0))
    assert found["a"].share == pytest.approx(1, abs=0.03)
    assert found["a"].slope == pytest.approx(1, abs=0.1)


def test_a_curved_effect_is_found_from_128_variants_on():
    points, _ = study(3, variants=128)
    table = 4 * (2 * points[:, :1] - 1) ** 2 + np.random.default_rng(4).normal(0, 1, (128, 40))
    found = shares(points, table, NAMES, seed=1)
    assert found.is_curved
    assert found.of[0].condition == "a"
    assert found.of[0].share > 0.9
