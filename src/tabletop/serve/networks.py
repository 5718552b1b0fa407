"""Networks: under which addresses of this machine phones may reach it, told apart by what each leads to."""

from dataclasses import dataclass
from enum import IntEnum
from importlib import import_module
from ipaddress import IPv4Address, IPv4Network, ip_address
from pathlib import Path
from socket import AF_INET
from typing import Any

from tabletop.extras import is_installed


class Kind(IntEnum):
    """What an address leads to, the one that a class most likely wants first."""

    HOTSPOT = 0
    """A network that this machine itself gives out."""
    TETHER = 1
    """A phone's hotspot, which this machine has joined."""
    WIRELESS = 2
    WIRED = 3


@dataclass(frozen=True)
class Network:
    """An address of this machine in a private network."""

    interface: str
    address: str
    kind: Kind


NOT_A_ROOM = (
    "docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "cni", "podman", "lxc", "lxd", "vethernet",
    "virtualbox", "vmware", "tun", "tap", "wg", "utun", "ppp", "ipsec", "tailscale", "zt", "wwan", "rmnet",
    "ccmni", "awdl", "llw", "ifb", "dummy",
)  # fmt: skip
"""How interfaces begin that lead to containers, to other places or to a carrier, not to a room."""
SHARED = (IPv4Network("10.42.0.0/16"), IPv4Network("192.168.137.0/24"))
"""Networks that Linux and Windows give out when they share theirs."""
SHARING = ("ap", "bridge100", "local area connection*")
"""How interfaces begin by which systems give a network out."""
TETHERED = (IPv4Network("172.20.10.0/28"), IPv4Network("192.168.43.0/24"))
"""Networks that phones give out."""
WIRELESS = ("wl", "wi-fi", "wifi", "wlan")


def networks() -> tuple[Network, ...] | None:
    """The private networks that this machine is in, hotspots first; None without psutil."""
    if not is_installed("psutil"):
        return None
    psutil: Any = import_module("psutil")
    up = {name for name, each in psutil.net_if_stats().items() if each.isup}
    found = [
        Network(name, one.address, kind_of(name, one.address))
        for name, addresses in psutil.net_if_addrs().items()
        for one in addresses
        if one.family == AF_INET and name in up and leads_to_a_room(name, one.address)
    ]
    return tuple(sorted(found, key=lambda one: (one.kind, one.interface, one.address)))


def own_addresses() -> frozenset[str]:
    """Every address of this machine, of whatever kind; those of loopback at least."""
    if not is_installed("psutil"):
        return frozenset({"127.0.0.1"})
    psutil: Any = import_module("psutil")
    every = (one.address for addresses in psutil.net_if_addrs().values() for one in addresses)
    return frozenset({"127.0.0.1", *every})


def leads_to_a_room(interface: str, address: str) -> bool:
    """Whether phones of a room may reach an address."""
    found = ip_address(address)
    if not found.is_private or found.is_loopback or found.is_link_local or found.is_unspecified:
        return False
    return not interface.lower().startswith(NOT_A_ROOM)


def kind_of(interface: str, address: str) -> Kind:
    """What an address leads to, by the names and numbers that systems give."""
    found, name = IPv4Address(address), interface.lower()
    if any(found in one for one in SHARED) or name.startswith(SHARING):
        return Kind.HOTSPOT
    if any(found in one for one in TETHERED):
        return Kind.TETHER
    if name.startswith(WIRELESS) or Path("/sys/class/net", interface, "wireless").exists():
        return Kind.WIRELESS
    return Kind.WIRED
