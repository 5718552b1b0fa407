"""The language of documents: what one renderer shows, all show; texts are treated alike; names are there."""

import re
from functools import cache
from io import BytesIO
from typing import get_args

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from parsed import by_id, parsed, text
from test_after_action_document import png

from tabletop.report.document.blocks import (
    Block,
    Box,
    CardFace,
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
from tabletop.report.document.docx import as_docx
from tabletop.report.document.html import as_html
from tabletop.report.document.pdf import as_pdf
from tabletop.report.document.statement import Run, Said, paragraphs, treated
from tabletop.report.document.terminal import as_text
from tabletop.report.document.widths import widths

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path id="a" d="M0 0h9"/></svg>'
COLUMNS = (Column("Heading one"), Column("Heading two", 2, number=True))
BLOCKS = {
    Text: Text(("Paragraph one.", Said(("Leads to ", Run("part", to="part"), Run(" aside", "aside"))))),
    Listing: Listing(("Item one", Said("Item two")), numbered=True),
    Facts: Facts((("Term one", "Saying one"), ("Term two", ("Saying two", "Saying three")))),
    Table: Table(
        Said("Caption one", (7,)),
        COLUMNS,
        (Said("Group one"), ("Cell one", "12"), ("Cell two", "")),
        row_mm=9,
        anchors=("", "line-7", "line-8"),
    ),
    Box: Box("Label one", "Box title", ("Boxed words",), (("From", "Sender one"),), id="box"),
    Lines: Lines("Question one", 2),
    Choice: Choice("Choose one", ("little", "much"), ("Statement one",)),
    Cards: Cards((CardFace("C7", "Card title", "Card says", "pillar", "changes", (("Cost", "+7"),)),)),
    TableCards: TableCards(
        (Box("Half a page", "Table card title", ("Table card says",), (("From", "sender"),)),)
    ),
    Picture: Picture("drawn", "Alternative one", "Picture caption", SVG, png()),
    Folded: Folded("Summary one", (Text(("Folded words.",)),)),
}
SAID = {
    Text: ("Paragraph one.", "Leads to part aside"),
    Listing: ("1.", "Item one", "2.", "Item two"),
    Facts: ("Term one", "Saying one", "Term two", "Saying two", "Saying three"),
    Table: (
        "Caption one (log line 7)",
        "Heading one",
        "Heading two",
        "Group one",
        "Cell one",
        "12",
        "Cell two",
    ),
    Box: ("Label one", "Box title", "Boxed words", "From", "Sender one"),
    Lines: ("Question one",),
    Choice: ("Choose one", "little", "much", "Statement one"),
    TableCards: ("Half a page", "Table card title", "Table card says", "From", "sender"),
    Cards: ("C7", "Card title", "Card says", "changes", "pillar", "Cost", "+7"),
    Picture: ("Picture caption",),
    Folded: ("Summary one", "Folded words."),
}


def document(*blocks, **more):
    part = Section("Part one", (), id="part")
    return Document(
        "name",
        "The title",
        "the subtitle",
        "For all",
        (Section("Section one", blocks, (part,), id="one"),),
        **more,
    )


def in_html(made):
    body = next(e for e in parsed(as_html(made)).iter() if e.tag == "body")
    numbered = [item for one in body.iter("ol") for item in one]
    for place, item in enumerate(numbered, start=1):
        item.text = f"{place}. {item.text or ''}"
    return text(body)


def in_pdf(made):
    return " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(as_pdf(made)))


def in_docx(made):
    body = docx.Document(BytesIO(as_docx(made))).element.body
    return " ".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))


def in_terminal(made):
    return as_text(made)


RENDERERS = (in_html, in_pdf, in_docx, in_terminal)


@cache
def shown(renderer, kind):
    return plain(renderer(document(BLOCKS[kind])))


def plain(words):
    return " ".join(words.replace("\N{NO-BREAK SPACE}", " ").replace("\u200b", "").split())


def test_there_is_an_example_of_every_block():
    assert set(BLOCKS) == set(SAID) == set(get_args(Block))


@pytest.mark.parametrize("renderer", RENDERERS)
@pytest.mark.parametrize("kind", BLOCKS)
def test_every_renderer_shows_all_that_every_block_says(kind, renderer):
    for words in SAID[kind]:
        assert words in shown(renderer, kind), words


@pytest.mark.parametrize("renderer", RENDERERS)
def test_every_renderer_shows_title_note_lead_sections_parts_and_colophon(renderer):
    made = document(
        Text(("Words.",)),
        content_note="A note.",
        lead=("A lead.",),
        colophon="The last.",
        lists_sections=True,
    )
    told = plain(renderer(made)).lower()
    order = [told.index(words) for words in ("a note.", "a lead.", "section one", "words.")]
    assert order == sorted(order)
    assert "the title" in told
    assert "the subtitle" in told
    assert told.rindex("part one") < told.rindex("the last.")


@pytest.mark.parametrize("render", [as_html, as_pdf, as_docx, as_text])
def test_the_same_document_gives_the_same_bytes(render):
    assert render(document(*BLOCKS.values())) == render(document(*BLOCKS.values()))


@pytest.mark.parametrize("layout", ["upright", "landscape", "slides"])
@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_all_blocks_go_on_every_paper(paper, layout):
    made = document(*BLOCKS.values(), layout=layout)
    (page, *_) = pypdfium2.PdfDocument(as_pdf(made, paper))
    file = docx.Document(BytesIO(as_docx(made, paper))).sections[0]
    assert page.get_size() == pytest.approx((file.page_width.pt, file.page_height.pt), abs=0.5)
    assert parsed(as_html(made, paper)) is not None


@pytest.mark.parametrize(
    "make",
    [
        lambda: Picture("drawn", " ", "A caption"),
        lambda: Picture("drawn", "An alternative", ""),
        lambda: Section(""),
        lambda: Document("name", "", "", "", ()),
        lambda: Document("name", "A title", "", "", (Section("Section"),), lists_sections=True),
        lambda: Table("", COLUMNS, ()),
        lambda: Column(""),
        lambda: Box("", "A title", ()),
        lambda: Lines(""),
        lambda: Choice("", ("a",), ("b",)),
        lambda: Folded(Said(""), ()),
        lambda: Table("A caption", COLUMNS, (("one cell",),)),
    ],
)
def test_what_readers_find_their_way_by_cannot_be_left_out(make):
    with pytest.raises(ValueError, match=r"is empty|has not 2 cells"):
        make()


def test_a_picture_has_its_alternative_in_every_file():
    made = document(BLOCKS[Picture])
    (svg,) = parsed(as_html(made)).iter("svg")
    assert text(svg[0]) == "Alternative one"
    assert svg.get("aria-labelledby") == svg[0].get("id")
    (picture,) = docx.Document(BytesIO(as_docx(made))).element.body.iter(qn("wp:docPr"))
    assert picture.get("descr") == "Alternative one"
    assert "Alternative one" in as_text(made)
    assert b"/Alt" in as_pdf(made)


def test_headings_are_real_ones_and_links_lead_to_them():
    made = document(BLOCKS[Text])
    root = parsed(as_html(made))
    assert [(e.tag, text(e)) for e in root.iter() if re.fullmatch(r"h\d", str(e.tag))] == [
        ("h1", "The title"), ("h2", "Section one"), ("h3", "Part one"),
    ]  # fmt: skip
    assert text(by_id(root, "part")) == "Part one"
    (link,) = [e for e in root.iter("a") if e.get("class") != "skip"]
    assert link.get("href") == "#part"
    file = docx.Document(BytesIO(as_docx(made)))
    named = [(p.style.name, p.text) for p in file.paragraphs if p.style.name.startswith("Heading")]
    assert named == [("Heading 1", "Section one"), ("Heading 2", "Part one")]
    (link,) = file.element.body.iter(qn("w:hyperlink"))
    marks = [mark.get(qn("w:name")) for mark in file.element.body.iter(qn("w:bookmarkStart"))]
    assert (link.get(qn("w:anchor")), marks) == ("part", ["one", "part"])
    titles = [one.get_title() for one in pypdfium2.PdfDocument(as_pdf(made)).get_toc()]
    assert titles == ["The title", "Section one", "Part one"]


def test_what_leads_nowhere_is_no_link_and_lines_that_are_not_told_are_not_named():
    lost = Text((Said(("See ", Run("this", to="nowhere"))), Said("It is so.", (3, 8)), Said("So too.", (3,))))
    made = document(lost, BLOCKS[Table])
    for renderer in RENDERERS:
        told = plain(renderer(made))
        assert "See this" in told
        assert "It is so. (log line 8)" in told
        assert "So too. (" not in told
    assert "nowhere" not in as_html(made)


def test_texts_are_treated_alike():
    made = treated(Said(("Bell\x07, -3 to 5 %, (-1) x-2", Run("-4 %", "code"))))
    assert made.text == "Bell\ufffd, −3 to 5\u00a0%, (−1) x-2-4 %"
    assert treated("-3 at 5 %", as_typed=True).text == "-3 at 5 %"
    for renderer in RENDERERS:
        told = plain(renderer(document(Text(("Bell\x07 and \ud800, turned\u202e",)))))
        assert "Bell\ufffd" in told
        assert "turned\ufffd" in told


@pytest.mark.parametrize(
    ("words", "is_rtl"),
    [("abc שלום", False), ("שלום abc", True), ("12 مرحبا", True), ("12 %", False), ("", False)],
)
def test_the_first_letter_decides_on_the_direction(words, is_rtl):
    assert treated(words).is_rtl is is_rtl


def test_right_to_left_paragraphs_are_marked_so():
    made = document(Text(("שלום abc", "abc שלום")))
    right, left = [p for p in docx.Document(BytesIO(as_docx(made))).paragraphs if "abc" in p.text]
    assert right._p.pPr.find(qn("w:bidi")) is not None
    assert all(run._r.rPr.find(qn("w:rtl")) is not None for run in right.runs)
    assert left._p.pPr is None or left._p.pPr.find(qn("w:bidi")) is None
    said = [e for e in parsed(as_html(made)).iter("p") if "abc" in text(e)]
    assert [e.get("dir") for e in said] == ["auto", "auto"]
    page = pypdfium2.PdfDocument(as_pdf(made))[0].get_textpage()
    lefts = [
        page.get_rect(n)[0]
        for n in range(page.count_rects())
        if "שלום" in page.get_text_bounded(*page.get_rect(n))
    ]
    assert len(lefts) == 2
    assert lefts[0] > 300 > lefts[1]


def test_paragraphs_are_divided_by_blank_lines_or_where_there_are_none_by_lines():
    assert paragraphs("one\ntwo\n\nthree\r\n  \nfour\n") == ("one two", "three", "four")
    assert paragraphs("one \n two\n") == ("one", "two")
    assert paragraphs(" \n") == ()


def test_widths_hold_the_longest_word_and_are_the_whole():
    table = Table("Caption", (Column("A"), Column("B", 9)), (("incomprehensible", "b"), ("a", "b")))
    narrow, wide = widths(table, 56.0)
    assert narrow + wide == pytest.approx(1)
    assert narrow > 16 * 0.69 / 56.0
    assert widths(table, 560.0)[0] == pytest.approx(0.1)
