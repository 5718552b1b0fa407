"""Pages break where nothing is torn, and none stands nearly empty."""

from itertools import combinations

import pypdfium2
import pytest
from test_pack import size_of

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


@pytest.mark.parametrize(
    "name", ["controllers-guide", "decision-sheets", "individual-sheet", "sign-in-sheet"]
)
def test_no_text_lies_on_another_where_rows_have_room_to_write_in(name):
    """Large letters need more than the room that a row has for handwriting."""
    (document,) = (one for one in documents(HARBOUR) if one.name == name)
    for large in (False, True):
        for page in pypdfium2.PdfDocument(as_pdf(document, large=large)):
            texts = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT])
            boxes = [one.get_bounds() for one in texts]
            for one, other in combinations(boxes, 2):
                assert not overlap(one, other), (name, large, one, other)


def overlap(one, other):
    """Whether two boxes (left, bottom, right, top) lie on each other by more than a descender."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > 1 and high > 0.4 * min(one[3] - one[1], other[3] - other[1])


def test_nothing_but_heads_and_feet_is_set_in_less_than_nine_points():
    for document in documents(HARBOUR):
        for page in pypdfium2.PdfDocument(as_pdf(document)):
            for one in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
                _, bottom, _, top = one.get_bounds()
                if bottom > 50 and top < page.get_height() - 60:
                    assert size_of(one) >= 8.99, document.name
