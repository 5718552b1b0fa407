"""Safe text: what a screen shows as it was meant, whoever wrote it."""

import re
from unicodedata import bidirectional

UNSAFE = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
)
"""Characters that move the cursor or turn the direction of writing, and codes that are no characters.

The set is written as regular expressions have it. Tabs, line ends, and marks that only join letters or say
in which direction one runs are none of them.
"""
_UNSAFE = re.compile(f"[{UNSAFE}]")


def unsafe(text: str) -> str | None:
    """The first character of a text that no screen should be given; None if there is none."""
    found = _UNSAFE.search(text)
    return None if found is None else found[0]


def safe(text: str) -> str:
    r"""A text in which such characters are spelled out, as \u202e."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def set_apart(text: str) -> str:
    """A name for a sentence from left to right, in which it cannot turn the numbers that follow it.

    What ends with letters from right to left has a mark from left to right behind it.
    """
    strong = (found for letter in reversed(text) if (found := bidirectional(letter)) in {"L", "R", "AL"})
    return f"{text}\N{LEFT-TO-RIGHT MARK}" if next(strong, "L") != "L" else text


def safe_line(text: str) -> str:
    """The same on one line, and without tabs."""
    return safe(text).replace("\n", "\\n").replace("\t", "\\t")
