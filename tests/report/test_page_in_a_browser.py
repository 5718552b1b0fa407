"""The experiment page in a browser: one screen, a phone, four sheets of paper, and no barrier."""

import pypdfium2
import pytest
from browser import browser

from tabletop.experiment.run import run_experiment
from tabletop.report.page import experiment_page
from tabletop.scenario.load import load

pytestmark = pytest.mark.browser

MIXES = 6


@pytest.fixture(scope="module")
def chromium():
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def place(chromium, tmp_path_factory):
    """The page of the flagship, as a file."""
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(experiment_page(run_experiment(load("harbour-city"), replications=4, workers=1)), "utf-8")
    return path.as_uri()


@pytest.fixture
def opened(chromium, place):
    """Opens the page in a window of a size."""
    pages = []

    def at(width, height):
        page = chromium.new_page(viewport={"width": width, "height": height})
        page.goto(place)
        pages.append(page)
        return page

    yield at
    for page in pages:
        page.close()


def bottom(page, selector):
    return (
        page.locator(selector).first.bounding_box()["y"]
        + page.locator(selector).first.bounding_box()["height"]
    )


def test_question_grid_figure_and_sentences_stand_on_the_first_screen(opened):
    page = opened(1280, 720)
    assert page.locator("h1").bounding_box()["height"] < 40  # one line
    assert bottom(page, ".first .wide svg") <= 720
    assert bottom(page, ".conclusions") <= 760
    assert page.locator(".on-screen tbody tr").count() == MIXES
    assert page.evaluate("document.documentElement.scrollWidth") == 1280


@pytest.mark.parametrize("width", [360, 390])
def test_on_a_phone_verdicts_are_seen_and_nothing_scrolls_sideways(opened, width):
    page = opened(width, 844)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    shown = page.locator(".one-measure:visible li")
    assert shown.count() == MIXES
    assert shown.first.bounding_box()["y"] < 844
    page.locator(".phone label", has_text="trust").click()
    assert page.locator(".one-measure:visible .has").inner_text().startswith("Trust")
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    least = page.evaluate(
        """Math.min(...[...document.querySelectorAll('.narrow svg text')].filter(t => t.checkVisibility())
            .filter(t => !/^\\d+$/.test(t.textContent.trim()))
            .map(t => parseFloat(getComputedStyle(t).fontSize) * t.ownerSVGElement.getScreenCTM().a))"""
    )
    assert least >= 14.9  # but for the digits on badges


def test_on_a_phone_every_figure_is_seen_and_no_number_of_its_data_is_broken(opened):
    page = opened(360, 844)
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    hidden = page.evaluate(
        """[...document.querySelectorAll('figure')].filter(of => ![...of.querySelectorAll('svg')]
            .some(svg => svg.checkVisibility() && svg.getBoundingClientRect().width > 0)).map(of => of.id)"""
    )
    assert page.locator(".only").count() > 0
    assert hidden == []
    broken = page.evaluate(
        """[...document.querySelectorAll('.data td')].filter(cell => {
            const range = document.createRange(); range.selectNodeContents(cell);
            return /^[\u2212+]?[0-9.,]+$/.test(cell.textContent.trim()) && range.getClientRects().length > 1;
        }).map(cell => cell.textContent)"""
    )
    assert broken == []


def test_filters_hide_mixes_and_measures_and_sort_rows_without_a_script(opened):
    page = opened(1280, 720)
    rows, cells = page.locator(".on-screen tbody tr:visible"), page.locator(".on-screen thead th.m:visible")
    assert (rows.count(), cells.count()) == (MIXES, 6)
    page.locator("#show-2").uncheck(force=True)
    page.locator("#group-rights").check(force=True)
    assert (rows.count(), cells.count()) == (MIXES - 1, 1)
    page.locator("#show-2").check(force=True)
    page.locator("#group-all").check(force=True)
    before = [row.bounding_box()["y"] for row in rows.all()]
    assert before == sorted(before)
    page.locator("#sort-leading").check(force=True)
    places = page.evaluate(
        "[...document.querySelectorAll('.on-screen tbody tr')].map(r => +r.style.getPropertyValue('--place'))"
    )
    after = [row.bounding_box()["y"] for row in rows.all()]
    assert [after[places.index(place)] for place in sorted(places)] == sorted(after)
    heads = [head.bounding_box()["x"] for head in page.locator(".on-screen thead th").all()]
    first = [
        cell.bounding_box()["x"] for cell in page.locator(".on-screen tbody tr").first.locator("th, td").all()
    ]
    assert first == pytest.approx(heads, abs=2)


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_it_prints_on_four_pages_and_on_more_only_when_asked(opened, paper):
    page = opened(1280, 720)
    sheets = pypdfium2.PdfDocument(page.pdf(format=paper, print_background=True))
    assert len(sheets) == 4
    words = ["Where should 8 more", "Why", "Luck: what 4 worlds did", "Pressure"]
    for sheet, word in zip(sheets, words, strict=True):
        said = sheet.get_textpage().get_text_range()
        assert word in said
        assert "predicts nothing" in said
    page.locator("#print-all").check()
    assert len(pypdfium2.PdfDocument(page.pdf(format=paper))) > 8


@pytest.mark.parametrize("width", [390, 1280])
def test_there_is_no_barrier_that_axe_knows(opened, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    page = opened(width, 800)
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
