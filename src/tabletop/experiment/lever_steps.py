"""Lever steps: each lever of a policy mix moved, up and down, by as much as a unit of cost pays for.

A step moves one lever on every day on which the mix sets it, and nothing else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor, inf, isfinite
from typing import Literal

from tabletop.errors import TabletopError, known_name
from tabletop.scenario.policy import LEVERS, Lever, Policy, PolicyMix
from tabletop.scenario.scenario import Scenario

UNIT = 1.0
"""Default of the cost units a year that a step may cost."""
SLACK = 1e-9
"""Tolerance for rounding: ten times a tenth of a unit is a unit."""

Way = Literal["up", "down"]


@dataclass(frozen=True)
class LeverStep:
    """One step: a lever moved from the chosen mix, and its price."""

    lever: str
    way: Way
    shift: float
    """By how much, in the lever's own unit; negative for a step down."""
    before: tuple[float, ...]
    """Settings of the chosen mix, from day 0 on; one if it never changes them."""
    after: tuple[float, ...]
    spent: float
    """Cost units a year; negative for a step down."""

    @property
    def mix(self) -> str:
        """The name of the mix with this step; no mix of a file can have it."""
        return f"{'+' if self.way == 'up' else '-'}{self.lever}"


@dataclass(frozen=True)
class Unmoved:
    """A lever that no step moves, or none in this direction, and why."""

    lever: str
    ways: tuple[Way, ...]
    why: str


def steps_from(
    scenario: Scenario, mix: str, *, unit: float = UNIT
) -> tuple[tuple[LeverStep, ...], tuple[Unmoved, ...]]:
    """Every step from a mix, lever by lever, up before down; and the levers that are not moved."""
    known_name("policy mix", mix, scenario.policy_mixes)
    if not (isfinite(unit) and unit > 0):
        raise TabletopError(f"unit: {unit!r}: must be a number of cost units above 0")
    steps: list[LeverStep] = []
    apart: list[Unmoved] = []
    policies = [policy for _, policy in _stretches(scenario, mix)]
    for lever in LEVERS.values():
        settings = [lever.of(policy) for policy in policies]
        price = lever.price(scenario.costs)
        before = tuple(float(setting) for setting in settings if setting is not None)
        if price == 0:
            apart.append(Unmoved(lever.name, ("up", "down"), "costs nothing"))
        elif len(before) < len(settings):
            apart.append(Unmoved(lever.name, ("up", "down"), "is unlimited"))
        else:
            made = list(_up_and_down(lever, before, price, unit))
            steps += [one for one in made if isinstance(one, LeverStep)]
            apart += [one for one in made if isinstance(one, Unmoved)]
    return tuple(steps), tuple(apart)


def stepped(scenario: Scenario, mix: str, steps: tuple[LeverStep, ...]) -> Scenario:
    """The scenario with a mix for each step, every lever written out, so that it inherits nothing."""
    made = {step.mix: _moved(scenario, mix, step) for step in steps}
    return scenario.model_copy(update={"policy_mixes": {**scenario.policy_mixes, **made}})


def _up_and_down(
    lever: Lever, before: tuple[float, ...], price: float, unit: float
) -> Iterator[LeverStep | Unmoved]:
    """A step up and a step down, as large as the range on every day and the unit of cost allow."""
    affordable = unit / price
    if lever.is_staff:
        affordable = float(floor(affordable + SLACK))
        if affordable == 0:
            yield Unmoved(
                lever.name, ("up", "down"), f"one of its people costs {price:g}, more than {unit:g}"
            )
            return
    high = inf if lever.high is None else lever.high
    before = tuple(dict.fromkeys(before))
    ways: tuple[tuple[Way, float, float], ...] = (
        ("up", high - max(before), 1.0),
        ("down", min(before) - lever.low, -1.0),
    )
    for way, room, sign in ways:
        size = min(affordable, room)
        if size <= 0:
            yield Unmoved(lever.name, (way,), f"is at its {'upper' if way == 'up' else 'lower'} bound")
            continue
        after = tuple(_bounded(setting + sign * size, lever.low, high) for setting in before)
        yield LeverStep(lever.name, way, sign * size, before, after, round(sign * size * price, 12))


def _bounded(value: float, low: float, high: float) -> float:
    """A setting after a step, kept within its bounds against rounding."""
    return min(max(round(value, 12), low), high)


def _moved(scenario: Scenario, mix: str, step: LeverStep) -> PolicyMix:
    lever = LEVERS[step.lever]
    target = dict(zip(step.before, step.after, strict=True))
    (_, first), *later = [(day, _with(lever, policy, target)) for day, policy in _stretches(scenario, mix)]
    changes = [{"day": day, **policy.model_dump()} for day, policy in later]
    return PolicyMix.model_validate(
        {"title": f"{mix}, {step.lever} {step.shift:+g}", **first.model_dump(), "changes": changes}
    )


def _with(lever: Lever, policy: Policy, target: dict[float, float]) -> Policy:
    """The policy with one lever moved from its setting to the target of it."""
    setting = lever.of(policy)
    assert setting is not None
    value = target[float(setting)]
    return lever.set(policy, round(value) if lever.is_staff else value)


def _stretches(scenario: Scenario, mix: str) -> list[tuple[float, Policy]]:
    """The settings of a mix before EndEx: (day from which they hold, policy)."""
    return [(day, policy) for day, policy in scenario.policies(mix) if day < scenario.horizon_days]
