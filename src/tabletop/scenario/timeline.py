"""The timeline: which conditions hold when, under a scenario's injects."""

from collections.abc import Iterable, Sequence

from tabletop.engine.memo import remembered
from tabletop.scenario.conditions import Conditions
from tabletop.scenario.inject import Effect, Inject
from tabletop.scenario.targets import place
from tabletop.world import SHOCKABLE


def conditions_under(conditions: Conditions, effects: Iterable[Effect]) -> Conditions:
    """The written conditions with effects applied in file order; shocks to stocks are none of theirs.

    The effects of an inject that has ended are left out, never undone, so that the written value
    comes back to the last bit.
    """
    changes = [effect for effect in effects if effect.on not in SHOCKABLE]
    return _changed(conditions, *changes) if changes else conditions


@remembered
def _changed(conditions: Conditions, *changes: Effect) -> Conditions:
    data = conditions.model_dump()
    for effect in changes:
        holder, key = place(data, effect.on)
        holder[key] = effect.applied_to(holder[key])
    return Conditions.model_validate(data)


def boundaries(injects: Sequence[Inject], horizon: float) -> list[float]:
    """The days in [0, horizon] on which the effects of scripted injects begin and end, 0 first.

    Of an inject that waits for a count only the earliest day is known.
    """
    days = {0.0}
    for inject in injects:
        days.add(inject.day)
        if inject.when is None:
            days.update(
                inject.day + effect.for_days for effect in inject.effects if effect.for_days is not None
            )
    return sorted(day for day in days if day <= horizon)


def active(inject: Inject, effect: Effect, day: float) -> bool:
    """Whether an effect of a scripted inject holds on a day."""
    return inject.day <= day and (effect.for_days is None or day < inject.day + effect.for_days)


def in_force(conditions: Conditions, injects: Sequence[Inject], day: float) -> Conditions:
    """The conditions that hold from a day on, with every effect of scripted injects that is active then."""
    scripted = [inject for inject in injects if inject.when is None]
    return conditions_under(
        conditions, [effect for one in scripted for effect in one.effects if active(one, effect, day)]
    )
