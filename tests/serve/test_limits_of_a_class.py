"""Limits of a served class: guesses, joins, channels, and the end of seats; who is in stays in."""

import asyncio
import time
from http.client import HTTPConnection
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest

from exercise.room import TEXT
from serve.served import Client, controller, joined, path_of, serving
from tabletop.exercise.acts import End, LogEntry, Open
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.refused import Refused
from tabletop.exercise.roles import CONTROLLER, Role
from tabletop.exercise.state import Phase
from tabletop.serve import classroom as rooms
from tabletop.serve import doors
from tabletop.serve.classroom import Classroom
from tabletop.serve.doors import Doors, Pass
from tabletop.serve.limits import Limit, Limits
from tabletop.serve.pages import join
from tabletop.serve.pages.common import live
from tabletop.serve.pages.join import JoinPage
from tabletop.serve.rendering import Renderer
from tabletop.serve.words import ENGLISH

FORM = {"Content_Type": "application/x-www-form-urlencoded"}


def test_ten_wrong_codes_a_minute_from_one_address_and_who_is_in_notices_nothing(tmp_path):
    (tmp_path / "small.yaml").write_text(TEXT)
    with serving("small.yaml", tmp_path, "--port", "0", "--others", "2", "--workers", "1") as served:
        # a whole class may come from one address: right codes are not counted
        phones = [joined(served, "Alpha") for _ in range(12)]
        stranger, body = Client(served.port), urlencode({"team": "Alpha"})
        tries = [stranger.get(f"/j/AAAAA{letter}").status for letter in "ABCDE"]
        tries += [stranger.ask("POST", f"/j/AAAAB{letter}", body, **FORM).status for letter in "ABCDE"]
        assert tries == [404] * 10
        assert stranger.get("/j/AAAAAF").status == 429
        # the right code tells nothing either, by GET or POST
        assert stranger.get(path_of(served.join)).status == 429
        assert stranger.ask("POST", path_of(served.join), body, **FORM).status == 429
        assert not stranger.cookies
        assert phones[0].get("/team").status == 200


@pytest.mark.verify
def test_of_five_channels_of_one_seat_the_oldest_ends_and_others_are_not_touched(tmp_path):
    (tmp_path / "small.yaml").write_text(TEXT)
    with serving("small.yaml", tmp_path, "--port", "0", "--others", "2", "--workers", "1") as served:
        phone, desk = joined(served, "Alpha"), controller(served)
        opened = [channel(served, desk, "room"), *(channel(served, phone, "team") for _ in range(5))]
        ended = opened[1][1].read().decode()  # it comes to an end, at the next beat at the latest
        assert "event: gone" not in ended
        for _, stream in (opened[0], *opened[2:]):
            assert b"event: beat" in until_beat(stream)
        for connection, _ in opened:
            connection.close()


def channel(served, client, page):
    connection = HTTPConnection("127.0.0.1", served.port, timeout=20)
    cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    connection.request("GET", f"/{page}/live", headers={"Host": f"127.0.0.1:{served.port}", "Cookie": cookie})
    return connection, connection.getresponse()


def until_beat(stream):
    found = b""
    while b"event: beat" not in found:
        line = stream.readline()
        assert line
        found += line
    return found


def stub(**parts):
    """As much of a classroom as a page needs for this."""
    return SimpleNamespace(
        words=ENGLISH,
        renderer=Renderer(ENGLISH, language="en"),
        doors=SimpleNamespace(code="ABCDEF", is_open=True),
        state=SimpleNamespace(phase=Phase.LOBBY),
        **parts,
    )


def from_address(address, code="AAAAAA"):
    return SimpleNamespace(client=SimpleNamespace(host=address), path_params={"code": code}, headers={})


def test_beyond_so_many_wrong_codes_in_all_the_door_is_slow_and_the_right_code_is_not(monkeypatch):
    waited = []

    async def sleep(seconds):
        waited.append(seconds)

    monkeypatch.setattr(join.asyncio, "sleep", sleep)
    page = JoinPage(stub(limits=Limits(codes_in_all=Limit(2, 60.0))))
    asked = [from_address(f"10.0.0.{number}") for number in range(3)]
    statuses = [asyncio.run(page._wrong_code(one)).status_code for one in asked]
    assert statuses == [404] * 3
    assert waited == [join.SLOW_SECONDS]
    assert asyncio.run(page._wrong_code(from_address("10.0.0.9", "ABCDEF"))) is None
    assert len(waited) == 1


def test_there_are_so_many_joins_a_minute_in_all():
    page = JoinPage(stub(limits=Limits(joins=Limit(1, 60.0))))
    first, second = (page._refusal(from_address(f"10.0.0.{number}")) for number in range(2))
    assert (first.status_code, second.status_code) == (415, 429)
    assert Limits().joins._most == 300
    assert Limits().codes_in_all._most == 100


def test_where_all_seats_are_taken_one_gives_way_that_nobody_has_used(monkeypatch, tmp_path):
    monkeypatch.setitem(doors.MOST_SEATS, Role.PLAYER, 3)
    exercise = Exercise.new(tmp_path / "room", text=TEXT, name="small.yaml")
    exercise.do(CONTROLLER, Open(secret="s", teams=("Alpha", "Bravo"), others=3))

    async def course():
        room = Classroom(exercise, Doors.at(exercise.folder), workers=1, address="http://x")
        work = asyncio.create_task(room.desk.work())
        seats = [(await room.seat("Alpha"))[1] for _ in range(3)]
        room.note_use(seats[0])
        with pytest.raises(Refused, match="3 seats are taken"):  # those may only just have come
            await room.seat("Bravo")
        later = time.time() + rooms.AWAY_SECONDS + 1
        monkeypatch.setattr(doors, "time", lambda: later)
        _, late = await room.seat("Bravo")
        assert exercise.state.seats.of("Alpha") == ("phone 1", "phone 3")
        assert not room.doors.is_good(seats[1])
        room.note_use(late)
        room.note_use(seats[2])
        with pytest.raises(Refused, match="3 seats are taken"):
            await room.seat("Bravo")
        # after a start nobody knows who was used: none of them gives way
        again = Classroom(exercise, room.doors, workers=1, address="http://x")
        again.desk = room.desk
        with pytest.raises(Refused, match="3 seats are taken"):
            await again.seat("Bravo")
        work.cancel()

    asyncio.run(course())


def test_a_channel_beyond_all_is_told_to_come_later(monkeypatch):
    monkeypatch.setattr(rooms, "MOST_STREAMS", 2)
    taken = {"a": [object()], "b": [object()]}
    full = SimpleNamespace(words=ENGLISH, has_room_for_a_channel=None)
    full.has_room_for_a_channel = Classroom.has_room_for_a_channel.fget(SimpleNamespace(_channels=taken))
    request = SimpleNamespace(query_params={})
    assert live(request, full, Pass("c", Role.PLAYER, 1, 0.0), lambda: None).status_code == 429
    assert Classroom.has_room_for_a_channel.fget(SimpleNamespace(_channels={"a": [object()]}))


@pytest.mark.parametrize(
    ("role", "minutes", "is_over"),
    [
        (Role.PLAYER, 29.0, False),
        (Role.PLAYER, 31.0, True),
        (Role.EVALUATOR, 31.0, True),
        (Role.PROJECTOR, 31.0, True),
        (Role.CONTROLLER, 31.0, False),
    ],
)
def test_seats_end_half_an_hour_after_endex_but_a_controllers(role, minutes, is_over):
    ended = time.time() - minutes * 60
    entry = LogEntry(number=1, at=ended, by="controller", role=Role.CONTROLLER, act=End())
    exercise = SimpleNamespace(entries=(entry,), now=time.time)
    room = SimpleNamespace(state=SimpleNamespace(phase=Phase.ENDED), exercise=exercise)
    assert Classroom.is_over_for(room, role) is is_over
    room.state.phase = Phase.HOT_WASH
    assert not Classroom.is_over_for(room, role)


def test_a_limit_forgets_who_has_done_nothing_lately(monkeypatch):
    from tabletop.serve import limits

    now = 0.0
    monkeypatch.setattr(limits, "monotonic", lambda: now)
    monkeypatch.setattr(limits, "MOST_NAMES", 3)
    limit = Limit(1, 10.0)
    assert all(limit.allows(name) for name in "abc")
    now = 11.0
    assert limit.allows("d")
    assert len(limit._done) == 1
