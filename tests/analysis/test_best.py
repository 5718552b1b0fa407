"""The best mixes, by hand, against scipy, and as properties."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tabletop.analysis.best import best, best_mixes
from tabletop.analysis.best_overall import BestOverall
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
    # Twenty replications. Differences a−b: 2 or 4, each ten times; a−c: 1 in all; b−c: −1 or −3. With
    # α/(k−1) = 0.025, t = 2.093024, so that w_ab = w_bc = 2.093024·√(20/19)/√20, and a−c is 1.
    a, b, c = bounds_from_best([[2.0, 4.0] * 10, [0.0, 0.0] * 10, [1.0, 3.0] * 10])
    w = 2.093024 / math.sqrt(19)
    assert (a.nearest, b.nearest, c.nearest) == pytest.approx((1.0, -3 + w, -1.0), abs=1e-6)
    assert (a.high, b.high, c.high) == pytest.approx((1.0, 0.0, 0.0))
    assert (a.low, b.low, c.low) == pytest.approx((0.0, -3 - w, -1.0), abs=1e-6)
    assert (a.among_best, b.among_best, c.among_best) == (True, False, False)


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
    n = 24
    cases = np.random.default_rng(7).integers(3, 12, (2, n))
    a, b = (ratio(np.arange(n) % 3, one) for one in cases)
    upper = stats.ttest_rel(b.values(), a.values(), alternative="less").confidence_interval(0.95).high
    assert judged(a=a, b=b).candidates[0].bounds.high == pytest.approx(upper)


def test_the_same_difference_in_twenty_worlds_tells_apart_and_in_fewer_does_not():
    few = judged(base=[1.0] * 19, more=[1.5] * 19, delta=1.0)
    assert few.among == ("base", "more")
    assert few.in_words() == "nothing tells base, more apart; only 19 worlds so far"
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
    assert found.in_words() == "nothing tells base, rare apart; only 10 of 100 worlds differ"
    often = judged(base=base * 2, rare=rare * 2, delta=1.0)
    assert often.as_good_within_delta == ("base", "rare")
    assert often.in_words() == "nothing tells base, rare apart; as good as the best within 1: base, rare"


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
    assert BestOverall.of(found).mixes == ("base",)
    assert BestOverall.of(found).in_words() == "Among the best in every primary measure: base."
    assert BestOverall.of(()).in_words() == ""
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


def test_a_lone_best_is_named_with_those_as_good_within_delta():
    worlds = noise(40, 5, 1)
    close, far = worlds + 0.3 + noise(40, 0.2, 2), worlds + 3 + noise(40, 0.2, 3)
    found = judged(base=worlds, close=close, far=far, delta=1.0)
    assert found.among == ("base",)
    assert found.in_words() == "best: base; as good within 1: close"
    assert judged(base=worlds, close=close, far=far, delta=0.1).in_words() == "best: base"


def test_what_is_not_shown_to_be_delta_behind_is_named_as_perhaps_within_it():
    worlds = noise(40, 5, 1)
    behind = judged(base=worlds, close=worlds + 1.2 + noise(40, 2, 5), delta=1.0)
    assert behind.as_good_within_delta == ("base",)
    assert behind.in_words() == "best: base; perhaps within 1 of it: close"
    assert judged(base=worlds, close=worlds + 3 + noise(40, 2, 5), delta=1.0).in_words() == "best: base"


def test_nothing_stronger_than_leads_is_said_while_few_worlds_differ():
    worlds = noise(60, 5, 1)
    better = worlds.copy()
    better[:19] -= 5 + np.arange(19) % 3
    found = judged(base=worlds, better=better)
    assert found.among == ("better",)
    assert found.in_words() == "leads: better; only 19 of 60 worlds differ"
    better[19] -= 5
    assert judged(base=worlds, better=better).in_words().startswith("best: better")
    two = judged(base=[0.61, 0.55], craft=[0.62, 0.54], neighbours=[0.71, 0.64], direction=1, delta=0.01)
    assert "best" not in two.in_words()
    assert two.in_words().endswith("only 2 worlds so far")


def test_what_the_comparison_leaves_undecided_is_not_called_the_best():
    worlds = noise(30, 5, 1)
    better = worlds - 0.5 + np.tile([1.2, -1.2], 15)
    alone = judged(base=worlds, better=better, delta=0.1)
    assert alone.among == ("better",)
    beside = best(table(base=worlds, better=better), "incidents", direction=-1, delta=0.1, together=20)
    assert beside.among == ("better",)
    assert beside.in_words().startswith(
        "leads: better; undecided, when all comparisons are to hold together, against base"
    )


def test_few_worlds_among_the_losers_take_nothing_from_the_best():
    worlds = noise(40, 5, 1)
    worse = worlds + 5 + noise(40, 1, 2)
    twin = worse.copy()
    twin[:3] += 1
    assert judged(base=worlds, worse=worse, twin=twin, delta=0.5).in_words() == "best: base"


def test_a_ratio_that_rests_on_one_world_is_compared_with_nobody():
    full = ratio([1, 2, 3] * 10, [4, 5, 6] * 10)
    one, two = (ratio([5] * k + [0] * (30 - k), [5, 6][:k] + [0] * (30 - k)) for k in (1, 2))
    found = judged(base=full, other=ratio([3, 1, 2] * 10, [4, 6, 6] * 10), one=one)
    assert (found.missing, found.scarce) == ((), ("one",))
    assert found.in_words().endswith("; of one world alone: one")
    found = judged(base=full, two=two)
    assert found.lacking == ()
    assert found.few_worlds_differ
    assert "two rests on 2 of 30 worlds" in found.in_words()


def overall(**measures):
    """The sets of some measures, each a mapping of mixes to columns."""
    return BestOverall.of(
        [
            best(
                Outcomes(tuple(range(len(next(iter(of.values()))))), {m: {name: c} for m, c in of.items()}),
                name,
                direction=-1,
                delta=1.0,
            )
            for name, of in measures.items()
        ]
    )


def test_measures_that_are_missing_somewhere_are_left_out_of_the_best_in_every_measure():
    worlds = noise(30, 5, 4)
    clear = {"a": counts(worlds), "b": counts(worlds + 5 + noise(30, 1, 5))}
    nobody = ratio([0] * 30, [0] * 30)
    waits = {"a": nobody, "b": ratio([1, 2] * 15, [1, 1] * 15)}
    found = overall(incidents=clear, harm=clear, days_to_verdict=waits)
    assert found.mixes == ("a",)
    assert found.in_words() == (
        "Among the best in every primary measure: a. Left out: Days to verdict (too little data with a)."
    )


def test_where_nothing_tells_the_mixes_apart_that_is_said():
    same = {"a": counts([1.0, 2.0] * 15), "b": counts([1.0, 2.0] * 15)}
    found = overall(incidents=same, harm=same)
    assert found.mixes == ()
    assert found.in_words() == "Nothing tells the mixes apart in any primary measure."


def test_the_best_in_every_measure_leads_no_more_than_that_while_few_worlds_differ():
    worlds = noise(10, 5, 4)
    mixes = {"a": counts(worlds), "b": counts(worlds + 5 + noise(10, 1, 5))}
    found = overall(incidents=mixes, harm=mixes)
    assert found.in_words() == "Leads so far in every primary measure: a."


def test_a_lead_in_every_measure_names_those_that_tell_the_mixes_apart_if_others_do_not():
    worlds = noise(30, 5, 4)
    apart = {"a": counts(worlds), "b": counts(worlds + 5 + noise(30, 1, 5))}
    level = {"a": counts(worlds), "b": counts(worlds + noise(30, 1, 6))}
    found = overall(incidents=apart, harm=level)
    assert [one.measure for one in found.telling] == ["incidents"]
    assert (
        found.in_words() == "Among the best in every primary measure that tells mixes apart (Incidents): a."
    )


def test_of_one_mix_alone_nothing_is_said_about_telling_mixes_apart():
    alone = {"a": counts([1.0, 2.0] * 15)}
    assert overall(incidents=alone, harm=alone).in_words() == ""


def test_what_matters_of_a_share_is_said_in_points_as_its_differences_are():
    worlds = noise(30, 1, 4)
    columns = {"a": counts(worlds), "b": counts(worlds + noise(30, 0.001, 5))}
    found = best(
        Outcomes(tuple(range(30)), {mix: {"trust_mean": one} for mix, one in columns.items()}),
        "trust_mean",
        direction=1,
        delta=0.01,
    )
    assert "within 1 point" in found.in_words()
    assert "0.01" not in found.in_words()
