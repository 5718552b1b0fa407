"""The evaluator's page over HTTP: what it takes, what it shows, and from whom it is kept."""

import re
from itertools import count
from pathlib import Path
from secrets import token_hex

import pytest
from ruamel.yaml import YAML

from exercise.room import TEXT
from serve.served import Client, begin_first_move, controller, evaluator, go_on, joined, serving
from serve.test_what_a_page_tells import fields_in, with_canaries
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.roles import Role
from tabletop.exercise.state import Phase

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The small exercise, in its first move, with a phone, a desk and two evaluators."""
    where = tmp_path_factory.mktemp("evaluated")
    (where / "small.yaml").write_text(TEXT)
    with serving("small.yaml", where, "--port", "0", "--others", "2", "--workers", "1") as found:
        found.desk, found.phone = controller(found), joined(found, "Alpha")
        found.first, found.second = (evaluator(found, found.desk) for _ in range(2))
        early = found.first.act("notes", "note", text="Too early.")
        assert (early.status, early.data["code"]) == (409, "phase")
        begin_first_move(found.desk)
        yield found


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/notes", 200),
        ("/notes/live?once=1", 200),
        ("/team", 401),
        ("/team/live?once=1", 401),
        ("/room", 401),
        ("/room/live?once=1", 401),
    ],
)
def test_an_evaluator_has_the_evaluators_page_and_no_other(served, path, status):
    assert served.first.get(path).status == status
    for page in ("team", "room"):
        assert served.first.act(page, "pause", phase="revealed", move=0, line=0).status == 401
    assert served.first.post("/room/link", {"role": "evaluator"}).status == 401
    token = next(iter(served.first.cookies.values()))
    for page in ("team", "room"):
        code = next(iter(served.first.cookies)).partition("-")[2]
        assert Client(served.port, {f"{page}-{code}": token}).get(f"/{page}").status == 401


def test_several_evaluators_write_under_their_own_function_and_the_report_has_it(tmp_path):
    (tmp_path / "small.yaml").write_text(TEXT)
    with serving("small.yaml", tmp_path, "--port", "0", "--others", "2", "--workers", "1") as served:
        desk = controller(served)
        one, two = evaluator(served, desk), None
        two = evaluator(served, desk)
        begin_first_move(desk)
        asked = [
            (
                one,
                "note",
                {"text": "They waited.", "objective": "weigh", "task": "Ask first", "team": "Alpha"},
            ),
            (two, "rate", {"objective": "weigh", "rating": "S", "text": "late"}),
            (one, "rate", {"objective": "weigh", "rating": "M"}),
            (
                one,
                "observe",
                {"objective": "weigh", "kind": "strength", "observation": "O", "reference": [1, 2]},
            ),
            (two, "respond", {"inject": "alarm", "response": "They asked."}),
            (two, "improve", {"issue": "I", "corrective_action": "C", "capability_element": "Training"}),
        ]
        for client, do, parts in asked:
            answer = client.act("notes", do, **parts)
            assert answer.status == 200, (do, answer.text)
        shown = two.now("notes").data["regions"]["objectives"]
        assert "Rated so far: evaluator 2 S, evaluator 1 M." in shown
        assert re.search(r'value="S"[^>]*checked', shown)
        assert not re.search(r'value="M"[^>]*checked', shown)
        served.kill()
        exercise = Exercise.open(served.folder)
        kept = [(entry.by, entry.role, entry.act.act) for entry in exercise.state.kept]
        note = exercise.state.kept[0].act
        exercise.close()
    assert kept == [(f"evaluator {1 if client is one else 2}", Role.EVALUATOR, do) for client, do, _ in asked]
    assert (note.text, note.objective, note.team) == ("Ask first: They waited.", "weigh", "Alpha")


@pytest.mark.parametrize(
    ("do", "parts", "status", "says"),
    [
        ("note", {"text": ""}, 422, "text"),
        ("note", {"text": "x" * 1201}, 422, "text"),
        ("note", {"text": "x", "team": "Charlie"}, 409, "no such team"),
        ("rate", {"objective": "weigh", "rating": "X"}, 422, "rating"),
        ("rate", {"objective": "wiegh", "rating": "P"}, 409, "did you mean 'weigh'?"),
        (
            "observe",
            {"objective": "weigh", "kind": "strength", "observation": "x", "reference": [9999]},
            409,
            "line 9999",
        ),
        (
            "observe",
            {"objective": "weigh", "kind": "strength", "observation": "x", "reference": [0]},
            422,
            "reference",
        ),
        ("respond", {"inject": "alrm", "response": "x"}, 409, "did you mean 'alarm'?"),
        ("remark", {"text": "x"}, 409, "in the hot wash"),
        (
            "improve",
            {"issue": "x", "corrective_action": "y", "capability_element": "Luck"},
            422,
            "capability_element",
        ),
        ("lock", {}, 422, "do"),
        ("release", {"inject": "help"}, 422, "do"),
        ("note", {"text": "x", "by": "controller"}, 422, "by"),
    ],
)
def test_what_an_evaluator_cannot_write_is_told_and_changes_nothing(served, do, parts, status, says):
    before = served.desk.now("room").data["line"]
    answer = served.first.act("notes", do, **parts)
    assert answer.status == status
    assert says in answer.data["refused"]
    assert served.desk.now("room").data["line"] == before


def test_players_and_strangers_cannot_write_as_evaluators(served):
    for client in (served.phone, Client(served.port)):
        assert client.act("notes", "note", text="x").status == 401
    own = next(iter(served.phone.cookies.items()))
    forged = Client(served.port, {own[0].replace("team", "notes"): own[1]})
    assert forged.act("notes", "note", text="x").status == 401


def test_a_retry_under_the_same_key_is_one_line(served):
    key = token_hex(12)
    first = served.first.act("notes", "note", key, text="Once.")
    assert served.first.act("notes", "note", key, text="Once.").data == first.data
    assert served.second.act("notes", "note", key, text="Once.").data["line"] != first.data["line"]


def test_decisions_are_there_and_drafts_and_notes_are_not_where_they_do_not_belong(served):
    served.phone.act("team", "draft", change={"card": "D2"})
    now = served.first.now("notes").data["regions"]
    assert "D2" not in "".join(now.values())
    assert served.desk.act("room", "enter", team="Bravo", entry="R1", replaces=0).status == 200
    assert "Move 1: R1" in served.first.now("notes").data["regions"]["decisions"]
    served.first.act("notes", "note", text="a remarkable canary")
    assert "a remarkable canary" not in served.phone.get("/team").text


BRIEFED = {"title", "exercise.title", "exercise.objectives.text", "exercise.objectives.capability_target"} | {
    "exercise.objectives.critical_tasks"
}
MAY_READ = {
    "lobby": BRIEFED,
    "brief": BRIEFED,
    "open": BRIEFED
    | {"exercise.moves.0.name", "exercise.moves.0.situation", "exercise.moves.0.expected_actions.action"}
    | {"injects.title", "injects.message"},
}
"""By moment: the fields that an evaluator may read, and nothing else: neither notes nor what is to come."""


def test_an_evaluator_reads_the_guide_and_what_players_were_told(tmp_path):
    yaml = YAML()
    data, words = with_canaries(count(), yaml.load((SCENARIOS / "harbour-city.yaml").read_text("utf-8")))
    with (tmp_path / "birds.yaml").open("w") as file:
        yaml.dump(data, file)
    seen = {}
    with serving("birds.yaml", tmp_path, "--port", "0", "--others", "2", "--workers", "1") as served:
        desk = controller(served)
        client = evaluator(served, desk)
        secret = Exercise.open(served.folder).entries[0].act.secret
        for moment, phase in (("lobby", Phase.LOBBY), ("brief", Phase.BRIEF), ("open", None)):
            said = client.get("/notes").text + client.now("notes").text
            seen[moment] = fields_in(said, words)
            assert secret not in said
            if phase is not None:
                assert go_on(desk, phase, -1).status == 200
    too_much = {moment: fields - MAY_READ[moment] for moment, fields in seen.items()}
    assert not any(too_much.values()), too_much
    assert "exercise.objectives.text" in seen["lobby"]
    assert "exercise.moves.0.situation" in seen["open"]
