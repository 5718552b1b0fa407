"""Typefaces of figures: the carried one, then those of the machine; and what none of them has."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from matplotlib.font_manager import FontProperties, findfont, findSystemFonts, fontManager, get_font

from tabletop.fonts import FALLBACKS, fallbacks

CARRIED = "DejaVu Sans"
"""Comes with matplotlib, so that a figure is the same everywhere."""

FILES = tuple({name.partition(" CJK")[0].replace(" ", "") for names in FALLBACKS.values() for name in names})
"""How the files are named in which the machine's typefaces are."""


@cache
def families() -> tuple[str, ...]:
    """The carried typeface, and the machine's own for what it lacks.

    Matplotlib keeps a list of fonts from its first day on a machine; what was installed later is added.
    """
    listed = {font.fname for font in fontManager.ttflist}
    for path in sorted(findSystemFonts()):
        if path not in listed and Path(path).stem.partition("-")[0].startswith(FILES):
            fontManager.addfont(path)
    return (CARRIED, *fallbacks({font.name for font in fontManager.ttflist}))


@cache
def _known() -> frozenset[int]:
    """The characters that one of the typefaces has."""
    known: set[int] = set()
    for family in families():
        known.update(get_font(findfont(FontProperties(family=family))).get_charmap())
    return frozenset(known)


def lacking(text: str) -> tuple[str, ...]:
    """The characters of a text that no typeface here has, each once; blanks and joiners need none."""
    printable = (
        letter
        for letter in text
        if not letter.isspace() and letter.isprintable() and ord(letter) not in _JOINERS
    )
    return tuple(dict.fromkeys(letter for letter in printable if ord(letter) not in _known()))


_JOINERS = frozenset((0x200B, 0x200C, 0x200D, *range(0xFE00, 0xFE10)))
"""What only says how the letters beside it look."""


@contextmanager
def no_warnings_of_letters() -> Iterator[None]:
    """Within it matplotlib says nothing of letters that no typeface has, nor of weights that one lacks.

    What no typeface has is told once, in a sentence, before anything is drawn.
    """
    log = logging.getLogger("matplotlib.font_manager")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=r"Glyph .* missing from (current )?font")
            yield
    finally:
        log.setLevel(level)
