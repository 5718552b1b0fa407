"""The way of a trace in the manual: every pool with its sign and its range, and nothing that is hidden."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import pypdfium2
import pytest

from tabletop.exercise.last_year import LastYear, PoolYear, last_year
from tabletop.pools import POOLS
from tabletop.report.document.pdf import as_pdf
from tabletop.report.pack.flow_drawing import DEEP, SHALLOW, flow
from tabletop.report.pack.situation_manual import situation_manual
from tabletop.report.pillar_signs import SIGNS
from tabletop.scenario.load import load
from tabletop.scenario.policy import LEVERS

SVG = "{http://www.w3.org/2000/svg}"


def year(**others):
    """A last year whose pools are all alike, but for `others`."""
    pools = tuple(
        others.get(name) or PoolYear(name, LEVERS[name].pillar, 3.0, (0.25, 0.5), (0.0, 0.4))
        for name in POOLS
    )
    return LastYear(365.0, {"cases_opened": (4.0, 9.0)}, 40, pools)


def parts(found):
    root = ET.fromstring(flow(found).svg)  # noqa: S314 (our own)
    texts = [" ".join("".join(one.itertext()).split()) for one in root.iter(f"{SVG}text")]
    return root, texts


def test_every_pool_stands_there_with_its_pillar_s_sign_and_its_range():
    root, texts = parts(year(teams=PoolYear("teams", "interdiction", 7.0, (0.61, 0.83), (2.0, 31.0))))
    assert {one.get("d") for one in root.iter(f"{SVG}path")} >= set(SIGNS.values())
    for pool in POOLS.values():
        assert any(text.startswith(pool.title) for text in texts), pool.title
    assert {*SIGNS} <= {*texts}
    assert {"staff 7", "61 to 83 % busy", "wait 2 to 31 days", "cases 4 to 9"} <= {*texts}
    assert texts.count("25 to 50 % busy") == len(POOLS) - 1


def test_a_box_is_filled_as_far_as_its_people_were_at_work_and_framed_where_that_is_much():
    busy = PoolYear("courts", "prosecution", 1.0, (0.7, 0.9), None)
    root, _ = parts(year(courts=busy))
    boxes = [float(one.get("height")) for one in root.iter(f"{SVG}rect")]
    for height, count in ((DEEP, 3), (SHALLOW, 3)):
        for share in (0.25, 0.5):
            assert boxes.count(pytest.approx(height * share)) == count
    assert boxes.count(pytest.approx(DEEP * 0.7)) == boxes.count(pytest.approx(DEEP * 0.9)) == 1
    assert pytest.approx(DEEP * 0.75) not in boxes
    assert [one.get("stroke-width") for one in root.iter(f"{SVG}rect")].count("7") == 1


def test_staff_without_limit_is_said_and_a_source_that_nobody_looks_at_is_left_out():
    found = year(
        analysts=PoolYear("analysts", "detection", None, None, None),
        border_officers=PoolYear("border_officers", "interdiction", 0.0, None, None),
    )
    _, texts = parts(found)
    assert "no limit" in texts
    assert "border" not in texts
    assert "reports" in texts


def test_a_number_that_the_exercise_does_not_show_is_in_no_picture():
    _, texts = parts(replace(year(), ranges={}))
    assert "cases" in texts
    assert not any("4 to 9" in text for text in texts)


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_the_last_year_is_the_whole_second_page_and_no_more(paper):
    scenario = load("harbour-city")
    pages = [
        " ".join(page.get_textpage().get_text_range().split())
        for page in pypdfium2.PdfDocument(as_pdf(situation_manual(scenario), paper))
    ]
    assert "Last year in numbers" in pages[1]
    assert "told at the hot wash" in pages[1]
    assert "liaison officers" in pages[1]
    assert "How it is played" in pages[2]
    _, texts = parts(last_year(scenario))
    for text in texts:
        assert text in pages[1]
