"""How a document looks on paper: A4, plain headings, EXERCISE at the head and foot of every page."""

from datetime import UTC, datetime
from typing import Any

from tabletop.report.after_action.blocks import Report
from tabletop.report.after_action.marks import page_number
from tabletop.report.after_action.words import fit
from tabletop.report.pack.blocks import MARK
from tabletop.report.paper import paper_library

UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for a date where the exercise had none."""
MARGIN_MM = 20
WIDTH_MM = 210 - 2 * MARGIN_MM
MOST_IN_HEAD = 70
"""Letters of the exercise's name."""
LONGEST_PROPERTY = 255
"""Characters that a property of a document holds."""


def dress(document: Any) -> None:
    """Paper and letters."""
    shared = paper_library("docx.shared")
    page = document.sections[0]
    page.page_width, page.page_height = shared.Mm(210), shared.Mm(297)
    page.left_margin = page.right_margin = shared.Mm(MARGIN_MM)
    page.top_margin = page.bottom_margin = shared.Mm(22)
    styles = document.styles
    styles["Normal"].font.size = shared.Pt(10.5)
    for name, points in (("Title", 24), ("Heading 1", 16), ("Heading 2", 12.5), ("Caption", 9)):
        styles[name].font.size = shared.Pt(points)
        styles[name].font.color.rgb = shared.RGBColor(0x1C, 0x1C, 0x1C)
    for name in ("Caption", "Heading 1", "Heading 2"):
        styles[name].paragraph_format.keep_with_next = True
    for name in ("Header", "Footer"):
        styles[name].paragraph_format.tab_stops.clear_all()
    styles["Subtitle"].font.color.rgb = shared.RGBColor(0x50, 0x50, 0x50)
    styles["Caption"].paragraph_format.space_before = shared.Pt(8)
    styles["Caption"].paragraph_format.space_after = shared.Pt(3)


def furnish(document: Any, report: Report) -> None:
    """Head, foot, and the properties by which others find the document."""
    page = document.sections[0]
    head, foot = page.header.paragraphs[0], page.footer.paragraphs[0]
    head.add_run(MARK).bold = True
    head.add_run(f"\t\t{fit(report.exercise)[:MOST_IN_HEAD]}")
    foot.add_run(MARK).bold = True
    foot.add_run("\t\t")
    page_number(foot)
    for paragraph in (head, foot):
        _stops(paragraph)
    told = document.core_properties
    told.title = fit(report.title)[:LONGEST_PROPERTY]
    told.subject, told.author, told.last_modified_by = report.kind, "tabletop", "tabletop"
    told.comments, told.keywords, told.revision = "", MARK, 1
    told.created = (report.begun or UNDATED).replace(tzinfo=None, microsecond=0)
    told.modified = (report.written or UNDATED).replace(tzinfo=None, microsecond=0)


def _stops(paragraph: Any) -> None:
    """Left, in the middle, and right."""
    shared, enum = paper_library("docx.shared"), paper_library("docx.enum.text")
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(shared.Mm(WIDTH_MM / 2), enum.WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(shared.Mm(WIDTH_MM), enum.WD_TAB_ALIGNMENT.RIGHT)
    for run in paragraph.runs:
        run.font.size = shared.Pt(9)
