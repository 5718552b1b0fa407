"""The state of a run just before a day, from which runs that are alike until then can go on."""

from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    """How things stand just before the first event of a `day`.

    It holds what is in the system, and nothing of what is past. Only an engine of the same build can read it.
    """

    day: float
    world: bytes
    """The loop's own."""
    ends: tuple[tuple[float, int], ...]
    """When effects of injects that waited for a count end: the day, and the place among what is due on it."""
    fired: tuple[tuple[str, float], ...]
    """The injects that happened, by their ids, and the day on which each did, in that order."""
