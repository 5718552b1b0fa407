"""Choices: which cards a team can add to its draft, and why not the others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercise.room import SMALL, opened, passed
from tabletop.exercise.acts import BeginMove, CardChange, Draft, LogEntry, Start, Submit
from tabletop.exercise.card_choices import Barred, Why, choices, drafted_hand
from tabletop.exercise.refused import Refused
from tabletop.exercise.roles import CONTROLLER
from tabletop.exercise.state import State
from tabletop.scenario.policy import LEVERS

CODES = [card.code for card in SMALL.exercise.decision_form.cards]


def by_code(exercise, team="Alpha"):
    return {one.card.code: one for one in choices(exercise.state, team)}


def draft(exercise, card, times=1, *, back=False):
    exercise.do("Alpha", Draft(team="Alpha", change=CardChange(card=card, times=times, back=back)), at=61.0)


def test_a_card_says_what_it_costs_and_when_it_can_be_played(tmp_path):
    found = by_code(opened(tmp_path))
    assert list(found) == CODES
    assert found["D2"].cost == pytest.approx(2 * LEVERS["analysts"].cost)
    assert found["I1"].barred == Barred(Why.LATER, "2")
    assert {found[code].barred for code in ("D1", "D2", "R1", "R2", "P1")} == {None}
    assert found["D2"].left == 2


def test_what_a_drafted_card_excludes_cannot_be_added_whichever_of_the_two_says_so(tmp_path):
    exercise = opened(tmp_path)
    draft(exercise, "R1")
    assert by_code(exercise)["R2"].barred == Barred(Why.EXCLUDED, "R1")
    draft(exercise, "R1", 0)
    draft(exercise, "R2")  # only R1 says that they exclude each other
    assert by_code(exercise)["R1"].barred == Barred(Why.EXCLUDED, "R2")


def test_a_full_draft_takes_no_more_cards(tmp_path):
    exercise = opened(tmp_path)
    draft(exercise, "D1")
    draft(exercise, "R1")
    assert by_code(exercise)["D2"].barred == Barred(Why.FULL, "2")
    assert by_code(exercise, "Bravo")["D2"].barred is None


def test_what_is_in_play_can_be_taken_back_and_then_excludes_nothing(tmp_path):
    exercise = opened(tmp_path)
    exercise.do("Alpha", Submit(team="Alpha", entry="R1"), at=61.0)
    passed(exercise)
    found = by_code(exercise)
    assert (found["R1"].in_play, found["R1"].left) == (1, 0)
    assert found["R2"].barred == Barred(Why.EXCLUDED, "R1")
    draft(exercise, "R1", back=True)
    found = by_code(exercise)
    assert found["R1"].is_taken_back
    assert found["R2"].barred is None


def after(state, card, times):
    act = Draft(team="Alpha", change=CardChange(card=card, times=times))
    return state.after(LogEntry(number=state.lines + 1, at=61.0, by="Alpha", act=act))


def is_possible(state):
    try:
        drafted_hand(state, "Alpha")
    except Refused:
        return False
    return True


FIRST_MOVE = State.of(
    SMALL,
    [
        LogEntry(number=1, at=0.0, by=CONTROLLER, act=Start(secret="s", teams=("Alpha",), others=2)),
        LogEntry(number=2, at=0.0, by=CONTROLLER, act=BeginMove(move=1)),
    ],
)


@given(st.lists(st.tuples(st.sampled_from(CODES), st.integers(0, 2)), max_size=6))
def test_a_card_that_is_not_barred_can_be_added_to_a_draft_that_can_be_submitted(changes):
    """The same answer as the hand's own rules give, whatever was drafted before."""
    state = FIRST_MOVE
    for card, times in changes:
        state = after(state, card, times)
    if not is_possible(state):
        return
    for one in choices(state, "Alpha"):
        if one.drafted < one.left:
            more = after(state, one.card.code, one.drafted + 1)
            assert is_possible(more) == (one.barred is None), one
