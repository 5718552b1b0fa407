"""How each page reads to somebody who hears it, in its main phase, beside what is kept in `readings`."""

from pathlib import Path

import pytest

from exercise.room import TEXT
from report.browser import browser
from serve.asking import asking
from serve.class_pages import enter_by, pages_of, sit_down
from serve.reading import FOLDER, reads_as
from serve.served import controller, go_on, new_link, serving
from tabletop.exercise.acts import Open
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.roles import CONTROLLER
from tabletop.exercise.state import Phase

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium():
    with browser() as found:
        yield found


@pytest.fixture
def folder(tmp_path):
    """The small exercise with a secret that is always the same, so that its results are, too."""
    exercise = Exercise.new(tmp_path / "class", text=TEXT, name="small.yaml")
    exercise.do(CONTROLLER, Open(secret="reading", teams=("Alpha", "Bravo"), others=20))
    exercise.close()
    return tmp_path / "class"


def test_the_pages_of_a_class_read_as_they_are_kept(chromium, folder, tmp_path):
    with (
        serving(folder, tmp_path, "--port", "0", "--workers", "1") as served,
        pages_of(chromium, 3) as (phone, desk, evaluator),
        pages_of(chromium, 1) as (screen,),
    ):
        keys = controller(served)
        phone.goto(served.join)
        assert reads_as(phone, "join")
        sit_down(phone, served, "Alpha")
        assert reads_as(phone, "team-lobby")
        enter_by(new_link(keys, "evaluator"), evaluator, "Before StartEx")
        enter_by(served.monitor, desk)
        desk.get_by_role("link", name="Before the class").click()
        desk.get_by_role("heading", name="Before the class").wait_for()
        desk.locator("dl.checks").wait_for()
        # what is found on this machine is left out, and does not come back with the next view
        desk.locator("[data-region]").evaluate_all("all => all.forEach(one => delete one.dataset.region)")
        desk.locator("dl.checks").evaluate("one => one.remove()")
        networks = desk.get_by_role("heading", name="Where phones reach this machine")
        networks.evaluate(
            "one => { while (one.nextElementSibling.tagName !== 'H2') one.nextElementSibling.remove(); }"
        )
        assert reads_as(desk, "before-the-class")
        desk.get_by_role("link", name="To the monitor").click()
        screen.goto(served.projector)
        assert reads_as(screen, "projector-lobby")
        assert go_on(keys, Phase.LOBBY, -1).status == 200
        assert reads_as(phone, "team-brief")
        assert go_on(keys, Phase.BRIEF, -1).status == 200
        phone.locator("#play-D1").check()
        phone.get_by_role("button", name="Submit for Alpha").click()
        phone.get_by_text("Submitted: D1.").wait_for()
        for page, name in (
            (phone, "team"),
            (desk, "monitor"),
            (screen, "projector"),
            (evaluator, "evaluator"),
        ):
            assert reads_as(page, f"{name}-open")
        assert go_on(keys, Phase.OPEN, 0).status == 200
        assert reads_as(phone, "team-locked")
        predict(phone)
        assert reads_as(phone, "team-predicted")
        assert go_on(keys, Phase.LOCKED, 0).status == 200
        for step in ("own", "baseline"):
            assert go_on(keys, Phase.REVEALED, 0, step).status == 200
        assert reads_as(phone, "team-revealed")
        assert reads_as(screen, "projector-revealed")
        assert go_on(keys, Phase.REVEALED, 0).status == 200
        for phase in (Phase.OPEN, Phase.LOCKED):
            assert go_on(keys, phase, 1).status == 200
        for step in ("own", "baseline", "all"):
            assert go_on(keys, Phase.REVEALED, 1, step).status == 200
        assert reads_as(phone, "team-hot-wash")
        assert reads_as(evaluator, "evaluator-hot-wash")
        assert go_on(keys, Phase.HOT_WASH, 1).status == 200
        assert reads_as(phone, "team-ended")


def predict(phone):
    """A range of each measure: one with what will happen in it, and one without."""
    for low, high, ends in (
        ("Incidents: not fewer than", "Incidents: not more than", ("0", "9")),
        ("Trust: not less than (%)", "Trust: not more than (%)", ("10", "20")),
    ):
        for name, value in zip((low, high), ends, strict=True):
            phone.get_by_label(name, exact=True).fill(value)
        phone.get_by_role("button", name="Keep this range").click()
    phone.get_by_text("Predicted: 10").wait_for()


def test_what_if_reads_as_it_is_kept(chromium, tmp_path):
    with asking(tmp_path, "first-steps") as asked, pages_of(chromium, 1) as (page,):
        asked.answered(1, 200)
        page.goto(f"http://127.0.0.1:{asked.port}/")
        assert reads_as(page, "what-if")


def test_a_reading_that_differs_is_refused_with_the_lines_that_differ(chromium, monkeypatch):
    monkeypatch.setattr("serve.reading.TRIES", 1)
    monkeypatch.delenv("WRITE_READINGS", raising=False)
    with pages_of(chromium, 1) as (page,):
        page.set_content("<h1>Another page</h1>")
        with pytest.raises(AssertionError, match='heading "Another page"'):
            reads_as(page, "join")


def test_no_reading_is_kept_that_nothing_reads():
    kept = {path.stem for path in FOLDER.iterdir()}
    text = Path(__file__).read_text(encoding="utf-8")
    assert [name for name in kept if name.removesuffix("-open") not in text] == []
