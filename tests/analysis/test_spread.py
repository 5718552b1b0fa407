"""Running moments, against those of the differences themselves."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from tabletop.analysis.outcomes import Column
from tabletop.analysis.spread import DifferenceOfMeans, DifferenceOfRatios

parts = st.tuples(st.floats(0, 1e4), st.floats(0, 1e3))
worlds = st.lists(st.tuples(parts, parts), min_size=2, max_size=40)


def running(spread, pairs):
    for ours, theirs in pairs:
        spread.add(ours, theirs)
    moments = spread.moments()
    return None if moments is None else moments.deviation


def differences(pairs, *, is_ratio):
    mine, theirs = (
        Column(tuple(p[i][0] for p in pairs), tuple(p[i][1] for p in pairs), is_ratio).values()
        for i in (0, 1)
    )
    return [a - b for a, b in zip(mine, theirs, strict=True)]


@given(worlds)
def test_the_spread_of_means_is_that_of_the_differences(pairs):
    expected = np.std(differences(pairs, is_ratio=False), ddof=1)
    assert running(DifferenceOfMeans(), pairs) == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(worlds)
def test_the_spread_of_ratios_is_that_of_their_pseudo_values(pairs):
    assume(all(sum(p[i][1] for p in pairs) > 1 for i in (0, 1)))
    values = differences(pairs, is_ratio=True)
    expected = np.std(values, ddof=1)
    assert running(DifferenceOfRatios(), pairs) == pytest.approx(
        expected, rel=1e-7, abs=1e-7 * max(map(abs, values))
    )


def test_a_small_spread_survives_large_values():
    pairs = [((1e8 + x, 1.0), (1e8, 1.0)) for x in (0.0, 1.0, 0.0, 1.0)]
    assert running(DifferenceOfMeans(), pairs) == pytest.approx(np.std([0, 1, 0, 1], ddof=1))
    ratios = [((1e6 + x, 10.0), (1e6, 10.0)) for x in (0.0, 1.0, 0.0, 1.0)]
    assert running(DifferenceOfRatios(), ratios) == pytest.approx(np.std([0, 0.1, 0, 0.1], ddof=1))


@pytest.mark.parametrize("is_ratio", [False, True])
def test_the_running_skewness_is_that_of_the_differences(is_ratio):
    generator = np.random.default_rng(6)
    pairs = [
        ((float(a), float(b)), (float(c), float(d)))
        for a, b, c, d in zip(
            generator.lognormal(2, 1, 60),
            generator.integers(1, 9, 60),
            generator.poisson(3, 60),
            generator.integers(1, 9, 60),
            strict=True,
        )
    ]
    spread = DifferenceOfRatios() if is_ratio else DifferenceOfMeans()
    for n, (ours, theirs) in enumerate(pairs, 1):
        spread.add(ours, theirs)
        values = differences(pairs[:n], is_ratio=is_ratio)
        found = spread.moments()
        assert found.mean == pytest.approx(np.mean(values))
        expected = stats.skew(values, bias=False) if n > 2 else 0.0
        assert found.skewness == pytest.approx(expected, rel=1e-6, abs=1e-9)


def test_one_replication_has_no_spread_and_a_missing_ratio_no_moments():
    for spread in (DifferenceOfMeans(), DifferenceOfRatios()):
        assert running(spread, [((1.0, 1.0), (2.0, 1.0))]) == 0
    assert running(DifferenceOfRatios(), [((0.0, 0.0), (1.0, 1.0))] * 3) is None
