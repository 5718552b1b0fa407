"""Axes of the room's charts: round numbers at which lines go through all rows."""

from collections.abc import Callable
from dataclasses import dataclass

from tabletop.plots.scale import Scale

APART = 130.0
"""Pixels between two numbers at least."""


@dataclass(frozen=True)
class Tick:
    """A round number: its pixel and how it is written."""

    at: float
    text: str


def ticks(scale: Scale, write: Callable[[float], str], *, whole: bool = False) -> tuple[Tick, ...]:
    """The round numbers of an axis."""
    most = max(1, int(abs(scale.end - scale.start) / APART))
    return tuple(Tick(scale.at(value), write(value)) for value in scale.ticks(most, whole=whole))
