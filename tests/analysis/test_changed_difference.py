"""Changes between experiments, against SciPy's t tests and under truths that are known."""

from random import Random

import pytest
from scipy import stats

from tabletop.analysis.changed_difference import changed_difference
from tabletop.analysis.contrast import ContrastVerdict
from tabletop.analysis.interval import Method
from tabletop.analysis.outcomes import Column

CONTRAST = {"mix": 1.0, "usual": -1.0}


def column(numbers):
    return Column(tuple(numbers), (1.0,) * len(numbers))


def side(luck, n, effect, spread=1.0):
    """A baseline and a mix that share most of their luck."""
    usual = [luck.gauss(10, 3) for _ in range(n)]
    return {"usual": column(usual), "mix": column([u + luck.gauss(effect, spread) for u in usual])}


def changed(first, second, *, is_paired, confidence=0.95, delta=0.5):
    return changed_difference(
        first, second, CONTRAST,
        measure="incidents", mix="mix", delta=delta, is_paired=is_paired, confidence=confidence,
    )  # fmt: skip


def differences(of):
    return [a - b for a, b in zip(of["mix"].numerators, of["usual"].numerators, strict=True)]


def test_under_the_same_luck_it_is_the_paired_t_interval_of_scipy():
    luck = Random("paired")
    first, second = side(luck, 50, -1.0), side(luck, 50, -2.0)
    found = changed(first, second, is_paired=True, confidence=0.99)
    theirs = stats.ttest_rel(differences(second), differences(first)).confidence_interval(0.99)
    assert (found.interval.low, found.interval.high) == pytest.approx((theirs.low, theirs.high), rel=1e-9)
    other = stats.ttest_ind(differences(second), differences(first)).confidence_interval(0.99)
    assert (found.interval.low, found.interval.high) != pytest.approx((other.low, other.high), rel=1e-4)


def test_under_other_luck_it_is_welchs_interval_of_scipy():
    luck = Random("welch")
    first, second = side(luck, 30, -1.0), side(luck, 80, -1.2, spread=4.0)
    found = changed(first, second, is_paired=False, confidence=0.9)
    theirs = stats.ttest_ind(differences(second), differences(first), equal_var=False).confidence_interval(
        0.9
    )
    assert (found.interval.low, found.interval.high) == pytest.approx((theirs.low, theirs.high), rel=1e-9)
    assert found.interval.method is Method.WELCH
    pooled = stats.ttest_ind(differences(second), differences(first)).confidence_interval(0.9)
    assert (found.interval.low, found.interval.high) != pytest.approx((pooled.low, pooled.high), rel=1e-3)


@pytest.mark.parametrize("is_paired", [True, False])
def test_intervals_hold_the_true_change_as_often_as_they_say(is_paired):
    """2,000 pairs of experiments, declared before the first look; within 3 standard errors of 95 %."""
    luck, holds = Random(f"coverage {is_paired}"), 0
    for _ in range(2_000):
        found = changed(
            side(luck, 25, -1.0), side(luck, 40 if not is_paired else 25, -1.7), is_paired=is_paired
        )
        holds += found.interval.low <= -0.7 <= found.interval.high
    error = (0.95 * 0.05 / 2_000) ** 0.5
    assert holds / 2_000 == pytest.approx(0.95, abs=3 * error)


def test_the_verdict_is_that_of_delta_and_direction_and_none_where_delta_differs():
    luck = Random("verdict")
    first, second = side(luck, 100, -1.0, 0.5), side(luck, 100, -3.0, 0.5)
    assert changed(first, second, is_paired=True).verdict is ContrastVerdict.BETTER
    assert changed(second, first, is_paired=True).verdict is ContrastVerdict.WORSE
    assert changed(first, side(luck, 100, -1.0, 0.5), is_paired=True).verdict is ContrastVerdict.EQUIVALENT
    assert "a δ of its own" in changed(first, second, is_paired=True, delta=None).in_words()


def test_nothing_is_claimed_where_nothing_changes_or_too_little_is_known():
    luck = Random("nothing")
    first = side(luck, 30, -1.0)
    same = changed(first, first, is_paired=True)
    assert (same.value, same.interval, same.verdict) == (0.0, None, ContrastVerdict.NO_DIFFERENCE_SEEN)
    assert "no change seen in 30 worlds (95 %: at most 10 % of worlds differ)" in same.in_words()
    one = side(luck, 1, -1.0)
    assert changed(one, side(luck, 1, 0.0), is_paired=True).verdict is ContrastVerdict.ONE_REPLICATION
    assert changed(one, side(luck, 9, 0.0), is_paired=False).interval is None
    empty = {name: Column((0.0,) * 9, (0.0,) * 9, is_ratio=True) for name in CONTRAST}
    assert changed(empty, empty, is_paired=False).verdict is ContrastVerdict.MISSING


def test_few_worlds_that_differ_are_said():
    first = {"usual": column([1.0] * 40), "mix": column([1.0, 2.0] * 20)}
    second = {"usual": column([1.0] * 40), "mix": column([1.0, 2.0] * 18 + [3.0, 5.0, 1.0, 2.0])}
    found = changed(first, second, is_paired=True)
    assert found.differing == 2
    assert "only 2 of 40 worlds differ" in found.in_words()
