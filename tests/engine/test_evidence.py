"""Looks are worth their log-likelihood ratios, and odds become probabilities without accidents."""

from math import exp, inf, log

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tabletop.engine.evidence import logistic, look


@given(st.floats(0, 4), st.floats(-6, 6), st.booleans())
def test_a_look_is_worth_the_ratio_of_the_two_densities(d_prime, noise, genuine):
    score = noise + (d_prime if genuine else 0)
    ratio = stats.norm.logpdf(score, d_prime) - stats.norm.logpdf(score, 0)
    assert look(d_prime, noise, genuine=genuine) == pytest.approx(ratio, abs=1e-9)


def test_a_blind_look_is_worth_nothing():
    assert look(0, 2.5, genuine=True) == look(0, -2.5, genuine=False) == 0


@given(st.floats(-700, 700))
def test_log_odds_become_probabilities(log_odds):
    assert logistic(log_odds) == pytest.approx(1 / (1 + exp(-log_odds)))


@given(st.floats(0.001, 0.999))
def test_probabilities_come_back_from_their_log_odds(probability):
    assert logistic(log(probability / (1 - probability))) == pytest.approx(probability)


def test_certainty_is_exact():
    assert (logistic(-inf), logistic(inf), logistic(-5000), logistic(5000)) == (0, 1, 0, 1)
