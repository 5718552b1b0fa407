"""Variants of a scenario: other values at some of its paths, checked like a file."""

import reprlib
from collections.abc import Mapping
from typing import Any

from tabletop.errors import Problem, ScenarioError, TabletopError
from tabletop.scenario.conditions import Conditions
from tabletop.scenario.load import checked
from tabletop.scenario.policy import LEVERS
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import nearest, shown, spelled
from tabletop.scenario.yaml_document import Fault, Path

_NAMES = ("name", "id")
"""The keys by which an entry of a list is known."""


def varied(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    """The scenario with a value at each path of `changes`; see `Scenario.vary`."""
    if not isinstance(changes, Mapping):
        raise TabletopError(f"changes: {reprlib.repr(changes)}: must be a mapping of paths to values")
    data = _plain(scenario.model_dump(exclude_unset=True))
    written: dict[Path, str] = {}
    faults: list[Fault] = []
    for path, value in changes.items():
        try:
            keys = _keys(scenario, path)
            if keys[0] == "conditions" and "conditions" not in {place[0] for place in written}:
                data["conditions"] = _plain(scenario.conditions.model_dump())
                if scenario.beliefs == "as_written":
                    data["beliefs"] = scenario.priors()
            written[_put(data, keys, _plain(value))] = path
        except _NowhereError as nowhere:
            faults.append(Fault((str(path),), str(nowhere)))
    variant, found_wrong = checked(data)
    faults += [Fault((_as_given(fault.path, written),), fault.message) for fault in found_wrong]
    if variant is None or faults:
        name = f"{scenario.title}, varied"
        raise ScenarioError(Problem(name, 0, str(f.path[0]), f.message) for f in dict.fromkeys(faults))
    return variant


class _NowhereError(Exception):
    """A path leads nowhere; the text says why, and what would be right."""


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


def _put(data: dict[str, Any], keys: tuple[str, ...], value: Any) -> Path:
    """Put a value where the keys lead, and say where that is."""
    here: Any = data
    place: Path = ()
    for position, key in enumerate(keys):
        step = _entry(here, key) if isinstance(here, list) else key
        place = (*place, step)
        if position == len(keys) - 1:
            here[step] = value
            break
        if isinstance(here, dict) and here.get(step) is None:
            here[step] = {}
        here = here[step]
        if not isinstance(here, dict | list):
            raise _NowhereError(f"{spelled(place)} is {shown(here)}, and has nothing below it")
    return place


def _entry(entries: list[Any], key: str) -> int:
    """Where the entry of this name is in a list."""
    names = [
        str(next((entry[name] for name in _NAMES if name in entry), "")) if isinstance(entry, dict) else ""
        for entry in entries
    ]
    if key not in names:
        raise _NowhereError(f"{shown(key)}: no entry has this name{nearest(key, filter(None, names))}")
    return names.index(key)


def _as_given(fault: Path, written: Mapping[Path, str]) -> str:
    """The path of a fault as it was given, or else as the file has it."""
    for length in range(len(fault), 0, -1):
        if (given := written.get(fault[:length])) is not None:
            return spelled((given, *fault[length:]))
    return spelled(fault)


def _plain(value: Any) -> Any:
    """Data as a file holds it: lists for tuples, Python's own numbers for those of NumPy."""
    match value:
        case Mapping():
            return {key: _plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_plain(inner) for inner in value]
        case _:
            return value.item() if hasattr(value, "item") and getattr(value, "ndim", None) == 0 else value
