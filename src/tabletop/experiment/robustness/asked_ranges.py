"""Ranges that a command asks for: the file's own, one given by hand, or half and double."""

import reprlib
from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any

from pydantic import ValidationError

from tabletop.errors import TabletopError, did_you_mean
from tabletop.scenario.checks.uncertain import objection_to_range, of_scenario, written_value
from tabletop.scenario.fields import Field
from tabletop.scenario.load import checked
from tabletop.scenario.plain import is_number
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.survives import LARGEST_FACTOR
from tabletop.scenario.uncertain import MOST_CHOICES, Uncertain
from tabletop.scenario.words import number

Ends = tuple[float, float] | None
HALF_AND_DOUBLE = (0.5, 2.0)
PRICES = "a price, on which no run depends, and so no verdict"


def ranges_to_vary(scenario: Scenario, vary: Mapping[str, Ends]) -> tuple[Uncertain, ...]:
    """A range for each path: the ends that are given, the file's own range, or half and double.

    Raises TabletopError, with the path and what would be right, for what can have no such range.
    """
    found = tuple(_range_of(scenario, path, ends) for path, ends in vary.items())
    by_title: dict[str, str] = {}
    for path, one in zip(vary, found, strict=True):
        if (first := by_title.setdefault(one.title, path)) != path:
            raise TabletopError(f"vary: {path}: the same as {first}; leave one out")
    if prices := [path for path, one in zip(vary, found, strict=True) if is_of_prices(one)]:
        raise TabletopError(f"vary: {prices[0]}: {PRICES}; name a condition")
    tried = scenario.model_copy(update={"uncertain": found})
    for fault in of_scenario(tried, lambda data: checked(data)[1]):
        position = fault.path[1] if fault.path[0] == "uncertain" else None
        if isinstance(position, int):
            path = [*vary][position]
            raise TabletopError(f"vary: {path}: {fault.message.removeprefix(f'{path}: ')}")
    return found


def _range_of(scenario: Scenario, path: str, ends: Ends) -> Uncertain:
    of_file = next((one for one in scenario.uncertain if path in (one.title, *one.paths)), None)
    if of_file is not None:
        if ends is None:
            return of_file
        if path == of_file.name and len(of_file.paths) > 1:
            low, high = _two_numbers(path, ends)
            raise TabletopError(
                f"vary: {path}: moves {len(of_file.paths)} paths together; give ends to one of them, as "
                f"{of_file.paths[0]}={number(low)}..{number(high)}, or none for the file's range"
            )
        path = of_file.paths[0] if path == of_file.name else path
    if (wrong := objection_to_range(scenario, path)) is not None:
        names = [one.title for one in scenario.uncertain]
        near = did_you_mean(path, names) if "did you mean" not in wrong else ""
        raise TabletopError(f"vary: {path}: {wrong}{near}")
    path = _mean_of(path)
    given: dict[str, Any] = {"on": path}
    group = _field(path)
    if ends is not None and group is not None and group.is_group:
        low, high = _two_numbers(path, ends)
        raise TabletopError(
            f"vary: {path}: a group of conditions; leave the ends out, and all of it moves together, or name "
            f"one of them, as {path}.{group.names[0]}={number(low)}..{number(high)}"
        )
    if (cases := _cases(scenario, path, ends)) is not None:
        given["choices"] = cases
    elif ends is not None:
        given["set"] = _two_numbers(path, ends)
    else:
        given |= _in_own_units(scenario, path, half_and_double(scenario, path, HALF_AND_DOUBLE))
    try:
        return Uncertain.model_validate(given)
    except ValidationError as error:
        message = str(error.errors()[0]["msg"]).removeprefix("Value error, ")
        raise TabletopError(f"vary: {path}: {message}") from error


def _two_numbers(path: str, ends: Any) -> tuple[float, float]:
    match ends:
        case (low, high) if all(is_number(one) and isfinite(one) for one in (low, high)):
            return low, high
    raise TabletopError(
        f"vary: {path}: {reprlib.repr(ends)}: write two numbers, the lower first, as (6, 24), or None"
    )


def _cases(scenario: Scenario, path: str, ends: Ends) -> list[Any] | None:
    """What a yes or no, or a whole number, is tried as; None for any other."""
    keys = path.split(".")
    if keys[0] == "injects":
        field, is_choice = None, keys[-1] == "happens"
    else:
        field = _field(path)
        is_choice = field is not None and field.types == {"boolean"}
    if is_choice:
        if ends is not None:
            raise TabletopError(f"vary: {path}: yes or no, and no range; leave the ends out")
        return [True, False]
    if field is None or not field.is_whole:
        return None
    if ends is None:
        written = written_value(scenario, path) or 0
        raise TabletopError(
            f"vary: {path}: a whole number, which has no half; give a range, as {path}={number(written)}.."
            f"{number(written + 2)}"
        )
    low, high = _two_numbers(path, ends)
    if low % 1 or high % 1 or not 0 < high - low < MOST_CHOICES:
        raise TabletopError(
            f"vary: {path}: {number(low)}..{number(high)}: write two whole numbers, the lower first, and the "
            f"second at most {MOST_CHOICES - 1} more"
        )
    return [*range(int(low), int(high) + 1)]


def _field(path: str) -> Field | None:
    """The field of a condition; that of any partner for a partner's."""
    keys = path.split(".")
    where: tuple[str | int, ...] = tuple(keys)
    if keys[:2] == ["sharing", "partners"] and len(keys) > 2:
        where = ("sharing", "partners", 0, *keys[3:])
    return Field.root().at(("conditions", *where))


def is_of_prices(one: Uncertain) -> bool:
    """Whether a range moves prices alone."""
    return all(path.startswith("costs.") for path in one.everything())


def of_the_file(scenario: Scenario) -> tuple[tuple[Uncertain, ...], tuple[str, ...]]:
    """The ranges of a file on which runs depend, and what is left out; raises TabletopError for none."""
    prices = tuple(f"{one.title}: {PRICES}" for one in scenario.uncertain if is_of_prices(one))
    found = tuple(one for one in scenario.uncertain if not is_of_prices(one))
    if not found:
        raise TabletopError(f"{scenario.title}: `uncertain` has nothing but prices; {prices[0]}")
    return found, prices


def _in_own_units(scenario: Scenario, path: str, given: dict[str, tuple[float, float]]) -> dict[str, Any]:
    """Half and double of one number as the values themselves, still spread on the log scale."""
    written = written_value(scenario, path)
    if "multiply" not in given or written is None or written < 0 or "*" in path:
        return {**given}
    low, high = given["multiply"]
    return {"set": (low * written, high * written), "scale": "log"}


def half_and_double(
    scenario: Scenario, path: str, ends: tuple[float, float]
) -> dict[str, tuple[float, float]]:
    """The range from a fraction to a multiple of what is written, as `ends` say; of a share, of its odds.

    Raises TabletopError where that moves nothing.
    """
    field = _field(path)
    is_share = field is not None and (field.limits.low, field.limits.high) == (0, 1)
    written = written_value(scenario, path)
    fixed = (0.0, 1.0) if is_share else (0.0,)
    if written in fixed:
        raise TabletopError(
            f"vary: {path}: {number(written or 0.0)} stays what it is when it is halved or doubled; "
            f"give a range, as {path}=LOW..HIGH"
        )
    return {"odds" if is_share else "multiply": ends}


def _mean_of(path: str) -> str:
    """A duration stands for its mean."""
    field = _field(path)
    return f"{path}.mean" if field is not None and field.is_duration else path


def by_factor(scenario: Scenario, factor: float) -> tuple[tuple[Uncertain, ...], tuple[str, ...]]:
    """Each number of the conditions divided and multiplied by a factor, and what is left out."""
    if not is_number(factor) or not 1 < factor <= LARGEST_FACTOR:
        given = number(factor) if is_number(factor) else repr(factor)
        raise TabletopError(f"each: {given}: must be above 1 and at most {LARGEST_FACTOR}, as 2")
    return every_number(scenario, (1 / factor, factor))


def every_number(
    scenario: Scenario, ends: tuple[float, float]
) -> tuple[tuple[Uncertain, ...], tuple[str, ...]]:
    """Each number of the conditions from a fraction to a multiple, and what is left out, with the reason."""
    found: list[Uncertain] = []
    left: list[str] = []
    for path, value in _numbers(scenario.conditions.model_dump(), ""):
        if isinstance(value, int):
            left.append(f"{path}: a whole number, which has no half")
            continue
        try:
            found.append(Uncertain.model_validate({"on": path, **half_and_double(scenario, path, ends)}))
        except TabletopError:
            left.append(f"{path}: {number(value)}, which stays what it is")
    tried = scenario.model_copy(update={"uncertain": tuple(found)})
    broken: dict[int, str] = {}
    for fault in of_scenario(tried, lambda data: checked(data)[1]):
        if fault.path[0] == "uncertain" and isinstance(position := fault.path[1], int):
            broken.setdefault(position, fault.message)
    left += [f"{found[position].title}: {message}" for position, message in broken.items()]
    return tuple(one for position, one in enumerate(found) if position not in broken), tuple(left)


def every_path(scenario: Scenario) -> tuple[str, ...]:
    """The path of every number of the conditions; of a duration, of its mean."""
    return tuple(path for path, _ in _numbers(scenario.conditions.model_dump(), ""))


def _numbers(here: Any, path: str) -> Iterator[tuple[str, float]]:
    """Every finite number below, with its path; of a duration, its mean."""
    match here:
        case {"family": _, "mean": mean}:
            yield f"{path}.mean", mean
        case dict():
            for key, inner in here.items():
                yield from _numbers(inner, f"{path}.{key}" if path else key)
        case list() | tuple():
            for entry in here:
                inner = {key: value for key, value in entry.items() if key != "name"}
                yield from _numbers(inner, f"{path}.{entry['name']}")
        case _ if is_number(here) and abs(here) < float("inf"):
            yield path, here
