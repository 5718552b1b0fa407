"""Changes of a scenario's data: a value at each of some paths, put there before anything is checked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

from tabletop.scenario.conditions import Conditions
from tabletop.scenario.plain import is_number
from tabletop.scenario.policy import LEVERS
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import nearest, shown, spelled
from tabletop.scenario.yaml_document import Fault, Path

VERBS = ("multiply", "add", "odds")
"""Changes of what is there; anything else is a value in its place."""
_NAMES = ("name", "id")
"""The keys by which an entry of a list is known."""
_SHAPES = ("cv",)
"""Numbers that a change of a group leaves alone: they shape a distribution."""
_PARTNERS: Path = ("conditions", "sharing", "partners")


@dataclass(frozen=True)
class Changed:
    """The data of a scenario with some changes, which nobody has checked."""

    data: dict[str, Any]
    written: dict[Path, str]
    """The paths that were given, by the places to which they led."""
    faults: tuple[Fault, ...]
    """What led nowhere, each at the path as it was given."""


def changed(scenario: Scenario, changes: Mapping[str, Any]) -> Changed:
    """The data of a scenario with a value at each path of `changes`; see `Scenario.vary`."""
    data = plain(scenario.model_dump(exclude_unset=True))
    written: dict[Path, str] = {}
    faults: list[Fault] = []
    dropped: list[str] = []
    for path, value in changes.items():
        try:
            keys = _keys(scenario, path)
            if keys[0] != "uncertain":
                _forget_ranges(data)
            if keys[0] == "conditions" and "conditions" not in {place[0] for place in written}:
                data["conditions"] = plain(scenario.conditions.model_dump())
                if scenario.beliefs == "as_written":
                    data["beliefs"] = scenario.priors()
            if keys[0] == "injects" and keys[2:] == ("happens",):
                dropped += _not_happening(data, keys[1], value)
                continue
            for place in _places(data, keys):
                _put(scenario, data, place, plain(value))
                written[place] = path
        except _NowhereError as nowhere:
            faults.append(Fault((str(path),), str(nowhere)))
    if dropped:
        data["injects"] = [inject for inject in data["injects"] if inject.get("id") not in dropped]
    return Changed(data, written, tuple(faults))


def _forget_ranges(data: dict[str, Any]) -> None:
    """Takes out what is about the values that were written: ranges, and where claims survive or turn."""
    data.pop("uncertain", None)
    for claim in data.get("claims", ()):
        claim.pop("survives", None)
        claim.pop("turns_at", None)


class _NowhereError(Exception):
    """A path leads nowhere, or a change does not fit there; the text says what would be right."""


def _keys(scenario: Scenario, path: object) -> tuple[str, ...]:
    """The path that the file has for one that was given."""
    if not isinstance(path, str):
        raise _NowhereError("a path is a text, as 'threat.formation_rate'")
    mix, slash, rest = path.rpartition("/")
    if slash:
        if mix not in scenario.policy_mixes:
            raise _NowhereError(f"{shown(mix)}: no such policy mix{nearest(mix, scenario.policy_mixes)}")
        return ("policy_mixes", mix, *rest.split("."))
    keys = tuple(path.split("."))
    if keys[0] in Scenario.model_fields:
        return keys
    lever = LEVERS.get(keys[-1])
    if lever is not None and keys[:-1] in ((), (lever.pillar,)):
        example = f"{scenario.baseline}/{lever.pillar}.{lever.name}"
        raise _NowhereError(f"a lever, which policy mixes set; write '{example}'")
    if keys[0] in Conditions.model_fields:
        return ("conditions", *keys)
    known = [*Conditions.model_fields, *Scenario.model_fields]
    raise _NowhereError(f"{shown(keys[0])}: a scenario has nothing of this name{nearest(keys[0], known)}")


def _places(data: dict[str, Any], keys: tuple[str, ...]) -> Iterator[Path]:
    """Where the keys lead: to one place, or with '*' to the same place of every entry of a list."""
    yield from _below(data, (), keys)


def _below(here: Any, place: Path, keys: tuple[str, ...]) -> Iterator[Path]:
    key, *rest = keys
    steps: list[str | int] = [key]
    if isinstance(here, list):
        steps = [*range(len(here))] if key == "*" else [_entry(here, key)]
        if not steps:
            raise _NowhereError(f"{spelled(place)} is empty: '*' stands for no entry of it")
    elif key == "*":
        raise _NowhereError(f"{spelled(place)} is no list: '*' stands for every entry of one")
    for step in steps:
        if not rest:
            yield (*place, step)
            continue
        if isinstance(here, dict) and here.get(step) is None:
            here[step] = {}
        inner = here[step]
        if not isinstance(inner, dict | list):
            raise _NowhereError(f"{spelled((*place, step))} is {shown(inner)}, and has nothing below it")
        yield from _below(inner, (*place, step), tuple(rest))


def _put(scenario: Scenario, data: dict[str, Any], place: Path, value: Any) -> None:
    here: Any = data
    for step in place[:-1]:
        here = here[step]
    step = place[-1]
    match value:
        case [str() as verb, amount] if verb in VERBS:
            there = here.get(step) if isinstance(here, dict) else here[step]
            if there is None:
                there = _unwritten(scenario, place)
            here[step] = _applied(verb, amount, there, place)
        case [*names] if place == _PARTNERS and all(isinstance(name, str) for name in names):
            here[step] = [here[step][_entry(here[step], name)] for name in names]
        case _:
            here[step] = value


def _unwritten(scenario: Scenario, place: Path) -> Any:
    """What holds where a file has nothing: a lever's price, or the setting that a mix inherits."""
    match place:
        case ("costs", str() as name) if name in LEVERS:
            return float(LEVERS[name].price(scenario.costs))
        case ("policy_mixes", str() as mix, str() as pillar, str() as name) if (
            name in LEVERS and LEVERS[name].pillar == pillar
        ):
            return LEVERS[name].of(scenario.policies(mix)[0][1])
    raise _NowhereError("null, or not there; a change needs a number, so give a value")


def _applied(verb: str, amount: Any, there: Any, place: Path) -> Any:
    """What a change makes of a value, of a duration's mean, or of every number of a group."""
    if not is_number(amount):
        raise _NowhereError(f"{shown(amount)}: {verb} takes a number")
    if is_number(there):
        return _moved(verb, float(amount), there)
    match there:
        case {"family": _, "mean": mean}:
            return {**there, "mean": _moved(verb, float(amount), mean)}
        case dict():
            moved = {
                key: inner if key in _SHAPES or not _holds_numbers(inner) else
                _applied(verb, amount, inner, (*place, key))
                for key, inner in there.items()
            }  # fmt: skip
            if moved == there and not any(map(_holds_numbers, there.values())):
                raise _NowhereError(f"a group without numbers; {verb} takes a number")
            return moved
    raise _NowhereError(f"{shown(there)}; {verb} takes a number")


def _holds_numbers(value: Any) -> bool:
    return is_number(value) or isinstance(value, dict)


def _moved(verb: str, amount: float, value: float) -> float:
    match verb:
        case "multiply":
            return value * amount
        case "add":
            return value + amount
    if not 0 <= value <= 1:
        raise _NowhereError(f"{shown(value)} is no share, and has no odds; use multiply")
    if amount <= 0:
        raise _NowhereError(f"{shown(amount)}: odds are multiplied by a number above 0")
    odds = inf if value == 1 else value / (1 - value) * amount
    return 1.0 if odds == inf else odds / (1 + odds)


def _not_happening(data: dict[str, Any], name: str, value: Any) -> list[str]:
    """The id of an inject that does not happen, if so."""
    _entry(data.get("injects", []), name)
    if not isinstance(value, bool):
        raise _NowhereError(f"{shown(value)}: an inject happens or does not; write true or false")
    return [] if value else [name]


def _entry(entries: list[Any], key: str) -> int:
    """Where the entry of this name is in a list."""
    names = [
        str(next((entry[name] for name in _NAMES if name in entry), "")) if isinstance(entry, dict) else ""
        for entry in entries
    ]
    if key not in names:
        raise _NowhereError(f"{shown(key)}: no entry has this name{nearest(key, filter(None, names))}")
    return names.index(key)


def plain(value: Any) -> Any:
    """Data as a file holds it: lists for tuples, Python's own numbers for those of NumPy."""
    match value:
        case Mapping():
            return {key: plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [plain(inner) for inner in value]
        case _:
            return value.item() if hasattr(value, "item") and getattr(value, "ndim", None) == 0 else value
