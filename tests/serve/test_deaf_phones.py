"""Phones that stop reading: their connections end, what they held is let go, and nobody else notices."""

import socket
from contextlib import closing
from http.client import HTTPConnection
from threading import Thread
from types import SimpleNamespace
from unittest.mock import Mock

import pytest

from serve.served import PATIENCE, until
from serve.served_here import seated, served_here
from tabletop.serve.draining import DRAIN_SECONDS, DrainingProtocol

SMALL_BUFFER = 4096


def small_buffers(listener):
    """A connection's buffer for what is sent is as large as that of the socket that listens."""
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SMALL_BUFFER)


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


@pytest.mark.verify
def test_a_phone_that_never_reads_is_hung_up_on_and_nobody_else(tmp_path):
    with served_here(tmp_path, drain_seconds=0.3, prepare=small_buffers) as (room, server, port):
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
