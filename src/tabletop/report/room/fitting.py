"""Texts of authors made to fit a screen: as large as there is room, and cut after a sentence at worst."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tabletop.plots.lettering import broken, fitted, width
from tabletop.plots.style import PIXELS_PER_POINT
from tabletop.report.document.statement import treated

_SENTENCE = re.compile(r"(?<=[.!?。！？؟])\s+")
LINE = 1.3
"""Height of a line, in sizes."""
HEADING, WIDTH, ONE_LINE = 40.0, 1224.0, 40.0
"""Pixels of a heading, of the screen between its margins, and of what a foot's line is high."""


@dataclass(frozen=True)
class Fitted:
    """A text, and the size at which it fits, in pixels at 1280 × 720."""

    text: str
    size: int
    is_cut: bool = False


def fitting(text: str, wide: float, high: float, sizes: Iterable[int]) -> Fitted:
    """A text at the first of these sizes at which it fits into `wide` × `high` pixels.

    At the last one it is cut after its last sentence that fits, or else within its first.
    """
    words, size = " ".join(treated(text).text.split()), 0
    for size in sizes:
        if _lines(words, wide, size) * size * LINE <= high:
            return Fitted(words, size)
    most = max(1, int(high / (size * LINE)))
    sentences = _SENTENCE.split(words)
    while len(sentences) > 1:
        sentences.pop()
        if _lines(kept := " ".join(sentences), wide, size) <= most:
            return Fitted(kept, size, is_cut=True)
    points = size / PIXELS_PER_POINT
    cut = " ".join(fitted(words, wide, most, points, end=True).split("\n"))
    return Fitted(cut, size, is_cut=True)


def first_sentences(text: str, number: int = 2) -> str:
    """The first sentences of a text."""
    return " ".join(_SENTENCE.split(" ".join(text.split()))[:number])


def heading(*candidates: str) -> str:
    """The first of these headings that fits on its line; else the last one, cut."""
    points = HEADING / PIXELS_PER_POINT
    for candidate in candidates:
        if width(treated(candidate).text, points, bold=True) <= WIDTH:
            return candidate
    return fitted(treated(candidates[-1]).text, WIDTH, 1, points, bold=True, end=True)


def _lines(text: str, wide: float, size: float) -> int:
    return len(broken(text, wide, size / PIXELS_PER_POINT))
