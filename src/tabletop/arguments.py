"""Arguments of the Python interface: what cannot be meant is told in words, as a file's mistakes are."""

import reprlib
from collections.abc import Iterable
from numbers import Integral, Real
from typing import Any

from tabletop.errors import TabletopError
from tabletop.scenario.scenario import Scenario

MOST_REPLICATIONS = 1_000_000
SEEDS = 2**63


def scenario(given: object) -> Scenario:
    """A scenario; raises TabletopError for the name of one."""
    if not isinstance(given, Scenario):
        told = reprlib.repr(given)
        raise TabletopError(f"scenario: {told}: must be one that was read, with tabletop.load")
    return given


def whole_number(name: str, value: Any, low: int, high: int) -> int:
    """A whole number (NumPy's too) from `low` to `high`; raises TabletopError."""
    whole = isinstance(value, Integral) and not isinstance(value, bool)
    if not (whole and low <= value <= high):
        raise TabletopError(f"{name}: {value!r}: must be a whole number from {low} to {high:,}")
    return int(value)


def seed(value: object) -> int:
    """A seed; raises TabletopError."""
    return whole_number("seed", value, 0, SEEDS - 1)


def days(name: str, asked: Iterable[Any], horizon: float) -> list[float]:
    """Days of the exercise, in their order and each once; raises TabletopError for what is none."""
    told = f"must be days above 0 and up to EndEx, day {horizon:g}"
    if isinstance(asked, str) or not isinstance(asked, Iterable):
        raise TabletopError(f"{name}: {asked!r}: {told}, in a list")
    found = set()
    for day in asked:
        number = isinstance(day, Real) and not isinstance(day, bool)
        if not (number and 0 < day <= horizon):
            raise TabletopError(f"{name}: {day!r}: {told}")
        found.add(float(day))
    return sorted(found)


def names(name: str, asked: Iterable[str]) -> list[str]:
    """A list of names; raises TabletopError for a text alone, whose characters are not meant."""
    if isinstance(asked, str):
        raise TabletopError(f"{name}: {asked!r} is a text; write a list, as [{asked!r}]")
    return list(asked)
