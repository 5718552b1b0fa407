"""Pictures inside a page: their ids are their own."""

import pytest

from tabletop.report.document.inline_svg import inlined

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 8 4">'


def made(inside):
    return inlined(f"{HEAD}{inside}</svg>".encode(), "luck", says='5 < 6 & "so on"', described_by="caption")


def test_ids_and_every_kind_of_reference_bear_the_name_of_the_figure():
    svg = made(
        '<clipPath id="p1"/><path id="m1" d="M 0 0"/><use xlink:href="#m1"/><use href="#m1"/>'
        '<g clip-path="url(#p1)"/><g style="fill: url(\'#p1\'); stroke: #000000"/>'
    )
    assert svg.count('id="luck-p1"') == svg.count('id="luck-m1"') == 1
    assert svg.count('href="#luck-m1"') == 2
    assert svg.count("url(#luck-p1)") == 2
    assert "#000000" in svg
    assert "xlink" not in svg


def test_a_picture_has_its_text_and_no_size_of_its_own():
    svg = made("")
    assert 'role="img"' in svg
    assert 'aria-label="5 &lt; 6 &amp; &quot;so on&quot;"' in svg
    assert 'aria-describedby="caption"' in svg
    assert "width" not in svg


def test_what_concerns_others_is_dropped():
    svg = made(
        "<metadata><a>who made it</a></metadata><defs><style>* {color: red}</style></defs><path id='kept'/>"
    )
    assert "who made it" not in svg
    assert "red" not in svg
    assert '<path id="luck-kept" d=""' in svg


@pytest.mark.parametrize("place", ["https://example.org/a.png", "other.svg#a"])
def test_a_reference_out_of_the_picture_is_refused(place):
    with pytest.raises(ValueError, match="refers to what is not in it"):
        made(f'<use xlink:href="{place}"/>')


def test_a_picture_that_cannot_be_made_to_fit_is_refused():
    with pytest.raises(ValueError, match="viewBox"):
        inlined(b'<svg xmlns="http://www.w3.org/2000/svg" width="8"/>', "luck", says="", described_by="")
