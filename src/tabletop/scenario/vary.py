"""Variants of a scenario: other values at some of its paths, checked like a file."""

import reprlib
from collections.abc import Mapping
from typing import Any

from tabletop.errors import Problem, ScenarioError, TabletopError
from tabletop.scenario.changes import changed
from tabletop.scenario.load import checked
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import spelled
from tabletop.scenario.yaml_document import Fault, Path


def varied(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    """The scenario with a value at each path of `changes`; see `Scenario.vary`."""
    if not isinstance(changes, Mapping):
        raise TabletopError(f"changes: {reprlib.repr(changes)}: must be a mapping of paths to values")
    made = changed(scenario, changes)
    variant, found_wrong = checked(made.data)
    faults = [*made.faults, *(Fault((as_given(f.path, made.written),), f.message) for f in found_wrong)]
    if variant is None or faults:
        name = f"{scenario.title}, varied"
        raise ScenarioError(Problem(name, 0, str(f.path[0]), f.message) for f in dict.fromkeys(faults))
    return variant


def as_given(fault: Path, written: Mapping[Path, str]) -> str:
    """The path of a fault as it was given, or else as the file has it."""
    for length in range(len(fault), 0, -1):
        if (given := written.get(fault[:length])) is not None:
            return spelled((given, *fault[length:]))
    return spelled(fault)
