"""Checks of arguments of the Python interface; a wrong one raises TabletopError with what would be right."""

import reprlib
from collections.abc import Iterable
from numbers import Integral, Real
from os import PathLike
from pathlib import Path
from typing import Any

from tabletop.errors import TabletopError
from tabletop.scenario.scenario import Scenario

MOST_REPLICATIONS = 1_000_000
SEEDS = 2**63


def scenario(given: object) -> Scenario:
    """The scenario that was passed; raises TabletopError for anything else, such as the name of one."""
    if not isinstance(given, Scenario):
        shown = reprlib.repr(given)
        raise TabletopError(f"scenario: {shown}: must be one that was read, with tabletop.load")
    return given


def whole_number(name: str, value: Any, low: int, high: int) -> int:
    """A whole number (also one of NumPy) from `low` to `high`; raises TabletopError for anything else."""
    whole = isinstance(value, Integral) and not isinstance(value, bool)
    if not (whole and low <= value <= high):
        raise TabletopError(f"{name}: {value!r}: must be a whole number from {low} to {high:,}")
    return int(value)


def seed(value: object) -> int:
    """A seed, from 0 to 2^63 − 1; raises TabletopError for anything else."""
    return whole_number("seed", value, 0, SEEDS - 1)


def seconds(name: str, value: Any) -> float:
    """A number of seconds, which may be infinite; raises TabletopError for anything else."""
    number = isinstance(value, Real) and not isinstance(value, bool)
    if not (number and value >= 0):
        raise TabletopError(f"{name}: {value!r}: must be a number of seconds, 0 or more")
    return float(value)


def days(name: str, asked: Iterable[Any], horizon: float) -> list[float]:
    """Days above 0 and up to `horizon`, sorted, each once; raises TabletopError for anything else."""
    wanted = f"must be days above 0 and up to EndEx, day {horizon:g}"
    if isinstance(asked, str) or not isinstance(asked, Iterable):
        raise TabletopError(f"{name}: {asked!r}: {wanted}, in a list")
    days_asked = set()
    for day in asked:
        number = isinstance(day, Real) and not isinstance(day, bool)
        if not (number and 0 < day <= horizon):
            raise TabletopError(f"{name}: {day!r}: {wanted}")
        days_asked.add(float(day))
    return sorted(days_asked)


def names(name: str, asked: Iterable[str]) -> list[str]:
    """A list of names; raises TabletopError for a single string, whose characters would be taken as names."""
    if isinstance(asked, str):
        raise TabletopError(f"{name}: {asked!r} is a text; write a list, as [{asked!r}]")
    if not isinstance(asked, Iterable):
        raise TabletopError(f"{name}: {reprlib.repr(asked)}: must be a list of names")
    return list(asked)


def path(name: str, given: object) -> Path:
    """The path of a file or folder, from a text or a path; raises TabletopError for anything else."""
    if not isinstance(given, str | PathLike):
        raise TabletopError(f"{name}: {reprlib.repr(given)}: must be a path, as a text or a pathlib.Path")
    return Path(given)


def text_or_none(name: str, given: object) -> str | None:
    """A text, or None; raises TabletopError for anything else."""
    if given is not None and not isinstance(given, str):
        raise TabletopError(f"{name}: {reprlib.repr(given)}: must be a text, or None")
    return given
