"""Texts cut to what a slide holds: whole sentences first, then whole words."""

import re
from unicodedata import east_asian_width

LETTERS, HEADING = 62, 40
"""On a line of a slide, and in its title; the widest letters count twice."""


def lines_of(text: str) -> int:
    """How many lines a text takes."""
    return max(-(-_length(text) // LETTERS), 1)


def heading(text: str) -> str:
    """A title that stands on one line, with "…" where it is longer."""
    whole = " ".join(text.split())
    return whole if _length(whole) <= HEADING else _cut(whole, HEADING - 2)


def opening(text: str, lines: int) -> str:
    """The beginning of a text that takes so many lines: its sentences, or its words with "…"."""
    whole = " ".join(text.split())
    if lines_of(whole) <= lines:
        return whole
    room, kept = lines * LETTERS, ""
    for sentence in re.split(r"(?<=[.!?…。！？])\s+", whole):
        if _length(f"{kept} {sentence}") > room:
            break
        kept = f"{kept} {sentence}".strip()
    return kept or _cut(whole, room - 2)


def some(texts: tuple[str, ...], lines: int, more: str) -> tuple[str, ...]:
    """As many of some texts as fit, each cut to two lines; the last says that there are more."""
    kept: list[str] = []
    left = lines
    for place, text in enumerate(texts):
        shown = opening(text, 2)
        rest = len(texts) - place - 1
        if lines_of(shown) > left - (1 if rest else 0):
            return (*kept, f"… {more}")
        kept.append(shown)
        left -= lines_of(shown)
    return tuple(kept)


def _cut(text: str, room: int) -> str:
    kept = ""
    for word in text.split(" "):
        if _length(f"{kept} {word}") > room:
            break
        kept = f"{kept} {word}".strip()
    while not kept or _length(kept) > room:
        kept = (kept or text)[: max(room // 2, 1)]
    return f"{kept} …"


def _length(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" or letter in "WMm@—" else 1 for letter in text)
