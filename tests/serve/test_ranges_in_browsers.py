"""Predicting on a phone: one measure a screen, squares and a bar that fill, and a team's own calibration."""

import pytest

from exercise.room import TEXT
from report.browser import browser
from serve.class_pages import has_no_barrier, pages_of, sit_down
from serve.served import begin, controller, go_on, serving
from tabletop.exercise.state import Phase

pytestmark = pytest.mark.browser
OPTIONS = ("--port", "0", "--others", "2", "--workers", "1")


@pytest.fixture(scope="module")
def chromium():
    with browser() as found:
        yield found


def lock(served, keys):
    for phase, move in ((Phase.LOBBY, -1), (Phase.BRIEF, -1), (Phase.OPEN, 0)):
        assert go_on(keys, phase, move).status == 200


def filled(page):
    return page.locator("form:visible .squares .filled").all_inner_texts()


def ends(page):
    return [page.locator(f"form:visible input[name={end}]").input_value() for end in ("low", "high")]


@pytest.mark.verify
def test_squares_and_bar_fill_as_the_range_grows_and_a_range_that_is_kept_makes_room_for_the_next(
    chromium, tmp_path
):
    (tmp_path / "small.yaml").write_text(TEXT)
    with serving("small.yaml", tmp_path, *OPTIONS) as served, pages_of(chromium, 2) as (phone, other):
        keys = controller(served)
        sit_down(phone, served, "Alpha")
        sit_down(other, served, "Alpha")
        lock(served, keys)
        phone.get_by_role("heading", name="How many incidents until day 120?").wait_for()
        assert phone.locator("form:visible").count() == 1
        assert filled(phone) == []
        phone.get_by_label("Incidents: not fewer than", exact=True).fill("2")
        phone.get_by_label("Incidents: not more than", exact=True).fill("4")
        assert filled(phone) == ["2", "3", "4"]
        surprise = phone.locator("form:visible .reads")
        assert surprise.inner_text() == "We would be surprised by fewer than 2, and by 5 or more."
        for _ in range(3):  # an end that is moved beyond the other takes it along
            phone.get_by_role("button", name="Incidents: not fewer than: more").click()
        assert ends(phone) == ["5", "5"]
        phone.get_by_label("Incidents: not more than", exact=True).fill("30")
        assert filled(phone) == ["5", "6", "7+"]
        phone.get_by_label("Incidents: not fewer than", exact=True).fill("12")
        assert filled(phone) == ["12", "14+"]  # two a square, from 12 on
        phone.get_by_label("Incidents: not fewer than", exact=True).fill("0")
        assert surprise.inner_text() == "We would be surprised by 31 or more."
        assert has_no_barrier(phone)

        # what is refused stays where it is, with the reason
        phone.get_by_label("Incidents: not fewer than", exact=True).fill("0.5")
        phone.get_by_role("button", name="Keep this range").click()
        phone.get_by_text("is a count, of whole numbers").wait_for()
        phone.get_by_label("Incidents: not fewer than", exact=True).fill("0")
        phone.get_by_role("button", name="Keep this range").click()
        phone.get_by_role("heading", name="How high is trust until day 120, on average?").wait_for()
        assert phone.evaluate("document.activeElement.tagName") == "H2"
        # the other phone stays at what it looks at, and sees what was kept
        other.get_by_text("Predicted: 0 to 30.").wait_for()
        assert other.get_by_role("heading", name="How many incidents").is_visible()

        drag(phone, "high", 40)
        drag(phone, "low", 25)
        low, high = map(int, ends(phone))
        assert 23 <= low <= 27
        assert 38 <= high <= 42
        assert surprise.count() == 1
        assert surprise.inner_text().split() == (
            f"We would be surprised by less than {low} %, and by more than {high} %.".split()
        )
        assert has_no_barrier(phone)
        phone.get_by_role("button", name="Keep this range").click()
        phone.get_by_text(f"Predicted: {low} % to {high} %.").wait_for()
        phone.get_by_role("button", name="Before: Incidents").click()
        assert phone.get_by_role("heading", name="How many incidents").is_visible()


def drag(page, end, to):
    """One handle of the bar, to a place of a hundred."""
    box = page.locator("form:visible .hundred").bounding_box()
    handle = page.locator(f"form:visible .hundred [data-end={end}]")
    at, middle = int(handle.input_value()), box["y"] + box["height"] / 2
    aside = {"low": -12, "high": 12}[end]
    pixel = (box["width"] - 24) / 100
    page.mouse.move(box["x"] + 12 + pixel * at + aside, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + 12 + pixel * to + aside, middle, steps=5)
    page.mouse.up()


@pytest.mark.verify
def test_a_team_sees_its_own_calibration_from_the_first_reveal_on_also_after_a_restart(chromium, tmp_path):
    (tmp_path / "small.yaml").write_text(TEXT)
    with serving("small.yaml", tmp_path, *OPTIONS) as served, pages_of(chromium, 2) as (alpha, bravo):
        keys = controller(served)
        sit_down(alpha, served, "Alpha")
        sit_down(bravo, served, "Bravo")
        lock(served, keys)
        alpha.get_by_role("heading", name="How many incidents").wait_for()
        assert alpha.get_by_text("So far").count() == 0
        for low, high in (("0", "99"), ("1", "2")):
            alpha.locator("form:visible input[name=low]").fill(low)
            alpha.locator("form:visible input[name=high]").fill(high)
            alpha.get_by_role("button", name="Keep this range").click()
            alpha.get_by_text(f"Predicted: {low}").wait_for(state="attached")
        assert go_on(keys, Phase.LOCKED, 0).status == 200
        alpha.get_by_text("So far 1 of your 2 held.").wait_for()
        bravo.get_by_text("Your table predicted nothing.").wait_for()
        assert bravo.get_by_text("So far").count() == 0
        for step in ("own", "baseline", "all"):
            assert go_on(keys, Phase.REVEALED, 0, step).status == 200
        served.kill()
        again = begin(served.folder, tmp_path, "--port", str(served.port), "--workers", "1")
        try:
            desk = controller(again)
            assert desk.act("room", "resume").status == 200
            assert go_on(desk, Phase.OPEN, 1).status == 200
            alpha.get_by_text("So far 1 of your 2 held.").first.wait_for()
        finally:
            again.kill()
