"""What if in a class: for the controller, before StartEx and after EndEx, in other worlds than are played."""

import re
import time
from contextlib import suppress

import pytest

from exercise.room import TEXT
from serve.asking import SECONDS, Asked
from serve.served import Client, controller, go_on, joined, serving, until
from tabletop.exercise.state import Phase
from tabletop.measures import MEASURES
from tabletop.scenario.load import load, loads
from tabletop.serve.whatif import Setup

ASK = ("/whatif/ask", {"settings": {}})


def desk_of(served):
    """The controller's browser, as one that asks what if."""
    return Asked(served.port, controller(served).cookies)


@pytest.fixture
def served(tmp_path):
    (tmp_path / "small.yaml").write_text(TEXT)
    with serving("small.yaml", tmp_path, "--port", "0", "--others", "2", "--workers", "1") as found:
        yield found


def play(desk):
    """The whole exercise by the monitor's button, while nobody decides anything."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        button = desk.now("room").data["regions"]["next"]
        found = re.search(r'id="next" data-phase="([^"]*)" data-move="([^"]*)" data-step="([^"]*)"', button)
        if found is None:
            return
        phase, move, step = found.groups()
        desk.act("room", "next", phase=phase, move=int(move), step=step)
    raise AssertionError(button)


def test_the_controller_asks_before_startex_and_is_refused_from_then_on(served):
    desk = desk_of(served)
    assert "What if?" in desk.get("/whatif").text
    lever = next(iter(Setup.of(loads(TEXT)).sliders))
    asked = desk.question(**{lever.lever.name: lever.lever.low}).data["asked"]
    assert f"{lever.lever.low:g} (instead of" in desk.answered(asked).html
    assert go_on(desk, Phase.LOBBY, -1).status == 200
    closed = desk.get("/whatif")
    assert closed.status == 409
    assert "closed from StartEx to EndEx" in closed.text
    assert "whoever asked it could see what comes of a decision" in closed.text
    answer = desk.post(*ASK)
    assert (answer.status, answer.data["code"]) == (409, "phase")
    assert "closed from StartEx to EndEx" in answer.data["refused"]
    assert desk.get("/whatif/live?once=1").status == 409


def test_where_players_can_see_no_measure_every_way_to_ask_is_told_so_until_endex(tmp_path):
    measures = TEXT[TEXT.index("measures:\n") : TEXT.index("conditions:")]
    text = TEXT.replace(measures, "measures: {plots_disrupted: {delta: 1}}\n")
    (tmp_path / "small.yaml").write_text(text)
    with serving("small.yaml", tmp_path, "--port", "0", "--others", "2", "--workers", "1") as found:
        desk = desk_of(found)
        assert desk.get("/whatif").status == 409
        mirror = desk.post("/whatif/mirror", {"is_on": True})
        for answer in (desk.post(*ASK), desk.get("/whatif/live"), desk.get("/whatif/live?once=1"), mirror):
            assert (answer.status, answer.data["code"]) == (409, "form")
            assert "players can see none of the scenario's measures" in answer.data["refused"]
        play(desk)
        assert desk.post(*ASK).status == 200


def test_nobody_else_may_ask(served):
    for client in (Client(served.port), joined(served, "Alpha")):
        assert client.get("/whatif").status == 401
        assert client.get("/whatif/live?once=1").status == 401
        assert client.post(*ASK).status == 401


@pytest.mark.verify
def test_the_process_that_answers_ends_when_the_exercise_begins(served):
    psutil = pytest.importorskip("psutil", reason="psutil is not installed")
    desk = desk_of(served)

    def children():
        found = set()
        for one in psutil.Process(served.process.pid).children(recursive=True):
            with suppress(psutil.Error):  # it has just ended
                if "spawn_main" in " ".join(one.cmdline()):
                    found.add(one.pid)
        return found

    until(lambda: len(children()) == 2)  # the benches are there from the beginning
    before = children()
    desk.get("/whatif")
    desk.answered(1)
    answering = children() - before
    assert answering
    assert go_on(desk, Phase.LOBBY, -1).status == 200
    until(lambda: not answering & children())


def test_it_opens_again_after_endex(served):
    desk = desk_of(served)
    assert go_on(desk, Phase.LOBBY, -1).status == 200
    play(desk)
    assert "What if?" in desk.get("/whatif").text
    assert desk.answered(1).worlds >= 20


def test_before_startex_no_measure_is_shown_that_players_cannot_see():
    scenario = load("harbour-city")
    assert not all(MEASURES[name].observable for name in Setup.of(scenario).measures)
    shown = Setup.of(scenario, hidden=False).measures
    assert shown
    assert all(MEASURES[name].observable for name in shown)


def test_the_worlds_are_the_scenarios_own_and_not_those_that_are_played(served):
    """Those follow from the exercise's secret."""
    from tabletop.exercise.exercise import Exercise
    from tabletop.exercise.luck import seed_of

    served.kill()
    exercise = Exercise.open(served.folder)
    try:
        played_seed = seed_of(exercise.scenario.seed, exercise.state.opened.secret)
        assert Setup.of(exercise.scenario).seed == exercise.scenario.seed != played_seed
    finally:
        exercise.close()


@pytest.mark.verify
def test_the_room_sees_it_if_the_controller_says_so_and_until_startex(served):
    desk = desk_of(served)
    desk.get("/whatif")
    asked = desk.answered(desk.question().data["asked"])

    def projected():
        return desk.get("/projector/live?once=1").data["regions"]["screen"]

    assert "What if?" not in projected()
    assert desk.post("/whatif/mirror", {"is_on": "perhaps"}).status == 422
    assert desk.post("/whatif/mirror", {"is_on": True}).data == {"is_on": True}
    screen = projected()
    assert "What if?" in screen
    assert "This predicts nothing." in screen
    for sentence in re.findall(r'<p class="difference">([^<]+)</p>', asked.html):
        assert sentence in screen
    desk.post("/whatif/mirror", {"is_on": False})
    assert "What if?" not in projected()
    desk.post("/whatif/mirror", {"is_on": True})
    assert go_on(desk, Phase.LOBBY, -1).status == 200
    assert "What if?" not in projected()
    assert desk.post("/whatif/mirror", {"is_on": True}).status == 409
