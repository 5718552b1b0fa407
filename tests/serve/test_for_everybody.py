"""A class for everybody: by keys alone, with texts twice as large, in a script from right to left."""

import pytest

from exercise.room import TEXT
from report.browser import browser
from serve.class_pages import enter_by, has_no_barrier, pages_of, sit_down
from serve.served import begin_first_move, controller, go_on, serving
from tabletop.exercise.state import Phase

pytestmark = pytest.mark.browser

ARABIC = (
    TEXT.replace("title: ", "title: تمرين المدينة ", 1)
    .replace("Alpha", "الفريق الأول")
    .replace("Bravo", "第二组 🙂")
    .replace("situation: ", "situation: وصف الحال. ")
    + "\nlanguage: ar\n"
)


@pytest.fixture(scope="module")
def chromium():
    with browser() as found:
        yield found


def reach(page, selector, most=120):
    """Press Tab until a control has the focus, as somebody does who has no mouse."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            seen = page.evaluate("getComputedStyle(document.activeElement).outline")
            assert "solid" in seen, seen
            assert "3px" in seen, seen
            return
    raise AssertionError(f"{selector} is not reached by Tab")


def test_a_class_is_played_by_keys_alone(chromium, tmp_path):
    with (
        serving("first-steps", tmp_path, "--port", "0", "--others", "2", "--workers", "1") as served,
        pages_of(chromium, 2) as (desk, phone),
    ):
        phone.goto(served.join)
        reach(phone, "input[name=team]")
        phone.keyboard.press("Space")
        reach(phone, "button")
        phone.keyboard.press("Enter")
        phone.get_by_role("heading", name="You are in").wait_for()
        enter_by(served.monitor, desk)
        for label, heading in (("StartEx", "The exercise has begun"), ("Begin move 1", "Decide")):
            desk.locator("#next", has_text=label).wait_for()  # a button is for the part that it was drawn in
            reach(desk, "#next")
            desk.keyboard.press("Enter")
            phone.get_by_role("heading", name=heading).wait_for()
        reach(phone, "#play-D1")
        phone.keyboard.press("Space")
        desk.get_by_text("D1", exact=True).wait_for()
        reach(phone, "#submit")
        phone.keyboard.press("Enter")
        phone.get_by_text("Submitted: D1.").wait_for()
        desk.evaluate("document.activeElement.blur()")
        desk.keyboard.press("n")
        phone.get_by_role("heading", name="Predict").wait_for()
        reach(phone, "#range-incidents input")
        phone.keyboard.type("1")
        reach(phone, "#range-incidents input")
        phone.keyboard.type("3")
        phone.keyboard.press("Enter")
        phone.get_by_role("heading", name="How high is trust").wait_for()
        phone.get_by_text("Predicted: 1 to 3.").wait_for(state="attached")
        # what cannot be undone is asked for twice, by keys as well
        desk.keyboard.press("n")
        desk.get_by_role("button", name="Sure?").wait_for()
        desk.wait_for_timeout(1100)
        desk.keyboard.press("n")
        phone.get_by_role("heading", name="What came of it").wait_for()


def test_texts_twice_as_large_are_not_cut_and_scroll_one_way(chromium, tmp_path):
    with (
        serving("first-steps", tmp_path, "--port", "0", "--others", "2", "--workers", "1") as served,
        pages_of(chromium, 1) as (phone,),
    ):
        desk = controller(served)
        phone.goto(served.join)
        phone.get_by_label("North").check()
        phone.get_by_role("button", name="Join").click()
        begin_first_move(desk)
        phone.locator("#play-D1").wait_for()
        phone.evaluate("document.documentElement.style.fontSize = '225%'")  # of what is 112.5 %
        assert phone.evaluate("document.documentElement.scrollWidth") == 360
        cut = phone.evaluate(
            "[...document.querySelectorAll('main *, footer *')]"
            ".filter(one => one.scrollWidth > one.clientWidth + 1)"
            ".filter(one => getComputedStyle(one).overflowX === 'hidden').map(one => one.outerHTML)"
        )
        assert cut == []


def test_cards_can_be_read_on_the_narrowest_phone_with_texts_twice_as_large(chromium, tmp_path):
    with (
        serving(
            "harbour-city", tmp_path, "--port", "0", "--others", "2", "--workers", "1", "--team", "North"
        ) as served,
        pages_of(chromium, 1) as (phone,),
    ):
        desk = controller(served)
        sit_down(phone, served, "North")
        begin_first_move(desk)
        phone.locator("#play-D1").wait_for()
        assert phone.evaluate("getComputedStyle(document.querySelector('footer')).position") == "sticky"
        phone.set_viewport_size({"width": 320, "height": 640})
        as_large = phone.context.new_cdp_session(phone)
        as_large.send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
        phone.wait_for_function("parseFloat(getComputedStyle(document.documentElement).fontSize) === 36")
        narrow = phone.evaluate(
            "[...document.querySelectorAll('.card .grow')].filter(one => one.clientWidth < 5 * 36)"
            ".map(one => one.textContent + ': ' + one.clientWidth)"
        )
        assert narrow == []  # a line has room for a word, and not for a letter
        assert phone.evaluate("document.documentElement.scrollWidth") == 320
        # the foot goes with the page then: it would fill most of the screen
        assert phone.evaluate("getComputedStyle(document.querySelector('footer')).position") == "static"


@pytest.mark.verify
def test_a_class_in_a_script_from_right_to_left_has_no_barrier_in_any_phase(chromium, tmp_path):
    (tmp_path / "small.yaml").write_text(ARABIC, encoding="utf-8")
    with (
        serving("small.yaml", tmp_path, "--port", "0", "--others", "2", "--workers", "1") as served,
        pages_of(chromium, 2) as (desk, phone),
    ):
        phone.goto(served.join)
        phone.get_by_label("الفريق الأول").check()
        phone.get_by_role("button", name="Join").click()
        phone.get_by_role("heading", name="You are in").wait_for()
        enter_by(served.monitor, desk)
        desk.get_by_text("第二组 🙂").first.wait_for()
        assert has_no_barrier(desk)
        keys = controller(served)
        for phase, move, heading in (
            (Phase.LOBBY, -1, "The exercise has begun"),
            (Phase.BRIEF, -1, "Decide"),
            (Phase.OPEN, 0, "Predict"),
            (Phase.LOCKED, 0, "What came of it"),
        ):
            assert go_on(keys, phase, move).status == 200
            phone.get_by_role("heading", name=heading).wait_for()
            assert has_no_barrier(phone)
        whose = phone.locator("header strong").first
        assert whose.evaluate("one => getComputedStyle(one).direction") == "rtl"
        assert phone.locator("html").get_attribute("lang") == "en"  # the product's own words are English
