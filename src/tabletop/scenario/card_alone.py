"""A card alone: what it makes of the baseline's settings, and what that costs a year."""

from tabletop.scenario.decision_form import Card
from tabletop.scenario.policy import LEVERS, Policy
from tabletop.scenario.scenario import Scenario


def settings(card: Card, policy: Policy) -> dict[str, float | None]:
    """The levers that a card changes, at what it makes of their settings in a policy."""
    return {name: change.applied_to(LEVERS[name].of(policy)) for name, change in card.changes.items()}


def yearly_cost(scenario: Scenario, levers: dict[str, float | None], policy: Policy) -> float:
    """Cost units a year that some levers' settings add to a policy's cost; below 0 if they save."""
    total = 0.0
    for name, setting in levers.items():
        lever = LEVERS[name]
        # unlimited staff is free
        total += scenario.costs.get(name, lever.cost) * ((setting or 0.0) - (lever.of(policy) or 0.0))
    return round(total, 9)
