"""The words of the page before a class beside those of all pages."""

from collections.abc import Mapping
from dataclasses import dataclass

from tabletop.serve.networks import Kind


@dataclass(frozen=True)
class PreflightWords:
    """Every further sentence of that page in one language; what stands in braces is filled in."""

    title: str
    heading: str
    checks: str
    to_do: str
    address: str
    address_says: str
    address_alone: str
    kinds: Mapping[Kind, str]
    network: str
    choose: str
    phone: str
    phone_says: str
    phone_waits: str
    phone_reached: str
    arrived: str
    arrived_title: str
    wifi: str
    wifi_says: str
    wifi_name: str
    wifi_password: str
    wifi_draw: str
    wifi_drawn: str
    door: str
    paper: str
    to_monitor: str
    from_monitor: str
    elsewhere: str


ENGLISH = PreflightWords(
    title="Before the class",
    heading="Before the class",
    checks="Checks",
    to_do="To do: {right}",
    address="Where phones reach this machine",
    address_says="Choose the network that the phones are in. The class is served there from then on, and all "
    "codes and links lead there.",
    address_alone="Phones are led to {address}, and to no other address.",
    kinds={
        Kind.HOTSPOT: "this machine's hotspot",
        Kind.TETHER: "a phone's hotspot",
        Kind.WIRELESS: "Wi-Fi",
        Kind.WIRED: "cable",
    },
    network="{address}: {kind}, {interface}",
    choose="Lead phones there",
    phone="A phone's way here",
    phone_says="Scan this with one phone now. It finds firewalls, and networks that keep devices apart.",
    phone_waits="No phone has come through yet.",
    phone_reached="A phone has come through.",
    arrived="This phone reaches the class. Look at the laptop: it says so too.",
    arrived_title="It works",
    wifi="A code for the Wi-Fi",
    wifi_says="Phones that scan it join the Wi-Fi. Name and password are kept nowhere.",
    wifi_name="Name of the Wi-Fi",
    wifi_password="Password; empty: an open network",  # noqa: S106 (a label)
    wifi_draw="Draw the code",
    wifi_drawn="Joins the Wi-Fi {name}. Stay connected, even if the phone says that there is no internet.",
    door="Door",
    paper="If nothing works: tabletop play with the exercise's folder, and printed decision sheets.",
    to_monitor="To the monitor",
    from_monitor="Before the class: checks, network, a phone's test",
    elsewhere="This page is for the machine that serves.",
)
