"""The page before a class in a real browser: a code for the Wi-Fi, and the door."""

import pytest

from exercise.room import TEXT
from report.browser import browser
from serve.class_pages import enter_by, has_no_barrier, pages_of, press
from serve.served import serving

pytestmark = pytest.mark.browser


def test_the_page_before_a_class_is_for_everybody_and_opens_the_door(tmp_path):
    (tmp_path / "small.yaml").write_text(TEXT)
    options = ("--port", "0", "--others", "2", "--workers", "1")
    with (
        serving("small.yaml", tmp_path, *options, door="") as served,
        browser() as chromium,
        pages_of(chromium, 1) as (desk,),
    ):
        enter_by(served.monitor, desk, "Not open yet")
        desk.get_by_role("link", name="Before the class").click()
        desk.get_by_role("heading", name="Before the class").wait_for()
        desk.wait_for_load_state("load")
        assert has_no_barrier(desk)
        desk.set_viewport_size({"width": 1024, "height": 768})
        desk.get_by_label("Name of the Wi-Fi").fill("Room")
        press(desk, "Draw the code")
        desk.get_by_text("Joins the Wi-Fi Room.").wait_for()
        desk.get_by_text("No phone can join.").wait_for()
        press(desk, "Open the door")
        desk.get_by_text("Phones can join.").wait_for()
        press(desk, "Close the door")
        desk.get_by_text("No phone can join.").wait_for()
        press(desk, "Open the door")
        desk.get_by_text("Phones can join.").wait_for()
        assert has_no_barrier(desk)
