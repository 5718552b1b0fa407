"""A scenario explained in words."""

from math import inf

import pytest

from tabletop.engine.durations import constant, exponential, gamma
from tabletop.scenario.explain import in_words, odds_in_words, timeline, told_conditions
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
    told = {condition.path: condition for condition in told_conditions(load("first-steps"))}
    rate = told["threat.formation_rate"]
    assert (rate.value, rate.default, rate.differs) == ("15 per year", "12 per year", True)
    assert not told["threat.preparation"].differs
    assert "reporting.rumour" not in told


def test_partners_are_told_as_one_condition():
    given = loads(
        HEAD + "policy_mixes: {now: {}}\n"
        "conditions: {sharing: {partners: [{name: east, latency: 3, suspended: true}]}}\n"
    )
    told = {condition.path: condition.value for condition in told_conditions(given)}
    assert told["sharing.partners"] == "east (sees 0.5, latency 3 days, court use 0.5, suspended)"


EVERYTHING = (
    HEAD + "conditions: {prosecution: {limit_max: 200}}\n"
    "policy_mixes:\n  now: {}\n  more: {changes: [{day: 50, detection: {analysts: 9}}]}\n"
    "injects:\n"
    "  - {id: late, title: Late, day: 90, effects: [{on: prosecution.limit_max, add: -50}]}\n"
    "  - id: mixed\n    title: Mixed\n    day: 20\n    effects:\n"
    "      - {on: background.border, add: 2, for_days: 10}\n"
    "      - {on: background.partner, multiply: 2, for_days: 10}\n"
    "      - {on: staff.courts.availability, set: 0.5, for_days: 5000}\n"
    "      - {on: trust, add: -0.1}\n"
    "      - {on: trust, set: 0.5}\n"
    "  - {id: waits, title: Waits, day: 30, when: {measure: incidents, reaches: 2}}\n"
)


def test_the_timeline_is_in_the_order_of_days_and_what_waits_comes_last():
    events = timeline(loads(EVERYTHING))
    assert [(event.when, event.what) for event in events] == [
        ("day 20", "inject 'mixed': Mixed"),
        ("day 30", "inject 'mixed' ends: background.border, background.partner"),
        ("day 50", "mix 'more' changes"),
        ("day 90", "inject 'late': Late"),
        ("once incidents reaches 2, not before day 30", "inject 'waits': Waits"),
    ]


def test_effects_are_told_with_what_they_make_of_the_written_value():
    mixed, _, change, late, _ = timeline(loads(EVERYTHING))
    assert mixed.details == (
        "background.border +2 for 10 days (8 → 10 per day)",
        "background.partner × 2 for 10 days (1.5 → 3 per day)",
        "staff.courts.availability becomes 0.5 for 5000 days (written: 1)",
        "trust −0.1, at once; it then returns by itself",
        "trust becomes 0.5, at once; it then returns by itself",
    )
    assert late.details == ("prosecution.limit_max −50 until the end (200 → 150 days)",)
    assert change.details == ("analysts 6 → 9",)


STACKED = (
    HEAD + "policy_mixes: {now: {}}\n"
    "injects:\n"
    "  - {id: a, title: A, day: 10, effects: [{on: staff.courts.availability, set: 0.2, for_days: 30}]}\n"
    "  - {id: b, title: B, day: 20, effects: [{on: staff.courts.availability, multiply: 2, for_days: 10}]}\n"
)


def test_an_effect_meant_for_what_another_made_of_a_value_is_told_without_the_written_one():
    # on its own it would double a share of 1
    assert timeline(loads(STACKED))[1].details == ("staff.courts.availability × 2 for 10 days",)
