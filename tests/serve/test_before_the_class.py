"""The page before a class: for this machine's controller; a phone's test, networks, a code for the Wi-Fi."""

import asyncio
import re
from types import SimpleNamespace

import pytest

from exercise.room import TEXT
from serve.served import Client, controller, path_of, serving
from tabletop.serve.networks import Kind, Network, networks
from tabletop.serve.pages import preflight
from tabletop.serve.pages.preflight import PreflightPage
from tabletop.serve.rendering import Renderer
from tabletop.serve.way_in import Way
from tabletop.serve.words import ENGLISH

WAYS = tuple(
    Way(f"http://{address}:8000", Network(name, address, kind))
    for address, name, kind in (("10.42.0.1", "ap0", Kind.HOTSPOT), ("192.168.1.2", "wlan0", Kind.WIRELESS))
)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    where = tmp_path_factory.mktemp("before")
    (where / "small.yaml").write_text(TEXT)
    with serving("small.yaml", where, "--port", "0", "--others", "2", "--workers", "1") as found:
        found.desk = controller(found)
        yield found


def ping_from(address, monkeypatch):
    """Whether a page that is asked for from an address turns green, and what that machine is told."""
    monkeypatch.setattr(preflight, "own_addresses", lambda: frozenset({"127.0.0.1", "10.42.0.1"}))
    rung = []
    classroom = SimpleNamespace(
        words=ENGLISH,
        renderer=Renderer(ENGLISH, language="en"),
        address="http://10.42.0.1:8000",
        bell=SimpleNamespace(ring=lambda: rung.append(True)),
    )
    page = PreflightPage(classroom)
    answer = asyncio.run(page._ping(SimpleNamespace(client=SimpleNamespace(host=address))))
    assert b"This phone reaches the class" in answer.body
    assert bool(rung) == bool(page._reached)
    return page._reached


def test_a_phone_that_is_not_this_machine_turns_it_green_and_no_other(monkeypatch):
    assert ping_from("10.42.0.17", monkeypatch) == {"http://10.42.0.1:8000"}
    assert not ping_from("127.0.0.1", monkeypatch)
    assert not ping_from("10.42.0.1", monkeypatch)


def test_this_machine_alone_does_not_turn_it_green_and_takes_no_seat(served):
    stranger = Client(served.port)
    assert stranger.get("/ping").status == 200
    assert not stranger.cookies
    assert "No phone has come through yet." in served.desk.now("preflight").data["regions"]["way"]


def test_a_controller_at_another_machine_has_no_such_page(monkeypatch):
    monkeypatch.setattr(preflight, "own_addresses", lambda: frozenset({"127.0.0.1"}))
    monkeypatch.setattr(preflight, "admitted", lambda *_: SimpleNamespace(device="controller 1"))
    classroom = SimpleNamespace(words=ENGLISH, renderer=Renderer(ENGLISH, language="en"))
    page = PreflightPage(classroom)
    far = page._admitted(SimpleNamespace(client=SimpleNamespace(host="192.168.1.9")))
    assert far.status_code == 403
    assert page._admitted(SimpleNamespace(client=SimpleNamespace(host="127.0.0.1"))).device == "controller 1"


def test_every_network_is_there_one_is_chosen_and_all_codes_lead_there(tmp_path):
    (tmp_path / "small.yaml").write_text(TEXT)
    found = networks()
    if not found:
        pytest.skip("this machine is in no private network")
    with serving("small.yaml", tmp_path, "--port", "0", "--others", "2", "--workers", "1", "--lan") as served:
        assert served.join.startswith(f"http://{found[0].address}:{served.port}/j/")
        desk = Client(served.port)
        assert desk.post("/in", {"secret": served.monitor.partition("#")[2]}).status == 200
        way = desk.now("preflight").data["regions"]["way"]
        assert re.findall(r'value="http://([\d.]+):', way) == [one.address for one in found]
        assert way.count(" checked") == 1
        last = f"http://{found[-1].address}:{served.port}"
        assert desk.post("/preflight/address", {"address": last}).status == 200
        assert f"{last}{path_of(served.join)}" in desk.get("/room").text
        for other in ("http://evil.example", "http://127.0.0.1:1", ""):
            assert desk.post("/preflight/address", {"address": other}).status == 409
        # phones reach it there, under that name alone
        near = Client(served.port)
        assert near.get(path_of(served.join), Host=last.partition("//")[2]).status == 200
        assert near.get(path_of(served.join), Host="evil.example").status == 421


def test_a_code_for_the_wifi_is_drawn_and_kept_nowhere(served):
    answer = served.desk.post("/preflight/wifi", {"name": 'Room; "2"', "password": "canary\\bird"})
    assert answer.status == 200
    assert "<svg" in answer.data["html"]
    assert "canary" not in answer.data["html"]
    assert "canary" not in served.desk.get("/preflight").text
    assert not any(b"canary" in path.read_bytes() for path in served.folder.iterdir())
    for wrong in ({"name": "", "password": "x"}, {"name": "x" * 33, "password": ""}, {"name": "x"}):
        assert served.desk.post("/preflight/wifi", wrong).status == 422


def test_the_checks_are_there_and_say_what_to_do(served):
    page = served.desk.get("/preflight").text
    for name in ("network", "writes", "disk", "power", "extras", "fonts", "cards", "minutes"):
        assert re.search(rf"</span> {name}</dt>", page), name
    assert "To do: switch sleep off for the class" in page


@pytest.mark.verify
def test_a_network_that_was_chosen_is_waited_for_anew():
    chosen = Renderer(ENGLISH, language="en").page(
        "preflight_way.html",
        ways=WAYS,
        address=WAYS[1].address,
        link="x",
        is_reached=False,
        regions={"qr": ""},
    )
    assert "10.42.0.1:8000: this machine&#39;s hotspot, ap0" in chosen
    assert re.search(r'value="http://192.168.1.2:8000" checked', chosen)
    assert "No phone has come through yet." in chosen
