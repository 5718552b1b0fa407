"""The projector's page: shown is what the controller chooses, as far as everybody may see it by now."""

import asyncio
import re
import subprocess
import sys
import time
from secrets import token_hex

import pytest

from exercise.room import TEXT
from serve.served import begin_first_move, controller, joined, projector, serving, until
from tabletop.exercise import acts
from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.interim_cache import NAME, InterimCache
from tabletop.exercise.roles import CONTROLLER, Role
from tabletop.exercise.screens import HotWashScreen, RevealScreen
from tabletop.report.room import page
from tabletop.serve.classroom import Classroom, opening
from tabletop.serve.doors import Doors
from tabletop.serve.pages.projector import ProjectorPage
from tabletop.serve.pages.whatif import ClassWhatIfPage


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The small exercise in its first move, with a phone at each table."""
    where = tmp_path_factory.mktemp("projector")
    (where / "small.yaml").write_text(TEXT)
    with serving("small.yaml", where, "--port", "0", "--others", "2", "--workers", "1") as found:
        found.desk, found.screen = controller(found), projector(found)
        found.lobby = seen(found, "Scan the code")
        found.alpha, found.bravo = joined(found, "Alpha"), joined(found, "Bravo")
        found.seated = seen(found, *(f"{team}</bdi> <small>1 here" for team in ("Alpha", "Bravo")))
        begin_first_move(found.desk)
        yield found


def seen(served, *words):
    """What the projector shows once it has some words."""

    def shown():
        screen = served.screen.now("projector").data["regions"]["screen"]
        return screen if all(word in screen for word in words) else None

    return until(shown)


def main_of(screen):
    """What stands below the clock."""
    return screen.partition("<main>")[2]


def show(served, what):
    return served.desk.act("room", "show", what=what)


def offered(served):
    return re.findall(r'data-what="([^"]+)"', served.desk.now("room").data["regions"]["show"])


def test_the_lobby_has_the_code_the_address_and_how_many_sit_at_each_table(served):
    assert served.lobby.count("<svg") >= 1
    assert served.join in served.lobby
    assert "1 here" not in served.lobby


def test_it_says_how_many_are_in_and_which_ones_only_if_the_controller_asks(served):
    assert show(served, "status").status == 200
    seen(served, "0 of 2")
    line = served.alpha.act("team", "draft", change={"card": "D1"}).data["line"]
    assert served.alpha.act("team", "submit", seen=line, replaces=0).status == 200
    shown = seen(served, "1 of 2")
    assert "<strong>1</strong>" not in shown
    assert "Alpha" not in shown
    assert show(served, "status names").status == 200
    named = seen(served, "<strong>1</strong>")
    assert "not yet" in named
    for seen_then in (shown, named):
        assert "D1" not in seen_then
        assert "phone" not in seen_then


def test_nothing_of_what_is_still_to_come_can_be_asked_for(served):
    assert show(served, "situation").status == 200
    before = main_of(seen(served, "It begins."))
    later = [one.act for kind in (RevealScreen, HotWashScreen) for one in kind]
    for what in (*later, "end", "inject outcry"):
        refused = show(served, what)
        assert (refused.status, refused.data["code"]) == (409, "phase"), what
        assert what not in offered(served)
        time.sleep(0.1)  # more than ten acts a second are too many
    assert main_of(seen(served, "Move 1 of 2")) == before


def test_the_controller_goes_forth_and_back_through_what_it_shows(served):
    assert show(served, "situation").status == 200
    region = served.desk.now("room").data["regions"]["show"]
    forth = re.search(r'id="show-after" [^>]*data-what="([^"]+)"', region)[1]
    assert forth == "situation answer"
    assert 'id="show-before"' not in region
    assert show(served, forth).status == 200
    region = served.desk.now("room").data["regions"]["show"]
    assert re.search(r'id="show-before" [^>]*data-what="([^"]+)"', region)[1] == "situation"
    assert show(served, "lobby").status == 200  # for who comes late
    seen(served, served.join)


def test_what_a_controller_brings_to_everybody_is_shown_at_once_until_something_else_is_chosen(served):
    assert show(served, "status").status == 200
    drawn = served.desk.drawn()
    key, storm = token_hex(12), {"title": "A storm", "message": "It rains in.", "reason": "calm"}
    assert served.desk.act("room", "add", key, **storm, **drawn).status == 200
    seen(served, "A storm", "It rains in.")
    assert show(served, "situation").status == 200
    seen(served, "It begins.")
    # a repeated request, whose answer was lost, does not take the screen back
    assert served.desk.act("room", "add", key, **storm, **drawn).status == 200
    assert "A storm" not in main_of(seen(served, "It begins."))
    assert served.desk.act("room", "override", ruling="Ports stay open.", reason="asked").status == 200
    seen(served, "Ports stay open.")


def test_what_has_a_day_to_come_or_is_for_one_team_is_not_shown_at_once(served):
    assert show(served, "situation").status == 200
    before = main_of(seen(served, "It begins."))
    later = {"title": "A drought", "message": "Wells dry up.", "day": 70, "reason": "calm"}
    assert served.desk.act("room", "add", **later).status == 200
    assert served.desk.act("room", "note", text="Loud.").status == 200
    time.sleep(0.5)
    assert main_of(seen(served, "EXERCISE")) == before


def test_tokens_links_and_phones_are_not_on_it(served):
    secrets = {
        value for each in (served.desk, served.screen, served.alpha) for value in each.cookies.values()
    }
    secrets |= {link.partition("#")[2] for link in (served.monitor, served.projector)}
    for what in ("lobby", "status names", "situation"):
        assert show(served, what).status == 200
        shown = seen(served, "EXERCISE") + served.screen.get("/projector").text
        assert not any(secret in shown for secret in secrets)
        assert "phone" not in shown


def test_a_projector_does_nothing(served):
    forged = {name.replace("projector", "room"): value for name, value in served.screen.cookies.items()}
    before = served.screen.cookies
    served.screen.cookies = {**before, **forged}
    try:
        assert served.screen.act("room", "show", what="status").status == 401
        assert served.screen.act("room", "pause").status == 401
    finally:
        served.screen.cookies = before


def test_a_fault_in_a_screen_is_told_and_does_not_stop_the_class(tmp_path, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("of a test")

    monkeypatch.setattr(page, "room_page", broken)
    exercise = Exercise.new(tmp_path / "room", text=TEXT, name="small.yaml")
    exercise.do(CONTROLLER, opening(exercise.state, teams=(), others=2, pen=True))
    doors = Doors.at(exercise.folder)

    async def drawn():
        classroom = Classroom(exercise, doors, workers=1, address="http://127.0.0.1:1")
        task = asyncio.create_task(classroom.screen.run())
        while not classroom.screen.failed:
            await asyncio.sleep(0.01)
        task.cancel()
        _, one = doors.take_seat(Role.PROJECTOR)
        return classroom.screen.failed, ProjectorPage(classroom, ClassWhatIfPage(classroom)).look(
            one
        ).regions["screen"]

    failed, shown = asyncio.run(drawn())
    doors.close()
    exercise.close()
    assert failed == "ZeroDivisionError: of a test"  # for the controller's monitor
    assert "cannot be shown" in shown
    assert "of a test" not in shown


def test_what_is_not_simulated_yet_is_waited_for_with_a_sentence_and_then_it_is_there(tmp_path):
    exercise = Exercise.new(tmp_path / "room", text=TEXT, name="small.yaml")
    exercise.do(CONTROLLER, opening(exercise.state, teams=(), others=2, pen=True))
    for act in (
        acts.Start(),
        acts.BeginMove(move=1),
        acts.Lock(),
        acts.Reveal(),
        acts.Show(what="reveal luck"),
    ):
        exercise.do(CONTROLLER, act)
    doors = Doors.at(exercise.folder)

    async def drawn():
        classroom = Classroom(exercise, doors, workers=1, address="http://127.0.0.1:1")
        task = asyncio.create_task(classroom.screen.run())
        found = []
        while len(found) < 2:
            await asyncio.sleep(0.01)
            one = classroom.screen.page
            if one is None or one in found:
                continue
            found.append(one)
            # in place of the bench, which nobody has started: nothing else simulates
            Adjudicator(InterimCache(exercise.folder / NAME)).adjudicate(exercise.state, 0)
            classroom.simulation.finished += 1
            classroom.bell.ring()
        task.cancel()
        return [(one.waits, one.screen()) for one in found]

    (waits, sentence), (waits_then, picture) = asyncio.run(drawn())
    doors.close()
    exercise.close()
    assert waits
    assert "being simulated" in sentence
    assert not waits_then
    assert "Luck: incidents" in picture


def test_phones_need_not_wait_until_figures_are_imported():
    found = "import sys, tabletop.serve.app; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", found], check=False).returncode == 0
