"""Durations have the families, means and spreads that they state."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy import stats

from tabletop.engine.chance import Luck
from tabletop.engine.durations import Duration

LEVELS = np.array([1e-6, 0.01, 0.25, 0.5, 0.9, 0.999, 1 - 1e-9])


def duration(**data):
    return Duration.model_validate(data)


def reference(family, mean, cv):
    """The same distribution, as scipy.stats has it."""
    if family == "exponential":
        return stats.expon(scale=mean)
    if family == "gamma":
        return stats.gamma(1 / cv**2, scale=mean * cv**2)
    sigma = np.sqrt(np.log(1 + cv**2))
    return stats.lognorm(sigma, scale=mean * np.exp(-(sigma**2) / 2))


CASES = [("exponential", None), ("gamma", 0.707), ("gamma", 2.0), ("lognormal", 0.6), ("lognormal", 3.0)]


@pytest.mark.parametrize(("family", "cv"), CASES)
def test_quantiles_are_those_of_the_family(family, cv):
    made = duration(family=family, mean=40, cv=cv)
    assert np.array(made.units(LEVELS)) * 40 == pytest.approx(reference(family, 40, cv).ppf(LEVELS), rel=1e-9)


@pytest.mark.parametrize(("family", "cv"), CASES)
def test_mean_and_spread_are_as_stated(family, cv):
    law = reference(family, 40, cv)
    assert law.mean() == pytest.approx(40)
    assert law.std() / law.mean() == pytest.approx(duration(family=family, mean=40, cv=cv).spread)


def test_a_duration_is_lognormal_with_a_spread_of_six_tenths_unless_told():
    made = duration(mean=5)
    assert np.array(made.units(LEVELS)) == pytest.approx(reference("lognormal", 1, 0.6).ppf(LEVELS))


def test_a_number_is_a_constant():
    made = Duration.model_validate(14)
    assert (made.family, made.mean, made.spread) == ("constant", 14, 0)
    assert made.units(LEVELS) == [1.0] * len(LEVELS)


@pytest.mark.parametrize("family", ["gamma", "lognormal"])
def test_no_spread_is_a_constant(family):
    assert duration(family=family, mean=3, cv=0).units(LEVELS) == [1.0] * len(LEVELS)


@pytest.mark.parametrize("family", ["exponential", "constant"])
def test_a_family_of_one_shape_takes_no_spread(family):
    with pytest.raises(ValidationError, match="takes no cv"):
        duration(family=family, mean=3, cv=0.5)


@pytest.mark.parametrize(
    "wrong", [-1, True, "3", {"mean": -1}, {"mean": float("nan")}, {"family": "weibull", "mean": 1}]
)
def test_what_is_no_duration_is_refused(wrong):
    with pytest.raises(ValidationError):
        Duration.model_validate(wrong)


@given(
    st.sampled_from(CASES),
    st.lists(st.floats(1e-12, 1 - 1e-12), min_size=1, max_size=8),
)
def test_bits_do_not_depend_on_how_draws_are_split_into_calls(case, uniforms):
    made = duration(family=case[0], mean=7, cv=case[1])
    assert made.units(np.array(uniforms)) == [made.unit(u) for u in uniforms]


@given(st.sampled_from(CASES), st.floats(1e-9, 1 - 1e-9), st.floats(1e-9, 1 - 1e-9))
def test_more_luck_is_never_less_time(case, one, other):
    made = duration(family=case[0], mean=7, cv=case[1])
    low, high = sorted([one, other])
    assert 0 <= made.unit(low) <= made.unit(high)


def fits(sample, law):
    """Kolmogorov–Smirnov with p 1e-4."""
    return stats.kstest(sample, law.cdf).pvalue > 1e-4


@pytest.mark.parametrize(("family", "cv"), CASES)
def test_draws_follow_their_law_and_would_be_told_from_another(family, cv):
    made = duration(family=family, mean=1, cv=cv)
    sample = Luck(20261, 0).cohort(("durations", family, cv), 20_000).units("some.purpose", made)
    assert fits(sample, reference(family, 1, cv))
    assert not fits(sample, reference(family, 1.1, cv))
