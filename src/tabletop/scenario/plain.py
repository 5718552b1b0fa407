"""Reading of plain data that may be malformed: the part that a file should have, or an empty one."""

from typing import Any


def mapping(data: Any, key: str) -> dict[str, Any]:
    """The mapping at a key; empty, if there is none."""
    found = data.get(key) if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}


def items(data: Any, key: str) -> list[Any]:
    """The list at a key; empty, if there is none."""
    found = data.get(key) if isinstance(data, dict) else None
    return found if isinstance(found, list) else []


def amount(data: Any, key: str) -> float | None:
    """The number at a key; a yes or no is none."""
    found = data.get(key) if isinstance(data, dict) else None
    return found if is_number(found) else None


def is_number(value: Any) -> bool:
    """Whether it is a number; a yes or no is none."""
    return isinstance(value, int | float) and not isinstance(value, bool)
