"""A scenario explained before anything runs: what differs, how mixes are set, what is assumed."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp, inf, isinf
from typing import Any

from tabletop.engine.durations import Duration
from tabletop.engine.frozen import ASSUMPTION
from tabletop.scenario.claim import Claim
from tabletop.scenario.fields import Field
from tabletop.scenario.policy import LEVERS, PILLARS, Policy
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import number

KEY = (
    "threat.formation_rate",
    "threat.transnational_share",
    "threat.preparation",
    "trust.base",
    "detection.assessment",
    "interdiction.investigation",
    "interdiction.success",
    "prosecution.preparation",
    "prosecution.trial",
)
"""Conditions that are told even where they are the defaults."""

PLAIN = ("share", "probability", "", "ratio")
"""Units that go without saying."""


@dataclass(frozen=True, slots=True)
class StatedCondition:
    """One condition in words."""

    path: str
    says: str
    value: str
    default: str
    differs: bool


def stated_conditions(scenario: Scenario) -> list[StatedCondition]:
    """The conditions that differ from the model's defaults, and the key ones, in the format's order."""
    stated = []
    for path, field, value, default in _leaves(scenario.conditions, type(scenario.conditions)()):
        differs = value != default
        if differs or path in KEY:
            stated.append(
                StatedCondition(
                    path, field.says, in_words(value, field.unit), in_words(default, field.unit), differs
                )
            )
    return stated


def elsewhere_in_words(claim: Claim) -> Iterator[str]:
    """Under which other conditions a claim is said to survive, and where to turn round."""
    said = claim.survives
    if said is not None and said.each is not None:
        low, high = map(number, said.each.ends)
        spared = f", except {', '.join(said.except_)}" if said.except_ else ""
        yield f"survives: every number of the conditions × {low} and × {high}, alone{spared}"
    elif said is not None:
        yield f"survives: in {said.in_} of {said.of} variants of all ranges"
    if claim.turns_at:
        yield f"no longer holds at: {'; '.join(turn.in_words for turn in claim.turns_at)}"


def _leaves(group: Any, default: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Field, Any, Any]]:
    """Every single condition, with its default; durations and the list of partners are single."""
    for name in type(group).model_fields:
        here, there = getattr(group, name), getattr(default, name)
        field = Field.root().at(("conditions", *path, name))
        assert field is not None
        if field.is_group:
            yield from _leaves(here, there, (*path, name))
        else:
            yield ".".join((*path, name)), field, here, there


def in_words(value: Any, unit: str = "") -> str:
    """A value with its unit, short enough for a table."""
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case Duration():
            return _duration(value, unit)
        case tuple():
            return "; ".join(_partner(partner) for partner in value) or "none"
        case int() | float() if isinf(value):
            return "unlimited" if value > 0 else "everything (−∞)"
        case _:
            return number(value) if unit in PLAIN else f"{number(value)} {unit}"


def _duration(duration: Duration, unit: str) -> str:
    if duration.mean == 0:
        return "instant"
    amount = number(duration.mean) if unit in PLAIN else f"{number(duration.mean)} {unit}"
    if duration.spread == 0:
        return f"{amount}, always"
    cv = "" if duration.family == "exponential" else f", cv {number(duration.spread)}"
    return f"{amount}, {duration.family}{cv}"


def _partner(partner: Any) -> str:
    suspended = ", suspended" if partner.suspended else ""
    return (
        f"{partner.name} (sees {number(partner.visibility)}, latency {number(partner.latency.mean)} days, "
        f"court use {number(partner.court_use)}{suspended})"
    )


def moves(before: Policy, after: Policy) -> list[str]:
    """The levers that differ between two policies, as 'analysts 7 → 8'."""
    return [
        f"{name} {setting(lever.of(before))} → {setting(lever.of(after))}"
        for name, lever in LEVERS.items()
        if lever.of(before) != lever.of(after)
    ]


def setting(value: float | None) -> str:
    """A lever's setting in a table."""
    return "∞" if value is None else number(value)


def settings(
    scenario: Scenario, mixes: list[str]
) -> Iterator[tuple[str, list[tuple[str, list[float | None]]]]]:
    """Pillar by pillar: every lever with its day-0 setting in each of the mixes."""
    policies = [scenario.policies(mix)[0][1] for mix in mixes]
    for pillar in PILLARS:
        rows = [
            (name, [lever.of(p) for p in policies])
            for name, lever in LEVERS.items()
            if lever.pillar == pillar
        ]
        yield pillar, rows


def odds_in_words(log_odds: float) -> tuple[str, str]:
    """A prior as a probability and as odds: ('1.0 %', '1 to 95')."""
    if log_odds == -inf:
        return "0 %", "never genuine"
    if log_odds == inf:
        return "100 %", "always genuine"
    probability = 1 / (1 + exp(-log_odds)) if log_odds > -700 else 0.0
    if log_odds <= 0:
        against = exp(min(-log_odds, 700))
        return (
            f"{100 * probability:.3g} %",
            f"1 to {against:,.3g}" if against < 1000 else f"1 to {against:,.0f}",
        )
    return f"{100 * probability:.3g} %", f"{exp(min(log_odds, 700)):,.3g} to 1"


def assumed(scenario: Scenario) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What the file says of its numbers: (published sources, assumptions), each as (path, words)."""
    published, assumptions = [], []
    for source in scenario.sources:
        if source.says.casefold().startswith(ASSUMPTION):
            assumptions.append((source.path, source.says))
        else:
            published.append((source.path, source.says))
    return published, assumptions
