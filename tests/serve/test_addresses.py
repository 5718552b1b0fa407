"""The address of a class changes: by another network that the controller chooses, or by a restart on one."""

import re
import socket

import pytest

from exercise.room import TEXT
from serve.served import Client, controller, joined, path_of, projector, serving, until
from serve.served_here import served_here
from tabletop.exercise.roles import Role
from tabletop.serve.address import qr
from tabletop.serve.networks import Kind, Network
from tabletop.serve.way_in import Way

OPTIONS = ("--others", "2", "--workers", "1")
FIRST, SECOND = "127.0.0.1", "127.0.0.2"


def has_a_second_address():
    try:
        socket.create_server((SECOND, 0)).close()
    except OSError:
        return False
    return True


pytestmark = pytest.mark.skipif(not has_a_second_address(), reason="loopback has one address here")


def drawn(code):
    """What makes a QR code this one: the lines of its modules."""
    return re.search(r' d="([^"]+)"', str(code))[1]


def screen_of(served):
    """What the room sees, once it is drawn."""
    room = projector(served)

    def screen():
        found = room.now("projector").data["regions"]["screen"]
        return found if "<svg" in found else ""

    return until(screen)


def test_after_a_restart_on_another_address_the_room_shows_it_and_seats_are_good(tmp_path):
    (tmp_path / "small.yaml").write_text(TEXT)
    with serving("small.yaml", tmp_path, "--port", "0", *OPTIONS, "--host", FIRST) as served:
        phone = joined(served, "Alpha")
        old = served.join
        assert drawn(qr(old)) in screen_of(served)
        served.kill()
    again = ("--port", str(served.port), "--workers", "1", "--host", SECOND)
    with serving(served.folder, tmp_path, *again) as moved:
        assert moved.join == old.replace(FIRST, SECOND)
        screen = screen_of(moved)
        assert drawn(qr(moved.join)) in screen
        assert drawn(qr(old)) not in screen
        assert f"{SECOND}:{served.port}" in screen
        assert FIRST not in screen
        assert moved.join in controller(moved).get("/room").text
        # a browser has cookies by host, so that its phone joins again, which costs nothing
        desk = controller(moved)
        assert joined(moved, "Alpha").get("/team").status == 200
        assert "phone 2" in desk.now("room").data["regions"]["teams"]
        # and what the seat of before was given is good still
        assert Client(moved.port, phone.cookies, SECOND).act("team", "pen").status in (200, 409)
        assert Client(moved.port, phone.cookies, SECOND).get("/team").status == 200
        assert Client(moved.port, {}, SECOND).get("/team").status == 401


def second_way(port):
    return (Way(f"http://{SECOND}:{port}", Network("lo", SECOND, Kind.WIRELESS)),)


def test_a_network_that_is_chosen_is_served_from_then_on_and_the_first_address_goes_on(tmp_path):
    with served_here(tmp_path, ways=second_way) as (room, _, port):
        desk, far = Client(port), Client(port, host=SECOND)
        desk.post("/in", {"secret": room.doors.new_link(Role.CONTROLLER)})
        assert f"{SECOND}:{port}" in desk.now("preflight").data["regions"]["way"]
        path = path_of(room.join_address)
        with pytest.raises(ConnectionRefusedError):
            far.get(path)
        # nor under its name, before it is chosen
        assert desk.get(path, Host=f"{SECOND}:{port}").status == 421
        chosen = {"address": f"http://{SECOND}:{port}"}
        for _ in range(2):  # to choose it again does no harm
            assert desk.post("/preflight/address", chosen).status == 200
        assert far.get(path).status == 200
        assert (
            far.ask("POST", path, "team=Alpha", Content_Type="application/x-www-form-urlencoded").status
            == 303
        )
        assert far.get("/team").status == 200
        assert desk.now("room").status == 200
        assert room.join_address == f"http://{SECOND}:{port}{path}"
        assert room.screen.entrance.address == room.join_address


def test_an_address_that_cannot_be_served_is_told_and_nothing_changes(tmp_path):
    with served_here(tmp_path, ways=second_way) as (room, _, port), socket.create_server((SECOND, port)):
        desk = Client(port)
        desk.post("/in", {"secret": room.doors.new_link(Role.CONTROLLER)})
        answer = desk.post("/preflight/address", {"address": f"http://{SECOND}:{port}"})
        assert answer.status == 409
        assert f"{SECOND}:{port}: cannot be served from" in answer.data["refused"]
        assert room.address == f"http://{FIRST}:{port}"
        assert desk.get("/ping", Host=f"{SECOND}:{port}").status == 421
