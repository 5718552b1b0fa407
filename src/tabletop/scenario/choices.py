"""Choices: each card of a decision form, or each step of a lever, with its days and its price alone."""

from collections.abc import Mapping
from dataclasses import dataclass

from tabletop.scenario.exercise_plan import ExercisePlan
from tabletop.scenario.policy import LEVERS
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.staged import staged
from tabletop.scenario.yaml_document import Path

FORM: Path = ("exercise", "decision_form")


@dataclass(frozen=True)
class Choice:
    """What a team can decide in a line: a card, or a lever's step."""

    code: str
    """As it is typed: D3, or analysts=many."""
    group: str
    """Of which one alone is in force: the card itself, or the lever."""
    place: Path
    """Where the file has it."""
    settings: Mapping[str, float | None]
    """The levers that it changes, and what it alone makes of their settings at StartEx."""
    price: float
    """Cost units a year over the baseline's; below 0 if it saves."""
    first_move: int
    """The first move (0 for the first) in which it can be decided."""
    works_from: float
    """The day from which it works, if it is decided then."""
    lead_days: float
    excludes: tuple[str, ...] = ()
    times: int = 1

    def works_in(self, plan: ExercisePlan, move: int) -> float:
        """The day from which it works if it is decided in a move."""
        return plan.moves[move].day + self.lead_days


def choices_of(scenario: Scenario) -> tuple[Choice, ...]:
    """Everything that teams can decide, in the order of the file; nothing where they only predict.

    A step that a lever has already is no choice.
    """
    plan = scenario.exercise
    form = None if plan is None else plan.decision_form
    if plan is None or form is None:
        return ()
    policy = scenario.policies(scenario.baseline)[0][1]

    def price(settings: Mapping[str, float | None]) -> float:
        return round(policy.added_cost(settings, scenario.costs), 9)

    cards = tuple(
        Choice(
            code=card.code,
            group=card.code,
            place=(*FORM, "cards", position),
            settings=card.settings(policy),
            price=price(card.settings(policy)),
            first_move=card.from_move - 1,
            works_from=plan.moves[card.from_move - 1].day + card.lead_days,
            lead_days=card.lead_days,
            excludes=card.excludes,
            times=card.times,
        )
        for position, card in enumerate(form.cards)
    )
    return cards or tuple(
        Choice(
            code=f"{lever}={step}",
            group=lever,
            place=(*FORM, "levers", lever, step),
            settings={lever: value},
            price=price({lever: value}),
            first_move=0,
            works_from=plan.moves[0].day,
            lead_days=0.0,
        )
        for lever, steps in form.levers.items()
        for step, value in steps.items()
        if value != LEVERS[lever].of(policy)
    )


def end_of(scenario: Scenario, move: int) -> float:
    """The day up to which the reveal of a move (0 for the first) shows: the next one's, or EndEx."""
    assert scenario.exercise is not None
    moves = scenario.exercise.moves
    return moves[move + 1].day if move + 1 < len(moves) else scenario.horizon_days


def budgets(scenario: Scenario) -> tuple[float, ...] | None:
    """By move, the most that a mix may cost a year as planned; None if there is no budget.

    What an inject adds counts from its move on; of one that waits, only what it would raise.
    """
    plan = scenario.exercise
    assert plan is not None
    budget = scenario.budget if plan.budget is None else plan.budget
    if budget is None:
        return None
    found = []
    for move in range(len(plan.moves)):
        allowed = budget
        for one in staged(scenario):
            added = one.staging.budget or 0.0
            if one.move <= move:
                allowed += max(added, 0.0) if one.waits else added
        found.append(allowed)
    return tuple(found)
