"""Counts over variants: Holm's bounds, what is left open, and how many more worlds would close it."""

import numpy as np
import pytest
from scipy.stats import ttest_1samp

from tabletop.analysis.outcomes import Column
from tabletop.analysis.statements import Difference, count, rejected, statements

FEWER = statements(-1, 1.0)


def certain(mean, n=100):
    """A difference whose mean is known well."""
    return Difference(mean, 0.1, n, n)


def test_a_doubt_is_the_p_value_of_a_one_sided_paired_t_test():
    luck = np.random.default_rng(3)
    mix, baseline = luck.normal(4, 2, 40), luck.normal(5, 2, 40)
    found = Difference.of(Column(tuple(mix), (1.0,) * 40), Column(tuple(baseline), (1.0,) * 40))
    for sign, threshold in ((-1, 0.0), (-1, 0.5), (1, 0.0)):
        right = ttest_1samp(sign * (mix - baseline), threshold, alternative="greater").pvalue
        assert found.doubt(sign, threshold) == pytest.approx(right)
        assert found.doubt(sign, threshold + 0.1) != pytest.approx(right)


def test_holm_rejects_step_by_step_and_stops_at_the_first_that_is_not_small_enough():
    assert rejected([0.01, 0.04, 0.03, 0.005], level=0.05) == {0, 3}
    assert rejected([0.01, 0.02, 0.03, 0.005], level=0.05) == {0, 1, 2, 3}
    assert rejected([0.02, 0.02, 0.02], level=0.05) == set()
    assert rejected([]) == set()


def test_less_is_better_where_the_measure_says_so():
    much_better, better, worse, much_worse = FEWER
    assert (much_better.says, worse.says) == ("better by more than 1", "worse")
    assert [one.holds(-1.5) for one in FEWER] == [True, True, False, False]
    assert [one.holds(-0.5) for one in FEWER] == [False, True, False, False]
    assert [one.holds(1.5) for one in FEWER] == [False, False, True, True]
    assert [one.says for one in statements(0, 2.0)][1:3] == ["higher", "lower"]
    assert better.threshold == much_worse.threshold - 1


def test_what_is_known_well_is_counted_without_anything_open():
    found = count(FEWER[0], [certain(-2)] * 5 + [certain(-0.5)] * 3)
    assert (found.seen, found.low, found.high, found.open, found.more) == (5, 5, 5, 0, 0)
    assert found.in_words() == "better by more than 1 in 5 of 8 variants (5 to 5)"


def test_a_variant_in_which_fewer_than_20_worlds_differ_is_open():
    few = Difference(-5.0, 0.1, 100, 19)
    assert few.doubt(-1, 0.0) == 1.0
    found = count(FEWER[1], [certain(-2), few])
    assert (found.seen, found.low, found.high) == (2, 1, 2)
    assert Difference(-5.0, 0.1, 100, 20).doubt(-1, 0.0) < 1e-9


def test_means_a_little_below_delta_are_not_counted_as_shown():
    luck = np.random.default_rng(8)
    close = [Difference(-0.9 + luck.normal(0, 0.3), 2.0, 40, 40) for _ in range(50)]
    found = count(FEWER[0], close)
    assert found.seen > 0
    assert found.low == 0
    assert found.more > 0
    assert "more worlds would close half of the" in found.in_words()


def test_nothing_open_needs_no_more_worlds_and_what_cannot_be_told_is_no_number():
    closed = count(FEWER[0], [Difference(9.0, 1.0, 40, 40)] * 8)
    never = count(FEWER[0], [Difference(0.0, 0.0, 40, 0)] * 8)
    assert (closed.open, closed.more) == (0, 0)
    assert (never.open, never.more) == (8, None)
    assert "more world" not in never.in_words()


def test_so_many_more_worlds_as_are_told_do_close_half_of_what_is_open():
    gaps = [-1.2, -1.4, -1.6, -1.8]
    found = count(FEWER[0], [Difference(gap, 2.0, 40, 40) for gap in gaps])
    assert found.open == 4
    enough = count(FEWER[0], [Difference(gap, 2.0, 40 + found.more, 40 + found.more) for gap in gaps])
    short = count(FEWER[0], [Difference(gap, 2.0, 40 + found.more // 3, 40) for gap in gaps])
    assert enough.open <= 2
    assert short.open > enough.open


def test_a_count_among_some_variants_has_no_more_that_is_shown_than_holds_over_all():
    """Whoever chooses those variants that look best has to pay for it: the tests hold together over all."""
    rng = np.random.default_rng(20_261_127)
    better = statements(-1, 1.0)[1]
    seeming = 0
    for _ in range(200):
        found = [Difference(float(mean), 1.0, 40, 40) for mean in rng.normal(0, 1 / np.sqrt(40), 64)]
        best = sorted(range(64), key=lambda place: found[place].mean)[:8]
        among = count(better, found, [place in best for place in range(64)])
        assert (among.variants, among.seen) == (8, sum(found[place].mean < 0 for place in best))
        assert among.low <= count(better, found).low
        assert among.high == 8 - len(set(best) & rejected([better.opposite_doubt(one) for one in found]))
        seeming += count(better, [found[place] for place in best]).low > among.low
    assert seeming >= 10  # by the chosen alone more would be said, of what is pure noise
