"""The monitor in a real browser: held acts, questions asked once, keys, links, two desks, a phone's width."""

import pytest

from report.browser import browser
from serve.class_pages import enter_by, has_no_barrier, pages_of, press, sit_down
from serve.served import controller, go_on, joined, serving
from tabletop.exercise.state import Phase

pytestmark = pytest.mark.browser

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")


@pytest.fixture(scope="module")
def chromium():
    with browser() as found:
        yield found


@pytest.mark.first
def test_a_controller_runs_a_move_with_everything_that_the_monitor_has(chromium, tmp_path):
    with (
        serving("first-steps", tmp_path, "--port", "0", "--others", "5", "--workers", "1") as served,
        pages_of(chromium, 3) as (desk, other, phone),
    ):
        desk.set_viewport_size({"width": 1024, "height": 768})
        enter_by(served.monitor, desk)
        # another controller comes in by a link that this browser has made
        desk.get_by_text("Links", exact=True).click()
        press(desk, "New link for another controller")
        desk.locator("#link svg").wait_for()
        enter_by(desk.locator("#link .address").inner_text(), other)
        sit_down(phone, served, "North")

        # a phone at the wrong table is moved, and shows the other one
        assert desk.locator("#scan").get_attribute("open") is not None
        desk.locator("#team-1").get_by_text("Move or take out a phone").click()
        desk.get_by_label("phone 1 sits at").select_option("East")
        press(desk, "Move phone 1")
        phone.get_by_text("East · phone 1").wait_for()

        # what is held can be undone, and is done after five seconds if it is not
        press(desk, "StartEx: begin the exercise")
        desk.get_by_role("heading", name="Brief").wait_for()
        desk.locator("#scan:not([open])").wait_for()  # it has the room that the tables need now
        desk.keyboard.press("n")
        desk.get_by_text("Begin move 1: in 5 seconds.").wait_for()
        assert has_no_barrier(desk)
        desk.set_viewport_size({"width": 1024, "height": 768})
        press(desk, "Undo")
        assert desk.locator("#held li").count() == 0
        desk.wait_for_timeout(5500)
        assert desk.get_by_role("heading", name="Brief").is_visible()
        desk.keyboard.press("n")
        other.get_by_role("heading", name="Tables decide").wait_for()
        assert desk.locator("#held li").count() == 0

        # a reload while something is held holds it anew
        desk.get_by_text("Add an inject").click()
        desk.get_by_label("Headline for the players").fill("Rain")
        desk.get_by_label("What they read").fill("It rains.")
        desk.locator("#add-reason").fill("calm")
        press(desk, "Add it for all")
        desk.get_by_text("Add it for all (Rain): in 5 seconds.").wait_for()
        desk.reload()
        desk.get_by_text("Add it for all (Rain): in 5 seconds.").wait_for()
        phone.get_by_role("heading", name="Rain").wait_for()

        # a note by its key; what is typed stays until it is on disk, and then goes
        desk.keyboard.press("/")
        assert desk.evaluate("document.activeElement.id") == "note-text"
        desk.keyboard.type("np/ loud")  # keys in a field are letters
        press(desk, "Write the note down")
        desk.get_by_text("Note: np/ loud").wait_for()
        assert desk.locator("#note-text").input_value() == ""
        assert other.get_by_text("Note: np/ loud").is_visible()

        # a ruling that is refused is kept for another try
        desk.get_by_text("An effect from a day on").click()
        desk.get_by_label("From day").fill("1,5")
        desk.locator("#effect-on").fill("trst")
        desk.locator("#effect-amount").fill("0.9")
        desk.locator("#effect-reason").fill("asked")
        press(desk, "Put it into effect for all")
        desk.get_by_text("no such condition").wait_for()
        assert desk.locator("#effect-on").input_value() == "trst"

        # p stands still and goes on; the other desk follows
        desk.locator("h1").click()
        desk.evaluate("document.activeElement.blur()")
        desk.keyboard.press("p")
        other.get_by_role("button", name="Go on", exact=True).wait_for()
        assert has_no_barrier(other)
        other.evaluate("document.activeElement.blur()")
        other.keyboard.press("p")
        desk.get_by_role("button", name="Pause").wait_for()
        assert has_no_barrier(desk)
        desk.set_viewport_size({"width": 1024, "height": 768})

        press(desk, "Lock decisions")
        other.get_by_role("heading", name="Tables predict").wait_for()
        # the question is asked once; a double click is no answer, and what is not answered is forgotten
        ask = desk.get_by_role("button", name="Sure? Reveal what came of it")
        desk.locator("#next").dblclick()
        ask.wait_for()
        desk.wait_for_timeout(200)
        assert desk.get_by_role("heading", name="Tables predict").is_visible()
        desk.get_by_role("button", name="Reveal what came of it", exact=True).wait_for(timeout=12_000)
        desk.locator("#next").click()
        desk.wait_for_timeout(1100)
        ask.click()
        other.get_by_role("heading", name="Reveal").wait_for()
        assert has_no_barrier(other)

        # leaving out asks for a reason first
        leave_out = desk.get_by_role("button", name="Leave out thank_you")
        leave_out.click()
        desk.get_by_text("Say why it is left out").wait_for()
        assert desk.evaluate("document.activeElement.id").startswith("why-")
        desk.keyboard.type("no time")
        leave_out.click()
        desk.get_by_text("Leave out thank_you: in 5 seconds.").wait_for()
        other.get_by_text("Inject thank_you is left out. Reason: no time").wait_for()


def test_a_phone_is_taken_out_at_the_second_press_and_not_by_a_slip(chromium, tmp_path):
    with (
        serving("first-steps", tmp_path, "--port", "0", "--others", "2", "--workers", "1") as served,
        pages_of(chromium, 2) as (desk, phone),
    ):
        enter_by(served.monitor, desk)
        sit_down(phone, served, "North")
        desk.locator("#team-1").get_by_text("Move or take out a phone").click()
        desk.locator("#remove-phone-1").dblclick()
        ask = desk.get_by_role("button", name="Sure? Take out phone 1")
        ask.wait_for()
        desk.wait_for_timeout(1100)
        assert phone.get_by_role("heading", name="You are in").is_visible()
        assert desk.get_by_role("button", name="StartEx: begin the exercise", exact=True).is_visible()
        ask.click()
        phone.get_by_text("This phone was taken out of the exercise.").wait_for()


def test_who_presses_second_is_told_in_a_line_and_not_as_an_error(chromium, tmp_path):
    with (
        serving("first-steps", tmp_path, "--port", "0", "--others", "5", "--workers", "1") as served,
        pages_of(chromium, 2) as (desk, other),
    ):
        for page in (desk, other):
            enter_by(served.monitor, page)
        press(desk, "StartEx: begin the exercise")
        for page in (desk, other):
            page.get_by_role("heading", name="Brief").wait_for()
        # both hold the same, and the second comes late
        press(desk, "Begin move 1")
        press(other, "Begin move 1")
        told = other.locator("#told:not(:empty)")
        told.wait_for(timeout=15_000)
        assert "from the other desk." in told.inner_text()
        assert told.get_attribute("data-code") == "done"


@pytest.mark.verify
def test_a_question_stays_where_the_monitor_is_drawn_anew_and_is_forgotten_after_a_while(chromium, tmp_path):
    with (
        serving(
            "first-steps", tmp_path, "--port", "0", "--others", "2", "--workers", "1", "--team", "North"
        ) as served,
        pages_of(chromium, 1) as (desk,),
    ):
        keys, north = controller(served), joined(served, "North")
        enter_by(served.monitor, desk)
        for phase, move in ((Phase.LOBBY, -1), (Phase.BRIEF, -1), (Phase.OPEN, 0)):
            assert go_on(keys, phase, move).status == 200
        desk.get_by_text("Not all predicted: North.").wait_for()
        press(desk, "Reveal what came of it")
        sure = desk.get_by_role("button", name="Sure? Reveal what came of it")
        sure.wait_for()
        for measure, high in (("incidents", 3), ("trust_mean", 0.6)):
            assert north.act("team", "predict", measure=measure, low=0, high=high, replaces=0).status == 200
        desk.get_by_text("Nobody is waited for.").wait_for()
        assert sure.is_visible()
        desk.get_by_role("button", name="Reveal what came of it", exact=True).wait_for()
        assert desk.get_by_role("heading", name="Tables predict").is_visible()
