"""What a phone kept while it was out of reach is for the part and the table that it was meant for."""

import re
import time
from secrets import token_hex

import pytest

from exercise.room import TEXT
from report.browser import browser
from serve.cable import cable_to
from serve.class_pages import behind, pages_of
from serve.served import begin_first_move, controller, go_on, joined, serving
from tabletop.exercise.state import Phase

RANGE = {"measure": "incidents", "low": 1, "high": 2, "replaces": 0}
STEPS = ("own", "baseline", "all")


@pytest.fixture
def played(tmp_path):
    """The small exercise in its first move, with its controller and a phone at each table."""
    (tmp_path / "small.yaml").write_text(TEXT)
    with serving("small.yaml", tmp_path, "--port", "0", "--others", "2", "--workers", "1") as served:
        desk = controller(served)
        alpha, bravo = joined(served, "Alpha"), joined(served, "Bravo")
        begin_first_move(desk)
        yield served, desk, alpha, bravo


def revealed(desk, move):
    """Go on from a move's predictions to the next move."""
    assert go_on(desk, Phase.LOCKED, move).status == 200
    for step in STEPS:
        assert go_on(desk, Phase.REVEALED, move, step).status == 200


def is_stale(answer):
    assert (answer.status, answer.data["code"]) == (409, "stale")
    assert "look again" in answer.data["refused"]
    return True


def test_a_range_of_one_move_is_not_taken_for_the_next(played):
    _, desk, alpha, bravo = played
    assert go_on(desk, Phase.OPEN, 0).status == 200
    late = alpha.since()
    assert bravo.act("team", "predict", **RANGE, since=bravo.since()).status == 200
    revealed(desk, 0)
    assert go_on(desk, Phase.OPEN, 1).status == 200
    assert is_stale(alpha.act("team", "predict", **RANGE, since=late))
    assert "Predicted" not in alpha.now("team").data["regions"]["main"]
    assert alpha.act("team", "predict", **RANGE).status == 200


@pytest.mark.parametrize(
    ("do", "parts"),
    [
        ("draft", {"change": {"card": "D1"}}),
        ("submit", {"seen": 0, "replaces": 0}),
        ("pen", {}),
    ],
)
def test_what_was_meant_for_one_moves_decision_is_not_done_in_the_next(played, do, parts):
    served, desk, alpha, _ = played
    phone = joined(served, "Alpha") if do == "pen" else alpha
    late = phone.since()
    assert go_on(desk, Phase.OPEN, 0).status == 200
    revealed(desk, 0)
    line = desk.now("room").data["line"]
    assert is_stale(phone.act("team", do, **parts, since=late))
    assert desk.now("room").data["line"] == line
    assert phone.act("team", do, **parts).status == 200


def test_what_was_meant_for_one_table_is_not_done_at_another(played):
    _, desk, alpha, bravo = played
    late = alpha.since()
    assert desk.act("room", "move_seat", device="phone 1", team="Bravo").status == 200
    before = bravo.now("team").data["regions"]["foot"]
    assert is_stale(alpha.act("team", "draft", change={"card": "D2"}, since=late))
    assert bravo.now("team").data["regions"]["foot"] == before
    # back at its table the page is another one too, though nothing on it has changed
    assert desk.act("room", "move_seat", device="phone 1", team="Alpha").status == 200
    assert is_stale(alpha.act("team", "draft", change={"card": "D2"}, since=late))
    assert alpha.act("team", "draft", change={"card": "D2"}).status == 200


def test_decisions_that_are_open_again_take_drafts_from_before_and_no_ranges(played):
    _, desk, alpha, _ = played
    deciding = alpha.since()
    assert go_on(desk, Phase.OPEN, 0).status == 200
    predicting = alpha.since()
    told = "Decisions are open again. What you submitted stands; ranges are asked for anew."
    assert told not in alpha.now("team").data["regions"]["head"]
    assert desk.act("room", "reopen").status == 200
    assert told in alpha.now("team").data["regions"]["head"]
    assert alpha.act("team", "draft", change={"card": "D1"}, since=deciding).status == 200
    assert go_on(desk, Phase.OPEN, 0).status == 200
    assert told not in alpha.now("team").data["regions"]["head"]
    assert is_stale(alpha.act("team", "predict", **RANGE, since=predicting))


def test_a_request_says_for_which_part_it_is_and_a_retry_is_still_its_own_line(played):
    _, desk, alpha, _ = played
    asked = {"do": "draft", "key": token_hex(12), "change": {"card": "D1"}}
    assert alpha.post("/team/act", asked).status == 422
    asked["since"] = alpha.since()
    line = alpha.post("/team/act", asked).data["line"]
    assert go_on(desk, Phase.OPEN, 0).status == 200
    revealed(desk, 0)
    assert alpha.post("/team/act", asked).data == {"line": line}  # its answer was lost; it was done in time


def test_a_phone_out_of_reach_from_one_move_to_the_next_is_told_what_became_of_its_range(played):
    served, desk, _, _ = played
    with (
        browser() as chromium,
        cable_to(served.port) as cable,
        behind(chromium, served, cable) as cut,
        pages_of(cut, 1) as (phone,),
    ):
        phone.goto(served.join)
        phone.get_by_label("Alpha").check()
        phone.get_by_role("button", name="Join").click()
        phone.locator("#play-D1").wait_for()
        assert go_on(desk, Phase.OPEN, 0).status == 200
        phone.locator("#low-incidents").fill("1")
        phone.locator("#high-incidents").fill("2")
        cable.cut()
        phone.locator("#range-incidents button.main").click()
        revealed(desk, 0)
        time.sleep(0.5)
        cable.mend()
        phone.get_by_role("heading", name="Decide").wait_for()
        phone.locator("p.told").get_by_text("predict: move 2 is open for decisions").wait_for()
        assert go_on(desk, Phase.OPEN, 1).status == 200
        phone.locator("#range-incidents").wait_for()
        phone.locator("#banner:empty").wait_for(state="attached")
        assert not re.search("Predicted", phone.locator("main").inner_text())
