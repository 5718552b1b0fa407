"""The guard: limits on a clock of the test's own, and headers on whatever is answered."""

import asyncio
import json
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from tabletop.exercise.roles import Role
from tabletop.serve import guard, limits
from tabletop.serve.asked import PLAYERS
from tabletop.serve.doors import Pass
from tabletop.serve.guard import Guard
from tabletop.serve.limits import Limit, Limits
from tabletop.serve.pages.common import answered
from tabletop.serve.words import ENGLISH


def test_the_limit_is_over_a_sliding_time_and_by_name(monkeypatch):
    now = 100.0
    monkeypatch.setattr(limits, "monotonic", lambda: now)
    limit = Limit(3, 10.0)
    assert [limit.allows("a") for _ in range(5)] == [True, True, True, False, False]
    assert limit.allows("b")
    now = 109.9
    assert not limit.allows("a")
    now = 110.0
    assert limit.allows("a")


def test_a_seat_that_taps_without_end_is_told_to_wait_and_nothing_is_done(monkeypatch):
    monkeypatch.setattr(limits, "monotonic", lambda: 0.0)
    done = []

    async def do():
        done.append(True)
        return SimpleNamespace(number=len(done))

    async def run():
        classroom = SimpleNamespace(limits=Limits(), words=ENGLISH)
        seat = Pass("digest", Role.PLAYER, 1, 0.0)
        return [(await answered(classroom, seat, do)).status_code for _ in range(30)]

    statuses = asyncio.run(run())
    assert statuses == [200] * 20 + [429] * 10
    assert len(done) == 20


def test_an_answer_to_a_failure_of_the_program_has_the_headers_too_and_tells_nothing():
    async def broken(_):
        raise RuntimeError("a canary")

    answers = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        answers.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "scheme": "http",
        "query_string": b"",
        "headers": [(b"host", b"here:1")],
    }
    guarded = Guard(Starlette(routes=[Route("/", broken)]), origins=["http://here:1"])
    with pytest.raises(RuntimeError):
        asyncio.run(guarded(scope, receive, send))
    headers = dict(answers[0]["headers"])
    assert answers[0]["status"] == 500
    assert b"default-src 'none'" in headers[b"content-security-policy"]
    assert b"canary" not in b"".join(message.get("body", b"") for message in answers)


def asked(guarded, *messages, method="POST", **headers):
    """The status that a guarded application answers to a request that comes in these parts."""
    answers, left = [], list(messages)

    async def receive():
        if not left:
            await asyncio.sleep(60)
        return left.pop(0)

    async def send(message):
        answers.append(message)

    given = {"host": "here:1", "origin": "http://here:1", "content-length": "2", **headers}
    scope = {
        "type": "http", "method": method, "path": "/", "scheme": "http", "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
    }  # fmt: skip
    asyncio.run(guarded(scope, receive, send))
    return answers[0]["status"]


async def _reads(scope, receive, send):
    """An application that answers with what it has read."""
    body = b""
    while True:
        message = await receive()
        body += message["body"]
        if not message["more_body"]:
            break
    await PlainTextResponse(body, 200 if body == b"ab" else 500)(scope, receive, send)


def part(body, *, more):
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_body_that_comes_byte_by_byte_is_waited_for_so_long_and_no_longer(monkeypatch):
    guarded = Guard(_reads, origins=["http://here:1"])
    assert asked(guarded, part(b"a", more=True), part(b"b", more=False)) == 200
    monkeypatch.setattr(guard, "SLOWEST_BODY", 0.05)
    assert asked(guarded, part(b"a", more=True)) == 408


@pytest.mark.parametrize(
    ("origin", "status"),
    [("https://class.example", 200), ("http://class.example", 403), ("https://here:1", 403)],
)
def test_behind_tls_an_origin_is_that_of_the_address_and_not_of_the_connection(origin, status):
    guarded = Guard(_reads, origins=["https://class.example", "http://here:1"])
    parts = part(b"ab", more=False)
    assert asked(guarded, parts, host="class.example", origin=origin) == status


def test_a_range_from_minus_nought_is_from_nought():
    body = {"do": "predict", "key": "0" * 24, "since": 1, "measure": "incidents", "replaces": 0, "high": 2}
    asked = PLAYERS.validate_json(json.dumps({**body, "low": -0.0}))
    assert str(asked.act("Alpha", "phone 1").low) == "0.0"
