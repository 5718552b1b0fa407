"""A document: its title, and sections of blocks under headings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Literal

from tabletop.report.document.blocks import Block, Box, Picture, Table, TableCards, each_block, required
from tabletop.report.document.statement import Words, text_of

MARK = "EXERCISE"
"""The mark on every page of an exercise's documents, so that nobody mistakes one for reality."""


@dataclass(frozen=True)
class Section:
    """A heading, what stands below it, and its parts under headings of the next order.

    On slides, a section is one slide, or more if it is long.
    """

    title: Words
    blocks: tuple[Block, ...] = ()
    parts: tuple["Section", ...] = ()
    id: str = ""
    new_page: bool = False

    def __post_init__(self) -> None:
        required("the title of a section", self.title)


@dataclass(frozen=True)
class Document:
    """A document of an exercise or an experiment; how large its pages are is its renderer's matter."""

    name: str
    """Of its files, without ending."""
    title: str
    subtitle: str
    """What kind of document it is, or the exercise that it belongs to."""
    audience: str
    """Who may hold it."""
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...] = ()
    """What stands under the title, before the first section."""
    mark: str = MARK
    content_note: str = ""
    """What a reader may find distressing: it precedes everything else."""
    lead: tuple[Words, ...] = ()
    """Lines right under the title."""
    colophon: str = ""
    """The last line."""
    lists_sections: bool = False
    """Whether it begins with a list of its sections."""
    layout: Literal["upright", "landscape", "slides"] = "upright"
    language: str = "en"
    """The language of its texts, as a tag of RFC 5646."""
    begun: datetime | None = None
    written: datetime | None = None

    def __post_init__(self) -> None:
        required("the title of a document", self.title)
        if self.lists_sections:
            for section in self.sections:
                required(f"the id of the listed section “{text_of(section.title)}”", section.id)

    @property
    def full_title(self) -> str:
        """By which others find it: 'EXERCISE: The port, after-action report'."""
        named = ", ".join(part for part in (self.title, self.subtitle) if part)
        return f"{self.mark}: {named}" if self.mark else named

    @property
    def under_title(self) -> str:
        """The subtitle, as a line of its own."""
        return self.subtitle[:1].upper() + self.subtitle[1:]

    @cached_property
    def places(self) -> frozenset[str]:
        """The ids of all that a statement can lead to."""
        return frozenset(_places(self))


def _places(document: Document) -> Iterator[str]:
    blocks = [*document.blocks]
    sections = [*document.sections]
    for section in sections:  # grows by the parts of each
        sections += section.parts
        blocks += section.blocks
        yield section.id
    for block in each_block(blocks):
        match block:
            case Box():
                yield block.id
            case TableCards():
                yield from (box.id for box in block.boxes)
            case Table():
                yield from block.anchors
            case Picture():
                yield block.place
