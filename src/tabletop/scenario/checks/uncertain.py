"""Ranges of uncertain conditions: that they lead somewhere, hold what the file says, and break nothing."""

from collections.abc import Callable, Iterator
from typing import Any

from tabletop.scenario.changes import Changed, changed
from tabletop.scenario.conditions import Conditions
from tabletop.scenario.fields import Field
from tabletop.scenario.policy import LEVERS
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.targets import PARTNERS, objection
from tabletop.scenario.uncertain import Movement, Uncertain
from tabletop.scenario.words import nearest, number, shown, spelled
from tabletop.scenario.yaml_document import Fault, Path

Judge = Callable[[dict[str, Any]], list[Fault]]
"""What is wrong with the data of a scenario."""

_ENDS = {0.0: "lower", 1.0: "upper"}


def of_scenario(scenario: Scenario, judge: Judge) -> Iterator[Fault]:
    """What is wrong with the ranges of a scenario that is otherwise right; every end is tried."""
    places: dict[Path, int] = {}
    titles: dict[str, int] = {}
    bare = scenario.model_copy(update={"exercise": None})
    for position, one in enumerate(scenario.uncertain):
        here: Path = ("uncertain", position)
        if one.title in titles:
            yield Fault((*here, "name"), f"{shown(one.title)} is another entry's name; names are unique")
        titles[one.title] = position
        if wrong := [*_misled(scenario, here, one), *_twice(bare, here, one)]:
            yield from wrong
            continue
        there = changed(bare, one.changes(1.0))
        yield from _taken(places, there, position)
        places |= dict.fromkeys(there.written, position)
        if wrong := [*_breaks(bare, here, one, judge)]:
            yield from wrong
        elif (told := _leaves_out(bare, one)) is not None:
            yield Fault((*here, one.verb), told)


def objection_to_range(scenario: Scenario, path: str) -> str | None:  # noqa: PLR0911 - one reason each
    """Why no range can be given to what a path names, and what would be right; None if one can."""
    if "/" in path:
        return "a lever of a policy mix; a range is of what no mix sets"
    keys = path.split(".")
    lever = LEVERS.get(keys[-1])
    if lever is not None and keys[:-1] in ([], [lever.pillar]):
        return "a lever, which policy mixes set; a range is of what no mix sets"
    if keys[0] == "conditions":
        return f"write it without 'conditions.', as '{'.'.join(keys[1:]) or 'threat.formation_rate'}'"
    if keys[0] == "costs" and len(keys) == 2:
        return None if keys[1] in LEVERS else f"no such lever{nearest(keys[1], LEVERS)}"
    if keys[0] == "injects":
        known = [inject.id for inject in scenario.injects]
        if len(keys) > 1 and keys[1] not in known:
            return f"{shown(keys[1])}: no such inject{nearest(keys[1], known)}"
        if len(keys) == 3 and keys[2] in ("happens", "day"):
            inject = scenario.injects[known.index(keys[1])]
            return None if inject.effects else "an inject without effects, on which no run depends"
        example = known[0] if known else "ID"
        return f"of an inject, write 'injects.{example}.happens' or 'injects.{example}.day'"
    if keys[0] in Scenario.model_fields and keys[0] not in Conditions.model_fields:
        return "fixed in every variant; a range is of a condition, a price (costs.LEVER) or an inject"
    partners = [partner.name for partner in scenario.conditions.sharing.partners]
    named = _first_partner(keys, partners)
    field = _field(named)
    if field is None:
        return objection(".".join(named), partners) or "a stock, and no condition"
    if keys[-1] == "name" and tuple(keys[:2]) == PARTNERS:
        return "a partner's name is fixed: its luck is keyed by it"
    return None


def _misled(scenario: Scenario, here: Path, one: Uncertain) -> Iterator[Fault]:
    """Paths that name nothing that could have such a range."""
    for path in one.everything():
        if (wrong := objection_to_range(scenario, path) or _misfit(scenario, one, path)) is not None:
            yield Fault((*here, "on"), f"{shown(path)}: {wrong}")


def _misfit(scenario: Scenario, one: Uncertain, path: str) -> str | None:  # noqa: PLR0911 - one reason each
    """Why a change does not go with a condition whatever its ends."""
    keys = path.split(".")
    if one.verb == "choices" or keys[0] == "costs":
        return None
    if keys[0] == "injects":
        return "an inject happens or does not; use choices: [true, false]" if keys[2] == "happens" else None
    field = _field(_first_partner(keys, [p.name for p in scenario.conditions.sharing.partners]))
    assert field is not None
    if field.types == {"boolean"}:
        return "a yes or no; use choices: [true, false]"
    if path in one.paths and one.verb == "set" and field.is_duration:
        return f"a duration; did you mean '{path}.mean'?"
    if path in one.paths and one.verb == "set" and field.is_group:
        return f"a group of conditions; name one of them, as '{path}.{field.names[0]}', or use multiply"
    if field.is_whole:
        low = number(field.limits.low or 0)
        return f"a whole number; name the values, as choices: [{low}, {number(float(low) + 1)}]"
    if "array" in field.types:
        return f"a list; name one of its entries, or use choices, as [[{', '.join(_partners(scenario))}]]"
    return None


def _twice(bare: Scenario, here: Path, one: Uncertain) -> Iterator[Fault]:
    """That one range moves the same place twice, by two of its paths."""
    seen: dict[Path, str] = {}
    by_path: list[tuple[str, Any, Movement]] = [
        (path, one.choices[0] if one.choices else one.at(1.0), one) for path in one.paths
    ]
    by_path += [(path, of.ends[1], of) for of in one.also for path in of.paths]
    for path, value, of in by_path:
        change = value if of.verb in ("set", "choices") else (of.verb, value)
        there = changed(bare, {path: change}).written
        for place in there:
            for other, first in seen.items():
                shorter = min(len(place), len(other))
                if place[:shorter] == other[:shorter]:
                    yield Fault(
                        (*here, "on"), f"{shown(path)} and {shown(first)} move the same; leave one out"
                    )
                    return
        seen |= dict.fromkeys(there, path)


def _partners(scenario: Scenario) -> list[str]:
    return [partner.name for partner in scenario.conditions.sharing.partners]


def _first_partner(keys: list[str], partners: list[str]) -> list[str]:
    """The keys with a partner's name for '*'."""
    stands_for_all = len(keys) > 2 and tuple(keys[:2]) == PARTNERS and keys[2] == "*" and partners
    return [*keys[:2], partners[0], *keys[3:]] if stands_for_all else keys


def _field(keys: list[str]) -> Field | None:
    path: Path = tuple(keys)
    if path[:2] == PARTNERS and len(path) > 2:
        path = (*PARTNERS, 0, *path[3:])
    return Field.root().at(("conditions", *path))


def _taken(places: dict[Path, int], there: Changed, position: int) -> Iterator[Fault]:
    """That another range moves the same."""
    for place in there.written:
        for other, first in places.items():
            shorter = min(len(place), len(other))
            if place[:shorter] == other[:shorter]:
                same = f"{spelled(place)} has two ranges: uncertain[{first}] and uncertain[{position}]"
                yield Fault(("uncertain", first, "on"), f"{same}; put both into one")
                yield Fault(("uncertain", position, "on"), f"{same}; put both into one")
                return


def _breaks(bare: Scenario, here: Path, one: Uncertain, judge: Judge) -> Iterator[Fault]:
    """What the ends of a range, or its choices, break."""
    count = len(one.choices or ())
    shares = [*_ENDS] if one.choices is None else [(case + 0.5) / count for case in range(count)]
    key: Path = (*here, one.verb)
    for case, share in enumerate(shares):
        where: Path = key if one.choices is None else (*key, case)
        end = f"its {_ENDS[share]} end" if one.choices is None else f"choice {case + 1}"
        made = changed(bare, one.changes(share))
        for fault in made.faults:
            yield Fault(where, f"{fault.path[0]}: {fault.message}")
        for fault in () if made.faults else judge(made.data):
            given = next((p for place, p in made.written.items() if fault.path[: len(place)] == place), None)
            if given is not None and one.choices is None:
                yield Fault(where, _outside(bare, one, share, fault) or f"{given}: {fault.message}")
                return
            if given is not None:
                yield Fault(where, f"{given}: {fault.message}")
                continue
            moved = _in_words(one, share)
            yield Fault(where, f"at {end}, {moved}, {spelled(fault.path)} breaks: {fault.message}")
            yield Fault(_in_file(bare, made, fault.path), f"{fault.message}, if {moved} ({spelled(here)})")
            break  # one is enough to see why


def _in_words(one: Uncertain, share: float) -> str:
    """What a range comes to there."""
    value = one.at(share)
    told = number(value) if isinstance(value, int | float) and not isinstance(value, bool) else shown(value)
    sign = {"multiply": "is multiplied by ", "add": "is added ", "odds": "has its odds multiplied by "}
    return f"{one.title} {sign.get(one.verb, 'is ')}{told}"


def _outside(bare: Scenario, one: Uncertain, share: float, fault: Fault) -> str | None:
    """The sum that leaves a condition's limits, with what would not; of a group it names the condition."""
    if one.verb not in ("multiply", "add"):
        return None
    field = Field.root().at(tuple(0 if isinstance(key, int) else key for key in fault.path))
    there: Any = bare.model_dump()
    for key in fault.path:
        there = there[key] if not isinstance(there, dict) or key in there else None
        if there is None:
            return None
    if field is None or not isinstance(there, int | float):
        return None
    amount = one.at(share)
    result = there * amount if one.verb == "multiply" else there + amount
    sign = "×" if one.verb == "multiply" else "+"
    sum_ = f"{number(there)} {sign} {number(amount)} = {number(result)}"
    told = f"{fault.message}" if field.limits.low is None else f"is not {field.limits}"
    is_share = (field.limits.low, field.limits.high) == (0, 1)
    name = spelled(fault.path[1:])
    which = "" if one.paths == (name,) else f"{name}: "
    return f"{which}{sum_} {told}" + ("; use odds" if is_share else "")


def _in_file(bare: Scenario, made: Changed, path: Path) -> Path:
    """The place in the file of one in changed data, which may have fewer injects."""
    match path:
        case ("injects", int() as position, *rest):
            name = made.data["injects"][position].get("id")
            return ("injects", [inject.id for inject in bare.injects].index(name), *rest)
    return path


def _leaves_out(bare: Scenario, one: Uncertain) -> str | None:
    """That the file's own value is outside its range, and none of its choices."""
    if one.choices is not None:
        own = (bare.conditions, bare.injects, bare.costs)
        count = len(one.choices)
        cases = [
            Scenario.model_validate(changed(bare, one.changes((case + 0.5) / count)).data)
            for case in range(count)
        ]
        made = [(case.conditions, case.injects, case.costs) for case in cases]
        if own not in made:
            return "what the file itself says is none of the choices; add it"
        firsts = map(made.index, made)
        again = next(((place, first) for place, first in enumerate(firsts) if first < place), None)
        return again and f"choice {again[0] + 1} is choice {again[1] + 1} again; leave one out"
    return next((told for of in (one, *one.also) if (told := _is_outside(bare, of)) is not None), None)


def _is_outside(bare: Scenario, one: Movement) -> str | None:
    """That the file's own value is outside a range."""
    low, high = sorted(one.ends)
    if one.verb != "set":
        own_value = 0.0 if one.verb == "add" else 1.0
        if low <= own_value <= high:
            return None
        neutral = "add 0" if one.verb == "add" else f"{one.verb} by 1"
        which = "" if isinstance(one, Uncertain) else f" of {one.paths[0]}"
        ends = f"[{number(low)}, {number(high)}]"
        return f"the file's own value{which} ({neutral}) is outside {ends}; widen the range"
    for path in one.paths:
        written = written_value(bare, path)
        if written is None:
            return f"{path} is no number in the file, so that no range holds it; give it a value there"
        if not low <= written <= high:
            return (
                f"{path} is {number(written)} in the file, outside [{number(low)}, {number(high)}]; "
                "widen the range, or change the file's value"
            )
    return None


def written_value(scenario: Scenario, path: str) -> float | None:
    """The number that a file has at a path, or assumes by default; None where there is none."""
    made = changed(scenario, {path: ("multiply", 1.0)})
    if made.faults or not made.written:
        return None
    there: Any = made.data
    for key in next(iter(made.written)):
        there = there[key]
    if isinstance(there, dict):
        there = there.get("mean")
    return float(there) if isinstance(there, int | float) else None
