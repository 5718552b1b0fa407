"""Running spreads, against the standard deviation of the differences themselves."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tabletop.analysis.estimate import standard_deviation
from tabletop.analysis.outcomes import Column
from tabletop.analysis.spread import DifferenceOfMeans, DifferenceOfRatios

parts = st.tuples(st.floats(0, 1e4), st.floats(0, 1e3))
worlds = st.lists(st.tuples(parts, parts), min_size=2, max_size=40)


def running(spread, pairs):
    for ours, theirs in pairs:
        spread.add(ours, theirs)
    return spread.deviation()


def differences(pairs, *, is_ratio):
    mine, theirs = (
        Column(tuple(p[i][0] for p in pairs), tuple(p[i][1] for p in pairs), is_ratio).values()
        for i in (0, 1)
    )
    return [a - b for a, b in zip(mine, theirs, strict=True)]


@given(worlds)
def test_the_spread_of_means_is_that_of_the_differences(pairs):
    expected = standard_deviation(differences(pairs, is_ratio=False))
    assert running(DifferenceOfMeans(), pairs) == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(worlds)
def test_the_spread_of_ratios_is_that_of_their_pseudo_values(pairs):
    assume(all(sum(p[i][1] for p in pairs) > 1 for i in (0, 1)))
    values = differences(pairs, is_ratio=True)
    expected = standard_deviation(values)
    assert running(DifferenceOfRatios(), pairs) == pytest.approx(
        expected, rel=1e-7, abs=1e-7 * max(map(abs, values))
    )


def test_a_small_spread_survives_large_values():
    pairs = [((1e8 + x, 1.0), (1e8, 1.0)) for x in (0.0, 1.0, 0.0, 1.0)]
    assert running(DifferenceOfMeans(), pairs) == pytest.approx(standard_deviation([0, 1, 0, 1]))
    ratios = [((1e6 + x, 10.0), (1e6, 10.0)) for x in (0.0, 1.0, 0.0, 1.0)]
    assert running(DifferenceOfRatios(), ratios) == pytest.approx(standard_deviation([0, 0.1, 0, 0.1]))


def test_nothing_is_known_of_one_replication_or_a_missing_ratio():
    for spread in (DifferenceOfMeans(), DifferenceOfRatios()):
        assert running(spread, [((1.0, 1.0), (2.0, 1.0))]) is None
    assert running(DifferenceOfRatios(), [((0.0, 0.0), (1.0, 1.0))] * 3) is None
