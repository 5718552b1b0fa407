"""Blocks: what a document says, without how it looks; the page and the print are made of the same ones."""

from dataclasses import dataclass
from typing import Literal

MARK = "EXERCISE"
Kind = Literal["text", "list", "facts", "table", "box", "lines", "choice", "cards"]


@dataclass(frozen=True)
class Text:
    """Paragraphs."""

    paragraphs: tuple[str, ...]
    kind: Kind = "text"


@dataclass(frozen=True)
class Listing:
    """A list of short texts."""

    items: tuple[str, ...]
    numbered: bool = False
    boxes: bool = False
    """Whether each has a box to tick."""
    kind: Kind = "list"


@dataclass(frozen=True)
class Facts:
    """Terms, each with what is to be said of it."""

    rows: tuple[tuple[str, str], ...]
    kind: Kind = "facts"


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, and its share of the width."""

    heading: str
    share: int = 1
    number: bool = False


@dataclass(frozen=True)
class Table:
    """A table with headings; an empty cell is there to be written in."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    row_mm: float = 0.0
    """The least height of a row, where people write by hand."""
    small: bool = False
    """Whether it has so many columns that it needs small letters."""
    kind: Kind = "table"


@dataclass(frozen=True)
class Box:
    """What stands apart: an inject, words to read out, a note. Its label says which."""

    label: str
    title: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()
    kind: Kind = "box"


@dataclass(frozen=True)
class Lines:
    """A question, and lines to write on."""

    label: str
    count: int = 1
    kind: Kind = "lines"


@dataclass(frozen=True)
class Choice:
    """Statements, each with boxes to tick on one scale."""

    caption: str
    scale: tuple[str, ...]
    statements: tuple[str, ...]
    kind: Kind = "choice"


@dataclass(frozen=True)
class CardFace:
    """A decision as it stands on a card that can be cut out."""

    code: str
    title: str
    says: str
    pillar: str
    changes: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Cards:
    """Cards to cut out, eight to a page."""

    cards: tuple[CardFace, ...]
    kind: Kind = "cards"


Block = Text | Listing | Facts | Table | Box | Lines | Choice | Cards


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it; on slides, one slide, or more if it is long."""

    title: str
    blocks: tuple[Block, ...]
    new_page: bool = False


@dataclass(frozen=True)
class Document:
    """One document of the pack."""

    name: str
    """Of its files, without ending."""
    title: str
    exercise: str
    """The exercise that it belongs to."""
    audience: str
    """Who may hold it."""
    sections: tuple[Section, ...]
    layout: Literal["upright", "landscape", "slides"] = "upright"


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text; a folded text of a file has one line for each."""
    parts = (" ".join(part.split()) for part in text.splitlines())
    return tuple(part for part in parts if part)
