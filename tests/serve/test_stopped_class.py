"""A class that is stopped from the keyboard while pages are open ends in words."""

import signal
from contextlib import closing
from http.client import HTTPConnection
from socket import create_connection

from serve.served import joined, serving


def test_what_is_no_http_writes_nothing_into_the_terminal(tmp_path):
    with serving("first-steps", tmp_path, "--port", "0", "--others", "2", "--workers", "1") as served:
        for sent in (b"nonsense\r\n\r\n", b"\x16\x03\x01\x00\x05hello"):
            with closing(create_connection(("127.0.0.1", served.port), timeout=60)) as connection:
                connection.sendall(sent)
                assert connection.recv(99).startswith(b"HTTP/1.1 400")
        served.process.send_signal(signal.SIGINT)
        said, _ = served.process.communicate(timeout=60)
        assert [line.partition(":")[0] for line in said.splitlines()] == ["Nothing is lost. To go on"]


def test_an_interrupt_ends_open_channels_and_says_how_to_go_on(tmp_path):
    with serving("first-steps", tmp_path, "--port", "0", "--others", "2", "--workers", "1") as served:
        phone = joined(served, "North")
        cookie = "; ".join(f"{name}={value}" for name, value in phone.cookies.items())
        with closing(HTTPConnection("127.0.0.1", served.port, timeout=60)) as connection:
            connection.request(
                "GET", "/team/live", headers={"Host": f"127.0.0.1:{served.port}", "Cookie": cookie}
            )
            channel = connection.getresponse()
            assert channel.status == 200
            assert channel.readline() == b"retry: 2000\n"
            served.process.send_signal(signal.SIGINT)
            assert b"event: gone" not in channel.read()  # the seat stays good
        said, _ = served.process.communicate(timeout=60)
        assert [line.partition(":")[0] for line in said.splitlines()] == ["Nothing is lost. To go on"]
