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
    assert '<title id="luck-title">5 &lt; 6 &amp; "so on"</title>' in svg
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


def small(inside):
    return inlined(f"{HEAD}{inside}</svg>".encode(), "f1", says="Something", small=True)


def test_a_small_picture_has_short_numbers_and_names_and_the_same_lines():
    svg = small(
        '<g id="idle"><path id="m" d="M 1.23456 0 L 2 -0.00012 L 3.5 4 z " style="fill: #ffffff; '
        'stroke: #000000"/></g>'
        '<g id="more"><use href="#m" x="1.2345" y="2"/></g>'
    )
    assert 'id="f1-0" d="M1.2 0 2 0 3.5 4z" style="fill:#ffffff;stroke:#000000"' in svg
    assert '<use href="#f1-0" x="1.2" y="2"/>' in svg
    assert "<g" not in svg
    assert "idle" not in svg


def test_after_a_curve_a_line_stays_a_line():
    curve = 'd="M 0 0 C 1 1 2 2 3 3 L 4 4"'
    assert curve in small(f"<path {curve}/>")


def test_what_all_marks_share_stands_once_and_an_idle_clip_goes():
    svg = small(
        '<defs><clipPath id="all"><rect x="0" y="0" width="8" height="4"/></clipPath>'
        '<clipPath id="some"><rect x="0" y="0" width="4" height="4"/></clipPath></defs>'
        '<g><path d="M 0 0" style="fill: none" clip-path="url(#all)"/>'
        '<path d="M 1 1" style="fill: none" clip-path="url(#all)"/></g>'
        '<path d="M 2 2" clip-path="url(#some)"/>'
    )
    assert svg.count("fill:none") == 1
    assert svg.count("clip-path=") == svg.count("<clipPath") == 1


def test_living_text_takes_the_fonts_of_the_page_and_its_ground():
    svg = inlined(
        f'{HEAD}<g id="halo-1"><text style="font: 700 14px \'DejaVu Sans\', serif; fill: #000">A</text></g>'
        "<text style=\"font-size: 14px; font-family: 'DejaVu Sans'; fill: #000000\">B</text></svg>".encode(),
        "f1",
        says="Something",
    )
    assert "DejaVu" not in svg
    assert '<g class="halo">' in svg
    assert "font-size: 14px; fill: #000000" in svg
