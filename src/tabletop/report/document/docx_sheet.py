"""How a DOCX document looks on paper: plain headings, its mark at the head and foot of every page."""

from datetime import UTC, datetime
from typing import Any

from tabletop.report.document.document import Document
from tabletop.report.document.docx_marks import page_number, speak
from tabletop.report.document.geometry import page_mm
from tabletop.report.document.statement import treated
from tabletop.report.paper import paper_library

UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for a date where a document has none."""
MARGIN_MM = 20
MOST_IN_HEAD = 70
"""Letters of the title."""
LONGEST_PROPERTY = 255
"""Characters that a property of a document holds."""
HEADINGS = (("Title", 24.0), ("Heading 1", 16.0), ("Heading 2", 12.5), ("Heading 3", 11.0), ("Caption", 9.0))


def width_mm(document: Document, paper: str) -> float:
    """The width between the margins."""
    return page_mm(document, paper)[0] - 2 * MARGIN_MM


def dress(file: Any, document: Document, paper: str) -> None:
    """Paper and letters."""
    shared, section = paper_library("docx.shared"), paper_library("docx.enum.section")
    page, (width, height) = file.sections[0], page_mm(document, paper)
    page.page_width, page.page_height = shared.Mm(width), shared.Mm(height)
    if width > height:
        page.orientation = section.WD_ORIENTATION.LANDSCAPE
    page.left_margin = page.right_margin = shared.Mm(MARGIN_MM)
    page.top_margin = page.bottom_margin = shared.Mm(22)
    styles = file.styles
    speak(styles, document.language)
    styles["Normal"].font.size = shared.Pt(10)
    styles["Normal"].paragraph_format.space_after = shared.Pt(5)
    styles["Normal"].paragraph_format.line_spacing = 1.1
    for name, points in HEADINGS:
        styles[name].font.size = shared.Pt(points)
        styles[name].font.color.rgb = shared.RGBColor(0x1C, 0x1C, 0x1C)
        styles[name].paragraph_format.keep_with_next = True
    styles["List"].paragraph_format.left_indent = shared.Mm(9)
    styles["List"].paragraph_format.first_line_indent = shared.Mm(-9)
    for name in ("Header", "Footer"):
        styles[name].paragraph_format.tab_stops.clear_all()
    styles["Subtitle"].font.color.rgb = shared.RGBColor(0x50, 0x50, 0x50)
    styles["Caption"].paragraph_format.space_before = shared.Pt(8)
    styles["Caption"].paragraph_format.space_after = shared.Pt(3)


def furnish(file: Any, document: Document, paper: str) -> None:
    """Head, foot, and the properties by which others find the document."""
    page = file.sections[0]
    head, foot = page.header.paragraphs[0], page.footer.paragraphs[0]
    head.add_run(document.mark).bold = True
    head.add_run(f"\t\t{treated(document.title).text[:MOST_IN_HEAD]}")
    foot.add_run(document.mark).bold = True
    foot.add_run(f"\t{treated(document.audience).text}\t")
    page_number(foot)
    for paragraph in (head, foot):
        _stops(paragraph, width_mm(document, paper))
    properties = file.core_properties
    properties.title = treated(document.full_title).text[:LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = "tabletop"
    properties.subject = treated(document.subtitle).text[:LONGEST_PROPERTY]
    properties.comments, properties.keywords, properties.revision = "", document.mark, 1
    properties.created = _utc(document.begun)
    properties.modified = _utc(document.written)


def _utc(moment: datetime | None) -> datetime:
    """A moment as a property has it: in UTC, without saying so."""
    return (moment or UNDATED).astimezone(UTC).replace(tzinfo=None, microsecond=0)


def _stops(paragraph: Any, width: float) -> None:
    """Left, in the middle, and right."""
    shared, enum = paper_library("docx.shared"), paper_library("docx.enum.text")
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(shared.Mm(width / 2), enum.WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(shared.Mm(width), enum.WD_TAB_ALIGNMENT.RIGHT)
    for run in paragraph.runs:
        run.font.size = shared.Pt(9)
