"""What a search moves: every lever with its steps, bounds and prices, from the baseline's setting."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor, inf
from typing import Any

from tabletop.errors import TabletopError
from tabletop.experiment.identity import settings
from tabletop.scenario.policy import LARGEST_BUDGET, LEVERS, Lever, PolicyMix
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.search_plan import SearchedLever, SearchPlan
from tabletop.scenario.words import number

SHARE_STEP, DAY_STEP = 0.05, 10.0
"""Default steps of a lever that is a share, and of one that is counted in days."""
FREE_STEPS = 10
"""Steps up of staff that costs nothing and has no upper bound in the file."""
SLACK = 1e-9
"""Tolerance for rounding."""


@dataclass(frozen=True)
class Move:
    """How one `lever` may be moved: by whole steps from the setting that the baseline has."""

    lever: str
    own: float
    """The baseline's setting."""
    step: float
    """In the lever's own unit."""
    least: int
    """Most steps down, as a number that is 0 or below."""
    most: int
    """Most steps up, of which the budget may allow fewer."""
    price: float
    """Cost units a year of one step."""

    def setting(self, steps: int) -> float:
        """The setting so many steps from the baseline's, within the lever's range against rounding."""
        lever = LEVERS[self.lever]
        value = round(self.own + steps * self.step, 12)
        return min(max(value, lever.low), inf if lever.high is None else lever.high)


@dataclass(frozen=True)
class Space:
    """All that a search may move, and what it may spend."""

    moves: tuple[Move, ...]
    """Every lever that may be moved."""
    left_alone: tuple[str, ...]
    """Levers that are not moved, each with the reason."""
    spare: float
    """Cost units a year that the budget leaves above the baseline."""

    def cost(self, steps: Mapping[str, int]) -> float:
        """What moves cost more than the baseline, in cost units a year."""
        return sum(move.price * steps.get(move.lever, 0) for move in self.moves)


def within(scenario: Scenario, budget: Any) -> Scenario:
    """The scenario with another budget, if one is given; raises TabletopError for a mix that costs more."""
    if budget is None:
        return scenario
    if isinstance(budget, bool) or not isinstance(budget, int | float) or not 0 < budget <= LARGEST_BUDGET:
        raise TabletopError(
            f"budget: {budget!r}: must be a number of cost units a year, above 0 and at most "
            f"{LARGEST_BUDGET:g}"
        )
    for name in scenario.policy_mixes:
        cost = scenario.yearly_cost(name)
        if name != scenario.baseline and cost > budget * (1 + SLACK):
            least = number(round(cost, 9))
            raise TabletopError(
                f"budget: {number(budget)} a year does not pay for the file's mix '{name}', with which what "
                f"is found is compared, and which costs {least}; give {least} or more"
            )
    return scenario.model_copy(update={"budget": float(budget)})


def space_of(scenario: Scenario) -> Space:
    """What a search of a scenario may move.

    Raises TabletopError where there is no budget, it lies below the baseline's cost, or no lever with a cost
    can be moved.
    """
    base = scenario.baseline
    if scenario.budget is None:
        cost = number(round(scenario.yearly_cost(base), 9))
        least = number(round(max(map(scenario.yearly_cost, scenario.policy_mixes)), 9))
        raise TabletopError(
            f"{scenario.title}: no budget, within which mixes could be searched for; write what a mix may "
            f"cost a year, as budget: {least} or more, or say it with --budget (the baseline costs {cost}, "
            f"and no mix of the file more than {least})"
        )
    spare = scenario.budget - scenario.yearly_cost(base)
    if spare < -SLACK * scenario.budget:
        raise TabletopError(
            f"budget: {number(scenario.budget)} lies below the cost of the baseline '{base}', "
            f"{number(round(scenario.yearly_cost(base), 9))} a year; raise it"
        )
    plan = scenario.search or SearchPlan()
    moves: list[Move] = []
    left: list[str] = []
    for lever in LEVERS.values():
        found = _move(scenario, plan, lever, spare)
        if isinstance(found, Move):
            moves.append(found)
        else:
            left.append(f"{lever.name} {found}")
    if not any(move.price for move in moves):
        raise TabletopError(
            f"{scenario.title}: no lever with a cost is left to be moved, so that the budget buys nothing "
            f"({'; '.join(left)})"
        )
    if spare <= SLACK * scenario.budget and not any(move.price and move.least for move in moves):
        raise TabletopError(
            f"budget: {number(scenario.budget)} is what the baseline costs, and no lever may be cut; raise "
            "it, or let a lever be cut"
        )
    return Space(tuple(moves), tuple(left), spare)


def _move(scenario: Scenario, plan: SearchPlan, lever: Lever, spare: float) -> Move | str:
    """How a lever may be moved, or why it is not."""
    asked = plan.levers.get(lever.name)
    price = lever.price(scenario.costs)
    days = [of[lever.pillar][lever.name] for _, of in settings(scenario, scenario.baseline)]
    if lever.name in plan.keep:
        return "is kept"
    if price == 0 and asked is None:
        return "costs nothing, and is not named under search.levers"
    if days[0] is None:
        return "is unlimited"
    if len(set(days)) > 1:
        return "is changed by the baseline on a later day"
    how = asked or SearchedLever()
    own = float(days[0])
    step = how.step or (1.0 if lever.is_staff else SHARE_STEP if lever.high == 1 else DAY_STEP)
    low = own if not how.cut else lever.low if how.low is None else how.low
    high = how.high if how.high is not None else inf if lever.high is None else lever.high
    least = -floor((own - low) / step + SLACK)
    if high == inf:  # only staff has no upper end; what the whole budget buys is more than enough
        whole = spare + scenario.yearly_cost(scenario.baseline)
        high = own + step * (floor(whole / (price * step)) if price else FREE_STEPS)
    most = floor((high - own) / step + SLACK)
    if least == most == 0:
        return "has no room for a step"
    return Move(lever.name, own, step, least, most, price * step)


def as_mix(scenario: Scenario, space: Space, steps: Mapping[str, int], title: str) -> PolicyMix:
    """The mix that has these levers moved from the baseline, from which it inherits all else."""
    pillars: dict[str, dict[str, float]] = {}
    for move in space.moves:
        if taken := steps.get(move.lever, 0):
            lever = LEVERS[move.lever]
            value = move.setting(taken)
            pillars.setdefault(lever.pillar, {})[lever.name] = round(value) if lever.is_staff else value
    return PolicyMix.model_validate({"title": title, "base": scenario.baseline, **pillars})
