"""What a page tells: of every text of a scenario, and of other teams, no more than its reader may know."""

import re
import time
from io import StringIO
from itertools import count
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from serve.served import Client, controller, go_on, joined, path_of, projector, serving, until
from tabletop.exercise.log import Log
from tabletop.exercise.state import Phase

FIRST_STEPS = Path(__file__).parents[2] / "scenarios" / "first-steps.yaml"
PROSE = {
    "title", "question", "summary", "learning_objectives", "content_note", "message", "purpose", "scope",
    "text", "capability_target", "critical_tasks", "situation", "questions", "action", "look_for", "mode",
    "sender", "expected_response", "notes", "says", "wants", "keeps", "asks", "ground_rules", "name",
    "assumptions_and_artificialities", "debrief_questions", "discussion", "debrief",
}  # fmt: skip
"""Keys under which a scenario file has words for people."""
ALWAYS = {"title"}
BRIEFED = ALWAYS | {"content_note", "exercise.ground_rules", "exercise.roles.name", "exercise.roles.says"}
FIRST = {"exercise.moves.0.name", "exercise.moves.0.situation", "exercise.moves.0.questions"}
SECOND = {each.replace("0", "1") for each in FIRST}
CARDS = {"exercise.decision_form.cards.title", "exercise.decision_form.cards.says"}
RUMOURS = {"injects.title", "injects.message", "exercise.injects.0.mode", "exercise.injects.0.sender"}
THANKS = {f"exercise.injects.1.{part}" for part in ("title", "message", "mode", "sender")}
KEPT = {f"exercise.moves.{move}.{part}" for move in (0, 1) for part in ("name", "situation")}
PLAYERS_MAY_READ = {
    "join": ALWAYS,
    "lobby": BRIEFED,
    "brief": BRIEFED | {"summary"},
    "open 1": ALWAYS | FIRST | CARDS,
    "locked 1": ALWAYS | FIRST,
    "revealed 1": ALWAYS | FIRST | RUMOURS,
    "open 2": ALWAYS | SECOND | CARDS | RUMOURS | THANKS,
    "locked 2": ALWAYS | SECOND | RUMOURS | THANKS,
    "revealed 2": ALWAYS | SECOND | RUMOURS | THANKS,
    "hot wash": ALWAYS | {"exercise.debrief_questions"},
    "ended": ALWAYS,
    "kept": ALWAYS | {"content_note", "exercise.debrief_questions"} | KEPT,
}
"""By moment: the fields of first-steps that a player may read, and nothing else."""
GOALS = {"exercise.objectives.text"}
EVERYBODY_MAY_READ = {
    "lobby": ALWAYS | {"content_note"},
    "brief": ALWAYS | {"content_note", "summary"} | GOALS,
    "open 1": ALWAYS | {"content_note"} | FIRST,
    "locked 1": ALWAYS | {"content_note"} | FIRST,
    "revealed 1": ALWAYS | {"content_note"} | FIRST | RUMOURS,
    "open 2": ALWAYS | {"content_note"} | SECOND | RUMOURS | THANKS,
    "locked 2": ALWAYS | {"content_note"} | SECOND | RUMOURS | THANKS,
    "revealed 2": ALWAYS | {"content_note"} | SECOND | RUMOURS | THANKS,
    "hot wash": ALWAYS | {"content_note", "exercise.debrief_questions"} | RUMOURS | THANKS,
    "ended": ALWAYS | RUMOURS | THANKS,
}
"""By moment: the fields that stand on the projector, whatever it is asked for."""
MUST_READ = {
    "lobby": {"content_note", "exercise.ground_rules"},
    "open 1": FIRST | CARDS,
    "revealed 1": RUMOURS,
    "open 2": SECOND | THANKS,
    "hot wash": {"exercise.debrief_questions"},
    "kept": KEPT | {"exercise.debrief_questions"},
}
"""And what has to be there, so that a page that shows nothing does not pass."""


def with_canaries(numbers, value, path=()):
    """A scenario's data with a word of its own in place of each text, and the fields by their words."""
    if isinstance(value, dict):
        found = {}
        for key in value:
            value[key], more = with_canaries(numbers, value[key], (*path, key))
            found |= more
        return value, found
    if isinstance(value, list):
        found = {}
        for place, one in enumerate(value):
            value[place], more = with_canaries(numbers, one, (*path, place))
            found |= more
        return value, found
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    if isinstance(value, str) and key in PROSE:
        word = f"canary{next(numbers)}bird"
        return word, {word: path}
    return value, {}


def spelled(path):
    """A field: places in lists are left out, but for those of moves and of the exercise's injects."""
    kept = [
        str(key)
        for before, key in zip(("", *path), path, strict=False)
        if isinstance(key, str) or (before in ("moves", "injects") and path[0] == "exercise")
    ]
    return ".".join(kept)


@pytest.fixture(scope="module")
def class_with_canaries(tmp_path_factory):
    yaml = YAML()
    data, words = with_canaries(count(), yaml.load(FIRST_STEPS.read_text("utf-8")))
    # the claims' and the mixes' texts are among them; ids, teams and numbers are as they were
    text = StringIO()
    yaml.dump(data, text)
    where = tmp_path_factory.mktemp("canaries")
    (where / "birds.yaml").write_text(text.getvalue(), "utf-8")
    with serving("birds.yaml", where, "--port", "0", "--others", "2", "--workers", "1") as served:
        yield served, words


def read_by(client, words):
    """The fields whose words a player's page and channel have."""
    return fields_in(client.get("/team").text + client.now("team").text, words)


def fields_in(said, words):
    return {spelled(words[word]) for word in re.findall(r"canary\d+bird", said)}


def all_screens(desk, screen, words):
    """The fields whose words stand on the projector, with whatever it can be asked for now."""
    found, asked = set(), set()
    while True:
        while screen.now("projector").data["line"] < desk.now("room").data["line"]:
            time.sleep(0.05)  # it is drawn beside the answer
        found |= fields_in(screen.get("/projector").text + screen.now("projector").text, words)
        others = set(re.findall(r'data-what="([^"]+)"', desk.now("room").data["regions"]["show"])) - asked
        if not others:
            return found
        asked.add(what := min(others))
        time.sleep(0.2)  # more than ten acts a second are too many, with those of the course
        assert desk.act("room", "show", what=what).status == 200


def test_a_player_reads_of_a_scenario_what_is_for_players_and_for_now(class_with_canaries):
    served, words = class_with_canaries
    desk = controller(served)
    stranger = Client(served.port).get(path_of(served.join)).text
    seen = {"join": {spelled(words[word]) for word in re.findall(r"canary\d+bird", stranger)}}
    player, other, screen = joined(served, "North"), joined(served, "East"), projector(served)
    everybody = {}

    def wait_for_reveal():
        until(lambda: "<table>" in player.now("team").data["regions"]["main"])

    def look(moment):
        seen[moment] = read_by(player, words)
        assert read_by(other, words) == seen[moment]
        everybody[moment] = all_screens(desk, screen, words)

    look("lobby")
    assert go_on(desk, Phase.LOBBY, -1).status == 200
    look("brief")
    for move in (1, 2):
        if move == 1:
            assert go_on(desk, Phase.BRIEF, -1).status == 200
        look(f"open {move}")
        assert go_on(desk, Phase.OPEN, move - 1).status == 200
        look(f"locked {move}")
        assert go_on(desk, Phase.LOCKED, move - 1).status == 200
        wait_for_reveal()
        look(f"revealed {move}")
        for step in ("own", "baseline", "all"):
            assert go_on(desk, Phase.REVEALED, move - 1, step).status == 200, step
    look("hot wash")
    assert go_on(desk, Phase.HOT_WASH, 1).status == 200
    look("ended")
    while (kept := player.get("/keep")).status != 200:
        time.sleep(0.1)
    seen["kept"] = fields_in(kept.text, words)
    for found, allowed in ((seen, PLAYERS_MAY_READ), (everybody, EVERYBODY_MAY_READ)):
        told = {moment: fields - allowed[moment] for moment, fields in found.items() if moment in allowed}
        assert {moment: fields for moment, fields in told.items() if fields} == {}
    assert everybody["brief"] >= GOALS
    for moment, fields in MUST_READ.items():
        if moment in everybody:
            assert fields - CARDS - {"exercise.ground_rules"} <= everybody[moment], moment
    for moment, fields in MUST_READ.items():
        assert fields <= seen[moment], moment
    assert seen.keys() == PLAYERS_MAY_READ.keys()


def test_nobody_reads_the_secret_before_endex(class_with_canaries):
    """It is in the log alone, whatever the page (the class may have ended by now: pages never show it)."""
    served, _ = class_with_canaries
    log = Log.open(served.folder)
    secret = log.entries[0].act.secret
    log.close()
    desk, player = controller(served), None
    pages = [desk.get("/room").text, desk.now("room").text]
    if "EndEx" not in pages[0]:
        player = joined(served, "North")
        pages += [player.get("/team").text, player.now("team").text]
    assert secret
    assert not any(secret in page for page in pages)
