"""What a file schedules, in words: injects, the ends of their effects, and policy changes.

What becomes of a condition is computed by the timeline that the model itself follows, with everything
that is in force on its day.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf, nextafter
from typing import Any

from pydantic import ValidationError

from tabletop.scenario.explain import in_words, moves
from tabletop.scenario.inject import Effect, Inject
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.targets import field_of
from tabletop.scenario.timeline import conditions_under, in_force
from tabletop.scenario.words import number
from tabletop.world import SHOCKABLE


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one condition or stock, without what becomes of it."""

    on: str
    says: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that the file schedules."""

    day: float
    """Infinite, where it waits for a count."""
    when: str
    what: str
    details: tuple[str, ...] = ()


def scheduled(scenario: Scenario) -> list[Event]:
    """Injects, the ends of their effects, and policy changes, in the order of their days.

    Behind the last change of a condition on a day stands what it was before, and what it is from that
    day on with every effect that is in force.
    """
    entries = sorted(_injects(scenario), key=lambda entry: entry[0].day)
    last = {(event.day, change.on): change for event, changes in entries for change in changes}
    events = [
        replace(event, details=tuple(_detail(scenario, change, event.day, last) for change in changes))
        if changes
        else event
        for event, changes in entries
    ]
    return sorted([*events, *_policies(scenario)], key=lambda event: event.day)


def effects_in_words(scenario: Scenario, inject: Inject) -> tuple[str, ...]:
    """The effects of one inject, each with what becomes of its condition.

    For an inject that the scenario schedules on a day, that is what holds from that day on; for any
    other, what would hold if nothing else acted.
    """
    changes = [_change(effect) for effect in inject.effects]
    if inject.when is not None or inject not in scenario.injects:
        alone = (_alone(scenario, effect) for effect in inject.effects)
        return tuple(change.says + words for change, words in zip(changes, alone, strict=True))
    last = {(inject.day, change.on): change for change in changes}
    return tuple(_detail(scenario, change, inject.day, last) for change in changes)


def _detail(scenario: Scenario, change: Change, day: float, last: Mapping[tuple[float, str], Change]) -> str:
    """A change, and behind the last one of its condition on a day what becomes of it."""
    return change.says + (_becomes(scenario, change.on, day) if change is last[day, change.on] else "")


def _injects(scenario: Scenario) -> Iterator[tuple[Event, tuple[Change, ...]]]:
    for inject in scenario.injects:
        what = f"inject '{inject.id}': {inject.title}"
        if inject.when is None:
            event = Event(inject.day, f"day {number(inject.day)}", what)
            yield event, tuple(_change(effect) for effect in inject.effects)
            yield from _ends(inject, scenario.horizon_days)
        else:
            since = f", not before day {number(inject.day)}" if inject.day else ""
            when = f"once {inject.when.measure} reaches {number(inject.when.reaches)}{since}"
            yield Event(inf, when, what, effects_in_words(scenario, inject)), ()


def _ends(inject: Inject, horizon: float) -> Iterator[tuple[Event, tuple[Change, ...]]]:
    days: dict[float, dict[str, Change]] = {}
    for effect in inject.effects:
        if effect.for_days is not None:
            ending = days.setdefault(inject.day + effect.for_days, {})
            ending[effect.on] = Change(effect.on, effect.on)
    for day, ending in days.items():
        if day < horizon:
            yield Event(day, f"day {number(day)}", f"inject '{inject.id}' ends"), tuple(ending.values())


def _policies(scenario: Scenario) -> Iterator[Event]:
    for name in scenario.policy_mixes:
        stretches = scenario.policies(name)
        for (_, before), (day, after) in pairwise(stretches):
            if moved := moves(before, after):
                yield Event(day, f"day {number(day)}", f"mix '{name}' changes", tuple(moved))


def _change(effect: Effect) -> Change:
    """An effect in words, as it is written."""
    stock = SHOCKABLE.get(effect.on)
    if effect.set is not None:
        change = f"becomes {in_words(effect.set, '' if stock else field_of(effect.on).unit)}"
    elif effect.add is not None:
        change = f"{'+' if effect.add >= 0 else '−'}{number(abs(effect.add))}"
    else:
        change = f"× {number(effect.applied_to(1.0))}"
    if stock is not None:
        return Change(effect.on, f"{effect.on} {change}, at once; it then {stock.afterwards}")
    lasting = f" for {number(effect.for_days)} days" if effect.for_days is not None else " until the end"
    return Change(effect.on, f"{effect.on} {change}{lasting}")


def _becomes(scenario: Scenario, target: str, day: float) -> str:
    """What a condition is before a day, and what it is from then on; nothing for a stock."""
    if target in SHOCKABLE:
        return ""
    before, after = (
        _value(in_force(scenario.conditions, scenario.injects, at), target)
        for at in (nextafter(day, -inf), day)
    )
    return _from_to(before, after, target, _unless(scenario.injects, target))


def _unless(injects: Iterable[Inject], target: str) -> str:
    """That an inject that waits for a count may act on it too, on a day that nobody knows."""
    waiting = [
        f"'{inject.id}'"
        for inject in injects
        if inject.when is not None and any(effect.on == target for effect in inject.effects)
    ]
    return f", unless {' or '.join(waiting)} acts" if waiting else ""


def _alone(scenario: Scenario, effect: Effect) -> str:
    """What would become of the written value; nothing where that would be none that it can have.

    Then the effect is meant for what others have made of it by its day.
    """
    if effect.on in SHOCKABLE:
        return ""
    written = _value(scenario.conditions, effect.on)
    if written is None and effect.set is None:
        return ""
    try:
        result = _value(conditions_under(scenario.conditions, [effect]), effect.on)
    except ValidationError:
        return ""
    return _from_to(written, result, effect.on, " if nothing else acts")


def _from_to(before: Any, after: Any, target: str, condition: str) -> str:
    unit = field_of(target).unit
    if before == after:
        return f" (still {in_words(after, unit)}{condition})"
    return f" ({in_words(before)} → {in_words(after, unit)}{condition})"


def _value(conditions: Any, path: str) -> Any:
    here = conditions
    for key in path.split("."):
        if isinstance(here, tuple):
            here = next(partner for partner in here if partner.name == key)
        else:
            here = None if here is None else getattr(here, key)
    return here
