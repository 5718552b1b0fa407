"""References: names in a file that must exist elsewhere in it or in the model, and days that must fit."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter, ValidationError

from tabletop.measures import MEASURES
from tabletop.scenario.checks import look_alikes, reach
from tabletop.scenario.conditions import Conditions
from tabletop.scenario.inject import Inject
from tabletop.scenario.plain import amount, items, mapping
from tabletop.scenario.policy import LEVERS
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import MOST, nearest, number, shown
from tabletop.scenario.yaml_document import Fault, Path

DEFAULT_HORIZON = 1095.0


def faults(data: dict[str, Any]) -> Iterator[Fault]:
    """What a file's data refers to in vain. Of data that is not even well formed, nothing is said."""
    yield from _mixes(data)
    yield from _measures(data)
    yield from _limits(data)
    yield from _injects(data)
    yield from _costs(data)
    yield from _partners(data)
    yield from _reach(data)


def of_scenario(scenario: Scenario) -> Iterator[Fault]:
    """What is wrong with a well-formed scenario as a whole: its yearly costs against its budget."""
    if scenario.budget is None:
        return
    for name in scenario.policy_mixes:
        cost = scenario.yearly_cost(name)
        excess = cost - scenario.budget
        if excess > 1e-9 * scenario.budget:
            yield Fault(
                ("policy_mixes", name),
                f"costs {number(cost)} cost units a year, {number(round(excess, 6))} above the budget of "
                f"{number(scenario.budget)}; spend less, or raise the budget",
            )


def horizon_of(data: dict[str, Any]) -> float:
    """The day of EndEx."""
    return amount(data, "horizon_days") or DEFAULT_HORIZON


def _mixes(data: dict[str, Any]) -> Iterator[Fault]:
    mixes = mapping(data, "policy_mixes")
    baseline = data.get("baseline")
    bases: dict[str, str] = {}
    yield from look_alikes.faults([(("policy_mixes", name), name) for name in mixes], "policy mix")
    if isinstance(baseline, str) and mixes and baseline not in mixes:
        yield Fault(("baseline",), f"{shown(baseline)}: no such policy mix{nearest(baseline, mixes)}")
    for name, mix in mixes.items():
        base = mix.get("base") if isinstance(mix, dict) else None
        if isinstance(base, str):
            place = ("policy_mixes", name, "base")
            if name == baseline:
                yield Fault(place, "the baseline inherits from no mix; remove it")
            elif base not in mixes:
                yield Fault(place, f"{shown(base)}: no such policy mix{nearest(base, mixes)}")
            else:
                bases[name] = base
        yield from _changes(("policy_mixes", name, "changes"), items(mix, "changes"), horizon_of(data))
    yield from _circles(bases)


def _limits(data: dict[str, Any]) -> Iterator[Fault]:
    interests = mapping(data, "measures")
    primary = [
        name
        for name, interest in interests.items()
        if isinstance(interest, dict) and interest.get("primary", True)
    ]
    for name, limit in mapping(data, "limits").items():
        if name not in MEASURES:
            yield Fault(("limits", name), f"no such measure{nearest(name, MEASURES)}")
        elif name not in primary:
            yield Fault(
                ("limits", name),
                f"no primary measure of this file; limits are of those: {', '.join(primary) or 'none'}",
            )
        elif MEASURES[name].is_share:
            yield from _of_a_share(name, limit)


def _of_a_share(name: str, limit: Any) -> Iterator[Fault]:
    """A limit that every mix keeps or none can, as 55 for 55 %."""
    if isinstance(limit, dict) and limit.get("against") is not None:
        least, what, unit = -1, "a difference of shares", "points"
    else:
        least, what, unit = 0, "a share", "%"
    for side in ("at_least", "at_most"):
        value = amount(limit, side)
        if value is None or least <= value <= 1:
            continue
        right = f"; write {number(value / 100)} for {number(value)} {unit}"
        meant = right if least <= value / 100 <= 1 else ""
        yield Fault(("limits", name, side), f"{shown(value)}: {what} lies in [{least}, 1]{meant}")


def _circles(bases: dict[str, str]) -> Iterator[Fault]:
    """Mixes that inherit from themselves, each circle once."""
    done: set[str] = set()
    for name in bases:
        chain: dict[str, None] = {}
        here = name
        while here in bases and here not in done and here not in chain:
            chain[here] = None
            here = bases[here]
        done.update(chain)
        if here in chain:
            circle = [*list(chain)[list(chain).index(here) :], here]
            way = " → ".join(circle if len(circle) <= MOST else [*circle[:MOST], "…", here])
            yield Fault(
                ("policy_mixes", here, "base"), f"mixes inherit in a circle: {way}; let one do without base"
            )


def _changes(place: Path, changes: list[Any], horizon: float) -> Iterator[Fault]:
    seen: set[float] = set()
    for position, change in enumerate(changes):
        day = amount(change, "day")
        if day is None:
            continue
        if day >= horizon:
            yield Fault(
                (*place, position, "day"), f"{shown(day)} is not before the horizon, day {number(horizon)}"
            )
        if day in seen:
            yield Fault(
                (*place, position, "day"), f"day {number(day)} has a change already; put both into one"
            )
        seen.add(day)


def _measures(data: dict[str, Any]) -> Iterator[Fault]:
    for name in mapping(data, "measures"):
        if name not in MEASURES:
            yield Fault(("measures", name), f"no such measure{nearest(name, MEASURES)}")


def _injects(data: dict[str, Any]) -> Iterator[Fault]:
    horizon = horizon_of(data)
    seen: set[str] = set()
    for position, inject in enumerate(items(data, "injects")):
        if not isinstance(inject, dict):
            continue
        name, day = inject.get("id"), amount(inject, "day")
        if isinstance(name, str):
            if name in seen:
                yield Fault(
                    ("injects", position, "id"), f"{shown(name)} is the id of another inject; ids are unique"
                )
            seen.add(name)
        if day is not None and day > horizon:
            yield Fault(
                ("injects", position, "day"), f"{shown(day)} is after the horizon, day {number(horizon)}"
            )
        yield from of_trigger(("injects", position, "when"), inject.get("when"))


def of_trigger(place: Path, when: Any) -> Iterator[Fault]:
    """What is wrong with the measure that an inject waits for."""
    counts = [measure.name for measure in MEASURES.values() if measure.kind == "count"]
    measure = when.get("measure") if isinstance(when, dict) else None
    if isinstance(measure, str) and measure not in MEASURES:
        yield Fault((*place, "measure"), f"{shown(measure)}: no such measure{nearest(measure, counts)}")
    elif isinstance(measure, str) and measure not in counts:
        yield Fault(
            (*place, "measure"),
            f"{shown(measure)} is not a count; an inject waits for a count, as {', '.join(counts[:6])}",
        )


def _costs(data: dict[str, Any]) -> Iterator[Fault]:
    for name in mapping(data, "costs"):
        if name not in LEVERS:
            yield Fault(("costs", name), f"no such lever{nearest(name, LEVERS)}")


def _partners(data: dict[str, Any]) -> Iterator[Fault]:
    counted: Counter[str] = Counter()
    for position, partner in enumerate(items(mapping(mapping(data, "conditions"), "sharing"), "partners")):
        name = partner.get("name") if isinstance(partner, dict) else None
        if isinstance(name, str):
            counted[name] += 1
            if counted[name] > 1:
                place = ("conditions", "sharing", "partners", position, "name")
                yield Fault(place, f"{shown(name)} is another partner's name; names are unique")


def _reach(data: dict[str, Any]) -> Iterator[Fault]:
    """What injects do to conditions, as far as both are well formed."""
    try:
        conditions = Conditions.model_validate(data.get("conditions", {}))
    except ValidationError:
        return
    yield from reach.faults(conditions, well_formed_injects(data), horizon_of(data))


def well_formed_injects(data: dict[str, Any]) -> list[tuple[int, Inject]]:
    """The injects of the scenario that are well formed, with their positions."""
    one = TypeAdapter(Inject)
    injects: list[tuple[int, Inject]] = []
    for position, written in enumerate(items(data, "injects")):
        try:
            injects.append((position, one.validate_python(written)))
        except ValidationError:
            continue
    return injects
