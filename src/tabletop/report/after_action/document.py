"""A report as a DOCX document to edit: real headings, tables whose heads repeat, pictures with a text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from tabletop.report.after_action.blocks import (
    MOST_COLUMNS,
    Block,
    Facts,
    Listing,
    Picture,
    Report,
    Said,
    Table,
    Text,
    widths,
)
from tabletop.report.after_action.marks import bookmark, describe, keep_whole, link, make_head
from tabletop.report.after_action.sheet import WIDTH_MM, dress, furnish
from tabletop.report.after_action.undated import undated
from tabletop.report.after_action.words import fit
from tabletop.report.pack.blocks import Column
from tabletop.report.paper import paper_library

FIELDS = (Column("Field", 2), Column("Entry", 5))
CELL_PT, SMALL_PT = 9.0, 7.5
"""Letters in a table, and in one of many columns."""


def as_docx(report: Report, pngs: Mapping[str, bytes]) -> bytes:
    """The document; a picture without a PNG is told by its finding.

    Raises TabletopError without python-docx.
    """
    writer = _Writer(paper_library("docx").Document(), report, pngs)
    writer.write()
    file = BytesIO()
    writer.document.save(file)
    return undated(file.getvalue())


@dataclass
class _Writer:
    """Writes the blocks of a report into a document, one after the other."""

    document: Any
    report: Report
    pngs: Mapping[str, bytes]
    _places: dict[str, int] = field(default_factory=dict)
    """Bookmarks so far, each with its number."""

    def write(self) -> None:
        """The whole report."""
        dress(self.document)
        furnish(self.document, self.report)
        self.document.add_paragraph(fit(self.report.exercise), style="Title")
        self.document.add_paragraph(self.report.kind.capitalize(), style="Subtitle")
        for section in self.report.sections:
            link(self.document.add_paragraph(style="List Number"), section.title, _place(section.id))
        for section in self.report.sections:
            heading = self.document.add_heading(fit(section.title), 1)
            heading.paragraph_format.page_break_before = section.new_page
            self._mark(heading, _place(section.id))
            self._blocks(section.blocks)
            for part in section.parts:
                self.document.add_heading(fit(part.title), 2)
                self._blocks(part.blocks)

    def _blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            match block:
                case Text():
                    for one in block.paragraphs:
                        self._say(self.document.add_paragraph(), one)
                case Listing():
                    for one in block.items:
                        self._say(self.document.add_paragraph(style="List Bullet"), one)
                case Facts():
                    self._table(FIELDS, widths(FIELDS), [[(Said(term),), said] for term, said in block.rows])
                case Table():
                    self._say(self.document.add_paragraph(style="Caption"), Said(block.caption, block.lines))
                    rows = [[(cell,) for cell in row] for row in block.rows]
                    self._table(block.columns, block.widths, rows, block.anchors)
                case Picture():
                    self._picture(block)

    def _table(
        self,
        columns: tuple[Column, ...],
        shares: tuple[float, ...],
        rows: Iterable[Iterable[tuple[Said, ...]]],
        anchors: tuple[int, ...] = (),
    ) -> None:
        told = [[(Said(column.heading),) for column in columns], *rows]
        table = self.document.add_table(rows=len(told), cols=len(columns), style="Table Grid")
        table.autofit = False
        _set_widths(table, shares)
        points = SMALL_PT if len(columns) > MOST_COLUMNS else CELL_PT
        for place, (row, cells) in enumerate(zip(table.rows, told, strict=True)):
            (keep_whole if place else make_head)(row)
            for column, cell, said in zip(columns, row.cells, cells, strict=True):
                self._fill(cell, said, column, points, is_head=not place)
            if place and anchors:
                self._mark(row.cells[0].paragraphs[0], _line(anchors[place - 1]))
        after = self.document.add_paragraph()
        after.paragraph_format.space_after = paper_library("docx.shared").Pt(2)

    def _fill(
        self, cell: Any, said: tuple[Said, ...], column: Column, points: float, *, is_head: bool
    ) -> None:
        shared, text = paper_library("docx.shared"), paper_library("docx.enum.text")
        for nth, one in enumerate(said):
            paragraph = cell.add_paragraph() if nth else cell.paragraphs[0]
            self._say(paragraph, one)
            paragraph.paragraph_format.space_after = shared.Pt(1)
            if column.number:
                paragraph.alignment = text.WD_ALIGN_PARAGRAPH.RIGHT
            for run in paragraph._p.iter(paper_library("docx.oxml.ns").qn("w:r")):
                properties = run.get_or_add_rPr()
                properties.sz_val = shared.Pt(points)
                if is_head:
                    properties._add_b()

    def _say(self, paragraph: Any, one: Said) -> None:
        """A statement, and links to the lines behind it."""
        paragraph.add_run(fit(one.text))
        lines = [line for line in one.lines if line in self.report.lines]
        if not lines:
            return
        paragraph.add_run(f" (log line{'s' if len(lines) > 1 else ''} ")
        for nth, line in enumerate(lines):
            if nth:
                paragraph.add_run(", ")
            link(paragraph, str(line), _line(line))
        paragraph.add_run(")")

    def _picture(self, block: Picture) -> None:
        said = fit(f"Figure {block.number}: {block.finding}")
        if block.name in self.pngs:
            width = paper_library("docx.shared").Mm(WIDTH_MM)
            picture = self.document.add_picture(BytesIO(self.pngs[block.name]), width=width)
            describe(picture, said)
            self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        self.document.add_paragraph(said, style="Caption").paragraph_format.keep_with_next = False

    def _mark(self, paragraph: Any, name: str) -> None:
        self._places[name] = len(self._places) + 1
        bookmark(paragraph, name, self._places[name])


def _set_widths(table: Any, shares: tuple[float, ...]) -> None:
    """The grid and every cell: some programs read the one, some the other."""
    mm = paper_library("docx.shared").Mm
    made = [mm(WIDTH_MM * share) for share in shares]
    for column, width in zip(table.columns, made, strict=True):
        column.width = width
    for row in table._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, made, strict=True):
            cell.width = width


def _line(number: int) -> str:
    return f"line_{number}"


def _place(section: str) -> str:
    return f"section_{section.replace('-', '_')}"
