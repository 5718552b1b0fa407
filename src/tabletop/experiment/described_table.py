"""Tables that commands write, described: what a row is, and what each column holds in which unit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from tabletop.spreadsheet import Cell, Sheet

OWN_UNIT = "the measure's"
"""The unit of a column that holds values or differences of a measure; a share is a number from 0 to 1."""
SHARE, YEARLY = "share, 0 to 1", "cost units a year"


@dataclass(frozen=True)
class Column:
    """A column: its `name`, and what it `says`; one in angle brackets stands for several, as `<lever>`."""

    name: str
    says: str
    unit: str = ""
    """Of a number; '' of a name, of words, or of true and false."""


@dataclass(frozen=True)
class DescribedTable:
    """A table that is written under a `name`: what a `row` is, and its columns in their order."""

    name: str
    row: str
    columns: tuple[Column, ...]

    @classmethod
    def of(cls, name: str, row: str, *columns: Column) -> "DescribedTable":
        """A table of these columns."""
        return cls(name, row, columns)

    def sheet(
        self, rows: Iterable[Sequence[Cell]], several: Mapping[str, Sequence[str]] | None = None
    ) -> Sheet:
        """The table with its rows; `several` names the columns for which one in angle brackets stands."""
        heads = ((several or {}).get(one.name, (one.name,)) for one in self.columns)
        return Sheet(tuple(chain.from_iterable(heads)), rows)


MEASURE = Column("measure", "The name of the measure.")
UNIT = Column("unit", "The unit of the measure.")
DIRECTION = Column("direction", "1 where more of it is better, -1 where less is, 0 where neither is.")
MIX = Column("mix", "The name of the policy mix in the file.")
BASELINE = Column("baseline", "The mix that differences refer to.")
DIFFERENCE = Column("difference", "The mix less the baseline, on average over paired worlds.", OWN_UNIT)
LOW = Column("low", "Lower end of its interval; empty where the data give none.", OWN_UNIT)
HIGH = Column("high", "Upper end.", OWN_UNIT)
CONFIDENCE = Column("confidence", "With which the interval covers, by itself.", SHARE)
DELTA = Column("delta", "The smallest difference that matters.", OWN_UNIT)
DIFFERING = Column("differing", "In how many worlds the two differ at all.", "worlds")
VERDICT = Column("verdict", "What the interval says of the difference and of δ.")
IN_WORDS = Column("in_words", "The verdict as it is printed, with what is to be known beside it.")
COST = Column("cost_a_year", "What the mix costs.", YEARLY)
