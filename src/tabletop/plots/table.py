"""A figure's data: what is drawn, tidy, a thing a row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tabletop.analysis.interval import Interval
from tabletop.experiment.tables import csv_lines
from tabletop.spreadsheet import Cell, Sheet


@dataclass(frozen=True)
class Table:
    """Rows under named columns; None is missing."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @classmethod
    def of(cls, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> "Table":
        """A table; raises ValueError for a row of another length."""
        made = tuple(tuple(row) for row in rows)
        if any(len(row) != len(columns) for row in made):
            raise ValueError(f"a row has not the columns {', '.join(columns)}")
        return cls(tuple(columns), made)

    def sheet(self) -> Sheet:
        """As a sheet of a workbook."""
        return Sheet(self.columns, self.rows)

    def csv(self) -> str:
        """As CSV: LF, shortest form of floats, empty where missing, and no text is taken for a formula."""
        return "".join(csv_lines(self.sheet()))


def ends(interval: Interval | None) -> tuple[float | None, float | None]:
    """Both ends of an interval, or nothing."""
    return (None, None) if interval is None else (interval.low, interval.high)
