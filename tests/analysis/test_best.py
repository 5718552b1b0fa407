"""The best mixes, by hand, against scipy, and as properties."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tabletop.analysis.best import best, best_mixes, in_every_set
from tabletop.analysis.mcb import bounds_from_best, candidates
from tabletop.analysis.outcomes import Column, Outcomes
from tabletop.scenario.scenario import Interest


def counts(values):
    return Column(tuple(map(float, values)), (1.0,) * len(values))


def ratio(numerators, denominators):
    return Column(tuple(map(float, numerators)), tuple(map(float, denominators)), is_ratio=True)


def table(**mixes):
    columns = {mix: c if isinstance(c, Column) else counts(c) for mix, c in mixes.items()}
    n = len(next(iter(columns.values())))
    return Outcomes(tuple(range(n)), {mix: {"incidents": c} for mix, c in columns.items()})


def judged(*, direction=-1, delta=1.0, **mixes):
    return best(table(**mixes), "incidents", direction=direction, delta=delta)


def noise(n, spread, seed):
    return np.random.default_rng(seed).normal(0, spread, n)


def test_two_candidates_have_the_ends_of_the_one_sided_paired_t_test():
    a, b = noise(25, 1, 1) + 0.1, noise(25, 3, 2)
    upper = stats.ttest_rel(a, b, alternative="less").confidence_interval(0.95).high
    lower = stats.ttest_rel(a, b, alternative="greater").confidence_interval(0.95).low
    first, second = bounds_from_best([a.tolist(), b.tolist()])
    assert (first.low, first.high) == pytest.approx((min(0, lower), max(0, upper)))
    assert (second.low, second.high) == pytest.approx((min(0, -upper), max(0, -lower)))


def test_three_candidates_are_those_worked_out_by_hand():
    # Differences a−b: 2, 4; a−c: 1, 1; b−c: −1, −3. With n = 2 and α/(k−1) = 0.025, t = 12.7062, so
    # that w_ab = w_bc = 12.7062·√2/√2 and w_ac = 0.
    a, b, c = bounds_from_best([[2.0, 4.0], [0.0, 0.0], [1.0, 3.0]])
    t = 12.7062
    assert (a.high, b.high, c.high) == pytest.approx((1.0, t - 3, 0.0), abs=1e-4)
    assert (a.low, b.low, c.low) == pytest.approx((3 - t, -3 - t, 2 - t), abs=1e-4)  # c against b, not a
    assert (a.among_best, b.among_best, c.among_best) == (True, True, False)


columns = st.integers(2, 5).flatmap(
    lambda k: st.lists(
        st.lists(st.integers(-20, 20).map(float), min_size=k, max_size=k), min_size=2, max_size=12
    )
)


@given(columns, st.lists(st.integers(-1000, 1000).map(float), min_size=12, max_size=12))
def test_what_happens_to_all_candidates_of_a_world_decides_nothing(worlds, luck):
    here = {str(i): list(column) for i, column in enumerate(zip(*worlds, strict=True))}
    there = {name: [v + w for v, w in zip(column, luck, strict=False)] for name, column in here.items()}
    assert candidates(there) == candidates(here)  # whole numbers have exact differences


@given(columns)
def test_whoever_does_best_on_average_is_always_among_the_best(worlds):
    values = {str(i): list(column) for i, column in enumerate(zip(*worlds, strict=True))}
    found = candidates(values)
    leader = max(values, key=lambda name: math.fsum(values[name]))
    assert next(b for group, b in found.items() if leader in group).among_best
    for bounds in found.values():
        assert bounds.low <= 0 <= bounds.high
    leading = [bounds for bounds in found.values() if bounds.among_best]
    assert len(leading) > 1 or leading[0].low == 0


@given(columns, st.floats(0.6, 0.9))
def test_more_confidence_never_shortens_the_set(worlds, confidence):
    values = {str(i): list(column) for i, column in enumerate(zip(*worlds, strict=True))}
    less, more = candidates(values, confidence=confidence), candidates(values, confidence=0.95)
    assert {g for g, b in less.items() if b.among_best} <= {g for g, b in more.items() if b.among_best}


def test_less_is_better_where_the_measure_says_so():
    low, high = [1.0, 2.0, 1.5] * 10, [9.0, 9.5, 8.0] * 10
    assert judged(low=low, high=high, direction=-1).among == ("low",)
    assert judged(low=low, high=high, direction=1).among == ("high",)
    assert judged(low=low, high=high, direction=-1).in_words() == "best: low"


def test_unequal_variances_keep_a_wild_candidate_in_and_a_steady_one_out():
    worlds = noise(30, 10, 1)
    found = judged(base=worlds, steady=worlds + 0.5 + noise(30, 0.05, 2), wild=worlds + 0.5 + noise(30, 5, 3))
    assert found.among == ("base", "wild")


def test_mixes_that_came_to_the_same_in_every_world_are_one_candidate():
    same = [3.0, 4.0, 2.0] * 10
    found = judged(base=same, twin=same, worse=[v + 2 + i % 2 for i, v in enumerate(same)])
    assert [c.mixes for c in found.candidates] == [("base", "twin"), ("worse",)]
    assert found.in_words() == "best: base, twin, the same in all 30 worlds"
    assert found.as_good_within_delta == ("base", "twin")


def test_a_candidate_alone_is_the_best_there_is():
    found = judged(base=[1.0, 2.0], twin=[1.0, 2.0])
    assert found.among == ("base", "twin")
    assert found.candidates[0].bounds.low == 0
    assert found.in_words() == "no difference seen between base, twin in 2 worlds"
    assert judged(base=[1.0, 2.0]).in_words() == "base is compared with no other"


def test_a_ratio_whose_parts_are_all_doubled_comes_to_the_same():
    found = judged(base=ratio([1, 2, 4], [3, 5, 7]), doubled=ratio([2, 4, 8], [6, 10, 14]))
    assert len(found.candidates) == 1


def test_a_ratio_enters_through_its_pseudo_values():
    a, b = ratio([3, 1, 0, 7], [10, 4, 0, 12]), ratio([2, 2, 1, 3], [9, 5, 3, 11])
    upper = stats.ttest_rel(b.values(), a.values(), alternative="less").confidence_interval(0.95).high
    assert judged(a=a, b=b).candidates[0].bounds.high == pytest.approx(upper)


def test_a_difference_without_variance_is_certain():
    found = judged(base=[1.0] * 30, more=[1.5] * 30, delta=1.0)
    assert found.among == ("base",)
    assert [c.bounds.low for c in found.candidates] == [0.0, -0.5]
    assert found.as_good_within_delta == ("base", "more")


def test_one_replication_tells_nothing_apart():
    found = judged(base=[1.0], more=[2.0])
    assert found.among == ("base", "more")
    assert found.as_good_within_delta == ()
    assert found.in_words() == "one replication: nothing can be told apart"


def test_a_mix_in_which_the_measure_is_missing_is_compared_with_nobody():
    none = ratio([0, 0, 0], [0, 0, 0])
    found = judged(base=ratio([1, 2, 3], [4, 4, 4]), other=ratio([4, 3, 4], [4, 4, 4]), none=none)
    assert found.missing == ("none",)
    assert found.in_words().endswith("; missing: none")
    assert "none" not in found.among
    assert judged(none=none).in_words() == "nothing to average; missing: none"


def test_a_measure_without_preferred_direction_has_no_best():
    found = judged(base=[1.0, 2.0], more=[2.0, 4.0], direction=0)
    assert (found.among, found.candidates) == ((), ())
    assert found.in_words() == "neither more nor less is better: there is no best"


def test_where_few_worlds_differ_it_is_said_and_nobody_is_called_as_good():
    base = [5.0] * 100
    rare = [6.0, 4.0] * 5 + [5.0] * 90
    found = judged(base=base, rare=rare, delta=1.0)
    assert all(c.bounds.low > -1 for c in found.candidates)
    assert found.as_good_within_delta == ()
    assert found.in_words() == "among the best: base, rare; few worlds differ (10 of 100)"
    often = judged(base=base * 2, rare=rare * 2, delta=1.0)
    assert often.as_good_within_delta == ("base", "rare")
    assert often.in_words() == "among the best: base, rare; as good as the best within 1: base, rare"


def test_the_mixes_in_every_set_are_named_in_their_order():
    n = 30
    worlds = noise(n, 5, 4)
    outcomes = Outcomes(
        tuple(range(n)),
        {
            mix: {
                "incidents": counts(worlds + i),
                "harm": counts(worlds + h),
                "attempts_foiled": counts(worlds),
            }
            for mix, (i, h) in {"base": (0, 0), "bad": (9, 9), "split": (9, 0)}.items()
        },
    )
    interests = {
        "incidents": Interest(delta=1.0),
        "harm": Interest(delta=1.0),
        "attempts_foiled": Interest(delta=1.0),  # neither more nor less is better
    }
    found = best_mixes(outcomes, interests)
    assert [one.among for one in found] == [("base",), ("base", "split"), ()]
    assert in_every_set(found) == ("base",)
    assert in_every_set(()) == ()
    assert best_mixes(outcomes, {"harm": Interest(delta=1.0, primary=False)}) == ()


def test_the_set_keeps_the_true_best_as_often_as_it_says_in_the_hardest_case():
    # All means equal, spreads very unequal: the wildest must stay in 95 % of the time.
    generator = np.random.default_rng(17)
    kept, experiments, n = 0, 1000, 10
    for _ in range(experiments):
        drawn = generator.normal(size=(4, n)) * np.array([[0.1], [0.5], [2.0], [10.0]])
        kept += bounds_from_best(drawn.tolist())[3].among_best
    proportion = stats.binomtest(kept, experiments).proportion_ci(0.99, method="exact")
    assert proportion.high > 0.95
    assert kept < experiments
