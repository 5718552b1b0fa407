"""The brief, and the situation of a move: what has happened, one question, and what everybody saw of it."""

from dataclasses import dataclass
from typing import ClassVar

from tabletop.exercise.state import State
from tabletop.report.room.fitting import Fitted, first_sentences, fitting, heading
from tabletop.report.room.past import Past
from tabletop.report.room.view import View

LEFT, WHOLE = 600.0, 1224.0
"""Pixels of the text, beside a picture and without."""
HIGH = 330.0
QUESTION = 150.0


@dataclass(frozen=True)
class Brief(View):
    """Text and a question at the left, what is known at the right."""

    template: ClassVar[str] = "brief.html"
    text: Fitted
    question: Fitted | None
    """What is talked over; in the brief, the content note."""
    past: Past | None
    goals: tuple[str, ...]
    """In place of a past, what is to be practised."""
    is_answered: bool
    """Whether it is told how busy the services were."""


def brief(state: State) -> Brief:
    """Before the first move."""
    plan, scenario = state.plan, state.scenario
    goals = [fitting(one.text, LEFT - 60, 115.0, (28,)).text for one in plan.objectives[:4]]
    wide = LEFT if goals else WHOLE
    note = fitting(plan.content_note, wide, QUESTION + 40, (28,)) if plan.content_note else None
    return Brief(
        heading(plan.title or scenario.title),
        "A teaching model: it predicts nothing. Next: the first move.",
        fitting(
            first_sentences(scenario.summary or plan.purpose, 3),
            wide,
            HIGH - 40 if note else HIGH + QUESTION,
            (34, 28),
        ),
        note,
        None,
        tuple(goals),
        is_answered=False,
    )


def situation(state: State, past: Past | None, *, is_answered: bool) -> Brief:
    """The situation of the present move."""
    move, form, budget = state.present, state.plan.decision_form, state.budget()
    wide = LEFT if past else WHOLE
    question = (
        fitting(f"Talk it over: {move.questions[0]}", wide, QUESTION, (40, 34, 28))
        if move.questions
        else None
    )
    most = f"at most {form.most_a_move} cards" if form and form.cards else "your levers"
    money = "" if budget is None else f", {budget:.1f} a year"
    ask = (
        "First your guess: how busy were the services? Then: "
        if past and past.services and not is_answered
        else "Next: "
    )
    return Brief(
        heading(move.name),
        ask + (f"{most}{money}." if form else "your ranges."),
        fitting(first_sentences(move.situation), wide, HIGH, (40, 34, 28)),
        question,
        past,
        (),
        is_answered=is_answered,
    )
