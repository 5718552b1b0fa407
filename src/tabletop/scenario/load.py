"""Loading: from a scenario file, or the name of a shipped one, to a scenario."""

import reprlib
from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tabletop.errors import Problem, ScenarioError, TabletopError
from tabletop.scenario.checks import (
    citations,
    claims,
    exercise,
    exercise_budget,
    references,
    searched,
    teaching,
    typed_names,
    uncertain,
    validation,
)
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.source import source_text
from tabletop.scenario.words import shown, spelled
from tabletop.scenario.yaml_document import Fault, YamlDocument, read


def load(source: str | Path) -> Scenario:
    """The scenario in a file, or the one of that name that comes with the package.

    Raises ScenarioError with all mistakes in the file, and UnknownName if there is neither a file nor a
    scenario of that name.
    """
    if not isinstance(source, str | PathLike):
        raise TabletopError(
            f"source: {reprlib.repr(source)}: must be a path, or the name of a shipped scenario"
        )
    text, name = source_text(source)
    return loads(text, name)


def loads(text: str, name: str = "scenario") -> Scenario:
    """The scenario in a text; errors call it `name`. Raises ScenarioError with all mistakes."""
    return _loads(text, name, is_new=True)


def loads_begun(text: str, name: str) -> Scenario:
    """The scenario of an exercise that was begun, perhaps when rules for teaching and names were fewer."""
    return _loads(text, name, is_new=False)


def _loads(text: str, name: str, *, is_new: bool) -> Scenario:
    if not isinstance(text, str):
        raise TabletopError(f"text: {reprlib.repr(text)}: must be the text of a scenario file")
    document = read(text)
    if not document.whole:
        raise ScenarioError(_problems(name, document, document.faults))
    data = document.data
    if not isinstance(data, dict):
        found = "nothing" if data is None else shown(data)
        wrong = Fault(
            (), f"{found} at the top; a scenario is a mapping: title, policy_mixes, baseline, measures, …"
        )
        raise ScenarioError(_problems(name, document, [*document.faults, wrong]))
    scenario, found_wrong = checked(data, is_new=is_new)
    faults = [*document.faults, *(fault for fault in found_wrong if not document.in_doubt(fault.path))]
    if scenario is None or faults:
        raise ScenarioError(_problems(name, document, faults))
    return scenario


def checked(data: dict[str, Any], *, is_new: bool = True) -> tuple[Scenario | None, list[Fault]]:
    """The scenario of a file's data, None if it is not well formed; and everything that is wrong with it."""
    scenario = None
    found_wrong: list[Fault] = []
    try:
        scenario = Scenario.model_validate(data)
    except ValidationError as error:
        found_wrong += validation.faults(error, data)
    ill_formed = {fault.path for fault in found_wrong}
    checks = [references, claims, exercise, citations, searched] + [typed_names] * is_new
    for fault in (fault for check in checks for fault in check.faults(data)):
        if fault.path not in ill_formed:
            found_wrong.append(fault)
    if scenario is not None and not found_wrong:
        whole = (references, exercise_budget, searched)
        found_wrong += [fault for check in whole for fault in check.of_scenario(scenario)]
        if is_new and not found_wrong:
            found_wrong += teaching.of_scenario(scenario)
        for of_variants in (uncertain.of_scenario, claims.of_scenario):
            if not found_wrong:
                found_wrong += of_variants(scenario, lambda variant: checked(variant)[1])
    return scenario, found_wrong


def _problems(name: str, document: YamlDocument, faults: Iterable[Fault]) -> list[Problem]:
    return [
        Problem(name, fault.line or document.line_of(fault.path), spelled(fault.path), fault.message)
        for fault in dict.fromkeys(faults)
    ]
