"""A class that is stopped from the keyboard while pages are open ends in words."""

import signal
from contextlib import closing
from http.client import HTTPConnection

from serve.served import joined, serving


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
