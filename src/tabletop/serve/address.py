"""Addresses as pictures that a phone can scan."""

from io import BytesIO

import segno

LOOPBACK = "127.0.0.1"


def qr(text: str) -> str:
    """A text as a QR code: one SVG element, without a size of its own."""
    drawn = BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=4, svgclass=None, lineclass=None
    )
    return drawn.getvalue().decode()
