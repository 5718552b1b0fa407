"""The offer: what teams can decide, in words, with what it costs."""

from dataclasses import dataclass

from tabletop.scenario.decision_form import Adjustment, Card
from tabletop.scenario.policy import LEVERS
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import number


@dataclass(frozen=True)
class Offered:
    """One decision, in words."""

    code: str
    title: str
    changes: str
    cost: str
    """Cost units a year over the baseline, with its sign."""
    lead: str


def offer(scenario: Scenario) -> tuple[Offered, ...]:
    """Everything that the decision form lists."""
    plan = scenario.exercise
    assert plan is not None
    form = plan.decision_form
    if form is None:
        return ()
    if form.levers:
        return tuple(
            Offered(f"{lever}={step}", LEVERS[lever].says, f"{lever} = {_setting(value)}", "", "at once")
            for lever, steps in form.levers.items()
            for step, value in steps.items()
        )
    return tuple(
        Offered(
            card.code,
            card.title,
            ", ".join(f"{lever} {_adjustment(change)}" for lever, change in card.changes.items()),
            f"{yearly_cost(scenario, card):+.4g}",
            f"{number(card.lead_days)} days" if card.lead_days else "at once",
        )
        for card in form.cards
    )


def yearly_cost(scenario: Scenario, card: Card) -> float:
    """What a card adds to the cost of the baseline's mix, in cost units a year; below 0 if it saves."""
    policy = scenario.policies(scenario.baseline)[0][1]
    return round(policy.added_cost(card.settings(policy), scenario.costs), 9)


def not_offered(scenario: Scenario) -> tuple[str, ...]:
    """The levers that keep the baseline: not the teams' to decide."""
    plan = scenario.exercise
    assert plan is not None
    form = plan.decision_form
    listed = set()
    if form is not None:
        listed = {*form.levers, *(lever for card in form.cards for lever in card.changes)}
    return tuple(name for name in LEVERS if name not in listed)


def _adjustment(change: Adjustment) -> str:
    if "set" in change.model_fields_set:
        return f"= {_setting(change.set)}"
    assert change.add is not None
    return f"{change.add:+.4g}"


def _setting(value: float | None) -> str:
    return "no limit" if value is None else number(value)
