"""The checklist's rows about phones: which addresses are shown, in which order, and what the disk takes."""

from types import SimpleNamespace
from typing import NamedTuple

import psutil
import pytest

from tabletop.cli import network_rows
from tabletop.cli.checklist import Standing
from tabletop.serve import networks
from tabletop.serve.networks import Kind, Network


class Address(NamedTuple):
    """An address of an interface."""

    family: int
    address: str


FOUND = {
    "lo": "127.0.0.1",
    "eth0": "192.168.1.20",
    "docker0": "172.17.0.1",
    "tun0": "10.8.0.2",
    "wwan0": "10.64.3.9",
    "wlan0": "192.168.178.5",
    "rmnet_data0": "100.72.1.1",
    "usb0": "172.20.10.3",
    "Wi-Fi 2": "169.254.7.7",
    "Local Area Connection* 3": "192.168.137.1",
    "ap0": "192.168.12.1",
    "wlp3s0": "10.42.0.1",
    "eth1": "8.8.8.8",
    "eth2": "10.0.0.9",
}


@pytest.fixture
def machine(monkeypatch):
    """A machine with every kind of interface; eth2 is down."""
    addresses = {name: [Address(networks.AF_INET, one)] for name, one in FOUND.items()}
    monkeypatch.setattr(psutil, "net_if_addrs", lambda: addresses)
    stats = {name: SimpleNamespace(isup=name != "eth2") for name in FOUND}
    monkeypatch.setattr(psutil, "net_if_stats", lambda: stats)


@pytest.mark.usefixtures("machine")
def test_addresses_are_told_apart_hotspots_first_and_no_container_tunnel_or_carrier():
    assert networks.networks() == (
        Network("Local Area Connection* 3", "192.168.137.1", Kind.HOTSPOT),
        Network("ap0", "192.168.12.1", Kind.HOTSPOT),
        Network("wlp3s0", "10.42.0.1", Kind.HOTSPOT),
        Network("usb0", "172.20.10.3", Kind.TETHER),
        Network("wlan0", "192.168.178.5", Kind.WIRELESS),
        Network("eth0", "192.168.1.20", Kind.WIRED),
    )
    row = network_rows.network()
    assert row.standing is Standing.WELL
    assert row.found.startswith("phones may reach 192.168.137.1 (this machine's hotspot, Local Area")
    assert {"127.0.0.1", "172.17.0.1", "10.0.0.9"} <= networks.own_addresses()


def test_a_machine_alone_and_one_without_psutil_are_told_what_to_do(monkeypatch):
    monkeypatch.setattr(psutil, "net_if_addrs", lambda: {"lo": [Address(networks.AF_INET, "127.0.0.1")]})
    assert "switch Wi-Fi or a hotspot on" in network_rows.network().right
    monkeypatch.setattr(networks, "is_installed", lambda _: False)
    assert "psutil" in network_rows.network().right
    assert networks.own_addresses() == {"127.0.0.1"}


def test_of_ten_commits_the_slowest_is_within_which_95_per_cent_are_done():
    assert network_rows.longest_of_most([n / 10 for n in range(10)]) == 0.9
    assert network_rows.longest_of_most([n / 100 for n in range(100)]) == 0.94


def test_a_slow_disk_is_told_and_nothing_stays_written(monkeypatch, tmp_path):
    assert network_rows.writes(tmp_path / "e").standing in (Standing.WELL, Standing.NOTE)
    assert not [*tmp_path.iterdir()]
    monkeypatch.setattr(network_rows, "_commits", lambda _: [0.01] * 9 + [0.2])
    row = network_rows.writes(tmp_path)
    assert row.standing is Standing.NOTE
    assert "within 200 ms" in row.found
    monkeypatch.setattr(network_rows, "_commits", lambda _: [0.01] * 10)
    assert network_rows.writes(tmp_path).standing is Standing.WELL


@pytest.mark.parametrize(
    ("battery", "says"),
    [
        (None, "tells of no battery"),
        (SimpleNamespace(percent=41.6, power_plugged=False), "on battery, 42 % full"),
        (SimpleNamespace(percent=90.0, power_plugged=True), "plugged in"),
    ],
)
def test_power_is_a_note_in_whatever_way(monkeypatch, battery, says):
    monkeypatch.setattr(psutil, "sensors_battery", lambda: battery, raising=False)
    row = network_rows.power()
    assert row.standing is Standing.NOTE
    assert says in row.found
    assert "switch sleep off" in row.right
    assert ("plug it in" in row.right) == (battery is not None and not battery.power_plugged)
