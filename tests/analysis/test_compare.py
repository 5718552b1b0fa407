"""Contrasts and verdicts, against scipy, by hand, and as properties."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from tabletop.analysis.compare import compare
from tabletop.analysis.contrast import ContrastVerdict, contrast, further_replications, judge
from tabletop.analysis.interval import Interval, Method
from tabletop.analysis.mean_interval import t_quantile
from tabletop.analysis.outcomes import Column, Outcomes
from tabletop.errors import UnknownName
from tabletop.measures import MEASURES
from tabletop.scenario.scenario import Interest


def column(values, denominators=None):
    if denominators is None:
        return Column(tuple(map(float, values)), (1.0,) * len(values))
    return Column(tuple(map(float, values)), tuple(map(float, denominators)), is_ratio=True)


def contrasted(mine, theirs, *, direction=-1, delta=1.0, together=1, same_policy=False):
    return contrast(
        mine if isinstance(mine, Column) else column(mine),
        theirs if isinstance(theirs, Column) else column(theirs),
        measure="incidents",
        mix="mine",
        baseline="theirs",
        direction=direction,
        delta=delta,
        together=together,
        same_policy=same_policy,
    )


def drawn(n, *, shift=0.0, spread=1.0, seed=1):
    """Paired outcomes: worlds vary much, the difference has this shift and spread, and no skew."""
    generator = np.random.default_rng(seed)
    worlds, half = generator.normal(50, 10, n), generator.normal(0, spread, n // 2)
    noise = np.concatenate([half, -half, [0.0] * (n % 2)])
    return (worlds + shift + noise).tolist(), worlds.tolist()


@given(st.integers(2, 40), st.floats(-5, 5), st.integers(0, 1000), st.integers(1, 30))
def test_the_interval_is_that_of_a_paired_t_test_with_bonferroni(n, shift, seed, together):
    mine, theirs = drawn(n, shift=shift, seed=seed)
    found = contrasted(mine, theirs, together=together)
    expected = stats.ttest_rel(mine, theirs).confidence_interval(1 - 0.05 / together)
    assert (found.interval.low, found.interval.high) == pytest.approx((expected.low, expected.high))
    assert found.difference == pytest.approx(np.mean(mine) - np.mean(theirs))


def test_a_ratio_enters_through_its_pseudo_values():
    mine = column([3, 1, 5, 7] * 7, [10, 4, 9, 12] * 7)
    theirs = column([2, 2, 1, 3] * 7, [9, 5, 3, 11] * 7)
    expected = stats.ttest_rel(mine.values(), theirs.values()).confidence_interval(0.95)
    found = contrasted(mine, theirs)
    assert found.interval.method is Method.STUDENT
    assert found.difference == pytest.approx(16 / 35 - 8 / 28)
    assert (found.interval.low, found.interval.high) == pytest.approx((expected.low, expected.high))


@pytest.mark.parametrize(
    ("low", "high", "direction", "differing", "verdict"),
    [
        (-3.0, -2.0, -1, 50, ContrastVerdict.BETTER),
        (-3.0, -2.0, 1, 50, ContrastVerdict.WORSE),
        (-3.0, -2.0, 0, 50, ContrastVerdict.LOWER),
        (2.0, 3.0, -1, 50, ContrastVerdict.WORSE),
        (2.0, 3.0, 1, 50, ContrastVerdict.BETTER),
        (2.0, 3.0, 0, 50, ContrastVerdict.HIGHER),
        (0.2, 0.9, -1, 50, ContrastVerdict.SLIGHTLY_WORSE),
        (0.2, 0.9, 1, 50, ContrastVerdict.SLIGHTLY_BETTER),
        (0.2, 0.9, 0, 50, ContrastVerdict.SLIGHTLY_HIGHER),
        (-0.9, -0.2, 0, 50, ContrastVerdict.SLIGHTLY_LOWER),
        (0.2, 1.0, 1, 50, ContrastVerdict.BETTER),
        (-0.9, 0.9, 1, 50, ContrastVerdict.EQUIVALENT),
        (-0.9, 0.9, 1, 20, ContrastVerdict.EQUIVALENT),
        (-0.9, 0.9, 1, 19, ContrastVerdict.UNDECIDED),
        (-0.9, 1.0, 1, 50, ContrastVerdict.UNDECIDED),
        (0.0, 0.5, 1, 50, ContrastVerdict.EQUIVALENT),
        (2.0, 3.0, 1, 5, ContrastVerdict.BETTER),
    ],
)
def test_the_verdict_is_the_first_that_applies(low, high, direction, differing, verdict):
    assert judge(Interval(low, high, 0.95), 1.0, direction, differing) is verdict


bounds = st.tuples(st.floats(-5, 5), st.floats(-5, 5)).map(sorted)


@given(bounds, st.floats(0.01, 5), st.sampled_from([-1, 0, 1]), st.integers(1, 100))
def test_turning_difference_and_direction_round_changes_no_verdict(ends, delta, direction, differing):
    low, high = ends
    verdict = judge(Interval(low, high, 0.95), delta, direction, differing)
    mirrored = judge(Interval(-high, -low, 0.95), delta, -direction, differing)
    swap = {"higher": "lower", "lower": "higher"}
    word = verdict.value.split(",")[0]
    assert mirrored.value == verdict.value.replace(word, swap.get(word, word))


@given(bounds, st.floats(0.01, 5), st.integers(1, 100))
def test_turning_the_direction_round_swaps_better_and_worse(ends, delta, differing):
    interval = Interval(*ends, 0.95)
    verdict, other = (judge(interval, delta, direction, differing).value for direction in (1, -1))
    swap = {"better": "worse", "worse": "better"}
    word = verdict.split(",")[0]
    assert other == verdict.replace(word, swap.get(word, word))


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=60),
    st.sampled_from([0.5, 1.0, 3.0]),
    st.sampled_from([0.25, 8.0]),
    st.integers(1, 9),
)
def test_another_unit_changes_no_verdict(pairs, delta, unit, together):
    mine, theirs = zip(*pairs, strict=True)
    here = contrasted(mine, theirs, delta=delta, together=together)
    there = contrasted(
        [m * unit for m in mine], [t * unit for t in theirs], delta=delta * unit, together=together
    )
    assert (there.verdict, there.differing, there.more) == (here.verdict, here.differing, here.more)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=60),
    st.randoms(use_true_random=False),
)
def test_the_order_of_replications_decides_nothing(pairs, random):
    shuffled = random.sample(pairs, len(pairs))
    here, there = (contrasted(*zip(*p, strict=True), together=3) for p in (pairs, shuffled))
    assert here.verdict == there.verdict
    assert (here.interval is None) == (there.interval is None)


@given(st.floats(0.1, 100), st.floats(0.1, 10), st.integers(2, 200), st.integers(1, 200))
def test_so_many_more_replications_decide(deviation, delta, n, differing):
    assume(differing <= n)
    t = t_quantile(0.99, n)
    more = further_replications(t, deviation, delta, n, differing)
    then = n + more
    assert t * deviation / math.sqrt(then) <= delta / 2 * (1 + 1e-9)
    assert differing / n * then >= 20 * (1 - 1e-9)
    if more > 1:  # and no fewer would
        fewer = then - 1
        assert t * deviation / math.sqrt(fewer) > delta / 2 or differing / n * fewer < 20


def test_an_undecided_contrast_says_how_many_more_replications_it_needs():
    mine, theirs = drawn(30, spread=4.0, seed=3)
    found = contrasted(mine, theirs, delta=1.0)
    deviation = np.std(np.subtract(mine, theirs), ddof=1)
    needed = math.ceil((2 * stats.t.ppf(0.975, 29) * deviation) ** 2) - 30
    assert found.verdict is ContrastVerdict.UNDECIDED
    assert found.more == needed
    assert found.in_words() == f"undecided: about {needed:,} more replications"


def test_where_few_worlds_differ_that_is_said_and_equivalent_is_not():
    theirs = [5.0] * 100
    mine = [6.0, 4.0] * 5 + [5.0] * 90
    found = contrasted(mine, theirs, delta=1.0)
    assert found.interval.lies_within(1.0)
    assert found.verdict is ContrastVerdict.UNDECIDED
    assert found.more == 100  # 10 of 100 differ: 200 for 20
    assert found.in_words() == "undecided: about 100 more replications; only 10 of 100 worlds differ"
    twice = contrasted(mine * 2, theirs * 2, delta=1.0)
    assert twice.verdict is ContrastVerdict.EQUIVALENT
    assert not twice.few_worlds_differ


def test_where_no_world_differs_the_rule_of_three_is_told():
    found = contrasted([2.0] * 60, [2.0] * 60)
    assert found.verdict is ContrastVerdict.NO_DIFFERENCE_SEEN
    assert found.interval is None
    assert found.in_words() == "no difference seen in 60 worlds (95 %: at most 5.0 % of worlds differ)"
    seen_by_then = 1 - (1 - 3 / 60) ** 60
    assert seen_by_then == pytest.approx(0.95, abs=0.005)


def test_a_ratio_differs_where_its_parts_do():
    found = contrasted(column([1, 2], [2, 4]), column([1, 2], [4, 4]))  # numerators are the same
    assert found.differing == 1


def test_sums_of_the_same_costs_in_another_order_do_not_differ():
    one, other = 0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1
    assert one != other
    assert contrasted([one] * 30, [other] * 30).verdict is ContrastVerdict.NO_DIFFERENCE_SEEN


def test_the_same_difference_in_twenty_worlds_has_a_verdict_and_no_interval():
    found = contrasted([12.0] * 30, [10.0] * 30, direction=-1, delta=1.0)
    assert (found.difference, found.interval, found.verdict) == (2.0, None, ContrastVerdict.WORSE)
    assert found.in_words() == (
        "worse, by the same in all 30 worlds (95 %: at most 10 % of worlds differ otherwise)"
    )
    slight = contrasted([12.0] * 20, [11.5] * 20, direction=-1, delta=1.0)
    assert slight.verdict is ContrastVerdict.SLIGHTLY_WORSE
    unadjusted = contrasted([12.0] * 30, [10.0] * 30, together=None, delta=None)
    assert unadjusted.in_words().startswith("the same difference in all 30 worlds")


@pytest.mark.parametrize("n", [2, 6, 19])
def test_the_same_difference_in_fewer_worlds_has_neither_interval_nor_verdict(n):
    found = contrasted([12.0] * n, [10.0] * n)
    assert (found.interval, found.verdict) == (None, ContrastVerdict.TOO_LITTLE)
    assert found.in_words() == f"no verdict: the same difference everywhere, but only {n} worlds so far"


@pytest.mark.parametrize(
    ("worlds", "verdict", "said"),
    [
        (0, ContrastVerdict.MISSING, "missing: no case in 30 worlds with mine"),
        (1, ContrastVerdict.TOO_LITTLE, "no verdict: mine rests on 4 cases in 1 of 30 worlds"),
        (2, ContrastVerdict.WORSE, "mine rests on 9 cases in 2 of 30 worlds"),
        (19, ContrastVerdict.WORSE, "mine rests on 86 cases in 19 of 30 worlds"),
        (20, ContrastVerdict.WORSE, "worse"),
    ],
)
def test_a_ratio_says_on_how_few_worlds_it_rests_and_has_no_verdict_on_one(worlds, verdict, said):
    cases = [(4, 5)[i % 2] if i < worlds else 0 for i in range(30)]
    mine = column(cases, [c + (i == 5) for i, c in enumerate(cases)] if worlds > 5 else cases)
    theirs = column([0, 1] * 15, [5, 6] * 15)
    found = contrast(
        mine,
        theirs,
        measure="false_case_share",
        mix="mine",
        baseline="theirs",
        direction=-1,
        delta=0.1,
        together=1,
    )
    assert found.verdict is verdict
    assert said in found.in_words()
    assert ("rests on" in found.in_words()) == (0 < worlds < 20)
    assert (found.scarce is not None) == (worlds < 20)
    assert (found.interval is None) == (worlds < 2)


@given(
    st.lists(st.tuples(*[st.integers(0, 5)] * 4), min_size=2, max_size=40),
    st.booleans(),
    st.sampled_from([1, 6]),
)
def test_no_interval_has_no_width(worlds, is_ratio, together):
    n, d, m, e = zip(*worlds, strict=True)
    found = contrasted(
        column(n, d if is_ratio else None), column(m, e if is_ratio else None), together=together
    )
    if found.interval is not None:
        assert found.interval.low < found.difference < found.interval.high
    elif found.verdict not in (ContrastVerdict.MISSING, ContrastVerdict.TOO_LITTLE):
        assert found.verdict is ContrastVerdict.NO_DIFFERENCE_SEEN or found.is_equal


def test_a_skewed_difference_reaches_further_on_its_long_side_and_is_flagged():
    worlds = np.random.default_rng(2).normal(50, 10, 60)
    rare = np.random.default_rng(3).lognormal(0, 1, 60)
    found = contrasted((worlds + rare).tolist(), worlds.tolist())
    students = stats.ttest_rel(worlds + rare, worlds).confidence_interval(0.95)
    assert found.interval.method is Method.SKEWED
    assert found.interval.low == pytest.approx(students.low)
    assert found.interval.high > students.high + 0.1 * (students.high - students.low)
    assert found.is_skewed
    assert found.in_words().endswith("; skewed")


def test_outcomes_that_are_skewed_flag_a_difference_that_does_not_show_it():
    worlds = np.random.default_rng(3).lognormal(0, 1, 60)
    for spread, is_flagged in ((1.0, True), (0.01, False)):  # common luck cancels the tail of the second
        even = spread * np.tile([1.0, -1.0], 30)
        found = contrasted((worlds + even).tolist(), worlds.tolist())
        assert found.interval.method is Method.STUDENT
        assert found.is_skewed == is_flagged


def test_two_mixes_of_the_same_settings_are_the_same_policy():
    found = contrasted([1.0, 2.0], [1.0, 2.0], same_policy=True)
    assert (found.in_words(), found.difference, found.interval) == ("same policy", 0.0, None)


def test_one_replication_gives_a_difference_and_no_verdict():
    for mine, difference in (([3.0], 1.0), ([2.0], 0.0)):
        found = contrasted(mine, [2.0])
        assert (found.verdict, found.difference, found.interval) == (
            ContrastVerdict.ONE_REPLICATION,
            difference,
            None,
        )


def test_a_ratio_that_is_missing_in_either_mix_has_no_contrast():
    nothing, something = column([0, 0], [0, 0]), column([1, 2], [2, 2])
    for pair in ((nothing, something), (something, nothing), (nothing, nothing)):
        found = contrasted(*pair)
        assert (found.verdict, found.difference, found.interval) == (ContrastVerdict.MISSING, None, None)


def test_the_interval_of_another_measure_is_unadjusted_and_says_so():
    mine, theirs = drawn(30, shift=9, seed=2)
    found = contrasted(mine, theirs, together=None, delta=None)
    assert found.interval.confidence == 0.95
    assert found.verdict is ContrastVerdict.UNADJUSTED
    assert found.in_words() == "interval not adjusted for the number of comparisons"


def table(n=25, mixes=("base", "one", "two")):
    """Outcomes of three measures, in which each mix has its own shift."""
    generator = np.random.default_rng(5)
    worlds = generator.normal(50, 10, n)
    columns = {}
    for i, mix in enumerate(mixes):
        columns[mix] = {
            name: column(worlds + generator.normal(i, 1, n)) for name in ("incidents", "harm", "trust_mean")
        }
    return Outcomes(tuple(range(n)), columns)


def test_bonferroni_counts_the_mixes_compared_times_the_primary_measures():
    interests = {
        "incidents": Interest(delta=1.0),
        "harm": Interest(delta=1.0, primary=False),
        "trust_mean": Interest(delta=0.1),
    }
    compared = compare(table(), baseline="base", interests=interests)
    assert compared.intervals_together == 4
    assert compared.primary == ("incidents", "trust_mean")
    assert compared.contrast("incidents", "one").interval.confidence == pytest.approx(1 - 0.05 / 4)
    assert compared.contrast("harm", "one").interval.confidence == 0.95
    assert not compared.contrast("harm", "one").primary


def test_a_contrast_of_an_unknown_measure_or_mix_says_what_there_is():
    compared = compare(table(), baseline="base", interests={"incidents": Interest(delta=1.0)})
    with pytest.raises(UnknownName, match=r"'incident': no such measure .*did you mean 'incidents'"):
        compared.contrast("incident", "one")
    with pytest.raises(UnknownName, match=r"'too': no such .*did you mean 'two'.*there are: one, two"):
        compared.contrast("incidents", "too")
    with pytest.raises(UnknownName, match="'base': no such policy mix compared with base"):
        compared.contrast("incidents", "base")


def test_a_sentence_names_a_difference_that_is_the_same_everywhere_and_none_that_few_worlds_show():
    for n, ends in ((20, "differ otherwise); paired difference +2."), (19, "only 19 worlds so far.")):
        columns = {"base": {"incidents": column([3.0] * n)}, "one": {"incidents": column([5.0] * n)}}
        compared = compare(
            Outcomes(tuple(range(n)), columns), baseline="base", interests={"incidents": Interest(delta=1.0)}
        )
        assert compared.sentences()[0].endswith(ends)


def test_two_worlds_without_a_difference_bound_nothing():
    assert contrasted([1.0, 2.0], [1.0, 2.0]).in_words() == "no difference seen in 2 worlds, too few to tell"
    assert "at most 75 % of worlds differ" in contrasted([1.0] * 4, [1.0] * 4).in_words()


def test_comparing_the_other_way_round_mirrors_every_contrast():
    interests = {"incidents": Interest(delta=0.5)}
    outcomes = table(mixes=("base", "one"))
    forth = compare(outcomes, baseline="base", interests=interests).contrast("incidents", "one")
    back = compare(outcomes, baseline="one", interests=interests).contrast("incidents", "base")
    assert back.difference == pytest.approx(-forth.difference)
    assert back.interval.low == pytest.approx(-forth.interval.high)
    assert {forth.verdict, back.verdict} == {ContrastVerdict.WORSE, ContrastVerdict.BETTER}


def test_a_sentence_has_measure_mixes_verdict_and_interval():
    outcomes = table(mixes=("base", "one"))
    compared = compare(outcomes, baseline="base", interests={"incidents": Interest(delta=0.1)})
    found = compared.contrast("incidents", "one").interval
    (sentence,) = compared.sentences()
    assert sentence.startswith(f"{MEASURES['incidents'].title}, one against base: worse; paired difference +")
    assert f"({found.low:+.3g} to {found.high:+.3g})" in sentence
    assert str(compared) == sentence


def test_a_comparison_without_others_has_estimates_and_no_contrast():
    compared = compare(table(mixes=("base",)), baseline="base", interests={"incidents": Interest(delta=1.0)})
    assert compared.contrasts == ()
    assert set(compared.estimates["harm"]) == {"base"}


def test_simultaneous_intervals_hold_all_true_differences_as_often_as_they_say():
    generator = np.random.default_rng(11)
    truth = {"one": 0.0, "two": 1.0, "three": -2.0}
    spreads = {"one": 0.1, "two": 1.0, "three": 10.0}
    held, experiments, n = 0, 400, 12
    for _ in range(experiments):
        worlds = generator.normal(50, 10, n)
        columns = {"base": {"incidents": column(worlds)}}
        for mix, shift in truth.items():
            columns[mix] = {"incidents": column(worlds + generator.normal(shift, spreads[mix], n))}
        compared = compare(
            Outcomes(tuple(range(n)), columns), baseline="base", interests={"incidents": Interest(delta=1.0)}
        )
        intervals = {c.mix: c.interval for c in compared.contrasts}
        held += all(intervals[mix].low <= shift <= intervals[mix].high for mix, shift in truth.items())
    assert stats.binomtest(held, experiments).proportion_ci(0.99, method="exact").high > 0.95
    assert held < experiments  # intervals that always hold would be too wide
