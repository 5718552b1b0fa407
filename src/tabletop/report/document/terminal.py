"""Documents on a terminal, and as plain text: a page's blocks as rich lays out text and tables."""

from collections.abc import Collection, Iterable
from io import StringIO

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text as RichText

from tabletop.report.document.blocks import (
    Block,
    Box,
    Cards,
    Choice,
    Facts,
    Folded,
    Lines,
    Listing,
    Picture,
    Table,
    TableCards,
    Text,
)
from tabletop.report.document.column_groups import column_groups
from tabletop.report.document.document import Document, Section
from tabletop.report.document.statement import Words, text_of, treated

GAP = 2
"""Columns between two of a table."""
LONGEST_WORD = 16
"""Columns that a word of a text may ask for; a longer one is broken."""
BESIDE = 40
"""Letters of a first column that is never broken: it has names, which somebody may want to copy."""


def as_text(document: Document, width: int = 100) -> str:
    """A document as plain text of so many columns."""
    page = StringIO()
    show_document(Console(file=page, width=width, color_system=None, highlight=False), document)
    return "".join(f"{line.rstrip()}\n" for line in page.getvalue().splitlines())


def show_document(console: Console, document: Document) -> None:
    """Print a whole document."""
    writer = _Writer(console, document.places, document.mark)
    if document.content_note:
        writer.blocks((Box("Content note", "", (document.content_note,)),))
    for nth, line in enumerate((document.full_title, document.audience, *document.lead)):
        writer.line(line, bold=not nth)
    writer.blocks(document.blocks)
    for section in document.sections:
        writer.section(section)
    writer.line(document.colophon)


def show_blocks(console: Console, blocks: Iterable[Block]) -> None:
    """Print some blocks, of which none leads anywhere."""
    _Writer(console).blocks(blocks)


class _Writer:
    """Prints blocks, one after the other."""

    def __init__(self, console: Console, places: Collection[str] = (), mark: str = "") -> None:
        self._console = console
        self._places = places
        self._mark = mark

    def section(self, section: Section, level: int = 1) -> None:
        """A heading, and what stands below it; that of a whole section in capitals."""
        title = text_of(section.title)
        self._console.print()
        self.line(title.upper() if level == 1 else title, bold=True)
        self.blocks(section.blocks)
        for part in section.parts:
            self.section(part, level + 1)

    def blocks(self, blocks: Iterable[Block]) -> None:
        """Some blocks."""
        for block in blocks:
            self._block(block)

    def line(self, words: Words, *, bold: bool = False, indent: int = 0, sign: str = "") -> None:
        """A paragraph, perhaps with a sign before its first line; nothing, if it is empty."""
        text = self._text(words, bold=bold)
        if not text.plain:
            return
        if not sign:
            self._console.print(Padding(text, (0, 0, 0, indent)) if indent else text)
            return
        grid = RichTable.grid(padding=(0, 1, 0, 0))
        grid.add_row(f"{' ' * indent}{sign}", text)
        self._console.print(grid)

    def _block(self, block: Block) -> None:  # noqa: PLR0912 (a case for each block)
        match block:
            case Text():
                for one in block.paragraphs:
                    self.line(one)
            case Listing():
                for nth, one in enumerate(block.items, start=1):
                    self.line(one, sign="[ ]" if block.boxes else f"{nth}." if block.numbered else "-")
            case Facts():
                for term, said in block.terms:
                    self.line(term, bold=True)
                    for one in said:
                        self.line(one, indent=2)
            case Table():
                self._table(block)
            case Box():
                self.line(block.label, bold=True)
                self.line(block.title, bold=True, indent=2)
                for one in block.paragraphs:
                    self.line(one, indent=2)
                for term, text in block.facts:
                    self.line(f"{text_of(term)}: {text_of(text)}", indent=2)
            case Lines():
                self.line(block.label)
                for _ in range(block.count):
                    self.line("_" * 40)
            case Choice():
                self._table(block.as_table("[ ]"))
            case Cards():
                for card in block.cards:
                    self._block(card.as_box(self._mark))
            case TableCards():
                for box in block.boxes:
                    self._block(box)
            case Picture():
                self.line(block.caption)
                self.line(block.alt, indent=2)
            case Folded():
                self.line(block.summary, bold=True)
                self.blocks(block.blocks)

    def _table(self, table: Table) -> None:
        """Plain: numbers to the right and never cut; several tables where one is too wide.

        The first column stays whole if it has names, and if that leaves room for the rest.
        """
        cells = [
            [self._text(row[nth]).plain for row in table.rows if isinstance(row, tuple)]
            for nth in range(len(table.columns))
        ]
        heads = [self._text(column.heading).plain for column in table.columns]
        needs = [
            max([*map(cell_len, head.split()), *map(cell_len, column if of.number else _words(column))])
            for head, column, of in zip(heads, cells, table.columns, strict=True)
        ]
        needs = [
            need if of.number else min(need, LONGEST_WORD)
            for need, of in zip(needs, table.columns, strict=True)
        ]
        names = max(map(cell_len, cells[0]), default=0)
        room = self._console.width
        is_whole = names <= BESIDE and names + sum(need + GAP for need in needs[1:]) <= room
        first = names if is_whole else min(names, max(needs[0], room // 3))
        caption = self._text(table.caption, bold=True)
        for group in column_groups(first + GAP, [need + GAP for need in needs[1:]], room + GAP):
            self._part(table, [0, *(place + 1 for place in group)], needs, caption, is_whole=is_whole)

    def _part(
        self, table: Table, places: list[int], needs: list[int], caption: RichText, *, is_whole: bool
    ) -> None:
        """Some columns of a table."""
        made = RichTable(
            title=caption, title_justify="left", title_style="", box=None, padding=(0, GAP, 0, 0)
        )
        for place in places:
            column = table.columns[place]
            made.add_column(
                self._text(column.heading),
                justify="right" if column.number else "left",
                no_wrap=place == 0 and is_whole,
                min_width=needs[place] if column.number else None,
                overflow="fold",
            )
        for row in table.rows:
            if isinstance(row, tuple):
                made.add_row(*(self._text(row[place]) for place in places))
            else:
                made.add_row(self._text(row, bold=True))
        self._console.print()
        self._console.print(made)

    def _text(self, words: Words, *, bold: bool = False) -> RichText:
        text = RichText()
        for run in treated(words, self._places, as_typed=True).runs:
            text.append(run.text, style="bold" if bold or run.style == "strong" else None)
        return text


def _words(texts: list[str]) -> list[str]:
    return [word for text in texts for word in text.split()]
