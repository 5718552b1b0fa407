"""The monitor over HTTP: all that a controller can do, and what two controllers do at once."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from secrets import token_hex

import pytest

from exercise.room import TEXT
from serve.served import Client, begin_first_move, controller, entries_of, go_on, joined, serving
from tabletop.exercise.state import Phase

EFFECT = {"on": "background.community", "multiply": 2.0, "for_days": 30.0}


@contextmanager
def in_first_move(where):
    """The small exercise, in its first move, with a phone at a table and two desks (`desk`, `other`)."""
    (where / "small.yaml").write_text(TEXT)
    with serving("small.yaml", where, "--port", "0", "--others", "2", "--workers", "1") as found:
        found.desk, found.other = controller(found), controller(found)
        found.phone = joined(found, "Alpha")
        begin_first_move(found.desk)
        yield found


@pytest.fixture
def served(tmp_path):
    """One of a test's own."""
    with in_first_move(tmp_path) as found:
        yield found


@pytest.fixture(scope="module")
def unmoved(tmp_path_factory):
    """One in which nothing is done."""
    with in_first_move(tmp_path_factory.mktemp("unmoved")) as found:
        yield found


def acts_of(served):
    """The acts of a class that is ended for it."""
    return [entry.act for entry in entries_of(served)]


def region(client, name, page="room"):
    return client.now(page).data["regions"][name]


def test_everything_that_a_controller_can_write_is_a_line_of_the_log_in_words(served):
    asked = [
        ("add", {"title": "Rain", "message": "It rains.", "reason": "calm", "effects": [EFFECT]}),
        ("add", {"title": "Sun", "day": 70, "reason": "calm"}),
        ("release", {"inject": "help", "reason": "late"}),
        ("skip", {"inject": "backlog", "reason": "too much"}),
        ("override", {"ruling": "Two teams are enough.", "team": "Alpha", "reason": "asked"}),
        ("override", {"day": 100, "effects": [EFFECT], "reason": "asked"}),
        ("respond", {"inject": "alarm", "response": "They called the press.", "team": "Bravo"}),
        ("note", {"text": "Loud.", "team": "Alpha"}),
        ("extend", {"minutes": 2}),
        ("enter", {"team": "Bravo", "entry": "d1", "replaces": 0}),
        ("move_seat", {"device": "phone 1", "team": "Bravo"}),
    ]
    for do, parts in asked:
        answer = served.desk.act("room", do, **parts)
        assert answer.status == 200, (do, answer.text)
    log = region(served.desk, "log")
    says = re.findall(r'<span dir="auto">(.*?)</span>', log)
    assert says[:11] == [
        "Phone 1 moves to Bravo",
        "Bravo decides: D1",
        "2 minutes more",
        "Note on Alpha: Loud.",
        "Response of Bravo to inject alarm: They called the press.",
        "Override, effects from day 100. Reason: asked",
        "Ruling: Alpha, Two teams are enough. Reason: asked",
        "Inject backlog is left out. Reason: too much",
        "Inject help is released. Reason: late",
        "Inject added-2 is added, day 70: Sun. Reason: calm",
        "Inject added-1 is added: Rain. Reason: calm",
    ]
    assert re.search(r'<span class="clock">\d\d:\d\d</span>', log)
    # players read what was added for now, and not what is to come, nor what is the controllers' own
    page = served.phone.get("/team").text
    assert "It rains." in page
    assert not any(word in page for word in ("Sun", "Loud", "too much", "Two teams are enough", "press"))
    added, *_ = (act for act in acts_of(served) if act.act == "add")
    assert added.effects[0].multiply == 2.0


def test_the_list_has_the_last_twenty_acts_and_no_drafts(served):
    for minutes in range(1, 25):
        assert served.desk.act("room", "extend", minutes=minutes).status in (200, 429)
        served.phone.act("team", "draft", change={"card": "D1", "times": minutes % 2})
    log = region(served.desk, "log")
    assert log.count("<li") == 20
    assert "drafts" not in log


@pytest.mark.parametrize(
    ("do", "parts", "says"),
    [
        ("skip", {"inject": "backlog"}, "say why it is left out"),
        ("skip", {"inject": "backlg", "reason": "x"}, "no such inject; did you mean 'backlog'?"),
        ("release", {"inject": "alarm"}, "is released by its move (1), and no contingency"),
        ("add", {"title": "T", "reason": "x", "day": 500}, "day 500 is not in [0, 240)"),
        (
            "add",
            {"title": "T", "reason": "x", "effects": [{"on": "backgrund.community", "add": 1.0}]},
            "did you mean 'background.community'?",
        ),
        ("override", {"reason": "x"}, "write a ruling or effects, one of the two"),
        ("override", {"ruling": "R", "reason": "x", "team": "Charlie"}, "Charlie: no such team"),
        ("respond", {"inject": "alrm", "response": "x"}, "no such inject; did you mean 'alarm'?"),
        ("remark", {"text": "x"}, "it is possible when it is in the hot wash"),
        ("move_seat", {"device": "phone 9", "team": "Alpha"}, "phone 9: no such device"),
        ("enter", {"team": "Alpha", "entry": "X1", "replaces": 0}, "no such card"),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(unmoved, do, parts, says):
    before = unmoved.desk.now("room").data["line"]
    answer = unmoved.desk.act("room", do, **parts)
    assert answer.status == 409
    assert says in answer.data["refused"]
    assert unmoved.desk.now("room").data["line"] == before


@pytest.mark.parametrize(
    ("do", "parts"),
    [
        ("add", {"title": "", "reason": "x"}),
        ("add", {"title": "T", "reason": ""}),
        ("add", {"title": "T", "reason": "x", "inject": "mine"}),
        ("add", {"title": "T", "reason": "x", "effects": [{"on": "trust"}]}),
        ("note", {"text": "x" * 2001}),
        ("extend", {"minutes": 0}),
        ("pause", {"line": -1}),
        ("pause", {"phase": "somewhere"}),
    ],
)
def test_what_is_no_request_of_a_desk_is_told_so(unmoved, do, parts):
    answer = unmoved.desk.act("room", do, **parts)
    assert answer.status == 422
    assert answer.data["refused"]


SAME = [
    ("extend", {"minutes": 2}),
    ("skip", {"inject": "backlog", "reason": "mine"}),
    ("add", {"title": "Rain", "reason": "mine"}),
    ("override", {"ruling": "R", "reason": "mine"}),
    ("note", {"text": "Loud."}),
    ("remove", {"device": "phone 1"}),
    ("pause", {}),
    ("resume", {}),
    ("next", {"step": "all"}),
]


def test_the_same_thing_pressed_at_both_desks_is_done_once_and_the_second_is_told_when(served):
    for do, parts in SAME:
        drawn = served.desk.drawn()
        assert served.desk.act("room", do, **parts, **drawn).status == 200, do
        after = served.desk.now("room").data["line"]
        reworded = {**parts, "reason": "theirs"} if "reason" in parts else parts
        second = served.other.act("room", do, **reworded, **drawn)
        assert (second.status, second.data["code"]) == (409, "done"), do
        assert re.fullmatch(r"Done at \d\d:\d\d from the other desk\.", second.data["refused"]), do
        again = served.desk.act("room", do, **reworded, **drawn)
        assert re.fullmatch(r"Done at \d\d:\d\d already\.", again.data["refused"]), do
        assert served.desk.now("room").data["line"] == after


def test_both_desks_at_the_same_moment_do_it_once(served):
    drawn = served.desk.drawn()
    with ThreadPoolExecutor(2) as pool:
        answers = list(
            pool.map(lambda one: one.act("room", "extend", minutes=2, **drawn), (served.desk, served.other))
        )
    assert sorted(one.status for one in answers) == [200, 409]


def test_who_has_seen_the_first_may_do_it_again(served):
    for _ in range(2):
        assert served.desk.act("room", "extend", minutes=2).status == 200


def test_a_retry_under_the_same_key_gets_the_line_of_the_first_time(served):
    key, drawn = token_hex(12), served.desk.drawn()
    first = served.desk.act("room", "extend", key, minutes=2, **drawn)
    again = served.desk.act("room", "extend", key, minutes=2, **drawn)
    assert first.status == again.status == 200
    assert first.data == again.data


def test_what_was_meant_for_another_part_is_not_done_and_the_reason_is_told(served):
    drawn = served.desk.drawn()
    assert go_on(served.other, Phase.OPEN, 0).status == 200
    late = served.desk.act("room", "release", inject="help", **drawn)
    assert (late.status, late.data["code"]) == (409, "stale")
    assert re.fullmatch(
        r"Not done, for since then, at \d\d:\d\d: Decisions are closed, predictions are open\. Look again\.",
        late.data["refused"],
    )
    # a note means the same whenever it comes
    assert served.desk.act("room", "note", text="Quiet.", **drawn).status == 200
    # nor is Reveal the same as the reopening that came before it
    drawn = served.desk.drawn()
    assert served.other.act("room", "reopen").status == 200
    late = served.desk.act("room", "next", step="all", **drawn)
    assert (late.status, late.data["code"]) == (409, "stale")
    assert "Decisions are open again" in late.data["refused"]


def test_two_desks_that_enter_the_same_teams_range_do_not_overwrite_each_other(served):
    assert go_on(served.desk, Phase.OPEN, 0).status == 200
    parts = {"team": "Alpha", "measure": "incidents", "replaces": 0}
    assert served.desk.act("room", "enter_range", low=1.0, high=3.0, **parts).status == 200
    second = served.other.act("room", "enter_range", low=2.0, high=5.0, **parts)
    assert (second.status, second.data["code"]) == (409, "stale")


@pytest.mark.parametrize("role", ["controller"])
def test_a_new_link_lets_somebody_in_and_makes_the_one_before_worthless(unmoved, role):
    answer = unmoved.desk.post("/room/link", {"role": role})
    assert answer.status == 200
    (secret,) = re.findall(r"/in#([\w-]+)<", answer.data["html"])
    assert "<svg" in answer.data["html"]
    newcomer, stranger = Client(unmoved.port), Client(unmoved.port)
    assert newcomer.post("/in", {"secret": secret}).status == 200
    assert newcomer.get(f"/{'room'}").status == 200
    assert stranger.post("/in", {"secret": unmoved.monitor.partition("#")[2]}).status == 403
    # who is in stays in
    assert unmoved.desk.get("/room").status == 200
    assert not any(secret.encode() in path.read_bytes() for path in unmoved.folder.iterdir())
    assert secret not in unmoved.desk.get("/room").text


@pytest.mark.parametrize(
    ("do", "field", "more"),
    [
        ("note", "text", {}),
        ("add", "title", {"reason": "calm"}),
        ("add", "message", {"title": "Rain", "reason": "calm"}),
        ("override", "ruling", {"reason": "calm"}),
    ],
)
@pytest.mark.parametrize("letter", ["\u202e", "\u2066", "\x00", "\x1b"])
def test_what_would_turn_or_hide_what_stands_beside_it_is_not_written_down(unmoved, do, field, more, letter):
    answer = unmoved.desk.act("room", do, **{**more, field: f"Calm {letter}now."})
    said = f"{do}.{field}: has a character that nobody sees, U+{ord(letter):04X}; remove it"
    assert (answer.status, answer.data["refused"]) == (422, said)


@pytest.mark.parametrize("device", ["controller 1", "controller 2", "phone 9", ""])
def test_who_cannot_be_taken_out_keeps_the_seat(unmoved, device):
    answer = unmoved.other.act("room", "remove", device=device)
    assert (answer.status, answer.data["code"]) == (409, "form")
    assert "no such device" in answer.data["refused"]
    assert unmoved.desk.get("/room").status == unmoved.other.get("/room").status == 200


def test_nobody_but_a_controller_makes_links_and_none_for_players(unmoved):
    for client in (unmoved.phone, Client(unmoved.port)):
        assert client.post("/room/link", {"role": "controller"}).status == 401
    for role in ("player", "king", ""):
        assert unmoved.desk.post("/room/link", {"role": role}).status == 422


def test_the_list_names_phones_and_leaves_out_what_the_projector_shows(served):
    assert served.desk.act("room", "show", what="status").status == 200
    assert served.desk.act("room", "remove", device="phone 1").status == 200
    says = re.findall(r'<span dir="auto">(.*?)</span>', region(served.desk, "log"))
    assert says[0] == "Phone 1 is taken out. Reason: decided at the monitor"
    assert "Phone 1 joins Alpha" in says
    assert not any("projector" in one for one in says)
    assert [act.what for act in acts_of(served) if act.act == "show"] == ["status"]  # the log has it


def test_what_is_entered_from_paper_is_the_draft_of_the_tables_phones_too(served):
    assert served.phone.act("team", "draft", change={"card": "R1"}).status == 200
    assert served.desk.act("room", "enter", team="Alpha", entry="d1", replaces=0).status == 200
    page = served.phone.get("/team").text
    assert "Submitted: D1." in page
    assert "The draft has changed since" not in page
    ticked = re.findall(r'id="play-(\w+)" data-card="\w+" checked', page)
    assert ticked == ["D1"]
    # and what a phone changes afterwards is the draft again
    line = served.phone.act("team", "draft", change={"card": "R1"}).data["line"]
    assert "The draft has changed since" in served.phone.get("/team").text
    assert served.phone.act("team", "submit", seen=line, replaces=1).status == 200
    assert [act.entry for act in acts_of(served) if act.act == "submit"] == ["D1", "D1 R1"]


def test_an_empty_line_replaces_nothing(served):
    assert served.desk.act("room", "enter", team="Bravo", entry="D1", replaces=0).status == 200
    answer = served.desk.act("room", "enter", team="Bravo", entry=" ", replaces=1)
    assert answer.status == 409
    assert answer.data["refused"] == "nothing is entered for Bravo; write keep if it keeps its mix"
    assert served.desk.act("room", "enter", team="Bravo", entry="keep", replaces=1).status == 200
    assert [act.entry for act in acts_of(served) if act.act == "submit"] == ["D1", "keep"]
