"""Headlines: titles that fit into two lines of a sheet."""

from collections.abc import Iterable

from tabletop.analysis.compare import Comparison
from tabletop.analysis.interval import FEW_WORLDS
from tabletop.plots.lettering import broken
from tabletop.plots.style import TITLE

ROOM = 1236.0
"""Pixels that a line of a title has."""
LINES = 2


def so_far(compared: Comparison) -> str:
    """What a title says beside whatever rests on fewer than 20 replications."""
    return " so far" if len(compared.replications) < FEW_WORLDS else ""


def fits(title: str, size: float = TITLE) -> bool:
    """Whether a title takes two lines at most."""
    return len(broken(title, ROOM, size, bold=True)) <= LINES


def fitting(candidates: Iterable[str], size: float = TITLE) -> str:
    """The first title that fits, or else the last."""
    title = ""
    for candidate in candidates:
        title = candidate
        if fits(title, size):
            break
    return title
