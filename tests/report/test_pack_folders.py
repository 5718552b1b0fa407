"""The two folders of a pack: nothing of the controllers' can be sent to players with theirs."""

import re
import zipfile
from io import BytesIO

import pypdfium2
import pytest

from support.two_moves import scenario
from tabletop.measures import MEASURES
from tabletop.report.pack import pack_files
from tabletop.scenario.scenario import Scenario

CANARIES = {
    "situation": "canarysituation",
    "move": "canarymove",
    "question": "canaryquestion",
    "look_for": "canarylookfor",
    "action": "canaryaction",
    "action_notes": "canaryactionnotes",
    "title": "canarytitle",
    "message": "canarymessage",
    "response": "canaryresponse",
    "notes": "canarynotes",
    "options": "canaryoptions",
    "thread": "canarythread",
    "source_id": "canarysource",
    "controller": "canarycontroller",
    "held_title": "canaryheldtitle",
    "held_message": "canaryheldmessage",
    "debrief": "canarydebrief",
    "debrief_question": "canaryfinalquestion",
    "discussion": "canarydiscussion",
}


def with_canaries():
    """The scenario of two moves with a word of its own in each field that players may not read."""
    data = scenario().model_dump(mode="json", exclude_unset=True)
    plan = data["exercise"]
    for move in plan["moves"]:
        move |= {"name": CANARIES["move"], "situation": CANARIES["situation"]}
        move |= {"questions": [CANARIES["question"]], "look_for": CANARIES["look_for"]}
        move["expected_actions"] = [{"action": CANARIES["action"], "notes": CANARIES["action_notes"]}]
    by_id = {one["id"]: one for one in plan["injects"]}
    for one in by_id.values():
        one |= {"expected_response": CANARIES["response"], "notes": CANARIES["notes"]}
        one |= {"controller": CANARIES["controller"], "options": CANARIES["options"]}
        one |= {"thread": CANARIES["thread"], "source_id": CANARIES["source_id"]}
    by_id["heat"] |= {"title": CANARIES["title"], "message": CANARIES["message"]}
    by_id["leak"] |= {"title": CANARIES["held_title"], "message": CANARIES["held_message"]}
    plan["debrief_questions"] = [CANARIES["debrief_question"]]
    plan["objectives"][0]["measures"] = ["incidents", HIDDEN]
    data |= {"debrief": CANARIES["debrief"], "discussion": [CANARIES["discussion"]]}
    return Scenario.model_validate(data)


HIDDEN = next(name for name, one in MEASURES.items() if not one.observable)


def read(name, content):
    """All that can be read in a file, the texts of a PDF as they are printed."""
    if name.endswith(".pdf"):
        pdf = pypdfium2.PdfDocument(content)
        told = " ".join(page.get_textpage().get_text_range() for page in pdf)
        told += " ".join(map(str, pdf.get_metadata_dict().values()))
    elif name.endswith(".xlsx"):
        with zipfile.ZipFile(BytesIO(content)) as parts:
            told = " ".join(parts.read(part).decode(errors="replace") for part in parts.namelist())
    else:
        told = content.decode()
    return re.sub(r"[^a-z0-9]", "", told.lower())


@pytest.fixture(scope="module")
def files():
    return {name: read(name, content) for name, content in pack_files(with_canaries(), "canaries").items()}


def test_every_file_is_in_one_of_two_folders(files):
    assert {name.partition("/")[0] for name in files} == {"players", "controllers"}


@pytest.mark.parametrize("field", CANARIES)
def test_what_players_may_not_read_is_in_no_file_of_theirs(files, field):
    where = [name for name, told in files.items() if CANARIES[field] in told]
    assert [name for name in where if name.startswith("players/")] == []
    assert where, "the word is nowhere, so its absence here says nothing"


def test_no_file_of_players_names_a_hidden_measure(files):
    title = re.sub(r"[^a-z0-9]", "", MEASURES[HIDDEN].title.lower())
    for name, told in files.items():
        if name.startswith("players/"):
            assert title not in told, name
            assert HIDDEN.replace("_", "") not in told, name
