"""Who may do and see what over HTTP: every route, by every role, with the ids of others."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from secrets import token_hex
from urllib.parse import urlencode

import pytest

from exercise.room import TEXT
from serve.served import (
    Client,
    begin_first_move,
    controller,
    evaluator,
    go_on,
    joined,
    path_of,
    projector,
    serving,
)
from tabletop.exercise.state import Phase

FORM = {"Content_Type": "application/x-www-form-urlencoded"}
DRAFT = {"do": "draft", "since": 0, "change": {"card": "D1"}}

RANGE = {"do": "predict", "since": 0, "measure": "incidents", "low": 1, "high": 2, "replaces": 0}


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The small exercise, in its first move, with a phone at each table (`phones`)."""
    where = tmp_path_factory.mktemp("class")
    (where / "small.yaml").write_text(TEXT)
    with serving("small.yaml", where, "--port", "0", "--others", "2", "--workers", "1") as found:
        found.desk, found.screen = controller(found), projector(found)
        found.alpha, found.bravo = joined(found, "Alpha"), joined(found, "Bravo")
        found.notes = evaluator(found, found.desk)
        begin_first_move(found.desk)
        yield found


def lines(served):
    return served.desk.now("room").data["line"]


def drafted(phone, card):
    """Draft a card and nothing else; the line that did, and how often the team has submitted."""
    for other in ("D1", "D2", "R1", "R2"):
        if other != card:
            phone.act("team", "draft", change={"card": other, "times": 0})
    line = phone.act("team", "draft", change={"card": card}).data["line"]
    receipt = phone.now("team").data["regions"]["receipt"]
    revision = int(receipt.partition("Revision ")[2].partition(",")[0] or 0)
    return line, revision


ROUTES = {
    ("GET", "/"): (404, 303, 404, 404, 404),
    ("GET", "/j/CODE"): (200, 200, 200, 200, 200),
    ("GET", "/j/WRONG1"): (404, 404, 404, 404, 404),
    ("GET", "/in"): (200, 200, 200, 200, 200),
    ("GET", "/team"): (401, 200, 401, 401, 401),
    ("GET", "/team/live?once=1"): (401, 200, 401, 401, 401),
    ("POST", "/team/act"): (401, 200, 401, 401, 401),
    ("GET", "/room"): (401, 401, 200, 401, 401),
    ("GET", "/room/live?once=1"): (401, 401, 200, 401, 401),
    ("POST", "/room/act"): (401, 401, 200, 401, 401),
    ("GET", "/projector"): (401, 401, 200, 200, 401),
    ("GET", "/projector/live?once=1"): (401, 401, 200, 200, 401),
    ("GET", "/notes"): (401, 401, 401, 401, 200),
    ("GET", "/notes/live?once=1"): (401, 401, 401, 401, 200),
    ("POST", "/notes/act"): (401, 401, 401, 401, 200),
    ("GET", "/export.zip"): (401, 401, 200, 401, 401),
    ("GET", "/keep"): (401, 409, 401, 401, 401),
    ("GET", "/whatif"): (401, 401, 409, 401, 401),
    ("GET", "/whatif/live?once=1"): (401, 401, 409, 401, 401),
    ("POST", "/whatif/ask"): (401, 401, 409, 401, 401),
    ("POST", "/whatif/mirror"): (401, 401, 409, 401, 401),
    ("GET", "/ping"): (200, 200, 200, 200, 200),
    ("GET", "/preflight"): (401, 401, 200, 401, 401),
    ("GET", "/preflight/live?once=1"): (401, 401, 200, 401, 401),
    ("POST", "/preflight/address"): (401, 401, 422, 401, 401),
    ("POST", "/preflight/wifi"): (401, 401, 422, 401, 401),
    ("GET", "/static/live.js"): (200, 200, 200, 200, 200),
    ("GET", "/projector/style.css"): (200, 200, 200, 200, 200),
    ("GET", "/static/../doors.py"): (404, 404, 404, 404, 404),
    ("POST", "/projector/act"): (404, 404, 404, 404, 404),
    ("GET", "/doors.sqlite"): (404, 404, 404, 404, 404),
}
"""By method and path: what nobody, a player, the controller, the projector and an evaluator are answered.

What if is closed while the exercise runs: `test_whatif_in_class.py` has it before and after.
"""


@pytest.mark.parametrize(("method", "path"), ROUTES)
@pytest.mark.parametrize("role", range(5))
def test_every_route_answers_those_whom_it_is_for(served, method, path, role):
    client = (Client(served.port), served.alpha, served.desk, served.screen, served.notes)[role]
    path = path.replace("CODE", path_of(served.join)[3:])
    if method == "GET":
        answer = client.get(path)
    else:
        act = {"do": "extend", "minutes": 1, **served.desk.drawn()}
        draft = {**DRAFT, "since": served.alpha.since()}
        act = {"/team/act": draft, "/notes/act": {"do": "note", "text": "Seen."}}.get(path, act)
        answer = client.post(path, {"key": token_hex(12), **act})
    assert answer.status == ROUTES[method, path.replace(path_of(served.join)[3:], "CODE")][role]


def test_every_route_of_the_application_is_in_that_table(served):
    from tabletop.serve.app import routes
    from tabletop.serve.classroom import Classroom
    from tabletop.serve.doors import Doors

    class Alone:
        """An exercise of which only the routes are asked for."""

        folder = served.folder
        scenario = type("Scenario", (), {"language": "en"})

    doors = Doors.at(served.folder)
    classroom = Classroom(Alone(), doors, workers=1, address="http://x")
    found = {(method, route.path) for route in routes(classroom) for method in route.methods}
    doors.close()
    tested = {(method, path.partition("?")[0].replace("CODE", "{code}")) for method, path in ROUTES}
    named = {(method, path) for method, path in found if method != "HEAD" and "{name}" not in path}
    # joining, entering by a secret and new links have tests of their own
    assert named - tested == {("POST", "/j/{code}"), ("POST", "/in"), ("POST", "/room/link")}


@pytest.mark.parametrize(
    "others",
    [{"team": "Bravo"}, {"device": "phone 2"}, {"by": "Bravo"}, {"role": "controller"}],
)
def test_a_phone_cannot_say_for_whom_it_acts(served, others):
    before = served.bravo.now("team").data["regions"]
    answer = served.alpha.post("/team/act", {"key": token_hex(12), **DRAFT, **others})
    assert answer.status == 422
    assert served.bravo.now("team").data["regions"] == before


def test_what_a_team_drafts_and_submits_changes_nothing_on_another_teams_phone(served):
    before, page = served.bravo.now("team").data["regions"], served.bravo.get("/team").text
    seen = served.alpha.act("team", "draft", change={"card": "D2", "times": 2}).data["line"]
    assert served.alpha.act("team", "submit", seen=seen, replaces=0).status in (200, 409)
    now = served.bravo.now("team").data["regions"]
    assert now == before
    assert not re.search(r"phone 1\b", page)
    assert served.alpha.now("team").data["regions"] != before


@pytest.mark.parametrize(
    "do",
    [
        "next",
        "pause",
        "reopen",
        "extend",
        "remove",
        "move_seat",
        "enter",
        "enter_range",
        "release",
        "skip",
        "add",
        "override",
        "respond",
        "note",
        "remark",
        "show",
        "door",
    ],
)
def test_a_player_cannot_do_what_is_the_controllers(served, do):
    before = lines(served)
    assert served.alpha.act("team", do, minutes=1, device="phone 2").status == 422
    assert served.alpha.act("room", do).status == 401
    forged = Client(
        served.port, {name.replace("team", "room"): it for name, it in served.alpha.cookies.items()}
    )
    assert forged.act("room", do).status == 401  # a token is good for its own role
    assert lines(served) == before


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": None}, 403),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Content_Type": "text/plain"}, 415),
        ({"Content_Type": "application/x-www-form-urlencoded"}, 415),
        ({"Host": "evil.example"}, 421),
    ],
)
def test_what_comes_from_another_page_or_host_is_turned_away(served, headers, status):
    before = lines(served)
    sent = served.alpha.post("/team/act", {"key": token_hex(12), **DRAFT}, **headers)
    assert sent.status == status
    assert lines(served) == before


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        '{"do": "draft"}',
        json.dumps({**DRAFT, "do": "dance", "key": "0" * 24}),
        json.dumps({**DRAFT, "key": "short"}),
        json.dumps({**DRAFT, "key": "0" * 24, "more": 1}),
        json.dumps({**DRAFT, "key": "1" * 24, "change": {"card": "D1", "times": -1}}),
        json.dumps({**DRAFT, "key": "2" * 24, "since": -1}),
        json.dumps({**RANGE, "key": "2" * 24, "low": "1"}),
        "[" * 2000,
    ],
)
def test_what_is_no_request_is_told_so_and_changes_nothing(served, body):
    before = lines(served)
    answer = served.alpha.ask("POST", "/team/act", body, Content_Type="application/json")
    assert answer.status == 422
    assert answer.data["refused"]
    assert lines(served) == before


def test_a_body_that_is_too_large_or_of_unknown_size_is_not_read(served):
    large = served.alpha.ask("POST", "/team/act", "x" * 9000, Content_Type="application/json")
    assert large.status == 413
    connection = HTTPConnection("127.0.0.1", served.port, timeout=10)
    host = f"127.0.0.1:{served.port}"
    headers = {"Host": host, "Origin": f"http://{host}"}
    connection.request("POST", "/team/act", iter([b"x"]), headers, encode_chunked=True)
    assert connection.getresponse().status == 413
    connection.close()


@pytest.mark.parametrize("path", ["/j/CODE", "/team", "/team/live?once=1", "/static/live.js", "/nowhere"])
def test_every_answer_has_the_headers_that_keep_a_page_to_itself(served, path):
    headers = served.alpha.get(path.replace("CODE", path_of(served.join)[3:])).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] in ("no-store", "no-cache")
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers


def test_pages_have_nothing_inline_and_nothing_from_elsewhere(served):
    for client, path in (
        (served.alpha, "/team"),
        (served.desk, "/room"),
        (served.screen, "/projector"),
        (served.desk, path_of(served.join)),
    ):
        page = client.get(path).text
        assert "<script>" not in page
        assert "style=" not in page
        assert not re.search(r"<[^>]* on[a-z]+=", page)
        assert page.count("//") == page.count("http://www.w3.org/2000/svg") + page.count(
            served.join.split("/j")[0]
        )


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_looking_at_the_link_takes_no_seat(served, method):
    before, bot = lines(served), Client(served.port)
    answer = bot.ask(method, path_of(served.join), User_Agent="WhatsApp/2 preview", Purpose="prefetch")
    assert answer.status in (200, 405)
    assert not bot.cookies
    assert lines(served) == before


def test_a_seats_cookie_is_for_the_server_alone(served):
    answer = Client(served.port).ask("POST", path_of(served.join), urlencode({"team": "Alpha"}), **FORM)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie


@pytest.mark.parametrize("team", ["", "Charlie", "controller", "<script>"])
def test_a_table_that_is_not_there_cannot_be_joined(served, team):
    client = Client(served.port)
    answer = client.ask("POST", path_of(served.join), urlencode({"team": team}), **FORM)
    assert answer.status == 409
    assert not client.cookies
    assert "<script>" not in answer.text


def test_another_form_cannot_take_a_seat(served):
    client = Client(served.port)
    body = urlencode({"team": "Alpha"})
    assert client.ask("POST", path_of(served.join), body, **FORM, Origin="http://evil.example").status == 403
    assert client.ask("POST", "/j/AAAAAA", body, **FORM).status == 404


def test_the_same_key_is_done_once(served):
    key = token_hex(12)
    first = served.alpha.act("team", "draft", key, change={"card": "R1"})
    again = served.alpha.act("team", "draft", key, change={"card": "R1"})
    assert first.status == again.status == 200
    assert first.data == again.data
    # the key is the seat's own: another phone's is another request
    other = served.bravo.act("team", "draft", key, change={"card": "R1"})
    assert other.data["line"] != first.data["line"]
    served.alpha.act("team", "draft", change={"card": "R1", "times": 0})


def test_of_twenty_submits_at_once_one_is_accepted(served):
    team = joined(served, "Bravo")
    team.act("team", "pen")
    seen, revision = drafted(team, "D1")
    with ThreadPoolExecutor(20) as pool:
        answers = list(
            pool.map(lambda _: team.act("team", "submit", seen=seen, replaces=revision), range(20))
        )
    accepted = [one for one in answers if one.status == 200]
    refused = [one.data for one in answers if one.status == 409]
    assert len(accepted) == 1
    assert {one["code"] for one in refused} <= {"stale"}
    assert {one.status for one in answers} <= {200, 409, 429}
    assert f"revision {revision + 1}" in refused[0]["refused"]


def test_without_the_pen_a_phone_is_refused_and_whoever_takes_it_may_submit(served):
    second = joined(served, "Alpha")
    seen, revision = drafted(second, "D1")
    refused = second.act("team", "submit", seen=seen, replaces=revision)
    assert (refused.status, refused.data["code"]) == (409, "who")
    assert second.act("team", "pen").status == 200
    assert second.act("team", "submit", seen=seen, replaces=revision).status == 200
    served.alpha.act("team", "pen")


def test_a_submit_of_a_draft_that_has_changed_since_is_refused_with_the_draft(served):
    phone = joined(served, "Alpha")
    phone.act("team", "pen")
    seen, revision = drafted(phone, "D1")
    served.alpha.act("team", "draft", change={"card": "R1"})
    answer = phone.act("team", "submit", seen=seen, replaces=revision)
    assert (answer.status, answer.data["code"]) == (409, "stale")
    assert "R1" in answer.data["refused"]


def test_next_is_for_the_phase_that_the_button_was_drawn_for(served):
    before = lines(served)
    answer = go_on(served.desk, Phase.BRIEF, -1)
    assert (answer.status, answer.data["code"]) == (409, "done")
    assert lines(served) == before


def test_a_phone_that_is_taken_out_is_refused_at_once_and_its_stream_ends(served):
    phone = joined(served, "Bravo")
    seats = served.desk.now("room").data["regions"]["teams"]
    newest = max(int(part.partition('"')[0]) for part in seats.split('data-device="phone ')[1:])
    connection = HTTPConnection("127.0.0.1", served.port, timeout=20)
    cookie = "; ".join(f"{name}={value}" for name, value in phone.cookies.items())
    connection.request("GET", "/team/live", headers={"Host": f"127.0.0.1:{served.port}", "Cookie": cookie})
    stream = connection.getresponse()
    assert stream.headers["content-type"].startswith("text/event-stream")
    assert served.desk.act("room", "remove", device=f"phone {newest}").status == 200
    assert phone.act("team", "draft", change={"card": "D1"}).status == 401
    assert phone.get("/team").status == 401
    assert "event: gone" in stream.read().decode()
    connection.close()


def test_a_closed_door_lets_nobody_in_and_those_inside_stay(served):
    assert served.desk.act("room", "door", is_open=False).status == 200
    client = Client(served.port)
    assert client.ask("POST", path_of(served.join), urlencode({"team": "Alpha"}), **FORM).status == 409
    assert "Nobody can join" in client.get(path_of(served.join)).text
    assert served.alpha.get("/team").status == 200
    assert served.desk.act("room", "door", is_open=True).status == 200


def test_secrets_are_guessed_five_times_a_minute_at_most(served):
    stranger = Client(served.port)
    tries = [stranger.post("/in", {"secret": token_hex(8)}).status for _ in range(7)]
    assert set(tries) == {403, 429}
    assert tries[-1] == 429
    assert not stranger.cookies


def test_nothing_of_tokens_or_secrets_is_in_the_log_or_readable_in_the_folder(served):
    tokens = {
        value
        for client in (served.alpha, served.bravo, served.desk, served.screen)
        for value in client.cookies.values()
    }
    tokens |= {link.partition("#")[2] for link in (served.monitor, served.projector)}
    for path in served.folder.iterdir():
        content = path.read_bytes()
        assert not any(token.encode() in content for token in tokens), path
    assert (served.folder / "doors.sqlite").stat().st_mode & 0o077 == 0
