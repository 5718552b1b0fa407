"""Bootstrap intervals, against scipy, theory and their own promises."""

import numpy as np
import pytest
from scipy import stats

from tabletop.analysis.bootstrap import bca_contrast, bca_estimate, quantile_contrast
from tabletop.analysis.mean_interval import t_interval
from tabletop.analysis.outcomes import Column

NAMES = {"seed": 1, "measure": "disruption_share", "mix": "mine", "baseline": "theirs"}


def counts(values):
    return Column(tuple(map(float, values)), (1.0,) * len(values))


def ratio(numerators, denominators):
    return Column(tuple(map(float, numerators)), tuple(map(float, denominators)), is_ratio=True)


def pair(n=60, seed=3):
    """Two ratios that share their worlds' luck."""
    generator = np.random.default_rng(seed)
    formed = generator.poisson(8, n)
    return ratio(generator.binomial(formed, 0.5), formed), ratio(generator.binomial(formed, 0.4), formed)


def ends(interval):
    return interval.low, interval.high


def test_a_ratio_contrast_is_that_of_a_bca_written_out():
    mine, theirs = pair()
    n = len(mine)
    x = np.array([mine.numerators, mine.denominators, theirs.numerators, theirs.denominators])

    def difference(total):
        return total[0] / total[1] - total[2] / total[3]

    generator = np.random.default_rng(8)
    resampled = difference(x[:, generator.integers(0, n, (40_000, n))].sum(axis=2))
    left_out = difference(x.sum(axis=1)[:, None] - x)
    spread = left_out.mean() - left_out
    acceleration = (spread**3).sum() / (6 * (spread**2).sum() ** 1.5)
    bias = stats.norm.ppf((resampled < difference(x.sum(axis=1))).mean())
    z = bias + stats.norm.ppf([0.025, 0.975])
    expected = np.quantile(resampled, stats.norm.cdf(bias + z / (1 - acceleration * z)))
    found = bca_contrast(mine, theirs, **NAMES)
    width = expected[1] - expected[0]
    assert ends(found) == pytest.approx(expected, abs=0.03 * width)  # both are random


def test_replications_are_resampled_in_pairs():
    worlds = np.random.default_rng(1).normal(50, 20, 80)
    mine, theirs = worlds + np.random.default_rng(2).normal(1, 0.5, 80), worlds
    found = bca_contrast(counts(mine), counts(theirs), **NAMES)
    paired = t_interval((mine - theirs).tolist())
    assert found.half_width == pytest.approx(paired.half_width, rel=0.1)  # unpaired: forty times as wide


def test_the_level_is_that_which_is_asked():
    mine, theirs = pair()
    wide = bca_contrast(mine, theirs, **NAMES, confidence=0.999)
    narrow = bca_contrast(mine, theirs, **NAMES, confidence=0.9)
    assert wide.confidence == 0.999
    assert wide.low < narrow.low < narrow.high < wide.high
    assert narrow.half_width / wide.half_width == pytest.approx(1.645 / 3.291, rel=0.15)


@pytest.mark.parametrize("changed", [{"seed": 2}, {"measure": "other"}, {"mix": "x"}, {"baseline": "x"}])
def test_the_resamples_hang_on_seed_and_names_and_nothing_else(changed):
    mine, theirs = pair()
    first = bca_contrast(mine, theirs, **NAMES)
    bca_contrast(theirs, mine, **NAMES)
    assert bca_contrast(mine, theirs, **NAMES) == first
    assert bca_contrast(mine, theirs, **(NAMES | changed)) != first


def test_a_ratio_of_one_mix_has_an_interval_of_its_own():
    mine, _ = pair()
    found = bca_estimate(mine, seed=1, measure="disruption_share", mix="mine")
    students = t_interval(mine.values())
    assert ends(found) == pytest.approx(ends(students), abs=0.25 * students.half_width)


def test_the_interval_covers_a_skewed_ratio_about_as_often_as_it_says():
    generator = np.random.default_rng(12)
    held, experiments, n = 0, 150, 30
    for i in range(experiments):
        items = generator.poisson(4, n) + 1
        waits = generator.gamma(items * 0.5, 4.0)
        found = bca_estimate(ratio(waits, items), seed=i, measure="wait", mix="mine")
        held += found.low <= 2.0 <= found.high
    bounds = stats.binomtest(held, experiments).proportion_ci(0.99, method="exact")
    assert bounds.high > 0.93
    assert held < experiments


def test_nothing_is_invented_where_there_is_nothing():
    one = ratio([1], [2])
    assert bca_estimate(one, seed=1, measure="m", mix="a") is None
    assert bca_contrast(one, ratio([2], [2]), **NAMES) is None
    assert bca_contrast(*[ratio([1, 2], [3, 3])] * 2, **NAMES) is None  # no replication differs
    missing = ratio([0] * 30, [0] * 30)
    assert bca_contrast(missing, ratio([1] * 30, [2] * 30), **NAMES) is None
    rare = ratio([1, 1] + [0] * 38, [1, 2] + [0] * 38)  # some resample has nothing to average
    assert bca_estimate(rare, seed=1, measure="m", mix="a") is None
    assert bca_estimate(counts([3.0] * 20), seed=1, measure="m", mix="a") is None  # never varies


def test_a_difference_that_is_the_same_in_every_world_has_no_bootstrap_interval():
    assert bca_contrast(counts([3.0] * 20), counts([2.0] * 20), **NAMES) is None


def test_a_difference_of_quantiles_finds_a_shift():
    worlds = np.random.default_rng(5).normal(20, 5, 200)
    found = quantile_contrast((worlds + 2).tolist(), worlds.tolist(), 0.9, **NAMES)
    assert found is None  # every resample has the same difference: no interval of no width
    noisy = worlds + np.random.default_rng(6).normal(2, 1, 200)
    found = quantile_contrast(noisy.tolist(), worlds.tolist(), 0.9, **NAMES)
    assert found.low < 2 < found.high
    assert 0 < found.half_width < 2.5
    assert quantile_contrast([1.0, 2.0], [1.0, 2.0], 0.9, **NAMES) is None
    assert quantile_contrast([1.0], [2.0], 0.9, **NAMES) is None
