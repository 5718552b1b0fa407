"""What if in a real browser: sliders and number fields move the bands, by mouse and by keyboard."""

import re

import pytest

from report.browser import browser
from serve.asking import asking
from serve.class_pages import has_no_barrier, pages_of

pytestmark = pytest.mark.browser

WAIT = 120_000
"""Milliseconds after which a test gives up; none is about how long anything takes."""


@pytest.fixture(scope="module")
def chromium():
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    with asking(tmp_path_factory.mktemp("whatif"), "first-steps") as found:
        found.answered(1, 200)
        yield found


@pytest.fixture
def page(chromium, asked):
    with pages_of(chromium, 1) as (page,):
        page.goto(f"http://127.0.0.1:{asked.port}/")
        page.get_by_role("button", name="All levers as in Status quo").click()
        settled(page, "All levers as in Status quo.")
        yield page


def settled(page, settings, worlds=200):
    """Wait until the picture is of these settings, over so many worlds."""
    page.locator(".answer:not([data-old])", has_text=settings).locator(f'[data-worlds="{worlds}"]').wait_for(
        timeout=WAIT
    )


def band(page, measure="trust_mean", whose="ours"):
    """The left edge and the width of a band on the screen."""
    box = page.locator(f"#measure-{measure} rect.{whose}").bounding_box()
    return round(box["x"], 1), round(box["width"], 1)


def test_a_slider_that_is_dragged_moves_the_band_and_not_the_baseline_and_it_sharpens(page):
    page.set_viewport_size({"width": 1280, "height": 800})
    # an axis grows by what it has to show, and never shrinks: from here on it has all
    page.get_by_role("spinbutton", name="Collection, in share").fill("1")
    settled(page, "collection 1 (instead of 0.5)")
    page.get_by_role("button", name="All levers as in Status quo").click()
    settled(page, "All levers as in Status quo.")
    before, baseline = band(page), band(page, whose="base")
    page.evaluate(
        """() => {
          window.seen = [];
          const note = () => seen.push(Number(document.querySelector('[data-worlds]').dataset.worlds));
          new MutationObserver(note).observe(document.querySelector('.answer'),
            { subtree: true, attributes: true, childList: true, characterData: true });
        }"""
    )
    slider = page.get_by_role("slider", name="Collection")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    for step in range(1, 11):
        page.mouse.move(box["x"] + box["width"] * (0.5 + 0.04 * step), middle)
    page.mouse.up()
    value = page.locator("#number-collection").input_value()
    assert float(value) > 0.8
    settled(page, f"collection {float(value):g} (instead of 0.5)")
    assert band(page)[0] < before[0]  # trust falls
    assert band(page, whose="base") == baseline
    seen = page.evaluate("seen")
    assert seen[-1] == 200
    assert any(worlds < 200 for worlds in seen)
    assert {*seen} <= {20, 60, 200}


def test_everything_works_by_keyboard(page):
    slider = page.get_by_role("slider", name="Teams")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    settled(page, "teams 3 (instead of 5)")
    assert page.locator("#number-teams").input_value() == "3"
    assert page.evaluate("document.activeElement.id") == "range-teams"  # new pictures take no focus
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "number-teams"
    page.keyboard.press("Control+A")
    page.keyboard.type("8")
    settled(page, "teams 8 (instead of 5)")
    assert slider.input_value() == "8"


def test_two_pages_follow_each_other_and_show_the_setting_that_the_answer_is_for(chromium, asked, page):
    with pages_of(chromium, 1) as (other,):
        other.goto(f"http://127.0.0.1:{asked.port}/")
        settled(other, "All levers as in Status quo.")
        other.locator("#range-teams").focus()
        page.get_by_role("spinbutton", name="Collection, in share").fill("0.8")
        for each in (page, other):
            settled(each, "collection 0.8 (instead of 0.5)")
        assert other.locator("#range-collection").input_value() == "0.8"
        assert other.locator("#number-collection").input_value() == "0.8"
        assert other.locator("#money").inner_text() == page.locator("#money").inner_text()
        assert other.get_by_text("somebody at another page has set them").is_visible()
        assert not page.get_by_text("somebody at another page").is_visible()
        assert other.evaluate("document.activeElement.id") == "range-teams"
        # what is moved here goes on from there, and the first follows
        other.keyboard.press("ArrowRight")
        settled(page, "collection 0.8 (instead of 0.5), teams 6 (instead of 5)")
        assert page.locator("#number-teams").input_value() == "6"
        assert not other.get_by_text("somebody at another page").is_visible()
        other.get_by_role("button", name="All levers as in Status quo").click()
        settled(page, "All levers as in Status quo.")
        assert [page.locator(f"#number-{name}").input_value() for name in ("collection", "teams")] == [
            "0.5",
            "5",
        ]
        # a number that is being typed is not taken away
        page.get_by_role("spinbutton", name="Teams, in teams").fill("99")
        other.get_by_role("spinbutton", name="Care, in share").fill("0.9")
        settled(page, "care 0.9")
        assert page.locator("#number-teams").input_value() == "99"


def test_a_number_that_is_not_offered_is_marked_and_put_right_when_the_field_is_left(page):
    field = page.get_by_role("spinbutton", name="Teams, in teams")
    field.fill("99")
    assert field.get_attribute("aria-invalid") == "true"
    page.keyboard.press("Tab")
    assert field.input_value() == "10"
    assert field.get_attribute("aria-invalid") == "false"
    settled(page, "teams 10 (instead of 5)")
    field.fill("")
    page.keyboard.press("Tab")
    assert field.input_value() == "10"


def test_costs_follow_the_sliders_and_what_is_above_the_budget_is_said(page):
    assert page.get_by_text("71.1 of 75.1 a year").is_visible()
    assert page.get_by_text("4 left").is_visible()
    page.get_by_role("spinbutton", name="Collection, in share").fill("1")
    assert page.locator("#cost-collection").inner_text() == "10 a year"
    assert page.get_by_text("76.1 of 75.1 a year").is_visible()
    assert page.get_by_text("1 above the budget").is_visible()


def test_the_table_and_the_alternative_of_the_picture_have_the_same_numbers(page):
    page.get_by_role("spinbutton", name="Care, in share").fill("0.9")
    settled(page, "care 0.9")
    row = page.locator(".numbers tr", has_text="Incidents").locator("td")
    said = page.locator("#measure-incidents svg").get_attribute("aria-label")
    ours, baseline = row.all_inner_texts()
    assert said == f"Incidents: {ours}; baseline {baseline}."
    assert re.fullmatch(r"\d+ to \d+, median \d+", ours)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_has_no_barrier_and_fits_narrow_phones(chromium, asked, scheme):
    with pages_of(chromium, 1, color_scheme=scheme) as (page,):
        page.goto(f"http://127.0.0.1:{asked.port}/")
        page.locator("[data-worlds='200']").first.wait_for(timeout=WAIT)
        page.get_by_text("What is assumed").click()
        for width in (1280, 1024, 360):
            page.set_viewport_size({"width": width, "height": 740})
            assert has_no_barrier(page)
