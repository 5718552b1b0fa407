"""Predictions: the score is the interval score, and honesty is the best policy."""

import numpy as np
import pytest
from scipy import stats

from tabletop.exercise.predictions import Scored, interval_score, middle_range, scale_of


@pytest.mark.parametrize(
    ("low", "high", "happened", "score"),
    [(2, 6, 4, 4), (2, 6, 2, 4), (2, 6, 6, 4), (2, 6, 7, 14), (2, 6, 1, 14), (3, 3, 3, 0), (3, 3, 5, 20)],
)
def test_the_score_is_the_width_and_ten_times_the_miss(low, high, happened, score):
    assert interval_score(low, high, happened) == score


@pytest.mark.parametrize(
    "belief",
    [stats.poisson(4), stats.norm(0.5, 0.1), stats.gamma(2, scale=3)],
    ids=["poisson", "normal", "gamma"],
)
def test_a_team_cannot_gain_by_quoting_a_range_that_it_does_not_believe(belief):
    """In expectation under what a team believes, its own 10th and 90th percentile score best."""
    values = belief.ppf(np.linspace(0.0005, 0.9995, 1000))
    honest = (float(belief.ppf(0.1)), float(belief.ppf(0.9)))

    def expected(low: float, high: float) -> float:
        return float(np.mean([interval_score(low, high, y) for y in values]))

    spread = honest[1] - honest[0]
    best = expected(*honest)
    for down in (-0.5, -0.2, 0.0, 0.2, 0.5):
        for up in (-0.2, 0.0, 0.2, 0.5):
            low, high = honest[0] - down * spread, honest[1] + up * spread
            if low <= high:
                assert expected(low, high) >= best - 1e-9
    assert expected(honest[0] - 0.5 * spread, honest[1]) > best * 1.05
    assert expected(honest[0] + 0.3 * spread, honest[1] - 0.3 * spread) > best * 1.05


def test_the_middle_range_agrees_with_numpy_s_percentiles():
    values = [7.0, 1.0, 4.0, 4.0, 9.0, 2.0, 8.0]
    assert middle_range(values) == pytest.approx(
        tuple(np.percentile(values, [10, 90], method="inverted_cdf"))
    )
    assert middle_range([3.0]) == (3.0, 3.0)


def test_scores_are_told_in_widths_of_the_baseline_s_range():
    one = Scored(low=2, high=6, happened=8, scale=4.0, models_low=3, models_high=9)
    assert one.score == pytest.approx((4 + 20) / 4)
    assert one.models_score == pytest.approx(6 / 4)
    assert not one.is_hit
    assert scale_of(2, 2.5, is_share=False) == 1.0
    assert scale_of(0.5, 0.505, is_share=True) == 0.01
    assert scale_of(1, 5, is_share=False) == 4
