"""The door of a class: nobody can join before the controller opens it, and to open it begins the lobby."""

from urllib.parse import urlencode

import pytest

from exercise.room import TEXT
from serve.served import Client, begin, controller, entries_of, joined, path_of, projector, serving

OPTIONS = ("--port", "0", "--others", "2", "--workers", "1")
FORM = {"Content_Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def where(tmp_path):
    (tmp_path / "small.yaml").write_text(TEXT)
    return tmp_path


def may_join(served, team):
    """Whether a phone that scans the code can join."""
    phone, path = Client(served.port), path_of(served.join)
    form = phone.get(path)
    answer = phone.ask("POST", path, urlencode({"team": team}), **FORM)
    is_in = answer.status == 303
    assert form.status == 200
    assert ("Nobody can join at the moment" in form.text) is not is_in
    assert is_in or (answer.status == 409 and not phone.cookies)
    return is_in


def test_before_the_door_is_opened_nobody_can_join_and_nothing_is_in_the_log(where):
    with serving("small.yaml", where, *OPTIONS, door="") as served:
        desk = controller(served)
        assert not may_join(served, "Alpha")
        shown = desk.now("room").data["regions"]
        assert "Not open yet" in shown["head"]
        assert "Open the door" in shown["next"]
        assert 'id="next"' not in shown["next"]
        assert "Phones can join soon." in shown["show"]
        assert "the code to join" not in shown["show"]
        assert "No phone can join." in desk.now("preflight").data["regions"]["door"]
        # the room sees neither the code nor tables that may yet be named otherwise
        screen = projector(served).now("projector").data["regions"]["screen"]
        assert "Phones can join soon." in screen
        assert '<p class="mark">EXERCISE</p>' in screen
        assert "<svg" not in screen
        assert "Alpha" not in screen
        assert entries_of(served) == ()


def test_the_button_opens_the_lobby_with_what_the_command_was_given(where):
    with serving("small.yaml", where, *OPTIONS, "--team", "Red", "--team", "Blue", door="") as served:
        desk = controller(served)
        assert desk.act("room", "door", is_open=True).data == {"line": 1}
        assert desk.act("room", "door", is_open=True).data == {"line": 1}  # as another controller may
        assert "Lobby" in desk.now("room").data["regions"]["head"]
        assert may_join(served, "Red")
        assert desk.act("room", "door", is_open=False).status == 200
        assert not may_join(served, "Blue")
        assert desk.act("room", "door", is_open=True).status == 200
        assert may_join(served, "Blue")
        entries = entries_of(served)
    opened = [entry for entry in entries if entry.act.act == "open"]
    assert [(entry.number, entry.act.teams, entry.act.others) for entry in opened] == [
        (1, ("Red", "Blue"), 2)
    ]
    assert len(opened[0].act.secret) >= 8


def test_a_door_that_was_opened_stays_so_and_one_that_was_not_does_not_open_by_itself(where):
    with serving("small.yaml", where, *OPTIONS, door="") as served:
        served.kill()
        tables = ("--team", "Red", "--team", "Blue")
        with serving(served.folder, where, "--port", "0", *tables, door="") as again:
            assert not may_join(again, "Red")
            assert controller(again).act("room", "door", is_open=True).status == 200
            assert may_join(again, "Red")
            again.kill()
        with serving(served.folder, where, "--port", "0", door="") as last:
            assert may_join(last, "Blue")
            entries = entries_of(last)
    assert sum(entry.act.act == "open" for entry in entries) == 1


@pytest.mark.verify
def test_open_is_for_who_has_looked_before_and_the_command_says_what_is_to_be_done(where):
    said = {}
    for door in ("", "--open"):
        served = begin("small.yaml", where, *OPTIONS, door=door)
        said[door] = served.said
        if door:
            joined(served, "Alpha")
        served.kill()
    assert "press Open the door" in said[""]
    assert "press Open the door" not in said["--open"]


def test_a_class_that_cannot_be_opened_is_refused_before_it_is_served(where):
    teams = [part for number in range(20) for part in ("--team", f"Table {number}")]
    with pytest.raises(AssertionError, match=r"at most [\d,]+ other worlds"):
        begin("small.yaml", where, "--port", "0", "--others", "10000", *teams, door="")


@pytest.mark.verify
def test_what_if_can_be_asked_before_the_door_is_open(where):
    with serving("small.yaml", where, *OPTIONS, door="") as served:
        assert "What if?" in controller(served).get("/whatif").text
