"""A whole class in real browsers: three tables of two phones, a monitor and a projector, from code to bundle.

With `CLASS_SCREENSHOTS` in the environment, every page of every part is photographed into that folder.
"""

import os
from pathlib import Path
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from report.browser import LOOKS, browser
from serve.class_pages import axe, enter_by, has_no_barrier, pages_of, press, sit_down
from serve.served import serving
from tabletop.cli import app
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.state import Phase

pytestmark = pytest.mark.browser

TEAMS = ("North", "East", "South")
SIZES = ((360, 740), (1024, 768), (1280, 720))
CARDS = {1: ("D1", "R2", "D2"), 2: ("I2", None, "I2")}
"""By move, what each table plays; one is silent in the second."""


@pytest.fixture(scope="module")
def chromium():
    with browser() as found:
        yield found


class Photographs:
    """Pictures of pages at every size, if anybody wants them."""

    def __init__(self):
        wanted = os.environ.get("CLASS_SCREENSHOTS")
        self._folder = Path(wanted) if wanted else None
        self._taken = 0

    def take(self, name, **pages):
        """One of each page, at every size."""
        if self._folder is None:
            return
        self._taken += 1
        for which, page in pages.items():
            usual = page.viewport_size
            for width, height in SIZES:
                page.set_viewport_size({"width": width, "height": height})
                page.wait_for_timeout(150)
                path = self._folder / f"{self._taken:02}-{name}-{which}-{width}.png"
                page.screenshot(path=path, full_page=which != "projector")
            page.set_viewport_size(usual)


def is_well(page):
    """Whether axe finds nothing on a page, and nothing scrolls sideways."""
    assert axe.Axe().run(page).response["violations"] == []
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    return True


def press_twice(desk, name):
    """What cannot be undone is asked for once more, and again where the page has changed meanwhile."""
    press(desk, name)
    button = desk.locator("#next")
    phase = button.get_attribute("data-phase")
    while button.count() and button.get_attribute("data-phase") == phase:
        desk.wait_for_timeout(1100)
        if desk.locator(f'#next[data-phase="{phase}"]').count():
            button.click()
        desk.wait_for_timeout(400)


def decide(first, second, team, card):
    """One phone taps, the other, without the pen, sees it; the first submits."""
    first.locator(f"#play-{card}").check()
    second.locator(f"#play-{card}:checked").wait_for()
    assert second.get_by_role("button", name=f"Submit for {team}").count() == 0
    first.get_by_role("button", name=f"Submit for {team}").click()
    second.get_by_text(f"Submitted: {card}.").wait_for()


def predict(phone, low, high):
    """One measure a screen; once a range is kept, the next one is there."""
    phone.get_by_label("Incidents: not fewer than", exact=True).fill(low)
    phone.get_by_label("Incidents: not more than", exact=True).fill(high)
    phone.get_by_role("button", name="Keep this range").click()
    phone.get_by_role("heading", name="How high is trust").wait_for()
    phone.get_by_label("Trust: not less than (%)", exact=True).fill("50")
    phone.get_by_label("Trust: not more than (%)", exact=True).fill("60.5")
    phone.get_by_role("button", name="Keep this range").click()
    phone.get_by_text("Predicted: 50 % to 60.5 %.").wait_for()
    phone.get_by_role("button", name="Before: Incidents").click()
    phone.get_by_text(f"Predicted: {low} to {high}.").wait_for()


def show(desk, screen, name, heading):
    """Have the projector show something, and wait until it does."""
    fold = desk.locator("#show-others")
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    fold.get_by_role("button", name=name, exact=True).click()
    screen.locator("main", has_text=heading).first.wait_for()
    screen_fits(screen)


def screen_fits(screen):
    assert screen.evaluate(LOOKS) == []
    assert screen.evaluate("document.documentElement.scrollHeight") == screen.viewport_size["height"]


@pytest.mark.first
def test_a_whole_class_from_the_code_to_the_bundle(chromium, tmp_path):  # noqa: PLR0912 (one course)
    options = [part for team in TEAMS for part in ("--team", team)]
    photographs = Photographs()
    with (
        serving(
            "first-steps", tmp_path, "--port", "0", "--others", "20", "--workers", "1", *options, door=""
        ) as served,
        pages_of(chromium, 2 * len(TEAMS)) as phones,
        pages_of(chromium, 1) as (desk,),
        pages_of(chromium, 1) as (screen,),
    ):
        desk.set_viewport_size({"width": 1024, "height": 768})
        screen.set_viewport_size({"width": 1280, "height": 720})
        enter_by(served.monitor, desk, "Not open yet")
        screen.goto(served.projector)
        screen.get_by_role("heading", name="Phones can join soon.").wait_for()
        photographs.take("before", monitor=desk, projector=screen)
        press(desk, "Open the door")
        screen.get_by_text(served.join).wait_for()
        phones[0].goto(served.join)
        photographs.take("join", phone=phones[0])
        for place, phone in enumerate(phones):
            sit_down(phone, served, TEAMS[place // 2])
        tables = list(zip(TEAMS, phones[::2], phones[1::2], strict=True))
        screen.locator("li", has_text="South").get_by_text("2 here").wait_for()
        screen_fits(screen)
        photographs.take("lobby", phone=phones[0], monitor=desk, projector=screen)
        press(desk, "StartEx: begin the exercise")
        screen.get_by_text("What it is for").wait_for()
        photographs.take("brief", phone=phones[0], monitor=desk, projector=screen)
        press(desk, "Begin move 1")
        for move in (1, 2):
            for _, first, second in tables:
                first.get_by_role("heading", name="Decide").wait_for()
                second.get_by_role("heading", name="Decide").wait_for()
            assert has_no_barrier(phones[0])
            if move == 1:
                screen.get_by_role("heading", name="New in office").wait_for()
            photographs.take(f"open-{move}", phone=phones[0], monitor=desk, projector=screen)
            for (team, first, second), card in zip(tables, CARDS[move], strict=True):
                if card is not None:
                    decide(first, second, team, card)
            show(desk, screen, "how many tables are in", f"{3 - CARDS[move].count(None)} of 3")
            photographs.take(f"decided-{move}", phone=phones[0], monitor=desk, projector=screen)
            show(desk, screen, "which tables are in", "in")
            press(desk, "Lock decisions")
            for place, (_, first, _) in enumerate(tables):
                first.get_by_role("heading", name="Predict").wait_for()
                predict(first, "0", str(1 + place))
            screen.locator("main", has_text="3 of 3").wait_for()
            photographs.take(f"locked-{move}", phone=phones[0], monitor=desk, projector=screen)
            press_twice(desk, "Reveal what came of it")
            for phone in phones:
                phone.locator("tbody tr").first.wait_for()
            screen.get_by_role("heading", name="Your ranges: incidents").wait_for()
            photographs.take(f"own-{move}", phone=phones[0], monitor=desk, projector=screen)
            press(desk, "Show the baseline")
            phones[0].get_by_role("columnheader", name="baseline").wait_for()
            press(desk, "Show all tables")
            screen.locator("h1", has_text="held").wait_for()
            assert has_no_barrier(phones[0])
            assert is_well(screen)
            photographs.take(f"held-{move}", phone=phones[0], monitor=desk, projector=screen)
            for number, (name, heading) in enumerate(
                (
                    ("what was decided", "North"),
                    ("what policy did, 1 of 2", "2 ·"),
                    ("luck told from policy, 1 of 2", "3 ·"),
                    ("the question which service was busiest", "busiest"),
                    ("how busy the services were", "4 ·"),
                )
            ):
                show(desk, screen, name, heading)
                photographs.take(f"reveal-{move}-{number}", projector=screen)
            if move == 1:
                press(desk, "Begin move 2")
        press_twice(desk, "Begin the hot wash")
        for phone in phones:
            phone.locator(".sum").first.wait_for()
        screen.get_by_role("heading", name="What the tables did").wait_for()
        assert has_no_barrier(phones[0])
        assert is_well(screen)
        photographs.take("hot-wash", phone=phones[0], monitor=desk, projector=screen)
        for number, (name, heading) in enumerate(
            (
                ("what nobody could see", "Wrongful interventions"),
                ("luck and policy, over the whole time, 1 of 3", "this world gave"),
                ("to talk over, 1 of 2", "Talk it over"),
            )
        ):
            show(desk, screen, name, heading)
            photographs.take(f"hot-wash-{number}", projector=screen)
        press_twice(desk, "EndEx: end the exercise")
        screen.get_by_role("heading", name="EndEx. Thank you.").wait_for()
        for _, first, _ in tables:
            first.locator("#keep").wait_for()
        assert has_no_barrier(phones[0])
        photographs.take("ended", phone=phones[0], monitor=desk, projector=screen)
        keeps_its_own_page(chromium, phones[2], "East", tmp_path, photographs)
        with desk.expect_download() as downloading:
            desk.get_by_role("link", name="Download it all").click()
        downloading.value.save_as(tmp_path / "export.zip")
        served.kill()
    bundle_replays(tmp_path / "export.zip", tmp_path)
    is_all_in_the_log(served.folder)


def keeps_its_own_page(chromium, phone, team, folder, photographs):
    """The file is whole without any network, and is that team's alone."""
    with phone.expect_download() as downloading:
        phone.locator("#keep").click()
    downloading.value.save_as(folder / "table.html")
    with pages_of(chromium, 1, offline=True) as (alone,):
        wrong = []
        alone.on("console", lambda message: message.type == "error" and wrong.append(message.text))
        alone.goto((folder / "table.html").as_uri())
        assert alone.get_by_role("heading", name=team).is_visible()
        assert alone.get_by_text("North").count() == 0
        assert alone.evaluate("getComputedStyle(document.querySelector('.narrow')).maxWidth") != "none"
        assert is_well(alone)
        assert wrong == []
        photographs.take("kept", phone=alone)


def bundle_replays(export, folder):
    with ZipFile(export) as zipped:
        (folder / "replay.zip").write_bytes(zipped.read("report/replay.zip"))
        assert "report/report.html" in zipped.namelist()
    replayed = CliRunner().invoke(app, ["replay", str(folder / "replay.zip"), "--workers", "1"])
    assert replayed.exit_code == 0, replayed.output


def is_all_in_the_log(folder):
    exercise = Exercise.open(folder)
    state = exercise.state
    exercise.close()
    assert state.phase is Phase.ENDED
    played = {(team, move): one.decision.line for (team, move), one in state.submissions.items()}
    expected = {
        (team, move - 1): card
        for move, cards in CARDS.items()
        for team, card in zip(TEAMS, cards, strict=True)
        if card is not None
    }
    assert played == expected
    assert len(state.predictions) == len(TEAMS) * 2 * 2
    assert [len(state.seats.of(team)) for team in TEAMS] == [2, 2, 2]
