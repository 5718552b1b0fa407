"""Refusals: what an import cannot read, with file, sheet, row and column."""

from collections.abc import Iterable
from dataclasses import dataclass

from tabletop.errors import SHOWN, TabletopError
from tabletop.scenario.words import clipped


@dataclass(frozen=True)
class Place:
    """A place in a list; row and column count from 1, as in a spreadsheet, and 0 is the whole of it."""

    file: str
    sheet: str | None = None
    """None in a CSV, which has none."""
    row: int = 0
    column: int = 0
    name: str = ""
    """What the column is headed."""

    def at(self, column: int, name: str) -> "Place":
        """A cell of this row."""
        return Place(self.file, self.sheet, self.row, column, name)

    @property
    def within(self) -> str:
        """The place in its file, in words; empty for the whole of it."""
        parts = [] if self.sheet is None else [f"sheet '{clipped(self.sheet)}'"]
        if self.row:
            parts.append(f"row {self.row}")
        if self.column:
            parts.append(f"column {letters(self.column)}" + (f" '{clipped(self.name)}'" if self.name else ""))
        return ", ".join(parts)

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.within) if part)


@dataclass(frozen=True)
class Wrong:
    """One thing that cannot be read: where, the value, and what would be right."""

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class Unreadable(TabletopError):
    """A list that is refused: everything that is wrong with it, from the top; nothing has been written."""

    def __init__(self, wrong: Iterable[Wrong]) -> None:
        self.wrong = tuple(sorted(wrong, key=_order))
        super().__init__(self.wrong)

    def __str__(self) -> str:
        lines = [str(one) for one in self.wrong[:SHOWN]]
        if len(self.wrong) > SHOWN:
            lines.append(f"{self.wrong[0].place.file}: and {len(self.wrong) - SHOWN} more")
        return "\n".join([*lines, "nothing was written"])


def _order(wrong: Wrong) -> tuple[str | int, ...]:
    """What concerns the whole file comes first."""
    place = wrong.place
    return place.file, place.sheet or "", place.row, place.column, wrong.message


def letters(column: int) -> str:
    """A column as spreadsheets name it: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
