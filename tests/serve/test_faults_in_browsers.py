"""What browsers and ways to them do to a class: proxies, tabs, wrong clocks, frozen pages, a long cut."""

import re
from contextlib import contextmanager

import pytest

from report.browser import browser
from serve.cable import cable_to
from serve.class_pages import behind, enter_by, pages_of, press, sit_down
from serve.served import begin_first_move, controller, go_on, joined, serving
from tabletop.exercise.state import Phase

pytestmark = pytest.mark.browser

HIDDEN = """
Object.defineProperty(document, "hidden", { get: () => globalThis.isAway ?? false });
globalThis.away = (is) => { globalThis.isAway = is; document.dispatchEvent(new Event("visibilitychange")); };
"""
"""A browser without a window never hides a page: this says of one that it is hidden."""


@pytest.fixture(scope="module")
def chromium():
    with browser() as found:
        yield found


@contextmanager
def in_move_1(where):
    """The shipped first exercise in its first move, with its controller."""
    with serving("first-steps", where, "--port", "0", "--others", "2", "--workers", "1") as served:
        desk = controller(served)
        begin_first_move(desk)
        yield served, desk


def take_a_seat(page, served, team):
    page.goto(served.join)
    page.get_by_label(team).check()
    page.get_by_role("button", name="Join").click()
    page.locator("#play-D1").wait_for()


@pytest.mark.verify
def test_where_a_proxy_holds_the_channel_back_the_page_asks_for_what_is_new(chromium, tmp_path):
    with (
        in_move_1(tmp_path) as (served, _),
        cable_to(served.port) as cable,
        behind(chromium, served, cable) as cut,
        pages_of(cut, 1) as (phone,),
    ):
        cable.holds_back = True
        take_a_seat(phone, served, "North")
        other = joined(served, "North")
        assert other.act("team", "draft", change={"card": "D1"}).status == 200
        phone.locator("#play-D1:checked").wait_for()
        phone.locator("#banner:empty").wait_for(state="attached")
        phone.locator("#play-R2").check()  # and it can act
        phone.locator("#card-R2").get_by_text("by phone 1").wait_for()


@pytest.mark.verify
def test_hidden_pages_hold_no_channel_so_that_a_seventh_tab_loads(chromium, tmp_path):
    with in_move_1(tmp_path) as (served, _), pages_of(chromium, 1) as (first,):
        context = first.context
        context.add_init_script(HIDDEN)
        take_a_seat(first, served, "North")
        tabs = [first]
        for _ in range(6):  # six connections are all that a browser has to one place
            tabs[-1].evaluate("away(true)")
            tabs.append(context.new_page())
            tabs[-1].goto(first.url)
            tabs[-1].locator("#play-D1").wait_for()
        assert joined(served, "North").act("team", "draft", change={"card": "D1"}).status == 200
        tabs[-1].locator("#play-D1:checked").wait_for()
        assert not tabs[0].locator("#play-D1").is_checked()
        tabs[0].evaluate("away(false)")
        tabs[0].locator("#play-D1:checked").wait_for()  # who comes back sees what is


def seconds_shown(page):
    minutes, seconds = re.search(r"(\d+):(\d\d) left", page.locator("[data-clock]").inner_text()).groups()
    return 60 * int(minutes) + int(seconds)


@pytest.mark.verify
def test_a_phone_whose_clock_is_a_day_wrong_shows_the_same_timer(chromium, tmp_path):
    with in_move_1(tmp_path) as (served, _), pages_of(chromium, 2) as (right, wrong):
        wrong.clock.set_system_time("2031-01-01T00:00:00")
        for page in (right, wrong):
            take_a_seat(page, served, "North")
            page.locator("[data-clock]", has_text="left").wait_for()
        assert wrong.evaluate("new Date().getFullYear()") == 2031
        assert abs(seconds_shown(right) - seconds_shown(wrong)) <= 2


def test_a_page_that_was_frozen_shows_what_is_once_it_is_back(chromium, tmp_path):
    with in_move_1(tmp_path) as (served, desk), pages_of(chromium, 1) as (phone,):
        take_a_seat(phone, served, "North")
        browser_of = phone.context.new_cdp_session(phone)
        browser_of.send("Page.setWebLifecycleState", {"state": "frozen"})
        for act in ({"do": "draft", "change": {"card": "D1"}}, {"do": "pen"}):
            assert joined(served, "North").act("team", **act).status == 200
        assert go_on(desk, Phase.OPEN, 0).status == 200
        browser_of.send("Page.setWebLifecycleState", {"state": "active"})
        phone.get_by_role("heading", name="Predict").wait_for()


@pytest.mark.verify
def test_a_minute_without_a_network_loses_nothing_on_either_side(chromium, tmp_path):
    with (
        serving("first-steps", tmp_path, "--port", "0", "--others", "2", "--workers", "1") as served,
        cable_to(served.port) as cable,
        pages_of(chromium, 2) as (desk, near),
        behind(chromium, served, cable) as cut,
        pages_of(cut, 1) as (far,),
    ):
        enter_by(served.monitor, desk)
        for phone in (near, far):
            sit_down(phone, served, "North")
        press(desk, "StartEx: begin the exercise")
        press(desk, "Begin move 1")
        for phone in (near, far):
            phone.locator("#play-D1").wait_for()
        cable.cut()
        for card, phone in (("D1", near), ("R2", far), ("D2", near), ("D3", far)):
            if phone.locator(f"#play-{card}").count():
                phone.locator(f"#play-{card}").check()
        far.locator("#banner", has_text="Not connected").wait_for()
        far.wait_for_timeout(60_000)
        assert far.get_by_role("dialog").count() == 0
        cable.mend()
        near.locator("#play-R2:checked").wait_for()
        far.locator("#play-D1:checked").wait_for()
        far.locator("#banner:empty").wait_for(state="attached")
        checked = [phone.locator("input[id^=play-]:checked").count() for phone in (near, far)]
        assert checked[0] == checked[1] >= 3


@pytest.mark.verify
def test_a_phone_that_was_taken_out_while_nobody_looked_is_told_so_and_not_that_it_is_out_of_reach(
    chromium, tmp_path
):
    with in_move_1(tmp_path) as (served, desk), pages_of(chromium, 1) as (phone,):
        phone.add_init_script(HIDDEN)
        take_a_seat(phone, served, "North")
        phone.evaluate("away(true)")
        assert desk.act("room", "remove", device="phone 1").status == 200
        phone.evaluate("away(false)")
        phone.locator("#banner").get_by_text("no seat here").wait_for()
        phone.wait_for_timeout(10_000)  # longer than a page waits before it says that nothing is heard
        assert "no seat here" in phone.locator("#banner").inner_text()
