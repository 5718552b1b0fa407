"""The room's screens in a browser: each fits the projector, the back row can read it, and no barrier."""

import json

import pytest
from browser import LOOKS, browser
from room_cases import TEXT, after, class_of, shown

from support.long import long
from tabletop.exercise import acts
from tabletop.exercise.screens import HotWashScreen, RevealScreen
from tabletop.report.room.entrance import Entrance
from tabletop.report.room.page import room_page

pytestmark = pytest.mark.browser

LONG = "It goes on and on, sentence after sentence, for as long as somebody writes. " * 50
NUMBERS = [*long(1, 3, 12, 13, 25), 30]
"""Of teams: one, where the lists change their form, and the most."""
LONG_WORD = "Donaudampfschifffahrtsgesellschaft" * 3
TEXTS = TEXT.replace("situation: It goes on.", f"situation: {json.dumps(LONG)}").replace(
    "message: Less money.", f"message: {json.dumps(LONG)}"
)
TEXTS = TEXTS.replace("title: Budget cut", f"title: {json.dumps(LONG_WORD + ' ' + 'w' * 10)}")


@pytest.fixture(scope="module")
def chromium():
    with browser() as found:
        yield found


@pytest.fixture
def opened(chromium, tmp_path):
    """Opens the screen of a state in a window of a size, with whatever else the browser is told."""
    contexts, plain = [], []

    def of(state, adjudicator, at=None, *, reloads=False, size=(1280, 720), **options):
        moment = 1e9 + 60.0 * state.lines if at is None else at
        path = tmp_path / "room.html"
        path.write_text(room_page(state, adjudicator, moment).html(reloads=reloads), "utf-8")
        wide, high = size
        if reloads or options or not plain:
            context = chromium.new_context(viewport={"width": wide, "height": high}, **options)
            contexts.append(context)
            page = context.new_page()
            if not (reloads or options):
                plain.append(page)
        else:
            (page,) = plain
        page.goto(path.as_uri())
        return page

    yield of
    for context in contexts:
        context.close()


def states(found):
    """A state for every screen."""
    yield found.states[0]
    yield found.states[1]
    for nth in (1, 2):
        for what in ("situation", "situation answer", "status", "status names"):
            yield found.at(acts.BeginMove, nth, what)
        yield found.at(acts.Lock, nth)
        for screen in RevealScreen:
            for page in ("", "/2"):
                yield found.at(acts.Reveal, nth, screen.act, f"{screen.act}{page}")
    for what in ("inject backlog", "inject cut", "inject help"):
        yield found.at(acts.Release, 1, what)
    state = found.at(acts.Override, 1)
    yield shown(state, f"ruling {state.overrides[-1][1]}")
    for screen in HotWashScreen:
        for page in ("", "/2", "/3"):
            yield found.at(acts.HotWash, 1, f"{screen.act}{page}")
    yield found.at(acts.End, 1)


@pytest.mark.parametrize("number", NUMBERS)
def test_everything_fits_the_projector_and_the_back_row_can_read_it(opened, number):
    found = class_of(number, TEXTS)
    for state in states(found):
        page = opened(state, found.adjudicator)
        assert page.evaluate(LOOKS) == [], state.showing or state.phase


@pytest.mark.parametrize("number", NUMBERS)
def test_the_code_to_join_fits_beside_all_tables_with_many_phones(chromium, tmp_path, number):
    state = class_of(number).states[0]
    for team in state.teams:
        for phone in range(12):
            state = after(state, acts.Join(team=team, device=f"{team} {phone}"))
    entrance = Entrance(
        '<svg viewBox="0 0 41 41"><path d="M4 4h33v33h-33z"/></svg>', "http://192.168.100.107:8000/j/K7QF3M"
    )
    path = tmp_path / "lobby.html"
    path.write_text(
        room_page(state, class_of(number).adjudicator, 1e9, entrance).html(reloads=False), "utf-8"
    )
    page = chromium.new_page(viewport={"width": 1280, "height": 720})
    page.goto(path.as_uri())
    assert page.evaluate(LOOKS) == []
    assert page.get_by_text(entrance.address).is_visible()
    assert page.locator(".code svg").bounding_box()["width"] > 450
    page.close()


@pytest.mark.parametrize("size", [(1024, 768), (1920, 1080)])
def test_a_screen_grows_with_the_projector(opened, size):
    found = class_of(3)
    page = opened(found.at(acts.Reveal, 1, "reveal held"), found.adjudicator, size=size)
    box = page.locator("body").bounding_box()
    assert box["width"] == pytest.approx(min(size[0], size[1] * 16 / 9), abs=1)
    assert box["height"] <= size[1] + 1
    size_of_text = page.evaluate("parseFloat(getComputedStyle(document.querySelector('footer')).fontSize)")
    assert size_of_text == pytest.approx(28 * box["width"] / 1280, abs=0.2)


def test_there_is_no_barrier_that_axe_knows(opened):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    found = class_of(3)
    for state in states(found):
        report = axe.Axe().run(opened(state, found.adjudicator))
        assert report.violations_count == 0, report.generate_report()


def test_charts_do_not_turn_with_the_script(opened):
    found = class_of(3, TEXT.replace("title: A small room", "title: A small room\nlanguage: ar"))
    page = opened(found.at(acts.Reveal, 1, "reveal ranges"), found.adjudicator)
    assert page.evaluate(LOOKS) == []
    assert page.evaluate("getComputedStyle(document.querySelector('.chart')).direction") == "ltr"
    name = page.locator("tbody th").first.bounding_box()
    assert name["x"] > page.locator(".chart").first.bounding_box()["x"]


def test_what_is_new_appears_unless_less_motion_is_wanted(opened):
    found = class_of(3)
    state = found.at(acts.Reveal, 1, "reveal held")
    count = "document.getAnimations().length"
    assert opened(state, found.adjudicator, reloads=True, reduced_motion="reduce").evaluate(count) == 0
    page = opened(state, found.adjudicator, reloads=True)
    assert page.evaluate("document.documentElement.classList.contains('fresh')")
    page.wait_for_timeout(1500)  # it has looked again since
    assert not page.evaluate("document.documentElement.classList.contains('fresh')")


def test_the_clock_counts_down_goes_on_beyond_zero_and_stands_in_a_pause(opened):
    found = class_of(3)
    state = found.at(acts.BeginMove, 1)
    page = opened(state, found.adjudicator, reloads=True)
    for left, told in ((90, "01:30"), (0, "00:00"), (-75, "+01:15")):
        page.evaluate(f"() => {{ clock.dataset.at = Date.now(); clock.dataset.left = {left}; count(); }}")
        assert page.locator(".clock span").inner_text() == told
    page.evaluate("() => { clock.dataset.at = Date.now() - 4000; clock.dataset.left = 90; count(); }")
    assert page.locator(".clock span").inner_text() == "01:26"
    page = opened(after(state, acts.Pause()), found.adjudicator, reloads=True)
    first = page.locator(".clock span").inner_text()
    page.wait_for_timeout(1300)
    assert page.locator(".clock span").inner_text() == first
    assert "paused" in page.locator(".clock").inner_text()


def test_a_newer_file_is_shown_by_itself(opened, tmp_path):
    found = class_of(3)
    page = opened(found.at(acts.BeginMove, 1), found.adjudicator, reloads=True)
    assert "First" in page.locator("h1").inner_text()
    newer = found.at(acts.Reveal, 1, "reveal held")
    (tmp_path / "room.html").write_text(room_page(newer, found.adjudicator, 1e9).html(), "utf-8")
    page.get_by_text("held", exact=False).first.wait_for(timeout=5000)
