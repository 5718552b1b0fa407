"""Rows of tables: each with its number, in the order of tables, in as many columns as a screen holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from tabletop.plots.shortening import shortened
from tabletop.plots.style import IDENTITY, PIXELS_PER_POINT
from tabletop.report.room.columns import ONE_COLUMN, columns

T = TypeVar("T")
TEXT = 28.0
"""Pixels of the smallest text on a screen of 1280 × 720."""
NAME = 262.0
"""Pixels of a name beside its badge."""
INNER = {1: 1224.0, 2: 596.0, 3: 388.0}
"""Pixels of a column of rows, by how many there are."""
BADGE = 44.0


@dataclass(frozen=True)
class Who:
    """A table: its number, its whole name, and as much of it as fits; nothing where there is no room."""

    number: int
    name: str
    short: str

    @property
    def kind(self) -> str:
        """The class of its badge: a colour for the first twelve, ink for the others."""
        return f"t{self.number}" if self.number <= len(IDENTITY) else "ink"


def everybody(teams: Sequence[str], room: float = NAME) -> tuple[Who, ...]:
    """The tables in their order, with names where they stand in one column."""
    names = shortened(teams, room, TEXT / PIXELS_PER_POINT) if len(teams) <= ONE_COLUMN else [""] * len(teams)
    return tuple(Who(n, name, short) for n, (name, short) in enumerate(zip(teams, names, strict=True), 1))


def arranged(rows: Sequence[T]) -> tuple[tuple[T, ...], ...]:
    """Rows in their columns, down and then across."""
    deep = -(-len(rows) // columns(len(rows))) or 1
    return tuple(tuple(rows[i : i + deep]) for i in range(0, len(rows), deep))


def chart_width(number: int, aside: float) -> float:
    """Pixels that a row has for its chart, beside its name or badge and `aside`, what stands at its end."""
    across = columns(number)
    return INNER[across] - BADGE - aside - (NAME + 20 if across == 1 else 0)
