"""The exercises of the shipped scenarios: minutes, days, cards and predictions that a class can work with."""

import pytest

from tabletop.exercise.entry_line import parse
from tabletop.exercise.hand import Hand
from tabletop.measures import MEASURES
from tabletop.scenario.decision_form import Card
from tabletop.scenario.exercise_plan import ExercisePlan
from tabletop.scenario.load import load
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.source import shipped
from tabletop.scenario.staged import staged

PLAYED = {name: scenario for name in shipped() if (scenario := load(name)).exercise is not None}
CARDS = [
    (name, card)
    for name, scenario in PLAYED.items()
    if (form := scenario.exercise.decision_form) is not None
    for card in form.cards
]

each_exercise = pytest.mark.parametrize("scenario", PLAYED.values(), ids=PLAYED)
each_card = pytest.mark.parametrize(
    ("name", "card"), CARDS, ids=[f"{name}-{card.code}" for name, card in CARDS]
)


def plan_of(scenario: Scenario) -> ExercisePlan:
    """The exercise of a scenario that has one."""
    assert scenario.exercise is not None
    return scenario.exercise


def played_alone(scenario: Scenario, card: Card) -> Hand:
    """The hand that holds nothing but a card, played in the first move that allows it."""
    form = plan_of(scenario).decision_form
    assert form is not None
    return Hand(scenario).after(parse(card.code, form), card.from_move - 1)


def test_every_shipped_scenario_can_be_played():
    assert tuple(PLAYED) == tuple(shipped())


@each_exercise
def test_the_minutes_add_up(scenario):
    plan = plan_of(scenario)
    assert plan.planned_minutes == plan.duration_minutes


@each_exercise
def test_the_moves_begin_at_startex_and_end_before_endex(scenario):
    days = [move.day for move in plan_of(scenario).moves]
    assert days[0] == 0
    assert days == sorted(set(days))
    assert days[-1] < scenario.horizon_days


@each_exercise
def test_every_inject_is_listed_in_the_move_in_whose_window_it_falls(scenario):
    plan = plan_of(scenario)
    for one in staged(scenario):
        if not one.waits:
            assert one.inject.id in plan.moves[one.move].injects
            assert plan.move_of(one.inject.day) == one.move
        assert one.inject.title
        assert one.inject.message


@each_exercise
def test_players_can_see_what_they_predict(scenario):
    for name in plan_of(scenario).predictions:
        assert MEASURES[name].observable
        assert MEASURES[name].kind == "count" or name == "trust_mean"


@each_exercise
def test_what_evaluators_look_for_names_objectives_and_measures_that_exist(scenario):
    plan = plan_of(scenario)
    objectives = {one.id for one in plan.objectives}
    named = {action.objective for move in plan.moves for action in move.expected_actions}
    assert (named | {one.objective for one in plan.injects}) - {None} <= objectives
    assert objectives <= named
    assert {name for one in plan.objectives for name in one.measures} <= set(MEASURES)


@each_card
def test_a_card_can_be_played_alone(name, card):
    scenario = PLAYED[name]
    budget = plan_of(scenario).budget or scenario.budget
    hand = played_alone(scenario, card)
    saves = hand.yearly_cost() <= Hand(scenario).yearly_cost()
    assert saves or budget is None or hand.yearly_cost() <= budget + 1e-9


@each_card
def test_a_card_belongs_to_a_role_and_works_before_endex(name, card):
    scenario = PLAYED[name]
    plan = plan_of(scenario)
    assert not plan.roles or any(card.pillar in role.pillars for role in plan.roles)
    assert plan.moves[card.from_move - 1].day + card.lead_days < scenario.horizon_days


@each_card
def test_a_card_that_excludes_another_is_excluded_by_it(name, card):
    form = plan_of(PLAYED[name]).decision_form
    assert form is not None
    for code in card.excludes:
        other = form.card(code)
        assert other is not None
        assert card.code in other.excludes
