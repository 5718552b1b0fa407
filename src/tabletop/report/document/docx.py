"""Documents as DOCX to edit: real headings, tables whose heads repeat, pictures with a text alternative."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from tabletop.report.document import docx_marks as marks
from tabletop.report.document.blocks import (
    Block,
    Box,
    Cards,
    Choice,
    Column,
    Facts,
    Folded,
    Lines,
    Listing,
    Picture,
    Table,
    TableCards,
    Text,
)
from tabletop.report.document.document import Document, Section
from tabletop.report.document.docx_sheet import dress, furnish, width_mm
from tabletop.report.document.geometry import PT_PER_MM
from tabletop.report.document.statement import Run, Said, Words, text_of, treated
from tabletop.report.document.widths import parts, widths
from tabletop.report.paper import paper_library
from tabletop.undated import saved

CELL_PT, SMALL_PT = 9.0, 7.5
"""Letters in a table, and in one of many columns."""
FIELDS = (Column("Field", 2), Column("Entry", 5))
TICK = "☐"
Cell = Words | tuple[Words, ...]
"""What stands in a cell: a paragraph, or several."""


def as_docx(document: Document, paper: str = "a4") -> bytes:
    """The document as DOCX; a picture without a PNG is replaced by its caption.

    Raises TabletopError without python-docx.
    """
    writer = _Writer(paper_library("docx").Document(), document, width_mm(document, paper))
    dress(writer.file, document, paper)
    furnish(writer.file, document, paper)
    writer.write()
    return saved(writer.file.save)


@dataclass
class _Writer:
    """Writes the blocks of a document into a file, one after the other."""

    file: Any
    document: Document
    width: float
    """Between the margins, in millimetres."""
    _places: dict[str, int] = field(default_factory=dict)
    """Bookmarks so far, each with its number."""

    def write(self) -> None:
        """The whole document."""
        document = self.document
        if document.content_note:
            self._blocks((Box("Content note", "", (document.content_note,)),))
        self._paragraph(document.title, "Title")
        if document.subtitle:
            self._paragraph(document.under_title, "Subtitle")
        self._blocks((Text(document.lead),))
        self._blocks(document.blocks)
        for nth, section in enumerate(document.sections):
            self._section(section, 1, new_page=section.new_page or (document.layout == "slides" and nth > 0))
            if document.lists_sections and nth == 0:
                self._contents()
        self._blocks((Text((document.colophon,) if document.colophon else ()),))

    def _contents(self) -> None:
        """The list of the sections: it follows the first, which so stands on the first page."""
        self._paragraph("Contents", "TOC Heading").paragraph_format.page_break_before = True
        named = (Said((Run(text_of(one.title), to=one.id),)) for one in self.document.sections)
        self._blocks((Listing(tuple(named), numbered=True),))

    def _section(self, section: Section, level: int, *, new_page: bool = False) -> None:
        heading = self._paragraph(section.title, f"Heading {min(level, 9)}")
        heading.paragraph_format.page_break_before = new_page
        self._mark(heading, section.id)
        self._blocks(section.blocks)
        for part in section.parts:
            self._section(part, level + 1)

    def _blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            self._block(block)

    def _block(self, block: Block) -> None:  # noqa: PLR0912 (a case for each block)
        match block:
            case Text():
                for one in block.paragraphs:
                    self._paragraph(one)
            case Listing():
                for nth, one in enumerate(block.items, start=1):
                    sign = f"{TICK}\t" if block.boxes else f"{nth}.\t" if block.numbered else ""
                    self._paragraph(one, "List" if sign else "List Bullet", before=sign)
            case Facts():
                self._table(Table("Facts", FIELDS, tuple((term, "") for term, _ in block.terms)), block.terms)
            case Table():
                self._paragraph(block.caption, "Caption")
                for part in parts(block, self.width * PT_PER_MM / _points(block)):
                    self._table(part, part.rows)
            case Box():
                self._box(block)
            case Lines():
                self._paragraph(block.label)
                for _ in range(block.count):
                    marks.edge(self._paragraph(""), "bottom", "between")
            case Choice():
                self._block(block.as_table(TICK))
            case Cards():
                for card in block.cards:
                    self._box(card.as_box(self.document.mark))
            case TableCards():
                for box in block.boxes:
                    self._box(box)
            case Picture():
                self._picture(block)
            case Folded():
                self._paragraph(block.summary, "Caption")
                self._blocks(block.blocks)

    def _table(self, table: Table, rows: Sequence[tuple[Cell, ...] | Said]) -> None:
        shared, columns = paper_library("docx.shared"), table.columns
        points = _points(table)
        made = self.file.add_table(rows=len(rows) + 1, cols=len(columns), style="Table Grid")
        made.autofit = False
        shares = widths(table, self.width * PT_PER_MM / points)
        _set_widths(made, [shared.Mm(self.width * share) for share in shares])
        heads: tuple[Cell, ...] = tuple(column.heading for column in columns)
        for place, (line, row) in enumerate(zip(made.rows, (heads, *rows), strict=True)):
            (marks.keep_whole if place else marks.make_head)(line)
            if isinstance(row, Said):
                self._fill(line.cells[0].merge(line.cells[-1]), row, points, bold=True)
                continue
            for column, cell, said in zip(columns, line.cells, row, strict=True):
                self._fill(cell, said, points, bold=not place, number=column.number)
            if place and table.row_mm:
                line.height = shared.Mm(table.row_mm)
            if place and table.anchors:
                self._mark(line.cells[0].paragraphs[0], table.anchors[place - 1])
        self._paragraph("").paragraph_format.space_after = shared.Pt(2)

    def _fill(self, cell: Any, said: Cell, points: float, *, bold: bool, number: bool = False) -> None:
        shared, text = paper_library("docx.shared"), paper_library("docx.enum.text")
        for nth, one in enumerate(said if isinstance(said, tuple) else (said,)):
            paragraph = cell.add_paragraph() if nth else cell.paragraphs[0]
            self._say(paragraph, one)
            paragraph.paragraph_format.space_after = shared.Pt(1)
            if number:
                paragraph.alignment = text.WD_ALIGN_PARAGRAPH.RIGHT
            for run in paragraph._p.iter(paper_library("docx.oxml.ns").qn("w:r")):
                properties = run.get_or_add_rPr()
                properties.sz_val = shared.Pt(points)
                if bold:
                    properties._add_b()

    def _box(self, box: Box) -> None:
        headings = [Said((Run(text_of(words), "strong"),)) for words in (box.label, box.title) if words]
        said = (f"{text_of(term)}: {text_of(text)}" for term, text in box.facts)
        paragraphs = [self._paragraph(one) for one in (*headings, *box.paragraphs, *said)]
        for paragraph in paragraphs:
            marks.edge(paragraph, "left")
            paragraph.paragraph_format.space_after = paper_library("docx.shared").Pt(3)
            paragraph.paragraph_format.keep_with_next = paragraph is not paragraphs[-1]
        self._mark(paragraphs[0], box.id)

    def _picture(self, block: Picture) -> None:
        if block.png:
            width = paper_library("docx.shared").Mm(self.width)
            marks.describe(self.file.add_picture(BytesIO(block.png), width=width), treated(block.alt).text)
            self.file.paragraphs[-1].paragraph_format.keep_with_next = True
        caption = self._paragraph(block.caption, "Caption")
        caption.paragraph_format.keep_with_next = False
        self._mark(caption, block.place)

    def _paragraph(self, words: Words, style: str = "Normal", before: str = "") -> Any:
        paragraph = self.file.add_paragraph(before, style=style)
        self._say(paragraph, words)
        return paragraph

    def _say(self, paragraph: Any, words: Words) -> None:
        """A statement, in its direction, and links to the places that it refers to."""
        one = treated(words, self.document.places)
        for run in one.runs:
            made = paragraph.add_run(run.text)
            if run.to:
                marks.link(paragraph, made, _bookmark(run.to))
            made.bold = True if run.style == "strong" else None
            if run.style == "code":
                made.font.name = "Courier New"
        if one.is_rtl:
            marks.from_right_to_left(paragraph)

    def _mark(self, paragraph: Any, place: str) -> None:
        if place:
            self._places[place] = len(self._places) + 1
            marks.bookmark(paragraph, _bookmark(place), self._places[place])


def _points(table: Table) -> float:
    return SMALL_PT if table.is_wide else CELL_PT


def _set_widths(table: Any, lengths: Sequence[Any]) -> None:
    """The grid and every cell: some programs read the one, some the other."""
    for column, width in zip(table.columns, lengths, strict=True):
        column.width = width
    for row in table._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, lengths, strict=True):
            cell.width = width


def _bookmark(place: str) -> str:
    """The name of a place, of the characters that a bookmark may have."""
    return place.replace("-", "_")
