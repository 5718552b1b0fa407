"""The reach of injects: the values that they can give a condition, on every stretch of the timeline."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf, isnan, nan

from pydantic import ValidationError

from tabletop.scenario.checks.validation import out_of
from tabletop.scenario.conditions import Conditions
from tabletop.scenario.fields import Limits
from tabletop.scenario.inject import Effect, Inject, Value
from tabletop.scenario.targets import field_of, objection, place
from tabletop.scenario.timeline import active, boundaries
from tabletop.scenario.words import number, shown
from tabletop.scenario.yaml_document import Fault, Path
from tabletop.world import SHOCKABLE

Placed = tuple[int, int]
"""Positions of an inject in the file, and of an effect in its list."""


def faults(conditions: Conditions, injects: Sequence[tuple[int, Inject]], horizon: float) -> Iterator[Fault]:
    """What is wrong with the targets of injects, and with the values that they lead to.

    `injects` are those of a file that are well formed, with their positions.
    """
    partners = [partner.name for partner in conditions.sharing.partners]
    targets: dict[str, None] = {}
    for at, inject in injects:
        for nth, effect in enumerate(inject.effects):
            here = ("injects", at, "effects", nth)
            if (wrong := objection(effect.on, partners)) is not None:
                yield Fault((*here, "on"), f"{shown(effect.on)}: {wrong}")
            elif (misfit := _misfit(effect)) is not None:
                yield Fault((*here, misfit[0]), misfit[1])
            elif effect.on not in SHOCKABLE:
                targets[effect.on] = None
    for target in targets:
        mine = [
            (at, inject) for at, inject in injects if any(effect.on == target for effect in inject.effects)
        ]
        yield from _out_of_range(conditions, target, mine, horizon)


def _misfit(effect: Effect) -> tuple[str, str] | None:  # noqa: PLR0911 - one reason each
    """A change that its target cannot take whatever its value: the key, and why."""
    if (stock := SHOCKABLE.get(effect.on)) is not None:
        limits = Limits(stock.low, None if stock.high == inf else stock.high)
        if isinstance(effect.set, bool):
            return "set", f"{shown(effect.set)} is a yes or no; write a number {limits}"
        if effect.set is not None and not stock.low <= effect.set <= stock.high:
            return "set", f"{shown(effect.set)} is not {limits} ({effect.on})"
        return None
    yes_or_no = "boolean" in field_of(effect.on).types
    if yes_or_no and effect.set is None:
        return effect.change, f"{effect.on} is a yes or no; use set, with true or false"
    if yes_or_no and not isinstance(effect.set, bool):
        return "set", f"{shown(effect.set)} is a number; write true or false"
    if not yes_or_no and isinstance(effect.set, bool):
        return "set", f"{shown(effect.set)} is a yes or no; write a number {out_of(field_of(effect.on))}"
    return None


RATES = ("threat.formation_rate", "threat.trace_rates.", "background.")
"""Targets whose luck is drawn in layers as wide as the written rate (or 1, if that is 0)."""
MOST_LAYERS = 1_000
"""Layers that an inject may call for: each costs time and memory."""


def _out_of_range(
    conditions: Conditions, target: str, injects: list[tuple[int, Inject]], horizon: float
) -> Iterator[Fault]:
    """The first violation that each effect on one target leads to."""
    data = conditions.model_dump()
    holder, key = place(data, target)
    written: Value | None = holder[key]
    reported: set[Placed] = set()
    for day in boundaries([inject for _, inject in injects], horizon):
        reach = _reach(target, written, injects, day)
        if reach.on_null is not None and reach.on_null not in reported:
            reported.add(reach.on_null)
            yield Fault(_place_of(reach.on_null, injects), f"{target} is null; only set can give it a value")
        if reach.last is None or reach.last in reported:
            continue
        for value in reach.values:
            if value is not None and not _allowed(conditions, target, value):
                reported.add(reach.last)
                wrong = "not a number" if isnan(value) else shown(float(number(value)))
                yield Fault(
                    _place_of(reach.last, injects),
                    f"{target} would be {wrong} from day {number(day)}; "
                    f"it must be {out_of(field_of(target))}",
                )
                break
            if value is not None and target.startswith(RATES) and value > MOST_LAYERS * (written or 1):
                reported.add(reach.last)
                yield Fault(
                    _place_of(reach.last, injects),
                    f"{target} would be {shown(float(number(value)))} from day {number(day)}; "
                    f"it must be at most {MOST_LAYERS:,} times what is written",
                )
                break


def _place_of(placed: Placed, injects: list[tuple[int, Inject]]) -> Path:
    effect = next(inject for position, inject in injects if position == placed[0]).effects[placed[1]]
    return ("injects", placed[0], "effects", placed[1], effect.change)


def _allowed(conditions: Conditions, target: str, value: Value) -> bool:
    """Whether the condition itself would take the value."""
    data = conditions.model_dump()
    holder, key = place(data, target)
    holder[key] = value
    try:
        Conditions.model_validate(data)
    except ValidationError:
        return False
    return not isnan(value)


@dataclass(slots=True)
class _Reach:
    """The values that a target can have on a day: the extremes, and null."""

    values: list[Value | None]
    last: Placed | None = None
    """The last effect on it."""
    on_null: Placed | None = None
    """An effect that would have to add to a null, or multiply it."""


def _reach(target: str, written: Value | None, injects: list[tuple[int, Inject]], day: float) -> _Reach:
    """What the active effects can make of a written value.

    An inject that waits for a count may have fired at any time since its earliest day: what is left of
    its effects by then are those that last longest. Since every change is linear, the extremes of the
    values suffice.
    """
    reach = _Reach([written])
    for position, inject in injects:
        mine = [(n, effect) for n, effect in enumerate(inject.effects) if effect.on == target]
        if inject.when is None:
            choices = [[(n, effect) for n, effect in mine if active(inject, effect, day)]]
        elif inject.day <= day:
            choices = [
                [],
                *([(n, e) for n, e in mine if _days(e) >= end] for end in {_days(e) for _, e in mine}),
            ]
        else:
            continue
        reached: list[Value | None] = []
        for chosen in choices:
            for start in reach.values:
                value = start
                for n, effect in chosen:
                    reach.last = (position, n)
                    if value is None and effect.set is None:
                        reach.on_null = reach.last
                    else:
                        value = effect.applied_to(value)
                reached.append(value)
        reach.values = _extremes(reached)
    return reach


def _days(effect: Effect) -> float:
    return inf if effect.for_days is None else effect.for_days


def _extremes(values: list[Value | None]) -> list[Value | None]:
    nulls: list[Value | None] = [None] if None in values else []
    numbers = [value for value in values if value is not None]
    if any(isnan(value) for value in numbers):
        return [nan, *nulls]
    return [*({min(numbers), max(numbers)} if numbers else ()), *nulls]
