"""Blocks: what a document says, without how it looks; every renderer shows every one of them.

What a reader finds their way by has to be given, and raises ValueError where it is empty: the caption of
a table, the text alternative of a picture, the label of a box.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from tabletop.report.document.statement import Said, Words, text_of

MOST_COLUMNS = 7
"""A table of more needs small letters."""


def required(what: str, words: Words) -> None:
    """Raise ValueError for a text that is empty."""
    if not text_of(words).strip():
        raise ValueError(f"{what} is empty")


@dataclass(frozen=True)
class Text:
    """Paragraphs."""

    kind: ClassVar = "text"
    paragraphs: tuple[Words, ...]


@dataclass(frozen=True)
class Listing:
    """A list of short texts."""

    kind: ClassVar = "listing"
    items: tuple[Words, ...]
    numbered: bool = False
    boxes: bool = False
    """Whether each has a box to tick."""


@dataclass(frozen=True)
class Facts:
    """Terms, each with what is to be said of it: a text, or several."""

    kind: ClassVar = "facts"
    rows: tuple[tuple[Words, Words | tuple[Words, ...]], ...]

    @property
    def terms(self) -> tuple[tuple[Words, tuple[Words, ...]], ...]:
        """The same, what is said always as a tuple."""
        return tuple((term, said if isinstance(said, tuple) else (said,)) for term, said in self.rows)


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, and the share of the width that it asks for."""

    heading: Words
    share: float = 1.0
    number: bool = False

    def __post_init__(self) -> None:
        required("the heading of a column", self.heading)


Row = tuple[Words, ...]


@dataclass(frozen=True)
class Table:
    """A table with headings; the first cell of a row is what the row is about.

    A row that is a single statement is the heading of the rows below it. An empty cell is there to be
    written in.
    """

    kind: ClassVar = "table"
    caption: Words
    columns: tuple[Column, ...]
    rows: tuple[Row | Said, ...]
    row_mm: float = 0.0
    """The least height of a row, where people write by hand."""
    anchors: tuple[str, ...] = ()
    """The places that its rows are, by id, for what leads there."""

    def __post_init__(self) -> None:
        required("the caption of a table", self.caption)
        if any(isinstance(row, tuple) and len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"{self.caption}: a row has not {len(self.columns)} cells")

    @property
    def is_wide(self) -> bool:
        """Whether it has so many columns that it needs small letters."""
        return len(self.columns) > MOST_COLUMNS


@dataclass(frozen=True)
class Box:
    """What stands apart: an inject, words to read out, a note. Its label says which."""

    kind: ClassVar = "box"
    label: Words
    title: Words
    paragraphs: tuple[Words, ...]
    facts: tuple[tuple[Words, Words], ...] = ()
    id: str = ""

    def __post_init__(self) -> None:
        required("the label of a box", self.label)

    @property
    def terms(self) -> tuple[tuple[Words, tuple[Words, ...]], ...]:
        """Its facts, what is said of a term as a tuple, as those of `Facts`."""
        return Facts(self.facts).terms


@dataclass(frozen=True)
class Lines:
    """A question, and lines to write on."""

    kind: ClassVar = "lines"
    label: Words
    count: int = 1

    def __post_init__(self) -> None:
        required("the label of lines to write on", self.label)


@dataclass(frozen=True)
class Choice:
    """Statements, each with boxes to tick on one scale."""

    kind: ClassVar = "choice"
    caption: Words
    scale: tuple[str, ...]
    statements: tuple[Words, ...]

    def __post_init__(self) -> None:
        required("the caption of a choice", self.caption)

    def as_table(self, tick: str) -> Table:
        """The same as a table, with a sign for a box, where a renderer draws none."""
        columns = (Column("Statement", 5), *(Column(step) for step in self.scale))
        return Table(
            self.caption, columns, tuple((one, *(tick for _ in self.scale)) for one in self.statements)
        )


@dataclass(frozen=True)
class Drawing:
    """A small picture beside words that say the same."""

    svg: bytes
    alt: str

    def __post_init__(self) -> None:
        required("the text alternative of a drawing", self.alt)


@dataclass(frozen=True)
class CardFace:
    """A decision as it stands on a card that can be cut out."""

    code: str
    title: str
    says: str
    pillar: str
    changes: str
    facts: tuple[tuple[str, str], ...]
    sign: Drawing | None = None
    """That of its pillar."""
    meters: tuple[Drawing, ...] = ()
    """Its first facts, drawn."""

    def as_box(self, mark: str) -> Box:
        """The same as a box, where a renderer cuts no cards."""
        return Box(
            f"{mark} {self.code}".strip(), self.title, (self.says, self.changes, self.pillar), self.facts
        )


@dataclass(frozen=True)
class Cards:
    """Cards to cut out, six to a page."""

    kind: ClassVar = "cards"
    cards: tuple[CardFace, ...]


@dataclass(frozen=True)
class TableCards:
    """What is laid on a table, half a page each."""

    kind: ClassVar = "table_cards"
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Picture:
    """A figure: its text alternative and its caption, and the picture in the forms that renderers need.

    PDF and HTML show the SVG, DOCX the PNG; without it, the caption stands alone.
    """

    kind: ClassVar = "picture"
    name: str
    alt: str
    caption: Words
    svg: bytes = b""
    png: bytes = b""

    def __post_init__(self) -> None:
        required("the text alternative of a picture", self.alt)
        required("the caption of a picture", self.caption)

    @property
    def place(self) -> str:
        """Its id, for what leads there."""
        return f"figure-{self.name}"


@dataclass(frozen=True)
class Folded:
    """What is not for everybody, or not at once; a page shows its summary, and the rest when asked."""

    kind: ClassVar = "folded"
    summary: Words
    blocks: tuple["Block", ...]

    def __post_init__(self) -> None:
        required("the summary of what is folded", self.summary)


Block = Text | Listing | Facts | Table | Box | Lines | Choice | Cards | TableCards | Picture | Folded


def say(*texts: str, lines: tuple[int, ...] = ()) -> Text:
    """Paragraphs that rest on the same lines of the log."""
    return Text(tuple(Said(text, lines) for text in texts if text))


def each_block(blocks: Iterable[Block]) -> Iterable[Block]:
    """Blocks, and those that are folded in them."""
    for block in blocks:
        yield block
        if isinstance(block, Folded):
            yield from each_block(block.blocks)
