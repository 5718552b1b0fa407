"""Pages break where nothing is torn, and none stands nearly empty."""

import pypdfium2
import pytest

from tabletop.exercise.msel import msel
from tabletop.report.document.pdf import as_pdf
from tabletop.report.pack import documents
from tabletop.scenario.load import load

HARBOUR = load("harbour-city")
PAPERS = ("a4", "us-letter")


def pages(name, paper):
    (document,) = (one for one in documents(HARBOUR) if one.name == name)
    return list(pypdfium2.PdfDocument(as_pdf(document, paper)))


def words(page):
    return "".join(page.get_textpage().get_text_range().split())


@pytest.mark.parametrize("paper", PAPERS)
def test_an_event_of_the_list_stands_on_one_page(paper):
    told = [words(page) for page in pages("msel", paper)]
    for row in msel(HARBOUR):
        for text in (row.message, row.expected_response):
            assert any("".join(text.split()) in page for page in told), text


@pytest.mark.parametrize("paper", PAPERS)
def test_an_inject_of_the_handbook_stands_on_one_page(paper):
    told = [words(page) for page in pages("controllers-guide", paper)]
    for row in msel(HARBOUR):
        if row.message:
            (page,) = (one for one in told if "".join(row.message.split()) in one)
            assert "".join(row.expected_response.split()) in page
            assert "".join(row.notes.split()) in page


@pytest.mark.parametrize("paper", PAPERS)
def test_no_page_of_the_handbook_but_the_last_is_nearly_empty(paper):
    for page in pages("controllers-guide", paper)[:-1]:
        height = page.get_height()
        texts = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT])
        lowest = min(bottom for _, bottom, _, _ in (one.get_bounds() for one in texts) if bottom > 60)
        assert lowest < height / 2


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", ["invitation", "individual-sheet", "peer-form", "feedback-form"])
def test_what_everybody_gets_is_one_page(name, paper):
    assert len(pages(name, paper)) == 1


@pytest.mark.parametrize("paper", PAPERS)
def test_a_move_of_the_handbook_begins_where_its_situation_is_read_out(paper):
    told = [words(page) for page in pages("controllers-guide", paper)]
    for place, move in enumerate(HARBOUR.exercise.moves, start=1):
        heading, situation = (
            "".join(text.split()) for text in (f"Move {place}: {move.name}", move.situation.split("\n")[0])
        )
        assert [heading in page for page in told] == [situation in page for page in told]
