"""Memory of what was worked out before, for functions of objects that never change."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

Result = TypeVar("Result")

MOST = 1024
"""Results that one function keeps; the oldest go first."""


def remembered(function: Callable[..., Result]) -> Callable[..., Result]:
    """The function, which gives the same result again for the very same objects.

    It asks whether they are the same, not whether they are equal: 0.0 equals −0.0, and of two policies that
    are equal one may state a lever that the other inherits.
    """
    known: dict[tuple[int, ...], tuple[tuple[Any, ...], Result]] = {}

    @wraps(function)
    def ask(*objects: Any) -> Result:
        key = tuple(map(id, objects))
        found = known.get(key)
        if found is None:
            if len(known) >= MOST:
                known.pop(next(iter(known)), None)
            # with the objects, so that no other can bear their ids
            found = known[key] = (objects, function(*objects))
        return found[1]

    return ask
