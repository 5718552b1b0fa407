"""The reach of injects: the values that they can give a condition, on every stretch of the timeline."""

from collections.abc import Iterator, Sequence
from math import isnan

from pydantic import ValidationError

from tabletop.scenario.conditions import Conditions
from tabletop.scenario.document import Fault
from tabletop.scenario.findings import out_of
from tabletop.scenario.inject import Effect, Inject
from tabletop.scenario.targets import TRUST, field_of, objection, place
from tabletop.scenario.timeline import active, boundaries
from tabletop.scenario.words import number, shown

Placed = tuple[int, int]
"""Positions of an inject in the file, and of an effect in its list."""
Value = float | bool | None


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
            elif effect.on != TRUST:
                targets[effect.on] = None
    for target in targets:
        mine = [(at, inject) for at, inject in injects if any(effect.on == target for effect in inject.effects)]
        yield from _out_of_range(conditions, target, mine, horizon)


def _misfit(effect: Effect) -> tuple[str, str] | None:
    """A change that its target cannot take whatever its value: the key, and why."""
    if effect.on == TRUST:
        if isinstance(effect.set, bool):
            return "set", f"{shown(effect.set)} is a yes or no; write a number in [0, 1]"
        if effect.set is not None and not 0 <= effect.set <= 1:
            return "set", f"{shown(effect.set)} is not in [0, 1] (trust)"
        return None
    yes_or_no = "boolean" in field_of(effect.on).types
    if yes_or_no and effect.set is None:
        change = "add" if effect.add is not None else "multiply"
        return change, f"{effect.on} is a yes or no; use set, with true or false"
    if yes_or_no and not isinstance(effect.set, bool):
        return "set", f"{shown(effect.set)} is a number; write true or false"
    if not yes_or_no and isinstance(effect.set, bool):
        return "set", f"{shown(effect.set)} is a yes or no; write a number {out_of(field_of(effect.on))}"
    return None


def _out_of_range(
    conditions: Conditions, target: str, injects: list[tuple[int, Inject]], horizon: float
) -> Iterator[Fault]:
    """The first violation that each effect on one target leads to."""
    data = conditions.model_dump()
    holder, key = place(data, target)
    written: Value = holder[key]
    told: set[Placed] = set()
    for day in boundaries([inject for _, inject in injects], horizon):
        reached, last = _reach(target, written, injects, day)
        if last is None or last in told:
            continue
        at = ("injects", last[0], "effects", last[1])
        effect = next(inject for position, inject in injects if position == last[0]).effects[last[1]]
        change = "set" if effect.set is not None else "add" if effect.add is not None else "multiply"
        for value in reached:
            if value is None and change != "set" and written is None:
                told.add(last)
                yield Fault((*at, change), f"{target} is null; only set can give it a value")
            elif value is not None and not _allowed(conditions, target, value):
                told.add(last)
                wrong = "not a number" if isnan(value) else shown(float(number(value)))
                limits = out_of(field_of(target)) or "finite"
                yield Fault((*at, change), f"{target} would be {wrong} from day {number(day)}; it must be {limits}")
                break


def _allowed(conditions: Conditions, target: str, value: float | bool) -> bool:
    """Whether the condition itself would take the value."""
    data = conditions.model_dump()
    holder, key = place(data, target)
    holder[key] = value
    try:
        Conditions.model_validate(data)
    except ValidationError:
        return False
    return not isnan(value)


def _reach(
    target: str, written: Value, injects: list[tuple[int, Inject]], day: float
) -> tuple[list[Value], Placed | None]:
    """The extreme values that a target can have on a day, and the last effect on it.

    An inject that waits for a count may have fired at any time since its earliest day: what is left of
    its effects by then is any suffix of them in the order in which they end. Since every change is
    linear, the extremes of the values suffice.
    """
    values: list[Value] = [written]
    last: Placed | None = None
    for position, inject in injects:
        if inject.when is not None and day < inject.day:
            continue
        mine = [(n, e) for n, e in enumerate(inject.effects) if e.on == target]
        if inject.when is None:
            choices = [[(n, e) for n, e in mine if active(inject, e, day)]]
        else:
            ends = {e.for_days or float("inf") for _, e in mine}
            choices = [[], *([(n, e) for n, e in mine if (e.for_days or float("inf")) >= end] for end in sorted(ends))]
        reached: list[Value] = []
        for chosen in choices:
            for value in values:
                for n, effect in chosen:
                    value = None if value is None and effect.set is None else effect.applied_to(value)
                    last = (position, n)
                reached.append(value)
        values = _extremes(reached)
    return values, last


def _extremes(values: list[Value]) -> list[Value]:
    numbers = [value for value in values if value is not None]
    nulls: list[Value] = [None] if None in values else []
    if any(isnan(value) for value in numbers):
        return [float("nan"), *nulls]
    return [*sorted({min(numbers), max(numbers)} if numbers else ()), *nulls]
