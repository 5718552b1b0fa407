"""Regret and limits: what is said of mixes whose truth is known."""

import numpy as np
import pytest

from tabletop.analysis.regret import fresh_interval, regrets, worst_of
from tabletop.analysis.satisficing import kept
from tabletop.analysis.statements import Difference, Statement, share_of_distribution

SEED, STUDIES = 20_261_126, 200
MIXES = ("a", "b", "c", "d", "e", "f", "g")


def table(rng, means, worlds=20, variants=16):
    """Outcomes of mixes with these true means in every variant: mixes × variants × worlds."""
    return np.array(means)[:, None, None] + rng.normal(0, 2, (len(means), variants, worlds))


def test_the_true_regret_lies_between_too_small_and_too_large():
    rng = np.random.default_rng(SEED)
    for means in ([0.0] * 7, [1.0] + [0.0] * 6):
        found = [regrets(table(rng, means), MIXES) for _ in range(STUDIES)]
        for place in range(7):
            true = max(means) - means[place]
            low = np.mean([one[place].low for one in found])
            high = np.mean([one[place].high for one in found])
            assert low - 0.04 <= true <= high  # 0.04 is four standard errors of the mean of 200 studies
        if not any(means):
            assert high > 0.4  # of equal mixes the same luck finds regret where there is none


def test_fresh_luck_does_not_make_the_worst_variant_worse_than_it_is():
    rng = np.random.default_rng(SEED)
    means, seen, fresh, held = [1.0] + [0.0] * 6, [], [], 0
    for _ in range(STUDIES):
        first, again = table(rng, means, worlds=40), table(rng, means, worlds=40)
        chosen = worst_of(first, 3)
        (variant, best, found), *_ = chosen
        mean, interval = fresh_interval(again[best, variant] - again[3, variant], together=len(chosen))
        true = means[best] - means[3]
        held += interval.low <= true <= interval.high
        seen.append(found)
        fresh.append(mean - true)
    assert abs(np.mean(fresh)) < 0.1
    assert np.mean(seen) > 1.5
    assert held >= 0.95 * STUDIES


def test_a_mix_that_is_never_behind_has_no_worst_variant():
    made = np.zeros((2, 4, 5))
    made[0] = 1
    assert worst_of(made, 0) == []
    assert [one.best_in for one in regrets(made, ("a", "b"))] == [4, 0]
    assert [one.high for one in regrets(made, ("a", "b"))] == [0, 1]


def limits(rng, means, worlds=40):
    """Two limits, each that a mean is above 0, in variants with these means."""
    found = []
    for variant in means:
        each = []
        for mean in variant:
            drawn = rng.normal(mean, 2, worlds)
            difference = Difference(float(drawn.mean()), float(drawn.std(ddof=1)), worlds, worlds)
            each.append((Statement("kept", 1, 0.0), difference))
        found.append(each)
    return found


@pytest.mark.parametrize("broken", [-0.1, -1.5])
def test_bounds_of_how_often_all_limits_are_kept_hold(broken):
    rng = np.random.default_rng(SEED)
    means = [(1.5, 1.5)] * 12 + [(1.5, broken)] * 4
    held = 0
    for _ in range(STUDIES):
        found = kept(limits(rng, means))
        held += found.low <= 12 <= found.high
        assert found.low <= found.seen <= found.high
    assert held >= 0.95 * STUDIES


def test_one_limit_that_is_clearly_broken_is_enough_and_one_that_is_kept_is_not():
    rng = np.random.default_rng(SEED)
    assert kept(limits(rng, [(9.0, -9.0)] * 8)).high == 0
    assert kept(limits(rng, [(9.0, 9.0)] * 8)).low == 8
    assert kept(limits(rng, [(9.0, 0.0)] * 8)).low == 0


def test_the_share_of_a_distribution_in_which_a_statement_holds_lies_between_its_ends():
    rng = np.random.default_rng(SEED)
    statement, true, held, width = Statement("better", 1, 0.0), 0.7, 0, []
    for _ in range(STUDIES):
        means = np.where(rng.random(64) < true, 1.5, -1.5)
        drawn = means[:, None] + rng.normal(0, 2, (64, 40))
        found = [Difference(float(row.mean()), float(row.std(ddof=1)), 40, 40) for row in drawn]
        low, high = share_of_distribution(statement, found)
        held += low <= true <= high
        width.append(high - low)
    assert held >= 0.95 * STUDIES
    assert np.mean(width) < 0.5
    assert share_of_distribution(statement, [Difference(9.0, 1.0, 40, 40)] * 64)[1] == 1.0
