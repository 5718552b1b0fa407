"""References: names in a file that must exist elsewhere in it or in the model, and days that must fit."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter, ValidationError

from tabletop.scenario.conditions import Conditions
from tabletop.scenario.document import Fault, Path
from tabletop.scenario.fields import Field
from tabletop.scenario.inject import Inject
from tabletop.scenario.policy import LEVERS
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import closest, nearest, number, shown

DEFAULT_HORIZON = 1095.0


def faults(data: dict[str, Any]) -> Iterator[Fault]:
    """What a file's data refers to in vain. Of data that is not even well formed, nothing is said."""
    yield from _mixes(data)
    yield from _measures(data)
    yield from _injects(data)
    yield from _costs(data)
    yield from _partners(data)
    yield from _sources(data)
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


def _mapping(data: Any, key: str) -> dict[str, Any]:
    found = data.get(key) if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}


def _list(data: Any, key: str) -> list[Any]:
    found = data.get(key) if isinstance(data, dict) else None
    return found if isinstance(found, list) else []


def _number(data: Any, key: str) -> float | None:
    found = data.get(key) if isinstance(data, dict) else None
    return found if isinstance(found, int | float) and not isinstance(found, bool) else None


def _horizon(data: dict[str, Any]) -> float:
    return _number(data, "horizon_days") or DEFAULT_HORIZON


def _mixes(data: dict[str, Any]) -> Iterator[Fault]:
    mixes = _mapping(data, "policy_mixes")
    baseline = data.get("baseline")
    bases: dict[str, str] = {}
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
        yield from _changes(("policy_mixes", name, "changes"), _list(mix, "changes"), _horizon(data))
    for name in bases:
        chain = [name]
        while (following := bases.get(chain[-1])) is not None and following not in chain:
            chain.append(following)
        if following == name:
            circle = " → ".join([*chain, name])
            yield Fault(
                ("policy_mixes", name, "base"),
                f"mixes inherit in a circle: {circle}; let one do without base",
            )


def _changes(place: Path, changes: list[Any], horizon: float) -> Iterator[Fault]:
    seen: set[float] = set()
    for position, change in enumerate(changes):
        day = _number(change, "day")
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
    from tabletop.measures import MEASURES

    for name in _mapping(data, "measures"):
        if name not in MEASURES:
            yield Fault(("measures", name), f"no such measure{nearest(name, MEASURES)}")


def _injects(data: dict[str, Any]) -> Iterator[Fault]:
    from tabletop.measures import MEASURES

    counts = [measure.name for measure in MEASURES.values() if measure.kind == "count"]
    horizon = _horizon(data)
    seen: set[str] = set()
    for position, inject in enumerate(_list(data, "injects")):
        if not isinstance(inject, dict):
            continue
        name, day = inject.get("id"), _number(inject, "day")
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
        when = inject.get("when")
        measure = when.get("measure") if isinstance(when, dict) else None
        place = ("injects", position, "when", "measure")
        if isinstance(measure, str) and measure not in MEASURES:
            yield Fault(place, f"{shown(measure)}: no such measure{nearest(measure, counts)}")
        elif isinstance(measure, str) and measure not in counts:
            yield Fault(
                place,
                f"{shown(measure)} is not a count; an inject waits for a count, as {', '.join(counts[:6])}",
            )


def _costs(data: dict[str, Any]) -> Iterator[Fault]:
    for name in _mapping(data, "costs"):
        if name not in LEVERS:
            yield Fault(("costs", name), f"no such lever{nearest(name, LEVERS)}")


def _partner_names(data: dict[str, Any]) -> list[str]:
    sharing = _mapping(_mapping(data, "conditions"), "sharing")
    if "partners" not in sharing:
        return [partner.name for partner in Conditions().sharing.partners]
    partners = [p.get("name") for p in _list(sharing, "partners") if isinstance(p, dict)]
    return [name for name in partners if isinstance(name, str)]


def _partners(data: dict[str, Any]) -> Iterator[Fault]:
    counted: Counter[str] = Counter()
    for position, partner in enumerate(_list(_mapping(_mapping(data, "conditions"), "sharing"), "partners")):
        name = partner.get("name") if isinstance(partner, dict) else None
        if isinstance(name, str):
            counted[name] += 1
            if counted[name] > 1:
                place = ("conditions", "sharing", "partners", position, "name")
                yield Fault(place, f"{shown(name)} is another partner's name; names are unique")


def _sources(data: dict[str, Any]) -> Iterator[Fault]:
    """A source's path names what the file has, or a condition or lever that the format has."""
    for position, source in enumerate(_list(data, "sources")):
        path = source.get("path") if isinstance(source, dict) else None
        if not isinstance(path, str):
            continue
        here: Field | None = Field.root()
        there: Any = data
        for depth, key in enumerate(path.split(".")):
            above = path.split(".")[:depth]
            known = _keys(there, here, data, above)
            if key not in known:
                near = closest(key, known)
                right = ".".join([*above, near]) if near else None
                hint = f"; did you mean '{right}'?" if right else nearest(key, known)
                yield Fault(("sources", position, "path"), f"{shown(path)}: nothing of that name{hint}")
                break
            there = _below(there, key)
            in_list = above[-1:] == ["partners"] or above in (["injects"], ["sources"])
            here = here.child(0 if in_list else key) if here else None


def _keys(there: Any, here: Field | None, data: dict[str, Any], above: list[str]) -> list[str]:
    """The keys that may follow in a path: those written, and those that the format has."""
    if above == ["conditions", "sharing", "partners"]:
        return _partner_names(data)
    keys = dict.fromkeys(here.names if here else ())
    if isinstance(there, dict):
        keys |= dict.fromkeys(there)
    elif isinstance(there, list):
        keys |= dict.fromkeys(
            str(item.get("id", item.get("name", ""))) for item in there if isinstance(item, dict)
        )
    return [key for key in keys if key]


def _below(there: Any, key: str) -> Any:
    if isinstance(there, dict):
        return there.get(key)
    if isinstance(there, list):
        return next(
            (item for item in there if isinstance(item, dict) and key in (item.get("id"), item.get("name"))),
            None,
        )
    return None


def _reach(data: dict[str, Any]) -> Iterator[Fault]:
    """What injects do to conditions, as far as both are well formed."""
    from tabletop.scenario import reach

    try:
        conditions = Conditions.model_validate(data.get("conditions", {}))
    except ValidationError:
        return
    one = TypeAdapter(Inject)
    injects: list[tuple[int, Inject]] = []
    for position, written in enumerate(_list(data, "injects")):
        try:
            injects.append((position, one.validate_python(written)))
        except ValidationError:
            continue
    yield from reach.faults(conditions, injects, _horizon(data))
