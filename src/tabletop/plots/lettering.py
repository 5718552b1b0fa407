"""Lettering: how wide a text is, and how it is broken into lines."""

import re
from functools import lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from tabletop.plots.style import PIXELS_PER_POINT, TEXT
from tabletop.plots.typefaces import families, no_warnings_of_letters

LINE = 1.25
"""Height of a line, in sizes."""


@lru_cache(maxsize=4096)
def width(text: str, size: float = TEXT, *, bold: bool = False) -> float:
    """Width in pixels of one line."""
    font = FontProperties(family=[*families()], size=size, weight="bold" if bold else "normal")
    with no_warnings_of_letters():
        measured: tuple[float, float, float] = text_to_path.get_text_width_height_descent(
            text, font, ismath=False
        )
    return measured[0] * PIXELS_PER_POINT


def height(lines: int, size: float = TEXT) -> float:
    """Height in pixels of so many lines."""
    return lines * size * LINE * PIXELS_PER_POINT


def pieces(text: str) -> list[str]:
    """What is not broken: words, parts of one up to "-", "_", or a "." before a letter, and "× 2"."""
    return re.findall(r"[×+−] \S+|\S+?(?:[-_](?=\S{4})|\.(?=[^\W\d_]\S{3}))|\S+", " ".join(text.split()))


def broken(text: str, room: float, size: float = TEXT, *, bold: bool = False) -> list[str]:
    """The text in lines of at most `room` pixels, broken between pieces, or within one that is too wide."""
    lines: list[str] = []
    line = ""
    for word in pieces(text):
        joint = "" if not line or (line.endswith(("-", "_", ".")) and line + word in text) else " "
        if line and width(line + joint + word, size, bold=bold) > room:
            lines.append(line)
            line, joint = "", ""
        line += joint + word
        while width(line, size, bold=bold) > room and len(line) > 1:
            cut = next(
                n for n in range(len(line) - 1, 0, -1) if n == 1 or width(line[:n], size, bold=bold) <= room
            )
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line] if line or not lines else lines


def fitted(
    text: str, room: float, lines: int, size: float = TEXT, *, bold: bool = False, end: bool = False
) -> str:
    """The text in so many lines at most; '…' stands for what does not fit, in the middle of the last line.

    Names that are alike in their beginnings so remain distinct. With `end` it stands at the end, as
    sentences are cut.
    """
    found = broken(text, room, size, bold=bold)
    if len(found) <= lines:
        return "\n".join(found)
    last = " ".join(text.split())
    for line in found[: lines - 1]:
        last = last[len(line) :].lstrip()
    kept = len(last) - 1
    while kept > 1 and width(_cut(last, kept, end=end), size, bold=bold) > room:
        kept -= 1
    return "\n".join([*found[: lines - 1], _cut(last, kept, end=end)])


def _cut(text: str, kept: int, *, end: bool) -> str:
    """So many letters of a text, with '…' for the others."""
    head = kept if end else (kept + 1) // 2
    tail = kept - head
    return f"{text[:head].rstrip()}…{text[len(text) - tail :].lstrip() if tail else ''}"
