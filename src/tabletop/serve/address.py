"""Addresses: where this machine is reached from the room, and as a picture that a phone can scan."""

import socket
from io import BytesIO
from ipaddress import ip_address

import segno

LOOPBACK = "127.0.0.1"


def lan_address() -> str | None:
    """The private address under which other machines of the network reach this one; None if there is none.

    It is that of the way out, which a machine has as a rule; nothing is sent.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 9))
            found: str = probe.getsockname()[0]
        except OSError:
            return None
    address = ip_address(found)
    return found if address.is_private and not address.is_loopback else None


def qr(text: str) -> str:
    """A text as a QR code: one SVG element, without a size of its own."""
    drawn = BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=4, svgclass=None, lineclass=None
    )
    return drawn.getvalue().decode()
