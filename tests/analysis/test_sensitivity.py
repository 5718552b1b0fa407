"""What a unit spent on each lever buys, by hand, against scipy, and in its ranking."""

import numpy as np
import pytest
from scipy import stats

from tabletop.analysis.outcomes import Column
from tabletop.analysis.sensitivity import StepOutcome, sensitivity


def counts(values):
    return Column(tuple(map(float, values)), (1.0,) * len(values))


def worlds(n=60, seed=1):
    return np.random.default_rng(seed).normal(50, 10, n)


def step(lever, spent, effect, *, spread=1.0, seed=2, n=60):
    """A lever that changes the outcome by so much on average."""
    return StepOutcome(
        lever, spent, counts(worlds(n) + np.random.default_rng(seed).normal(effect, spread, n))
    )


def ranked(*steps, direction=-1, n=60):
    return sensitivity(counts(worlds(n)), steps, measure="incidents", direction=direction)


def test_an_effect_is_the_paired_difference_per_unit_with_bonferroni_over_all_steps():
    up, down = step("teams", 2.0, -3.0), step("teams", -1.0, 1.5, seed=3)
    found = ranked(up, down)
    for effect, one in ((found.ups[0], up), (found.downs[0], down)):
        per_unit = np.subtract(one.outcome.numerators, worlds()) / one.spent
        expected = stats.ttest_1samp(per_unit, 0).confidence_interval(1 - 0.05 / 2)
        assert effect.per_unit == pytest.approx(per_unit.mean())
        assert (effect.interval.low, effect.interval.high) == pytest.approx((expected.low, expected.high))


def test_a_unit_more_and_a_unit_less_of_a_straight_lever_read_alike():
    luck = worlds()
    found = ranked(
        StepOutcome("teams", 2.0, counts(luck - 3)), StepOutcome("teams", -1.0, counts(luck + 1.5))
    )
    assert found.ups[0].per_unit == pytest.approx(-1.5)
    assert found.downs[0].per_unit == pytest.approx(-1.5)


def test_levers_are_ranked_by_what_a_unit_buys_not_by_what_a_step_does():
    dear, cheap = step("dear", 10.0, -20.0), step("cheap", 1.0, -5.0, seed=3)
    assert [e.lever for e in ranked(dear, cheap).ups] == ["cheap", "dear"]
    assert [e.lever for e in ranked(dear, cheap, direction=1).ups] == ["dear", "cheap"]


def test_one_lever_that_is_better_than_all_others_is_named():
    found = ranked(step("a", 1.0, -5.0), step("b", 1.0, -1.0, seed=3), step("c", 1.0, 2.0, seed=4))
    assert (found.best, found.among_best) == ("a", ("a",))
    assert found.in_words() == "the next unit is best spent on a"


def test_levers_that_cannot_be_told_apart_are_named_together():
    found = ranked(step("a", 1.0, -5.0), step("b", 1.0, -5.05, seed=3), step("c", 1.0, 2.0, seed=4))
    assert found.best is None
    assert found.in_words() == "nothing can be told apart yet between a, b"


@pytest.mark.parametrize(
    ("apart", "said"), [(19, "a leads; only 19 of 60 worlds differ"), (20, "the next unit")]
)
def test_nothing_is_recommended_where_few_worlds_tell_a_lever_from_the_next(apart, said):
    luck = worlds()
    better = np.where(np.arange(60) < apart, 1.0 + np.arange(60) % 3, 0.0)
    first, second = step("a", 1.0, -5.0), step("b", 1.0, -5.0)
    first = StepOutcome("a", 1.0, counts(np.array(first.outcome.numerators) - better))
    found = sensitivity(counts(luck), (first, second), measure="incidents", direction=-1)
    assert found.best == "a"
    assert all(effect.differing == 60 for effect in found.ups)
    assert found.in_words().startswith(said)


def test_the_best_of_levers_that_do_harm_is_not_said_to_help():
    found = ranked(step("a", 1.0, 1.0), step("b", 1.0, 9.0, seed=3))
    assert found.in_words() == "the next unit is best spent on a, though it is not shown to help"


def test_steps_down_are_no_candidates_for_the_next_unit():
    found = ranked(step("a", 1.0, -1.0), step("b", 1.0, -1.0, seed=3), step("c", -1.0, 90.0, seed=4))
    assert set(found.among_best) == {"a", "b"}
    assert [e.lever for e in found.downs] == ["c"]


def test_levers_that_change_nothing_are_one_candidate_and_none_is_best():
    luck = counts(worlds())
    found = ranked(StepOutcome("a", 1.0, luck), StepOutcome("b", 3.0, luck))
    assert found.in_words() == "nothing can be told apart yet between a, b"
    assert [(e.per_unit, e.interval, e.differing) for e in found.ups] == [(0.0, None, 0)] * 2


def test_few_worlds_are_said():
    luck = worlds()
    few = luck.copy()
    few[:5] -= 3
    found = ranked(StepOutcome("a", 1.0, counts(luck - 4)), StepOutcome("b", 1.0, counts(few)))
    assert [e.few_worlds_differ for e in found.ups] == [False, True]
    alone = ranked(StepOutcome("b", 1.0, counts(few)), step("c", 1.0, 9.0))
    assert alone.in_words() == "b leads; only 5 of 60 worlds differ"
    assert "best spent" not in alone.in_words()  # nothing is recommended on few worlds


def test_the_same_effect_in_few_worlds_has_no_interval_and_leads_nobody():
    luck = worlds(6)
    found = ranked(StepOutcome("a", 1.0, counts(luck - 5)), StepOutcome("b", 1.0, counts(luck - 1)), n=6)
    assert [(e.lever, e.interval) for e in found.ups] == [("a", None), ("b", None)]
    assert found.in_words() == "nothing can be told apart yet between a, b"
    assert found.ups[0].cautions == ("only 6 worlds so far",)
    assert not found.ups[0].helps(-1)


def test_the_same_effect_in_many_worlds_helps():
    luck = np.arange(60.0)
    steps = [StepOutcome("a", 1.0, counts(luck - 5)), StepOutcome("b", 1.0, counts(luck - 1))]
    found = sensitivity(counts(luck), steps, measure="incidents", direction=-1)
    assert (found.ups[0].interval, found.ups[0].is_equal) == (None, True)
    assert found.in_words() == "the next unit is best spent on a"


def test_a_ratio_of_few_worlds_is_recommended_to_nobody():
    def ratio(share):
        return Column(
            tuple(share + 0.01 * i for i in range(5)) + (0.0,) * 25, (1.0,) * 5 + (0.0,) * 25, is_ratio=True
        )

    steps = [StepOutcome("a", 1.0, ratio(0.9)), StepOutcome("b", 1.0, ratio(0.5))]
    found = sensitivity(ratio(0.1), steps, measure="disruption_share", direction=1)
    assert found.ups[0].rests_on == "rests on 5 attempts in 5 of 30 worlds"
    assert "best spent" not in found.in_words()


def test_what_cannot_be_ranked_is_said():
    one = step("a", 1.0, -1.0)
    assert ranked(one).in_words() == "a is the only lever that money can move here"
    assert ranked().in_words() == "there is no lever that money can move here"
    assert ranked(one, direction=0).in_words() == "neither more nor less is better: nothing is best bought"
    single = ranked(step("a", 1.0, -5.0, n=1), step("b", 1.0, 5.0, n=1), n=1)
    assert single.in_words() == "nothing can be told apart yet between a, b"
    assert single.ups[0].interval is None


def test_a_missing_ratio_has_no_effect_and_comes_last():
    def ratio(numerator, denominator):
        return Column((numerator,) * 3, (denominator,) * 3, is_ratio=True)

    steps = [StepOutcome("none", 1.0, ratio(0.0, 0.0)), StepOutcome("some", 1.0, ratio(2.0, 4.0))]
    found = sensitivity(ratio(1.0, 4.0), steps, measure="disruption_share", direction=1)
    assert [(e.lever, e.per_unit) for e in found.ups] == [("some", 0.25), ("none", None)]
    assert found.in_words() == "some is the only lever that money can move here"
