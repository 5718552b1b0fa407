"""What dates, lead times and prices alone say of whether an exercise can teach."""

import pytest
import yaml

from tabletop.errors import ScenarioError
from tabletop.scenario.checks.teaching import notes
from tabletop.scenario.choices import budgets, choices_of
from tabletop.scenario.decision_form import DecisionForm
from tabletop.scenario.load import loads


def card(code, pillar="detection", changes=None, **more):
    """A card, as a file has it."""
    given = {"tradecraft": {"add": 0.1}} if changes is None else changes
    return {"code": code, "title": code, "says": code, "pillar": pillar, "changes": given, **more}


def scenario(cards, *, days=(0, 100), horizon=300, budget=200.0, **plan):
    """A scenario with an exercise of these cards."""
    moves = [{"name": f"Move {day}", "day": day, "situation": "Now."} for day in days]
    data = {
        "title": "Dates",
        "baseline": "now",
        "policy_mixes": {"now": {}},
        "measures": {"incidents": {"delta": 1}},
        "horizon_days": horizon,
        "budget": budget,
        "exercise": {
            "duration_minutes": 30 + 15 * len(days),
            "moves": moves,
            "predictions": ["incidents"],
            "decision_form": {"cards": cards},
            **plan,
        },
    }
    return loads(yaml.safe_dump(data, allow_unicode=True, sort_keys=False))


def test_a_reveal_is_alive_if_one_card_works_the_day_before_its_end():
    assert scenario([card("D1", lead_days=99)]).exercise is not None
    with pytest.raises(ScenarioError, match="the reveal of move 1 shows days 0 to 100"):
        scenario([card("D1", lead_days=100)])


def test_every_reveal_before_the_first_card_works_is_named():
    with pytest.raises(ScenarioError) as refused:
        scenario([card("D1", from_move=3)], days=(0, 100, 200))
    paths = [problem.path for problem in refused.value.problems]
    assert paths == ["exercise.moves[1].day", "exercise.moves[2].day"]
    assert "let a card be played in move 1 that works in less than 100 days" in str(refused.value)


def test_the_last_reveal_can_be_dead_where_an_epilogue_follows():
    with pytest.raises(ScenarioError, match="end the exercise after day 350") as refused:
        scenario([card("D1", lead_days=350)], days=(0,), epilogue_days=365)
    assert refused.value.problems[0].path == "horizon_days"


def test_a_card_that_nobody_can_ever_pay_for_is_said_with_what_would_be_right():
    free = scenario([card("D1")])
    price, cost = choices_of(free)[0].price, free.yearly_cost("now")
    dear = scenario([card("D1"), card("D2", changes={"analysts": {"add": 9}})], budget=cost + price)
    (said,) = notes(dear)
    assert said == (
        f"D2: costs 9 cost units a year, and no team can ever have more than {price:g} for it, whatever "
        f"else it gives up; raise the budget by {9 - price:g}, or make it cheaper"
    )
    saving = card("I1", "interdiction", {"teams": {"add": -2}})
    helped = scenario([card("D1"), card("D2", changes={"analysts": {"add": 5}}), saving], budget=cost + price)
    assert not [*notes(helped)]  # 1.4 and 4 that two teams fewer save
    excluded = {**card("D2", changes={"analysts": {"add": 5}}), "excludes": ["I1"]}
    assert [*notes(scenario([card("D1"), excluded, saving], budget=cost + price))]


def test_a_raise_counts_from_its_move_on_and_a_cut_does_too():
    injects = [
        {"id": "raise", "title": "More", "message": "More money.", "budget": 5},
        {"id": "cut", "title": "Less", "message": "Less money.", "budget": -3},
        {"id": "perhaps", "title": "Perhaps", "message": "More.", "budget": 2, "contingency": True},
        {"id": "or_less", "title": "Perhaps", "message": "Less.", "budget": -2, "contingency": True},
    ]
    moves = [
        {"name": "First", "day": 0, "situation": "Now."},
        {"name": "Second", "day": 100, "situation": "Now.", "injects": ["raise"]},
        {"name": "Third", "day": 200, "situation": "Now.", "injects": ["cut"]},
    ]
    # what waits for the controller can be released at once, and need not be
    played = scenario([card("D1")], days=(0, 100, 200), injects=injects, moves=moves)
    assert budgets(played) == (202, 207, 204)


def test_of_two_cards_that_do_the_same_the_later_one_is_said():
    cards = [card("D1", lead_days=60), card("D2", lead_days=30)]
    assert [*notes(scenario(cards))] == [
        "D1: D2 does the same at the same price, and no later; change what D1 does, or remove it"
    ]
    cards[0]["times"] = 2  # may be in play twice: that is something
    assert not [*notes(scenario(cards))]


def test_a_move_in_which_nothing_can_work_is_said():
    late = scenario([card("D1", lead_days=80)], days=(0, 100, 250))
    (said,) = notes(late)
    assert said == (
        "move 3, Move 250: nothing that is decided in it works before day 300, up to which its reveal shows; "
        "the soonest is D1, after 80 days"
    )


def test_steps_of_levers_work_at_once_and_what_is_so_already_is_no_choice():
    usual = scenario([card("D1")])
    plan = usual.exercise
    form = DecisionForm.model_validate({"levers": {"analysts": {"fewer": 5, "same": 6, "more": 8}}})
    assert usual.policies("now")[0][1].detection.analysts == 6
    found = choices_of(usual.model_copy(update={"exercise": plan.model_copy(update={"decision_form": form})}))
    assert [(one.code, one.price, one.works_from) for one in found] == [
        ("analysts=fewer", -1, 0),
        ("analysts=more", 2, 0),
    ]
