"""A scenario explained in words."""

from math import inf

import pytest

from tabletop.engine.durations import constant, exponential, gamma
from tabletop.scenario.explain import in_words, odds_in_words, stated_conditions
from tabletop.scenario.load import load, loads

HEAD = "title: A\nbaseline: now\nmeasures: {incidents: {delta: 1}}\n"


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (None, "days", "none"),
        (True, "yes or no", "yes"),
        (False, "yes or no", "no"),
        (0.5, "share", "0.5"),
        (12.0, "per year", "12 per year"),
        (-inf, "log-likelihood ratio", "everything (−∞)"),
        (inf, "log-likelihood ratio", "unlimited"),
        (constant(0), "days", "instant"),
        (constant(14), "days", "14 days, always"),
        (exponential(20), "days", "20 days, exponential"),
        (gamma(274, 0.707), "days", "274 days, gamma, cv 0.707"),
        ((), "list", "none"),
    ],
)
def test_a_value_is_told_with_its_unit(value, unit, words):
    assert in_words(value, unit) == words


@pytest.mark.parametrize(
    ("log_odds", "words"),
    [
        (-inf, ("0 %", "never genuine")),
        (inf, ("100 %", "always genuine")),
        (0.0, ("50 %", "1 to 1")),
        (-4.549, ("1.05 %", "1 to 94.5")),
        (1.0986123, ("75 %", "3 to 1")),
    ],
)
def test_a_prior_is_told_as_a_probability_and_as_odds(log_odds, words):
    assert odds_in_words(log_odds) == words


@pytest.mark.parametrize("log_odds", [-1e9, -710.0, -50.0, 50.0, 710.0, 1e9])
def test_extreme_priors_are_told_too(log_odds):
    assert all(odds_in_words(log_odds))


def test_only_what_differs_and_what_is_key_is_told():
    told = {condition.path: condition for condition in stated_conditions(load("first-steps"))}
    rate = told["threat.formation_rate"]
    assert (rate.value, rate.default, rate.differs) == ("15 per year", "12 per year", True)
    assert not told["threat.preparation"].differs
    assert "reporting.rumour" not in told


def test_partners_are_told_as_one_condition():
    given = loads(
        HEAD + "policy_mixes: {now: {}}\n"
        "conditions: {sharing: {partners: [{name: east, latency: 3, suspended: true}]}}\n"
    )
    told = {condition.path: condition.value for condition in stated_conditions(given)}
    assert told["sharing.partners"] == "east (sees 0.5, latency 3 days, court use 0.5, suspended)"
