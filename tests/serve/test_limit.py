"""Limits: so many in so many seconds, for each who tries; the clock is the test's own."""

import asyncio
from types import SimpleNamespace

from tabletop.exercise.roles import Role
from tabletop.serve import guard
from tabletop.serve.classroom import Limits
from tabletop.serve.doors import Pass
from tabletop.serve.guard import Limit
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
