"""What common random numbers are worth, against numpy, theory and by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tabletop.analysis.crn import pairing, pairings
from tabletop.analysis.outcomes import Column, Outcomes


def counts(values):
    return Column(tuple(map(float, values)), (1.0,) * len(values))


def paired(mine, theirs):
    mine, theirs = (c if isinstance(c, Column) else counts(c) for c in (mine, theirs))
    return pairing(mine, theirs, measure="incidents", mix="mine", baseline="theirs")


pairs = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=3, max_size=40)


@given(pairs)
def test_correlation_and_factor_are_those_of_their_definitions(worlds):
    mine, theirs = map(list, zip(*worlds, strict=True))
    found = paired(mine, theirs)
    difference = np.var(np.subtract(mine, theirs))
    if found.correlation is None:
        assert 0 in (np.ptp(mine), np.ptp(theirs))
    else:
        assert found.correlation == pytest.approx(np.corrcoef(mine, theirs)[0, 1])
    if found.factor is None:
        assert np.ptp(np.subtract(mine, theirs)) == 0
    else:
        assert found.factor == pytest.approx((np.var(mine) + np.var(theirs)) / difference)
    for value, interval in (
        (found.correlation, found.correlation_interval),
        (found.factor, found.factor_interval),
    ):
        if interval is not None:
            assert interval.low <= value * (1 + 1e-9)
            assert value <= interval.high * (1 + 1e-9)


def test_the_jackknife_is_that_of_leaving_each_replication_out():
    generator = np.random.default_rng(1)
    theirs = generator.poisson(9, 24)
    mine = theirs + generator.poisson(2, 24) + 1
    left_out = [i != np.arange(24) for i in range(24)]

    def log_factor(keep):
        a, b = mine[keep], theirs[keep]
        return np.log((np.var(a) + np.var(b)) / np.var(a - b))

    whole = log_factor(np.arange(24) >= 0)
    pseudo = [24 * whole - 23 * log_factor(keep) for keep in left_out]
    half = stats.t.ppf(0.975, 23) * stats.sem(pseudo)
    interval = paired(mine, theirs).factor_interval
    assert (interval.low, interval.high) == pytest.approx((np.exp(whole - half), np.exp(whole + half)))


def test_the_intervals_hold_the_truth_about_as_often_as_they_say():
    # A and A + E with Var A = 4, Var E = 1: factor 9, correlation √0.8.
    generator = np.random.default_rng(4)
    held, experiments = np.zeros(2), 500
    for _ in range(experiments):
        theirs = generator.normal(0, 2, 40)
        found = paired(theirs + generator.normal(0, 1, 40), theirs)
        correlation, factor = found.correlation_interval, found.factor_interval
        held += (correlation.low <= 0.8**0.5 <= correlation.high, factor.low <= 9 <= factor.high)
    for number in held:
        assert 0.91 < number / experiments < 0.99


def test_independent_luck_is_worth_nothing_and_opposed_luck_less():
    generator = np.random.default_rng(2)
    a, b = generator.normal(size=5000), generator.normal(size=5000)
    assert paired(a, b).factor == pytest.approx(1, abs=0.05)
    opposed = paired(-a + 0.1 * b, a)
    assert opposed.factor == pytest.approx(0.5, abs=0.05)
    assert "below 1, shared luck makes it harder to compare" in opposed.in_words()
    unsure = paired(a[:40] - 0.2 * b[:40], b[:40])
    assert unsure.factor < 1 < unsure.factor_interval.high
    assert "below 1, though not shown" in unsure.in_words()


def test_an_inert_mix_is_flagged_whatever_its_factor():
    worlds = [3.0, 5.0, 4.0, 9.0]
    found = paired(worlds, worlds)
    assert found.inert
    assert found.factor is None
    assert found.correlation == pytest.approx(1)
    assert found.in_words() == "inert: no difference in 4 worlds"


def test_the_share_of_worlds_that_differ_stands_beside_a_splendid_factor():
    worlds = np.random.default_rng(3).normal(50, 10, 100)
    moved = worlds.copy()
    moved[:3] += [1, 2, 3]
    found = paired(moved, worlds)
    assert (found.differing, found.share_differing) == (3, 0.03)
    assert found.factor > 1000
    assert found.in_words().endswith("; only 3 of 100 worlds differ")


def test_the_same_difference_in_every_world_has_no_factor():
    found = paired([3.0, 6.0, 5.0], [1.0, 4.0, 3.0])
    assert found.factor is None
    assert found.correlation == pytest.approx(1)
    assert found.in_words() == "the same difference in every world; only 3 worlds so far"


def test_nineteen_worlds_that_differ_give_no_interval_and_twenty_do():
    generator = np.random.default_rng(6)
    theirs = generator.normal(50, 10, 60)
    for differing in (19, 20):
        mine = theirs + np.where(np.arange(60) < differing, generator.normal(0, 1, 60), 0.0)
        found = paired(mine, theirs)
        assert (found.factor_interval is None) == (differing < 20)
        assert (found.correlation_interval is None) == (differing < 20)
        assert ("(no interval)" in found.in_words()) == (differing < 20)


def test_one_world_that_decides_all_leaves_no_interval_and_that_is_said():
    found = paired([3.0, 4.0, 5.0, 9.0], [3.0, 4.0, 5.0, 5.0])
    assert found.factor is not None
    assert found.factor_interval is None
    assert "independent replications (no interval)" in found.in_words()
    assert found.in_words().endswith("; only 4 worlds so far, of which 1 differs")


def test_a_ratio_of_few_worlds_says_what_its_pairing_rests_on():
    some = Column((1.0, 2.0, 1.0) + (0.0,) * 27, (2.0, 2.0, 3.0) + (0.0,) * 27, is_ratio=True)
    all_ = Column((1.0, 2.0) * 15, (3.0, 4.0) * 15, is_ratio=True)
    found = pairing(some, all_, measure="false_case_share", mix="mine", baseline="theirs")
    assert found.in_words().endswith("; mine rests on 7 cases in 3 of 30 worlds")


def test_an_outcome_that_never_varies_has_no_correlation():
    found = paired([2.0, 2.0, 2.0], [1.0, 2.0, 4.0])
    assert found.correlation is None
    assert found.factor == pytest.approx(1)


def test_missing_measures_and_single_replications_are_said():
    nothing = Column((0.0, 0.0), (0.0, 0.0), is_ratio=True)
    assert (
        paired(nothing, Column((1.0, 1.0), (2.0, 2.0), is_ratio=True)).in_words()
        == "missing: nothing to average"
    )
    assert not paired(nothing, nothing).inert
    assert paired([1.0], [2.0]).in_words() == "one replication: nothing to correlate"


def test_every_other_mix_is_paired_with_the_baseline_measure_by_measure():
    columns = {
        mix: {"incidents": counts([1, 2, i]), "harm": counts([i, 2, 3])} for i, mix in enumerate("abc")
    }
    outcomes = Outcomes((0, 1, 2), columns)
    found = pairings(outcomes, baseline="b")
    assert [(p.measure, p.mix) for p in found] == [
        ("incidents", "a"),
        ("incidents", "c"),
        ("harm", "a"),
        ("harm", "c"),
    ]
    assert {p.measure for p in pairings(outcomes, baseline="b", measures=["harm"])} == {"harm"}
