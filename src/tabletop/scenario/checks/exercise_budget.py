"""The budget of an exercise: what the baseline leaves of it, and the cards that fit."""

from collections.abc import Iterator
from math import inf

from tabletop.scenario.checks.cards import FORM, lever_field
from tabletop.scenario.checks.validation import out_of
from tabletop.scenario.decision_form import Adjustment
from tabletop.scenario.exercise_plan import ExercisePlan
from tabletop.scenario.policy import LEVERS, Policy
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import number
from tabletop.scenario.yaml_document import Fault

ROUNDING = 1e-9
"""What sums of costs and settings may be apart in the last places."""


def of_scenario(scenario: Scenario) -> Iterator[Fault]:
    """What is wrong with the decision form of a well-formed scenario, beside its baseline and its budget."""
    plan = scenario.exercise
    if plan is None or plan.decision_form is None:
        return
    yield from _out_of_range(scenario, plan)
    budget = scenario.budget if plan.budget is None else plan.budget
    stretches = scenario.policies(scenario.baseline)
    costs = [(round(policy.yearly_cost(scenario.costs), 9), day) for day, policy in stretches]
    dearest, day = max(costs, key=lambda one: (one[0], -one[1]))
    if budget is None:
        yield Fault(
            ("exercise", "budget"),
            f"missing, and the scenario has none; the baseline costs {number(dearest)} cost units a year: "
            f"write more, as budget: {number(dearest + 8)}",
        )
        return
    if dearest > budget + ROUNDING:
        since = f" from day {number(day)} on" if day else ""
        yield Fault(
            ("exercise", "budget") if plan.budget is not None else ("budget",),
            f"{number(budget)} is below the baseline's cost of {number(dearest)} cost units a year{since}, "
            f"{number(round(dearest - budget, 9))} above it; write {number(dearest)} or more",
        )
        return
    yield from _none_fits(scenario, plan, budget - costs[0][0])


def _out_of_range(scenario: Scenario, plan: ExercisePlan) -> Iterator[Fault]:
    """Cards that would take a lever out of its range by themselves, at a time at which they can work."""
    assert plan.decision_form is not None
    stretches = scenario.policies(scenario.baseline)
    ends = [*(day for day, _ in stretches[1:]), inf]
    for position, card in enumerate(plan.decision_form.cards):
        works_from = plan.moves[card.from_move - 1].day + card.lead_days
        reported: set[str] = set()
        for (_, policy), end in zip(stretches, ends, strict=True):
            for name, change in card.changes.items():
                # what is set is in range whatever the baseline, or was refused as it was read
                if end <= works_from or name in reported or change.add is None:
                    continue
                if (wrong := _wrong(name, change, policy)) is not None:
                    reported.add(name)
                    yield Fault((*FORM, "cards", position, "changes", name, "add"), wrong)


def _wrong(name: str, change: Adjustment, policy: Policy) -> str | None:
    """Why an addition to a lever of a policy cannot be; None if it can."""
    lever, before = LEVERS[name], LEVERS[name].of(policy)
    setting = change.applied_to(before)
    if before is None or setting is None:
        return f"{name} is without limit in the baseline, so that nothing can be added; use set"
    high = lever_field(name).limits.high
    if lever.low - ROUNDING <= setting <= (inf if high is None else high) + ROUNDING:
        return None
    return (
        f"{name} would be {number(round(setting, 9))}, from the baseline's {number(before)}; "
        f"it must be {out_of(lever_field(name))}"
    )


def _none_fits(scenario: Scenario, plan: ExercisePlan, room: float) -> Iterator[Fault]:
    """A form of which nothing can be afforded from the baseline alone is no decision."""
    form = plan.decision_form
    assert form is not None
    policy = scenario.policies(scenario.baseline)[0][1]
    noun = "card" if form.cards else "step"
    decisions = [(card.code, card.settings(policy)) for card in form.cards] or [
        (f"{name}={step}", {name: value})
        for name, steps in form.levers.items()
        for step, value in steps.items()
        if value != LEVERS[name].of(policy)
    ]
    prices = [(round(policy.added_cost(made, scenario.costs), 9), code) for code, made in decisions]
    cheapest = min(prices, default=None)
    if cheapest is not None and cheapest[0] > room + ROUNDING:
        yield Fault(
            (*FORM, "cards" if form.cards else "levers"),
            f"no {noun} fits into the {number(round(room, 9))} cost units a year that the baseline leaves of "
            f"the budget; the cheapest, {cheapest[1]}, costs {number(cheapest[0])}: raise the budget, or "
            f"make a {noun} cheaper",
        )
