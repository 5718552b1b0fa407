"""Priors: the log-odds of each channel, from conditions as written."""

from math import exp, inf, isnan, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.scenario.conditions import Conditions
from tabletop.scenario.priors import CHANNELS, left_traces, prior_log_odds
from tabletop.subjects import Channel

PREPARING = 12 / 365 * 274
A_DAY = 12 / 365


def conditions(**groups):
    return Conditions.model_validate(groups)


def test_channels_are_those_of_traces():
    assert tuple(channel.key for channel in Channel) == CHANNELS


def test_the_defaults_give_the_odds_of_the_specification():
    told = 1 / (1 + exp(-6 * (0.68 - 0.5)))
    expected = {
        "intelligence": PREPARING * 0.4 * 1.0 * A_DAY / 12,
        "community": PREPARING * 0.4 * 1.0 * A_DAY * told / (5 * 0.8),
        "border": PREPARING * 0.4 * 0.5 * A_DAY * 0.4 / 8,
        "partner": PREPARING * 0.4 * 1.2 * A_DAY * 0.4 / 1.5,
    }
    assert prior_log_odds(Conditions()) == pytest.approx({name: log(odds) for name, odds in expected.items()})


def test_visibility_and_rates_scale_the_odds():
    scaled = conditions(threat={"visibility": 3, "formation_rate": 24})
    for name, odds in prior_log_odds(Conditions()).items():
        assert prior_log_odds(scaled)[name] == pytest.approx(odds + log(6))


def test_nothing_genuine_wins_over_no_background():
    nothing = conditions(threat={"formation_rate": 0}, background=dict.fromkeys(CHANNELS, 0))
    assert set(prior_log_odds(nothing).values()) == {-inf}


def test_no_background_makes_certain():
    quiet = conditions(background=dict.fromkeys(CHANNELS, 0))
    assert set(prior_log_odds(quiet).values()) == {inf}


def test_rumour_zero_silences_the_background_of_the_community():
    assert prior_log_odds(conditions(reporting={"rumour": 0}))["community"] == inf


def test_traces_left_are_before_any_presumption():
    left = left_traces(Conditions())
    assert left["intelligence"].genuine == pytest.approx(PREPARING * A_DAY)
    assert left["community"].benign == 5


SIZES = st.sampled_from([0.0, 5e-324, 1e-300, 1.0, 1e4])


@given(
    SIZES,
    SIZES,
    st.sampled_from([0.0, 5e-324, 1.0, 1e6]),
    st.sampled_from([0.0, 5e-324, 1.0, 100.0]),
    SIZES,
    st.sampled_from([-100.0, 0.0, 100.0]),
)
def test_priors_are_never_nan(formation, rate, preparation, visibility, benign, b0):
    extreme = conditions(
        threat={
            "formation_rate": formation,
            "preparation": preparation,
            "visibility": visibility,
            "trace_rates": dict.fromkeys(CHANNELS, rate),
        },
        background=dict.fromkeys(CHANNELS, benign),
        reporting={"b0": b0, "b1": 0.0},
    )
    assert not any(isnan(odds) for odds in prior_log_odds(extreme).values())
