"""Phones that stop reading: their connections end, what they held is let go, and nobody else notices."""

import socket
import time
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from threading import Thread
from types import SimpleNamespace
from unittest.mock import Mock

import uvicorn

from exercise.room import TEXT
from serve.served import Client
from tabletop.exercise.acts import BeginMove, Start
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.log import SERVE
from tabletop.exercise.roles import CONTROLLER, Role
from tabletop.serve.app import app
from tabletop.serve.classroom import Classroom, opening
from tabletop.serve.doors import Doors
from tabletop.serve.draining import DRAIN_SECONDS, DrainingProtocol
from tabletop.serve.pages.common import cookie_name
from tabletop.serve.server import configured, listening
from tabletop.serve.way_in import WayIn

PATIENCE = 60.0
SMALL_BUFFER = 4096


@contextmanager
def served_here(where, drain_seconds):
    """A class in its first move, served by a thread of this process, so that one can look inside."""
    exercise = Exercise.new(where / "room", text=TEXT, name="small.yaml")
    with exercise.in_charge(SERVE):
        exercise.do(CONTROLLER, opening(exercise.state, teams=(), others=2, pen=True))
        exercise.do(CONTROLLER, Start())
        exercise.do(CONTROLLER, BeginMove(move=1))
        doors, sock = Doors.at(exercise.folder), listening("127.0.0.1", 0)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SMALL_BUFFER)  # as those of its connections
        port = sock.getsockname()[1]
        way = WayIn(f"http://127.0.0.1:{port}")
        room = Classroom(exercise, doors, workers=1, address=way.address)
        config = configured(app(room, origins={way.address}), way, drain_seconds=drain_seconds)
        server = uvicorn.Server(config)
        thread = Thread(target=server.run, args=([sock],))
        thread.start()
        try:
            until(lambda: server.started)
            yield room, server, port
        finally:
            server.should_exit = True
            thread.join()
            sock.close()
            doors.close()


def until(is_so):
    end = time.monotonic() + PATIENCE
    while not (found := is_so()):
        assert time.monotonic() < end
        time.sleep(0.02)
    return found


def seated(room, port, team):
    """A phone at a table."""
    phone = Client(port)
    path = f"/j/{room.doors.code}"
    phone.ask("POST", path, f"team={team}", Content_Type="application/x-www-form-urlencoded")
    token = phone.cookies[cookie_name(room, Role.PLAYER)]
    return phone, room.doors.admit(token, Role.PLAYER).device


def listens(phone, buffer=None):
    """Its live channel, on a connection that takes so many bytes before somebody reads."""
    connection = HTTPConnection("127.0.0.1", phone.port, timeout=PATIENCE)
    connection.sock = socket.socket()
    connection.sock.settimeout(PATIENCE)
    if buffer is not None:
        connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    connection.sock.connect(("127.0.0.1", phone.port))
    cookie = "; ".join(f"{name}={value}" for name, value in phone.cookies.items())
    connection.request("GET", "/team/live", headers={"Host": f"127.0.0.1:{phone.port}", "Cookie": cookie})
    return connection


def waiting(server):
    """Bytes that wait to be sent, by connection."""
    return [one.transport.get_write_buffer_size() for one in server.server_state.connections]


def test_a_phone_that_never_reads_is_hung_up_on_and_nobody_else(tmp_path):
    with served_here(tmp_path, drain_seconds=0.3) as (room, server, port):
        tapping, _ = seated(room, port, "Alpha")
        deaf, deaf_device = seated(room, port, "Alpha")
        reading, reading_device = seated(room, port, "Alpha")
        connection, beside = listens(deaf, SMALL_BUFFER), listens(reading)
        lines = []

        def read():
            with closing(beside.getresponse()) as told:
                while line := told.readline():
                    lines.append(line)

        reader = Thread(target=read)
        reader.start()
        until(lambda: room._open[deaf_device] == room._open[reading_device] == 1)

        def dropped():
            """Tap until the deaf phone's channel has ended."""
            number = len(room.exercise.entries)
            change = {"card": ("D1", "D2")[number // 2 % 2], "times": number % 2}
            assert tapping.act("team", "draft", change=change).status == 200
            return room._open[deaf_device] == 0

        until(dropped)
        until(lambda: max(waiting(server)) < SMALL_BUFFER)  # what waited for it is let go
        # others are as they were: the same channel goes on, and has the last line
        line = tapping.act("team", "draft", change={"card": "R1"}).data["line"]
        until(lambda: any(f"id: {line}\n".encode() == one for one in lines))
        assert room._open[reading_device] == 1
        # and whoever was deaf comes back to the page of now
        connection.close()
        with closing(listens(deaf)) as back, closing(back.getresponse()) as again:
            found = b""
            while b"event: view" not in found:
                found += again.readline()
            assert f"id: {line}\n".encode() in found + again.readline()
        beside.sock.shutdown(socket.SHUT_RDWR)
        reader.join()
        beside.close()


def given_up_after(*waits):
    """At which look a connection is given up, of which so many bytes wait at each; None if it never is."""
    looks, given_up = [], []
    protocol = DrainingProtocol.__new__(DrainingProtocol)
    protocol.flow = SimpleNamespace(pause_writing=lambda: None, resume_writing=lambda: None)
    protocol.loop = SimpleNamespace(call_later=lambda _, *look: looks.append(look) or Mock())
    now = [waits[0]]
    protocol.transport = SimpleNamespace(
        get_write_buffer_size=lambda: now[0], abort=lambda: given_up.append(True)
    )
    protocol.pause_writing()
    for number, now[0] in enumerate(waits[1:], start=1):
        look, *arguments = looks.pop()
        look(*arguments)
        if given_up:
            assert not looks
            return number
    protocol.resume_writing()
    assert protocol._waits is None
    return None


def test_a_slow_download_that_moves_goes_on_and_one_that_does_not_ends():
    assert given_up_after(5_000_000, 4_900_000, 4_800_000, 16_000) is None
    assert given_up_after(5_000_000, 4_900_000, 4_899_000) == 2
    assert given_up_after(70_000, 70_000) == 1


def test_browsers_have_ten_seconds():
    assert DrainingProtocol.drain_seconds == DRAIN_SECONDS == 10.0
