"""Blocks: what a report says, without how it looks; the page and the document are made of the same ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tabletop.report.pack.blocks import MARK, Column

MOST_COLUMNS = 7
"""More need small letters."""
LETTERS, SMALL_LETTERS = 78, 88
"""Letters that fit side by side on a page, set bold."""
LONGEST_WORD = 16
"""Letters; a longer word is broken."""
Kind = Literal["text", "list", "facts", "table", "picture"]


@dataclass(frozen=True)
class Said:
    """A statement, and the lines of the log behind it."""

    text: str
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class Text:
    """Paragraphs."""

    paragraphs: tuple[Said, ...]
    kind: Kind = "text"


@dataclass(frozen=True)
class Listing:
    """A list of statements."""

    items: tuple[Said, ...]
    kind: Kind = "list"


@dataclass(frozen=True)
class Facts:
    """Terms, each with what is to be said of it."""

    rows: tuple[tuple[str, tuple[Said, ...]], ...]
    kind: Kind = "facts"


@dataclass(frozen=True)
class Table:
    """A table with headings; the first cell of a row is what the row is about."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Said, ...], ...]
    lines: tuple[int, ...] = ()
    """Those behind all of it."""
    anchors: tuple[int, ...] = ()
    """Of the log itself: the line that each row is, so that statements lead there."""
    kind: Kind = "table"

    @property
    def is_wide(self) -> bool:
        """Whether it has so many columns that it needs small letters."""
        return len(self.columns) > MOST_COLUMNS

    @property
    def widths(self) -> tuple[float, ...]:
        """The share of the width that each column has; hardly any word in it has to be broken."""
        cells = zip(*self.rows, strict=True)
        return widths(self.columns, [max(_longest(one.text) for one in column) for column in cells])


@dataclass(frozen=True)
class Picture:
    """A figure: its name, and its finding in words."""

    name: str
    number: int
    finding: str
    kind: Kind = "picture"


Block = Text | Listing | Facts | Table | Picture


@dataclass(frozen=True)
class Part:
    """A heading of the second order, and what stands below it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Section:
    """A heading, what stands below it, and its parts."""

    id: str
    title: str
    blocks: tuple[Block, ...] = ()
    parts: tuple[Part, ...] = ()
    new_page: bool = False


@dataclass(frozen=True)
class Report:
    """An after-action report, or an interim one, from the first section to the log."""

    exercise: str
    kind: str
    """What it is: an interim report, or one of after the exercise."""
    sections: tuple[Section, ...]
    lines: frozenset[int]
    """The lines of the log that it holds."""
    begun: datetime | None
    """StartEx, if the exercise was held at a date."""
    written: datetime | None
    """The moment of the last line that it holds, by the log's clock."""

    @property
    def title(self) -> str:
        """What stands on its first page."""
        return f"{MARK}: {self.exercise}, {self.kind}"


def widths(columns: tuple[Column, ...], longest: Sequence[int] = ()) -> tuple[float, ...]:
    """The share of the width that each column has: what it asks for, and room for its longest word.

    `longest` are the letters of the longest words in the cells.
    """
    letters = SMALL_LETTERS if len(columns) > MOST_COLUMNS else LETTERS
    heads = [_longest(column.heading) for column in columns]
    most = map(max, heads, longest or heads)
    least = [(min(word, LONGEST_WORD) + 2.5) / letters for word in most]
    asked = sum(column.share for column in columns)
    wanted = [max(column.share / asked, low) for column, low in zip(columns, least, strict=True)]
    spare, given = sum(wanted) - 1.0, sum(wanted) - sum(least)
    if given <= spare:
        return tuple(one / sum(wanted) for one in wanted)
    return tuple(one - spare * (one - low) / given for one, low in zip(wanted, least, strict=True))


def _longest(text: str) -> int:
    return max(map(len, text.split()), default=0)


def say(*texts: str, lines: tuple[int, ...] = ()) -> Text:
    """Paragraphs that rest on the same lines."""
    return Text(tuple(Said(text, lines) for text in texts if text))


def row(*cells: str | Said, lines: tuple[int, ...] = ()) -> tuple[Said, ...]:
    """A row of a table; `lines` are behind its last cell."""
    told = [cell if isinstance(cell, Said) else Said(cell) for cell in cells]
    if lines:
        told[-1] = Said(told[-1].text, (*told[-1].lines, *lines))
    return tuple(told)
