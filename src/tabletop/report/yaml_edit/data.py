"""Plain data of a file: the value at a path, and the same data with another value there."""

from copy import deepcopy
from typing import Any

from tabletop.scenario.yaml_document import Path


def with_value(data: Any, path: Path, value: Any) -> Any:
    """A copy of the data with a value put at a path, whose holder is there."""
    data = deepcopy(data)
    at(data, path[:-1])[path[-1]] = value
    return data


def at(data: Any, path: Path) -> Any:
    """The value at a path, which is there."""
    for key in path:
        data = data[key]
    return data
