"""The entrance: where phones come in, for a lobby that has one."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entrance:
    """Where phones come in."""

    picture: str
    """The address as a QR code: one SVG element."""
    address: str
