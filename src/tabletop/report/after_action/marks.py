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


def link(paragraph: Any, text: str, to: str) -> Any:
    """A link to a bookmark, at a paragraph's end; returns its run."""
    made = element("w:hyperlink", anchor=to, history="1")
    run = paragraph.add_run(text)
    made.append(run._r)
    paragraph._p.append(made)
    return run


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
