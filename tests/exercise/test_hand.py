"""Cards in play: what they change, when, at which cost, and which company they refuse."""

import pytest

from exercise.room import SMALL
from tabletop.exercise.entry_line import Decision, parse
from tabletop.exercise.hand import Hand
from tabletop.exercise.refused import Refused

FORM = SMALL.exercise.decision_form
BASE = SMALL.yearly_cost("usual")


def after(*lines: str) -> Hand:
    """The hand after one line a move."""
    hand = Hand(SMALL)
    for move, line in enumerate(lines):
        hand = hand.after(parse(line, FORM), move)
    return hand


@pytest.mark.parametrize("line", ["", "  ", "keep", "none", "-"])
def test_a_line_that_says_nothing_keeps_the_mix(line):
    assert parse(line, FORM) == Decision()


def test_a_line_is_read_whatever_its_case_and_commas():
    assert parse(" d1,−r1  D2 ", FORM) == Decision(plays=("D1", "D2"), takes_back=("R1",))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("D9", "D9: no such card; known: D1, D2, R1, R2, I1, P1"),
        ("D1 -D1", "D1: both played and taken back; write one of the two"),
        ("D1 D2 R1", "3 cards; at most 2 can be played in a move (taking cards back is free)"),
        ("-D1", "-D1: D1 is not in play; nothing is"),
        ("I1", "I1: it can be played from move 2 on"),
        ("D1 D1", "D1: it can be in play once at most"),
        ("R1 R2", "R1 and R2 exclude each other; take one back, as -R2"),
    ],
)
def test_what_the_form_does_not_allow_is_refused_with_the_reason(line, said):
    with pytest.raises(Refused) as refused:
        after(line)
    assert str(refused.value) == said


def test_a_lever_that_would_leave_its_range_is_refused():
    form = {"cards": [{"code": "D1", "title": "T", "says": "S", "pillar": "detection",
                       "changes": {"tradecraft": {"add": 0.4}}, "times": 3}]}  # fmt: skip
    plan = SMALL.exercise.model_copy(update={"decision_form": type(FORM).model_validate(form)})
    hand = Hand(SMALL.model_copy(update={"exercise": plan}))
    with pytest.raises(Refused, match=r"tradecraft would be 1.3 from day 0; it must be 0 to 1: D1 and D1"):
        hand.after(parse("D1 D1", plan.decision_form), 0)


def test_a_card_works_after_its_lead_days_and_costs_at_once():
    hand = after("D1")
    mix = hand.mix()
    assert mix.detection.model_fields_set == {"tradecraft"}
    assert mix.detection.tradecraft == 0.5
    assert [(change.day, change.detection.tradecraft) for change in mix.changes] == [(30.0, 0.7)]
    assert hand.yearly_cost() == pytest.approx(BASE + 2.8)
    assert hand.cost_until(15) == pytest.approx((BASE + 2.8) * 15 / 365)
    assert hand.cost_until(15) != pytest.approx(BASE * 15 / 365, rel=1e-3)


def test_a_card_taken_back_works_and_costs_until_its_lead_days_are_over():
    hand = after("D1", "-D1")
    settings = {0.0: 0.5} | {change.day: change.detection.tradecraft for change in hand.mix().changes}
    assert settings == {0.0: 0.5, 30.0: 0.7, 150.0: 0.5}
    assert hand.codes == ()
    assert hand.yearly_cost() == pytest.approx(BASE)
    assert hand.cost_until(240) == pytest.approx((BASE * 240 + 2.8 * 150) / 365)


def test_two_of_a_card_add_up():
    hand = after("D2", "D2")
    assert [change.detection.analysts for change in hand.mix().changes] == [10]
    assert hand.mix().detection.analysts == 8
    assert hand.yearly_cost() == pytest.approx(BASE + 4)


def test_the_expert_form_sets_levers_by_named_steps():
    form = type(FORM).model_validate({"levers": {"teams": {"few": 3, "usual": 4, "many": 6}}})
    plan = SMALL.exercise.model_copy(update={"decision_form": form})
    hand = Hand(SMALL.model_copy(update={"exercise": plan}))
    hand = hand.after(parse("teams=many", form), 0).after(parse("teams=few", form), 1)
    assert hand.mix().interdiction.teams == 6
    assert [(change.day, change.interdiction.teams) for change in hand.mix().changes] == [(120.0, 3)]
    # a line that says nothing keeps the steps, as it keeps cards
    assert hand.after(Decision(), 1) == hand
    with pytest.raises(Refused, match="teams=lots: no such step; known: few, usual, many"):
        parse("teams=lots", form)
    with pytest.raises(Refused, match="courts: not yours to decide"):
        parse("courts=many", form)
