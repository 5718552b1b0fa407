"""The guard: limits on a clock of the test's own, and headers on whatever is answered."""

import asyncio
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from tabletop.exercise.roles import Role
from tabletop.serve import guard
from tabletop.serve.classroom import Limits
from tabletop.serve.doors import Pass
from tabletop.serve.guard import Guard, Limit
from tabletop.serve.pages.common import answered
from tabletop.serve.words import ENGLISH


def test_the_limit_is_over_a_sliding_time_and_by_name(monkeypatch):
    now = 100.0
    monkeypatch.setattr(guard, "monotonic", lambda: now)
    limit = Limit(3, 10.0)
    assert [limit.allows("a") for _ in range(5)] == [True, True, True, False, False]
    assert limit.allows("b")
    now = 109.9
    assert not limit.allows("a")
    now = 110.0
    assert limit.allows("a")


def test_a_seat_that_taps_without_end_is_told_to_wait_and_nothing_is_done(monkeypatch):
    monkeypatch.setattr(guard, "monotonic", lambda: 0.0)
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
    guarded = Guard(Starlette(routes=[Route("/", broken)]), hosts=["here:1"])
    with pytest.raises(RuntimeError):
        asyncio.run(guarded(scope, receive, send))
    headers = dict(answers[0]["headers"])
    assert answers[0]["status"] == 500
    assert b"default-src 'none'" in headers[b"content-security-policy"]
    assert b"canary" not in b"".join(message.get("body", b"") for message in answers)
