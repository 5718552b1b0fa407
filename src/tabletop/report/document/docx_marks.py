"""Marks in a document that python-docx has no words for: bookmarks, links to them, fields, repeated heads."""

from typing import Any

from tabletop.report.paper import paper_library


def element(tag: str, **attributes: str) -> Any:
    """An element of WordprocessingML, as `element("w:shd", val="clear")`."""
    oxml, ns = paper_library("docx.oxml"), paper_library("docx.oxml.ns")
    made = oxml.OxmlElement(tag)
    for name, value in attributes.items():
        made.set(ns.qn(f"w:{name}"), value)
    return made


def bookmark(paragraph: Any, name: str, number: int) -> None:
    """Make a paragraph a place that links lead to; numbers are unique in a document."""
    start = element("w:bookmarkStart", id=str(number), name=name)
    end = element("w:bookmarkEnd", id=str(number))
    place = 0 if paragraph._p.pPr is None else 1
    paragraph._p.insert(place, start)
    paragraph._p.append(end)


def link(paragraph: Any, run: Any, to: str) -> None:
    """Make the last run of a paragraph a link to a bookmark."""
    made = element("w:hyperlink", anchor=to, history="1")
    made.append(run._r)
    paragraph._p.append(made)


def page_number(paragraph: Any) -> None:
    """'Page 3 of 12', counted by whatever shows the document."""
    for before, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        paragraph.add_run(before)
        made = element("w:fldSimple", instr=field)
        run = paragraph.add_run("1")
        made.append(run._r)
        paragraph._p.append(made)


def make_head(row: Any) -> None:
    """Make a row the head of its table: repeated on every page, and read out as such."""
    keep_whole(row)
    row._tr.get_or_add_trPr().append(element("w:tblHeader", val="true"))
    for cell in row._tr.tc_lst:
        cell.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill="ECECEC"))


def keep_whole(row: Any) -> None:
    """No page break within a row."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit", val="true"))


def describe(picture: Any, text: str) -> None:
    """Give a picture its text for those who do not see it."""
    picture._inline.docPr.set("descr", text)


def edge(paragraph: Any, *sides: str) -> None:
    """Draw lines at sides of a paragraph, as "left", or "between" two: for a box, or to write on."""
    borders = element("w:pBdr")
    for side in sides:
        thick = "18" if side == "left" else "4"
        borders.append(element(f"w:{side}", val="single", sz=thick, space="6", color="8A8A8A"))
    # its place among the properties is prescribed
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:bidi", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def from_right_to_left(paragraph: Any) -> None:
    """Make a paragraph, with all its runs, one that runs from right to left."""
    paragraph._p.get_or_add_pPr().insert_element_before(
        element("w:bidi"), "w:adjustRightInd", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
    for run in paragraph._p.iter(paper_library("docx.oxml.ns").qn("w:r")):
        run.get_or_add_rPr().append(element("w:rtl"))


def speak(styles: Any, language: str) -> None:
    """Say in which language the texts are, by which they are hyphenated, spelt and read out."""
    ns = paper_library("docx.oxml.ns")
    (lang,) = styles.element.iter(ns.qn("w:lang"))
    for name in ("val", "eastAsia", "bidi"):
        lang.set(ns.qn(f"w:{name}"), "en-GB" if language == "en" else language)
