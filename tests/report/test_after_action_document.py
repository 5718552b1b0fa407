"""The after-action report as a DOCX document to edit."""

import re
import struct
import sys
import zlib
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from after_action_cases import ADJUDICATOR, COURSE, SECRET, TEAM, exercise, inputs
from docx.oxml.ns import qn
from test_after_action import FIELD_NAMES, PICTURE

from tabletop.errors import TabletopError
from tabletop.report.after_action import ReportInput, after_action_files
from tabletop.report.after_action.contents import contents
from tabletop.report.document.blocks import Picture
from tabletop.report.document.docx import as_docx


def png():
    """One black pixel."""
    parts = b"\x89PNG\r\n\x1a\n"
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    for kind, data in ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b"")):
        parts += struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return parts


@pytest.fixture(scope="module")
def content():
    return as_docx(contents(inputs()))


@pytest.fixture(scope="module")
def document(content):
    return docx.Document(BytesIO(content))


def all_text(document):
    return "\n".join(node.text or "" for node in document.element.body.iter(qn("w:t")))


def test_it_opens_and_holds_the_field_names_and_what_was_said(document):
    told = all_text(document)
    for name in (*FIELD_NAMES, "STRONG", "WEAK", "RULING", SECRET, TEAM, "[to be filled in]"):
        assert name in told, name


def test_headings_are_real_ones_in_the_pages_order(document):
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert headings == [section.title for section in contents(inputs()).sections]
    assert any(one.style.name == "Heading 2" and "Move 1: First" in one.text for one in document.paragraphs)
    assert [one.text for one in document.paragraphs if one.style.name == "Title"] == ["A small room"]


def test_its_first_page_is_the_summary_and_the_list_of_sections_follows(document):
    texts = [one.text for one in document.paragraphs]
    assert texts.index("Executive summary") < texts.index("Contents") < texts.index("About this report")
    contents_ = next(one for one in document.paragraphs if one.text == "Contents")
    assert contents_.paragraph_format.page_break_before


@pytest.mark.parametrize(("language", "tag"), [("en", "en-GB"), ("pt-BR", "pt-BR")])
def test_it_is_in_the_language_of_its_texts(language, tag):
    told = docx.Document(BytesIO(as_docx(replace(contents(inputs()), language=language))))
    (lang,) = told.styles.element.iter(qn("w:lang"))
    assert lang.get(qn("w:val")) == tag


def test_every_table_has_a_head_that_repeats(document):
    assert len(document.tables) > 10
    for table in document.tables:
        first, *others = table.rows
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in others)


def test_every_link_leads_to_a_bookmark(document):
    body = document.element.body
    marks = [one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))]
    numbers = [one.get(qn("w:id")) for one in body.iter(qn("w:bookmarkStart"))]
    assert len(set(marks)) == len(marks) == len(set(numbers))
    links = [one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))]
    assert set(links) <= set(marks)
    assert {f"line_{number}" for number in range(1, len(COURSE) + 1)} <= set(marks)
    assert "(log line 28)" in "".join(node.text or "" for node in body.iter(qn("w:t")))


def test_every_page_is_marked(document):
    for section in document.sections:
        assert section.header.paragraphs[0].text.startswith("EXERCISE\t")
        assert section.footer.paragraphs[0].text.startswith("EXERCISE\t")


def test_its_dates_are_the_logs(document):
    assert document.core_properties.created.year == document.core_properties.modified.year == 2000
    held = ReportInput.of(exercise(begun=1_790_000_000.0), ADJUDICATOR)
    told = docx.Document(BytesIO(as_docx(contents(held)))).core_properties
    assert told.created.replace(tzinfo=None) == datetime(2026, 9, 21, 14, 13, 20)  # noqa: DTZ001
    assert told.modified.replace(tzinfo=None) == datetime(2026, 9, 21, 14, 45, 20)  # noqa: DTZ001
    assert told.title == "EXERCISE: A small room, after-action report and improvement plan"


def test_the_same_report_gives_the_same_bytes_and_no_moment_of_writing(content):
    assert as_docx(contents(inputs())) == content
    with ZipFile(BytesIO(content)) as zipped:
        assert {member.date_time for member in zipped.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        stamps = re.findall(rb"\d{4}-\d\d-\d\dT", zipped.read("docProps/core.xml"))
    assert set(stamps) == {b"2000-01-01T"}


def test_a_picture_has_a_text_for_those_who_do_not_see_it():
    pictures = [Picture("luck", "A finding", "A finding", png=png()), Picture("other", "other", "other")]
    body = docx.Document(BytesIO(as_docx(contents(inputs(), pictures)))).element.body
    (picture,) = body.iter(qn("wp:docPr"))
    assert picture.get("descr") == "Figure 1: A finding"
    assert "Figure 2: other" in "".join(node.text or "" for node in body.iter(qn("w:t")))


def test_without_the_library_all_but_the_docx_is_written_and_that_says_what_to_install(monkeypatch):
    whole = after_action_files(inputs(), pictures=[PICTURE])
    monkeypatch.setitem(sys.modules, "docx", None)
    assert after_action_files(inputs(), pictures=[PICTURE]).keys() == whole.keys() - {"report.docx"}
    with pytest.raises(TabletopError, match=r"python-docx is not installed; .* -m pip install "):
        as_docx(contents(inputs()))
