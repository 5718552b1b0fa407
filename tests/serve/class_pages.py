"""Pages of a class in real browsers, and what people do on them."""

from contextlib import contextmanager

import pytest

from report.browser import CHROMIUM
from serve.served import PATIENCE

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

WIDTHS = (320, 360)


@contextmanager
def pages_of(chromium, number, **context):
    """Pages in browsers of their own; a script that fails, fails the test."""
    wrong, contexts = (
        [],
        [chromium.new_context(viewport={"width": 360, "height": 740}, **context) for _ in range(number)],
    )
    pages = [each.new_page() for each in contexts]
    for page in pages:
        page.set_default_timeout(1000 * PATIENCE)
        page.on("pageerror", lambda error: wrong.append(error))
    yield pages
    for each in contexts:
        each.close()
    assert not wrong


def has_no_barrier(page):
    """Whether axe finds nothing, and nothing scrolls sideways on a narrow phone."""
    found = axe.Axe().run(page).response
    assert len(found["passes"]) > 8
    assert [(one["id"], one["nodes"][0]["target"]) for one in found["violations"]] == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") == width
    return True


def sit_down(page, served, team):
    page.goto(served.join)
    page.get_by_label(team).check()
    page.get_by_role("button", name="Join").click()
    page.get_by_role("heading", name="You are in").wait_for()


def press(desk, name):
    desk.get_by_role("button", name=name, exact=True).click()


def enter_by(link, page, heading="Lobby"):
    """Come in by a secret link; the page's scripts are at work then."""
    page.goto(link)
    page.get_by_role("heading", name=heading).wait_for()
    page.wait_for_load_state("load")


@contextmanager
def behind(chromium, served, cable):
    """A browser that reaches the server through a cable: the server answers to its own address alone."""
    rules = f"MAP 127.0.0.1:{served.port} 127.0.0.1:{cable.port}"
    cut = chromium.browser_type.launch(
        executable_path=CHROMIUM, args=["--no-sandbox", f"--host-resolver-rules={rules}"]
    )
    yield cut
    cut.close()
