"""What browsers keep: typed text outlives a reload and is gone once sent; a seat taken away keeps nothing."""

import pytest

from report.browser import browser
from serve.class_pages import enter_by, has_no_barrier, pages_of, press, sit_down
from serve.served import begin_first_move, controller, go_on, new_link, serving
from tabletop.exercise.state import Phase

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium():
    with browser() as found:
        yield found


def test_an_evaluator_writes_and_nothing_typed_is_lost(chromium, tmp_path):
    with (
        serving("first-steps", tmp_path, "--port", "0", "--others", "5", "--workers", "1") as served,
        pages_of(chromium, 1) as (page,),
    ):
        desk = controller(served)
        enter_by(new_link(desk, "evaluator"), page, "Before StartEx")
        assert has_no_barrier(page)
        begin_first_move(desk)
        page.get_by_role("heading", name="Tables decide").wait_for()

        # a critical task is a heading, with a note below it
        page.locator("#task-1-1 summary").click()
        page.locator("#text-1-1").fill("They named the cost late.")
        page.locator("#rating-1 summary").click()
        page.get_by_label("S: performed with some challenges").first.check()
        page.get_by_text("Observe: a strength").click()
        page.get_by_label("A strength").check()
        page.get_by_label("What was seen").fill("Everybody spoke.")
        page.get_by_role("button", name="Refer to line 2").click()
        assert page.locator("#chosen").get_by_text("StartEx").is_visible()
        assert has_no_barrier(page)

        # what is typed outlives a reload, folds and chosen lines too
        page.reload()
        assert page.locator("#text-1-1").input_value() == "They named the cost late."
        assert page.get_by_label("S: performed with some challenges").first.is_checked()
        assert page.get_by_label("A strength").is_checked()
        assert page.locator("#chosen").get_by_text("StartEx").is_visible()
        # and what others do meanwhile
        assert desk.act("room", "note", text="From the desk.").status == 200
        page.get_by_text("Note: From the desk.").wait_for()
        assert page.locator("#text-1-1").input_value() == "They named the cost late."

        # once it is on disk it is gone from here
        press(page, "Send the observation")
        page.get_by_text("Strength, weigh: Everybody spoke.").wait_for()
        page.wait_for_function("document.getElementById('observe-observation').value === ''")
        assert not page.get_by_label("A strength").is_checked()
        assert page.locator("#chosen").get_by_text("None yet").is_visible()
        page.locator("#rate-1").get_by_role("button", name="Send the rating").click()
        page.get_by_text("Rated so far: evaluator 1 S.").wait_for()
        page.locator("#note-1-1").get_by_role("button", name="Send the note").click()
        page.get_by_text(": They named the cost late.").wait_for()
        page.wait_for_function("document.getElementById('text-1-1').value === ''")
        page.reload()
        assert page.locator("#text-1-1").input_value() == ""
        assert "Everybody spoke" not in page.evaluate("JSON.stringify(localStorage)")

        # while the exercise is paused a rating waits here, and goes out by itself
        assert desk.act("room", "pause").status == 200
        page.get_by_text("The exercise is paused.").wait_for()
        page.locator("#rating-1 summary").click()
        page.get_by_label("P: performed without challenges").first.check()
        page.locator("#rate-1").get_by_role("button", name="Send the rating").click()
        page.locator("#told:not(:empty)").wait_for()
        assert page.get_by_text("Rated so far: evaluator 1 S.").is_visible()
        assert desk.act("room", "resume").status == 200
        page.get_by_text("Rated so far: evaluator 1 P.").wait_for()

        # the improvement plan is there from the hot wash on
        assert page.get_by_role("heading", name="Improvement plan").count() == 0
        for move in (0, 1):
            for phase, step in ((Phase.OPEN, "all"), (Phase.LOCKED, "all")):
                assert go_on(desk, phase, move, step).status == 200
            for step in ("own", "baseline", "all"):
                assert go_on(desk, Phase.REVEALED, move, step).status == 200
        page.get_by_role("heading", name="Improvement plan").wait_for()
        assert has_no_barrier(page)
        page.get_by_label("Issue").fill("Costs are named late")
        page.get_by_label("Corrective action").fill("Begin with costs")
        page.get_by_label("Capability element").select_option("Training")
        press(page, "Send the line")
        page.get_by_role("rowheader", name="Costs are named late").wait_for()
        page.get_by_text("Remark in the hot wash").first.click()
        page.get_by_label("What was said").fill("We were lucky.")
        page.get_by_role("button", name="Remark in the hot wash").click()
        page.get_by_text("Remark: We were lucky.").wait_for()
        assert has_no_barrier(page)


@pytest.mark.verify
def test_a_phone_that_is_taken_out_keeps_nothing(chromium, tmp_path):
    with (
        serving("first-steps", tmp_path, "--port", "0", "--others", "5", "--workers", "1") as served,
        pages_of(chromium, 1) as (phone,),
    ):
        desk = controller(served)
        sit_down(phone, served, "North")
        begin_first_move(desk)
        phone.locator("#play-D1").wait_for()
        assert desk.act("room", "pause").status == 200
        phone.get_by_text("The exercise is paused.").wait_for()
        phone.locator("#submit").click()  # kept until the exercise goes on
        phone.wait_for_function("JSON.stringify(localStorage).includes('submit')")
        assert desk.act("room", "remove", device="phone 1").status == 200
        phone.locator("#banner", has_text="taken out of the exercise").wait_for()
        assert "submit" not in phone.evaluate("JSON.stringify(localStorage)")
