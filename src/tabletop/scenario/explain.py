"""A scenario explained before anything runs: what differs, what happens when, what is assumed."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import exp, inf, isinf
from typing import Any

from pydantic import ValidationError

from tabletop.engine.durations import Duration
from tabletop.engine.frozen import ASSUMPTION
from tabletop.scenario.fields import Field
from tabletop.scenario.inject import Effect, Inject
from tabletop.scenario.policy import LEVERS, PILLARS, Policy
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.targets import field_of
from tabletop.scenario.timeline import conditions_under
from tabletop.scenario.words import number
from tabletop.world import SHOCKABLE

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
class Told:
    """One condition in words."""

    path: str
    says: str
    value: str
    default: str
    differs: bool


def told_conditions(scenario: Scenario) -> list[Told]:
    """The conditions that differ from the model's defaults, and the key ones, in the format's order."""
    told = []
    for path, field, value, default in _leaves(scenario.conditions, type(scenario.conditions)()):
        differs = value != default
        if differs or path in KEY:
            told.append(
                Told(path, field.says, in_words(value, field.unit), in_words(default, field.unit), differs)
            )
    return told


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


@dataclass(frozen=True, slots=True)
class Event:
    """Something that the file schedules."""

    day: float
    """Infinite, where it waits for a count."""
    when: str
    what: str
    details: tuple[str, ...] = ()


def timeline(scenario: Scenario) -> list[Event]:
    """Injects, the ends of their effects, and policy changes, in the order of their days."""
    events = [*_injects(scenario), *_changes(scenario)]
    return sorted(events, key=lambda event: event.day)


def _injects(scenario: Scenario) -> Iterator[Event]:
    for inject in scenario.injects:
        details = tuple(effect_in_words(scenario, effect) for effect in inject.effects)
        if inject.when is None:
            yield Event(
                inject.day, f"day {number(inject.day)}", f"inject '{inject.id}': {inject.title}", details
            )
            yield from _ends(inject, scenario.horizon_days)
        else:
            since = f", not before day {number(inject.day)}" if inject.day else ""
            when = f"once {inject.when.measure} reaches {number(inject.when.reaches)}{since}"
            yield Event(inf, when, f"inject '{inject.id}': {inject.title}", details)


def _ends(inject: Inject, horizon: float) -> Iterator[Event]:
    days: dict[float, list[str]] = {}
    for effect in inject.effects:
        if effect.for_days is not None:
            days.setdefault(inject.day + effect.for_days, []).append(effect.on)
    for day, targets in days.items():
        if day < horizon:
            yield Event(day, f"day {number(day)}", f"inject '{inject.id}' ends: {', '.join(targets)}")


def effect_in_words(scenario: Scenario, effect: Effect) -> str:
    """An effect in words, with what it makes of the written value if nothing else acts on it.

    That is left out where the value would be none that the condition can have: then the effect is
    meant for what others have made of it by its day.
    """
    if effect.set is not None:
        change = "becomes"
    elif effect.add is not None:
        change = f"{'+' if effect.add >= 0 else '−'}{number(abs(effect.add))}"
    else:
        change = f"× {number(effect.applied_to(1.0))}"
    lasting = f" for {number(effect.for_days)} days" if effect.for_days is not None else " until the end"
    if (stock := SHOCKABLE.get(effect.on)) is not None:
        if effect.set is not None:
            change = f"becomes {number(effect.set)}"
        return f"{effect.on} {change}, at once; it then {stock.afterwards}"
    written = _value(scenario.conditions, effect.on)
    unit = field_of(effect.on).unit
    if effect.set is not None:
        return (
            f"{effect.on} becomes {in_words(effect.set, unit)}{lasting} (written: {in_words(written, unit)})"
        )
    if written is None:
        return f"{effect.on} {change}{lasting}"
    try:
        result = _value(conditions_under(scenario.conditions, [effect]), effect.on)
    except ValidationError:
        return f"{effect.on} {change}{lasting}"
    return f"{effect.on} {change}{lasting} ({in_words(written)} → {in_words(result, unit)})"


def _value(conditions: Any, path: str) -> Any:
    here = conditions
    for key in path.split("."):
        if isinstance(here, tuple):
            here = next(partner for partner in here if partner.name == key)
        else:
            here = None if here is None else getattr(here, key)
    return here


def _changes(scenario: Scenario) -> Iterator[Event]:
    for name in scenario.policy_mixes:
        stretches = scenario.policies(name)
        for (_, before), (day, after) in pairwise(stretches):
            if moved := moves(before, after):
                yield Event(day, f"day {number(day)}", f"mix '{name}' changes", tuple(moved))


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
