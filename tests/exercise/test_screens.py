"""The screens of a reveal: in order, each by its name in the log, and none before its step."""

from tabletop.exercise.acts import Show
from tabletop.exercise.readers import Step
from tabletop.exercise.screens import (
    HotWashScreen,
    RevealScreen,
    hot_wash_screen,
    reveal_screen,
    step_of,
)


def test_every_screen_has_a_name_that_the_log_takes_and_is_found_by_it():
    for one in RevealScreen:
        assert reveal_screen(Show(what=one.act).what) is one
    for one in HotWashScreen:
        assert hot_wash_screen(Show(what=one.act).what) is one


def test_the_first_screen_is_there_without_being_asked_for():
    assert reveal_screen("") is RevealScreen.RANGES
    assert hot_wash_screen("") is HotWashScreen.TEAMS
    assert reveal_screen("status") is RevealScreen.RANGES


def test_ranges_disclose_no_outcome_and_what_happened_discloses_all():
    assert step_of(RevealScreen.RANGES.act) is Step.OWN
    assert step_of(RevealScreen.HELD.act) is Step.ALL
    assert step_of("reveal baseline") is Step.BASELINE
    assert step_of("status") is Step.OWN


def test_the_question_which_service_was_busiest_comes_before_the_answer():
    order = list(RevealScreen)
    assert order.index(RevealScreen.BUSIEST) < order.index(RevealScreen.WHY)
