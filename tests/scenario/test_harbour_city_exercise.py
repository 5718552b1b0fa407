"""The flagship's exercise: what the design asks of 90 minutes."""

from itertools import combinations

import pytest

from tabletop.exercise.entry_line import parse
from tabletop.exercise.hand import Hand
from tabletop.exercise.offer import yearly_cost
from tabletop.exercise.refused import Refused
from tabletop.scenario.load import load
from tabletop.scenario.planned_minutes import in_words
from tabletop.scenario.policy import PILLARS
from tabletop.scenario.staged import staged

SCENARIO = load("harbour-city")
PLAN = SCENARIO.exercise
FORM = PLAN.decision_form
CARDS = FORM.cards


def test_four_moves_are_front_loaded_over_three_years_and_leave_three_more():
    assert [move.day for move in PLAN.moves] == [0, 180, 365, 730]
    assert PLAN.epilogue_days == SCENARIO.horizon_days == 1095


def test_ninety_minutes_are_spent_as_the_design_spends_them():
    assert in_words(PLAN) == "90 minutes = 10 brief + 4 × 15 + 15 hot wash + 5 feedback"
    for move in PLAN.moves:
        parts = move.minutes
        assert (parts.situation, parts.discussion, parts.decision, parts.reveal) == (3, 7, 2, 3)


def test_at_least_six_injects_of_which_one_waits_for_a_count_and_one_for_the_controller():
    injects = staged(SCENARIO)
    assert len(injects) >= 6
    assert any(one.inject.when is not None and not one.of_scenario for one in injects)
    assert any(one.staging.contingency for one in injects)


def test_three_objectives_have_measures_a_target_and_tasks():
    assert len(PLAN.objectives) == 3
    assert all(one.measures and one.capability_target and one.critical_tasks for one in PLAN.objectives)


def test_each_pillar_has_a_role_of_its_own_and_six_teams_play():
    assert [role.pillars for role in PLAN.roles] == [(pillar,) for pillar in PILLARS]
    assert len(PLAN.teams) == 6


def test_ten_to_fourteen_cards_stand_for_all_pillars():
    assert 10 <= len(CARDS) <= 14
    assert {card.pillar for card in CARDS} == set(PILLARS)
    assert {card.code[0] for card in CARDS} == {"D", "R", "I", "P", "S"}
    assert any(card.excludes for card in CARDS)
    assert any(card.from_move >= 2 for card in CARDS)
    assert any(card.lead_days for card in CARDS)
    assert any(yearly_cost(SCENARIO, card) < 0 for card in CARDS), "one saves money"


def test_two_to_four_typical_cards_fill_the_room_above_the_baseline():
    room = SCENARIO.budget - Hand(SCENARIO).yearly_cost()
    assert room == pytest.approx(8)
    costs = sorted(cost for card in CARDS if (cost := yearly_cost(SCENARIO, card)) > 0)
    middle = costs[len(costs) // 2]
    assert 2 <= room / middle <= 4
    assert sum(costs) > 2 * room, "no team can have everything"


def test_the_first_three_cards_need_not_be_the_same_for_all():
    """Many first decisions of three cards are open, and some are not."""
    cards = [card.code for card in CARDS if card.from_move == 1]
    affordable = refused = 0
    for codes in combinations(cards, 3):
        try:
            hand = Hand(SCENARIO).after(parse(" ".join(codes), FORM), 0)
        except Refused:
            continue
        if hand.yearly_cost() <= SCENARIO.budget + 1e-9:
            affordable += 1
        else:
            refused += 1
    assert affordable > 50
    assert refused > 10


def test_predictions_and_the_world_that_is_played_are_as_declared():
    assert PLAN.predictions == ("incidents", "trust_mean")
    assert (PLAN.realised.near, PLAN.realised.of) == ("median", "harm")


def test_every_move_gives_questions_expected_actions_and_something_to_look_for():
    for move in PLAN.moves:
        assert move.questions
        assert move.expected_actions
        assert move.look_for
    assert PLAN.ground_rules
    assert PLAN.assumptions_and_artificialities
    assert PLAN.debrief_questions
    assert PLAN.content_note or SCENARIO.content_note


def test_the_numbers_of_the_exercise_name_where_they_come_from():
    assert any(source.path.split(".")[0] == "exercise" for source in SCENARIO.sources)
