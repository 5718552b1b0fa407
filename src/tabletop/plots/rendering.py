"""A figure as a file holds it: the same bytes for the same figure."""

from io import BytesIO
from typing import Any

from matplotlib.figure import Figure

from tabletop.errors import UnknownName
from tabletop.plots import style
from tabletop.plots.typefaces import no_warnings_of_letters

FORMATS = ("svg", "png", "pdf")

_UNDATED: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": "tabletop"},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "ModDate": None, "Creator": "tabletop", "Producer": None},
}
"""What a file says of its making: nothing that depends on when or with which version."""


def rendered(figure: Figure, form: str, *, living_text: bool = False) -> bytes:
    """The figure as a file of this format holds it; raises UnknownName for another format.

    An SVG with `living_text` is shaped and searched by whoever shows it, and a tenth as large.
    """
    if form not in FORMATS:
        raise UnknownName.among("figure format", form, FORMATS)
    buffer = BytesIO()
    with style.applied(living_text=living_text), no_warnings_of_letters():
        figure.savefig(buffer, format=form, metadata=_UNDATED[form])
    return buffer.getvalue()
