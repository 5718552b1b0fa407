"""A class in real browsers: from the QR code to the reveal, on two phones and a monitor."""

import pytest

from report.browser import browser
from serve.cable import cable_to
from serve.class_pages import behind, enter_by, has_no_barrier, pages_of, press, sit_down
from serve.served import serving
from tabletop.exercise.exercise import Exercise

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium():
    with browser() as found:
        yield found


@pytest.mark.verify
def test_two_phones_play_a_move_from_the_code_to_the_reveal(chromium, tmp_path):
    with (
        serving(
            "first-steps", tmp_path, "--port", "0", "--others", "10", "--workers", "1", door=""
        ) as served,
        pages_of(chromium, 3) as (
            desk,
            one,
            two,
        ),
    ):
        one.goto(served.join)
        one.get_by_text("Nobody can join at the moment.").wait_for()
        assert has_no_barrier(one)
        enter_by(served.monitor, desk, "Not open yet")
        assert has_no_barrier(desk)
        press(desk, "Open the door")
        desk.get_by_role("heading", name="Lobby").wait_for()
        one.goto(served.join)
        assert has_no_barrier(one)
        assert served.monitor.partition("#")[2] not in desk.url
        assert desk.get_by_text(served.join).is_visible()
        sit_down(one, served, "North")
        sit_down(two, served, "North")
        assert has_no_barrier(one)
        desk.get_by_text("phone 1 (here, pen), phone 2 (here)").wait_for()
        assert has_no_barrier(desk)

        press(desk, "StartEx: begin the exercise")
        one.get_by_role("heading", name="The exercise has begun").wait_for()
        assert has_no_barrier(one)
        press(desk, "Begin move 1")
        one.get_by_role("heading", name="Decide").wait_for()
        assert one.evaluate("document.activeElement.id") == "phase"  # who listens is told
        # what one taps, the other sees; a fold that was opened stays open, and the focus where it was
        two.locator("#more-D2 summary").click()
        two.locator("#play-R1").focus()
        one.locator("#play-D1").check()
        two.locator("#play-D1:checked").wait_for()
        assert two.locator("#card-D1").inner_text().find("by phone 1") > 0
        assert two.locator("#more-D2").get_attribute("open") is not None
        assert two.evaluate("document.activeElement.id") == "play-R1"
        two.locator("#play-R1").check()
        one.get_by_text("0.5 above the budget").wait_for()
        assert one.get_by_role("button", name="Submit for North").is_disabled()
        assert one.locator("#card-D2").get_by_text("2 cards a move at most").is_visible()
        assert has_no_barrier(one)
        assert has_no_barrier(desk)
        two.locator("#play-R1").uncheck()
        # the second phone takes the pen and submits
        two.get_by_role("button", name="Take the pen").click()
        two.get_by_role("button", name="Submit for North").click()
        one.get_by_text("Submitted: D1. Revision 1, by phone 2").wait_for()
        assert has_no_barrier(two)

        press(desk, "Lock decisions")
        one.get_by_role("heading", name="Predict").wait_for()
        assert has_no_barrier(one)
        one.get_by_label("Incidents: not fewer than", exact=True).fill("1")
        for _ in range(3):
            one.get_by_role("button", name="Incidents: not more than: more").click()
        assert one.get_by_text("We would be surprised by fewer than 1, and by 4 or more.").is_visible()
        one.locator("#range-incidents").get_by_role("button", name="Keep this range").click()
        two.get_by_text("Predicted: 1 to 3.").wait_for()
        assert has_no_barrier(desk)

        press(desk, "Reveal what came of it")
        sure = desk.get_by_role("button", name="Sure? Reveal what came of it")
        sure.wait_for()
        desk.wait_for_timeout(1100)
        sure.click()
        for page in (one, two):
            page.get_by_role("heading", name="What came of it").wait_for()
            page.locator("tbody tr").first.wait_for()
            assert page.get_by_text("Your range 1 to 3").is_visible()
            assert page.get_by_role("columnheader", name="baseline").count() == 0
        assert has_no_barrier(one)
        press(desk, "Show the baseline")
        one.get_by_role("columnheader", name="baseline").wait_for()
        assert has_no_barrier(one)
        assert has_no_barrier(desk)


def test_what_is_tapped_while_the_cable_is_cut_is_kept_and_sent_once(chromium, tmp_path):
    with (
        serving("first-steps", tmp_path, "--port", "0", "--others", "5", "--workers", "1") as served,
        cable_to(served.port) as cable,
        pages_of(chromium, 1) as (desk,),
        behind(chromium, served, cable) as cut,
        pages_of(cut, 1) as (phone,),
    ):
        enter_by(served.monitor, desk)
        sit_down(phone, served, "North")
        press(desk, "StartEx: begin the exercise")
        press(desk, "Begin move 1")
        phone.locator("#play-D1").wait_for()
        cable.cut()
        phone.locator("#play-R2").check()
        phone.locator("#play-D2").check()
        phone.locator("#play-D2").uncheck()
        phone.locator("#banner", has_text="Not connected").wait_for()
        assert phone.locator("#play-R2").is_checked()
        assert phone.evaluate("document.activeElement.id") == "play-D2"
        phone.wait_for_timeout(4000)
        cable.mend()
        desk.get_by_text("R2", exact=True).wait_for()
        phone.locator("#banner:empty").wait_for(state="attached")
        assert phone.locator("#play-R2").is_checked()
        assert not phone.locator("#play-D2").is_checked()
        assert drafts_of(served) in ([("R2", 1), ("D2", 0)], [("R2", 1), ("D2", 1), ("D2", 0)])


def drafts_of(served):
    """The cards that were changed, in the order of the log."""
    served.kill()
    exercise = Exercise.open(served.folder)
    found = [
        (entry.act.change.card, entry.act.change.times)
        for entry in exercise.entries
        if entry.act.act == "draft"
    ]
    exercise.close()
    return found


def test_after_kill_9_the_phones_come_back_by_themselves(chromium, tmp_path):
    first = serving("first-steps", tmp_path, "--port", "0", "--others", "5", "--workers", "1")
    with first as served, pages_of(chromium, 2) as (desk, phone):
        enter_by(served.monitor, desk)
        sit_down(phone, served, "North")
        press(desk, "StartEx: begin the exercise")
        press(desk, "Begin move 1")
        phone.locator("#play-D1").check()
        desk.get_by_text("D1", exact=True).wait_for()
        served.kill()
        phone.locator("#play-R2").check()  # kept on the phone, sent when the server is back
        phone.locator("#banner", has_text="Not connected").wait_for()
        with serving(served.folder, tmp_path, "--port", str(served.port), "--workers", "1"):
            desk.get_by_text("D1 R2", exact=True).wait_for()
            phone.get_by_text("The exercise is paused.").wait_for()
            press(desk, "Go on")
            phone.locator("#banner:empty").wait_for(state="attached")
            assert phone.locator("#play-D1").is_checked()
            assert phone.locator("#play-R2").is_checked()
            assert phone.get_by_text("phone 1").first.is_visible()
