"""The projector's page in a browser: it follows the controller by itself, fits, and has no barrier."""

import pytest

from report.browser import LOOKS, browser
from serve.served import controller, go_on, joined, serving
from tabletop.exercise.state import Phase

pytestmark = pytest.mark.browser

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")


def is_well(page):
    """Whether all of a screen is there, large enough, and nothing that axe finds stands in the way."""
    assert page.evaluate(LOOKS) == []
    assert page.evaluate("document.documentElement.scrollHeight") == 720
    assert axe.Axe().run(page).response["violations"] == []
    return True


def test_the_room_sees_each_part_of_a_class_without_a_reload(tmp_path):
    with (
        browser() as chromium,
        serving("first-steps", tmp_path, "--port", "0", "--others", "10", "--workers", "1") as served,
    ):
        page = chromium.new_context(viewport={"width": 1280, "height": 720}).new_page()
        wrong = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: message.type == "error" and wrong.append(message.text))
        page.goto(served.projector)
        page.get_by_text(served.join).wait_for()
        assert served.projector.partition("#")[2] not in page.url
        assert is_well(page)
        page.evaluate("document.body.dataset.loaded = 'once'")
        desk, north = controller(served), joined(served, "North")
        page.get_by_text("1 here").wait_for()
        go_on(desk, Phase.LOBBY, -1)
        page.get_by_text("What it is for").wait_for()
        assert is_well(page)
        go_on(desk, Phase.BRIEF, -1)
        page.get_by_role("heading", name="New in office").wait_for()
        first = page.locator(".clock span").inner_text()
        page.wait_for_function(
            "before => document.querySelector('.clock span').textContent !== before", arg=first
        )
        for what, told in (("situation answer", "%"), ("status", "0 of 4"), ("status names", "not yet")):
            desk.act("room", "show", what=what)
            page.locator("main", has_text=told).first.wait_for()
            assert is_well(page)
        line = north.act("team", "draft", change={"card": "D1"}).data["line"]
        north.act("team", "submit", seen=line, replaces=0)
        page.locator("main", has_text="1 of 4").wait_for()
        desk.act("room", "pause")
        page.get_by_text("paused").wait_for()
        desk.act("room", "resume")
        go_on(desk, Phase.OPEN, 0)
        page.locator("main", has_text="0 of 4").wait_for()
        north.act("team", "predict", measure="incidents", low=0, high=3, replaces=0)
        go_on(desk, Phase.LOCKED, 0)
        page.get_by_role("heading", name="Your ranges: incidents").wait_for()
        go_on(desk, Phase.REVEALED, 0, "own")
        go_on(desk, Phase.REVEALED, 0, "baseline")
        page.locator("h1", has_text="held").wait_for()
        assert is_well(page)
        for what, told in (("reveal decisions", "decided"), ("reveal policy", "2 ·"), ("reveal why", "4 ·")):
            desk.act("room", "show", what=what)
            page.locator("h1", has_text=told).wait_for()
            assert is_well(page)
        assert page.evaluate("document.body.dataset.loaded") == "once"
        assert wrong == []
        served.kill()
        page.get_by_text("Not connected").wait_for()
        assert page.evaluate(LOOKS) == []
        # what was shown is in the log: after a power cut it is there again, with the clock stopped
        with serving(served.folder, tmp_path, "--port", str(served.port), "--workers", "1"):
            page.get_by_text("paused").wait_for()
            page.locator("#banner:empty").wait_for(state="attached")
            page.locator("h1", has_text="4 ·").wait_for()
            assert is_well(page)
