"""Sliders: which levers are offered, in what range and at what price; and a mix with some of them moved."""

import pytest

from tabletop import TabletopError, UnknownName, load
from tabletop.experiment.sliders import MOST, WHAT_IF, sliders, what_if
from tabletop.scenario.load import loads
from tabletop.scenario.policy import LEVERS, PolicyMix

STEPS = load("first-steps")
QUEUE = load("terror-queue")


def names(found):
    return [one.lever.name for one in found]


def test_those_of_the_decision_form_are_offered_in_the_order_of_the_pillars():
    of_cards = {name for card in STEPS.exercise.decision_form.cards for name in card.changes}
    assert names(sliders(STEPS)) == [name for name in LEVERS if name in of_cards]


def test_without_a_form_eight_with_a_price_are_offered_those_that_mixes_differ_in_first():
    assert QUEUE.exercise is None or QUEUE.exercise.decision_form is None
    found = sliders(QUEUE)
    assert len(found) == MOST
    assert all(one.price > 0 for one in found)
    base = QUEUE.policies(QUEUE.baseline)[0][1]
    differing = {
        lever.name
        for lever in LEVERS.values()
        for mix in QUEUE.policy_mixes
        if lever.of(QUEUE.policies(mix)[0][1]) != lever.of(base)
    }
    priced = {name for name in differing if LEVERS[name].price(QUEUE.costs) > 0}
    assert {name for name in priced if LEVERS[name].of(base) is not None} <= set(names(found))


def test_those_that_are_named_are_offered_and_no_others():
    found = sliders(STEPS, named=("interdiction.care", "detection.linkage", "interdiction.care"))
    assert names(found) == ["linkage", "care"]


def test_a_slider_has_the_range_of_its_lever_and_staff_room_to_double():
    by_name = {one.lever.name: one for one in sliders(STEPS)}
    assert (by_name["collection"].lever.low, by_name["collection"].high) == (0, 1)
    most = max(STEPS.policies(mix)[0][1].interdiction.teams for mix in STEPS.policy_mixes)
    assert by_name["teams"].high == 2 * most
    assert by_name["teams"].step == 1


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (2.5, "detection.analysts: 2.5: must be a whole number from 0 to 5"),
        (6, "detection.analysts: 6: must be a whole number from 0 to 5"),
        (-1, "detection.analysts: -1: must be a whole number from 0 to 5"),
        (float("nan"), "detection.analysts: nan: must be a whole number"),
        (float("inf"), "detection.analysts: inf: must be a whole number"),
    ],
)
def test_a_setting_that_is_not_offered_is_refused(value, said):
    (analysts,) = sliders(STEPS, named=["detection.analysts"])
    with pytest.raises(TabletopError) as refused:
        analysts.checked(value)
    assert said in str(refused.value)
    assert analysts.checked(5) == 5


def test_costs_are_those_of_the_mix_with_the_lever_moved():
    found = {one.lever.name: one for one in sliders(STEPS)}
    moved = {"collection": 0.9, "teams": 7}
    expected = STEPS.yearly_cost(STEPS.baseline) + sum(
        value * found[name].price - found[name].cost for name, value in moved.items()
    )
    asked = what_if(STEPS, STEPS.baseline, moved)
    assert asked.yearly_cost(WHAT_IF) == pytest.approx(expected, abs=1e-9)
    wrong = what_if(STEPS, STEPS.baseline, {**moved, "teams": 8})
    assert wrong.yearly_cost(WHAT_IF) != pytest.approx(expected, abs=1e-3)


def test_a_lever_is_set_on_every_day_and_the_other_changes_of_the_mix_stay():
    mixes = {
        **STEPS.policy_mixes,
        "later": PolicyMix.model_validate(
            {
                "detection": {"analysts": 2},
                "changes": [{"day": 100, "detection": {"analysts": 4, "linkage": 0.9}}],
            }
        ),
    }
    dated = STEPS.model_copy(update={"policy_mixes": mixes})
    (day_0, first), (day_100, then) = what_if(dated, "later", {"analysts": 3}).policies(WHAT_IF)
    assert (day_0, day_100) == (0, 100)
    assert (first.detection.analysts, then.detection.analysts) == (3, 3)
    assert then.detection.linkage == 0.9
    # what it costs as written is its mean over the exercise, so that moving it gives the right sum
    (slider,) = sliders(dated, mix="later", named=["detection.analysts"])
    expected = dated.yearly_cost("later") - slider.cost + 3 * slider.price
    moved = what_if(dated, "later", {"analysts": 3}).yearly_cost(WHAT_IF)
    assert moved == pytest.approx(expected, abs=1e-9)
    assert slider.cost != pytest.approx(slider.start * slider.price)


def test_the_baseline_and_the_mixes_stay_as_they_are():
    asked = what_if(STEPS, "craft", {"collection": 0.1})
    for mix in STEPS.policy_mixes:
        assert asked.policies(mix) == STEPS.policies(mix)


UNLIMITED = """
title: Unlimited
policy_mixes:
  now: {detection: {analysts: null}}
  more: {detection: {analysts: 3}}
baseline: now
measures: {incidents: {delta: 1}}
"""


@pytest.mark.parametrize(
    ("scenario", "options", "error", "said"),
    [
        (STEPS, {"named": ["detection.analists"]}, UnknownName, "did you mean 'detection.analysts'?"),
        (STEPS, {"named": ["care"]}, TabletopError, "did you mean 'interdiction.care'?"),
        (STEPS, {"named": ["reporting.care"]}, UnknownName, "no such lever"),
        (STEPS, {"mix": "carft"}, UnknownName, "'carft': no such policy mix; did you mean 'craft'?"),
        (
            loads(UNLIMITED),
            {"named": ["detection.analysts"]},
            TabletopError,
            "detection.analysts: unlimited in 'now', and a slider needs a number to start from",
        ),
        (
            loads(UNLIMITED + "costs: {" + ", ".join(f"{name}: 0" for name in LEVERS) + "}"),
            {},
            TabletopError,
            "no lever of 'now' has both a price and a limit",
        ),
    ],
)
def test_what_cannot_be_offered_is_refused_with_what_could_be(scenario, options, error, said):
    with pytest.raises(error) as refused:
        sliders(scenario, **options)
    assert said in str(refused.value)


def test_a_lever_without_a_limit_is_left_out_where_none_is_named():
    assert "analysts" not in names(sliders(loads(UNLIMITED)))
    assert "analysts" in names(sliders(loads(UNLIMITED), mix="more"))
