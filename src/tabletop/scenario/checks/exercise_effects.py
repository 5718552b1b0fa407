"""Effects of an exercise's own injects: what they and the scenario's make of the conditions together."""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from tabletop.scenario.checks import reach
from tabletop.scenario.checks.exercise_injects import INJECTS, first_day, own_injects, waits
from tabletop.scenario.checks.references import horizon_of, well_formed_injects
from tabletop.scenario.conditions import Conditions
from tabletop.scenario.inject import Inject, When
from tabletop.scenario.plain import amount, items, mapping
from tabletop.scenario.words import number, shown
from tabletop.scenario.yaml_document import Fault

ANY_TIME = When(measure="incidents", reaches=1)
"""What the controller may release at any time has the reach of what waits for a count."""


def faults(data: dict[str, Any]) -> Iterator[Fault]:
    """What effects do out of range until the end of the epilogue, as far as all is well formed."""
    end = horizon_of(data) + (amount(mapping(data, "exercise"), "epilogue_days") or 0.0)
    yield from _lasting(data, end)
    try:
        conditions = Conditions.model_validate(data.get("conditions", {}))
    except ValidationError:
        return
    theirs, own = well_formed_injects(data), _own(data)
    # what the scenario's injects do by themselves is told where they are checked
    if any(reach.faults(conditions, theirs, horizon_of(data))):
        theirs = []
    first = len(items(data, "injects"))
    both = [*theirs, *((first + position, inject) for position, inject in own)]
    for fault in reach.faults(conditions, both, end):
        at = fault.path[1]
        assert isinstance(at, int)
        path = fault.path if at < first else (*INJECTS, at - first, *fault.path[2:])
        yield Fault(path, fault.message)


def _own(data: dict[str, Any]) -> list[tuple[int, Inject]]:
    """The well-formed injects of the exercise's own, as injects of a scenario that have the same reach."""
    found = []
    for name, (position, written) in own_injects(data).items():
        reaching = {key: written[key] for key in ("id", "when", "effects") if key in written}
        try:
            inject = Inject.model_validate({**reaching, "title": name, "day": first_day(data, name, written)})
        except ValidationError:
            continue
        if waits(written):
            inject = inject.model_copy(update={"when": inject.when or ANY_TIME})
        found.append((position, inject))
    return found


def _lasting(data: dict[str, Any], end: float) -> Iterator[Fault]:
    for name, (position, written) in own_injects(data).items():
        day = first_day(data, name, written)
        for nth, effect in enumerate(items(written, "effects")):
            lasts = amount(effect, "for_days")
            if lasts is not None and lasts > end - day:
                yield Fault(
                    (*INJECTS, position, "effects", nth, "for_days"),
                    f"{shown(lasts)} days from day {number(day)} on end after the exercise and its epilogue, "
                    f"day {number(end)}; leave for_days out: the effect then lasts until the end",
                )
