"""Names made short enough for a figure, all of them together, so that no two become the same."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from tabletop.plots.lettering import width
from tabletop.plots.style import TEXT

_JOINER = "\N{ZERO WIDTH JOINER}"
LEAST = 3
"""Letters that a name keeps at its beginning and at its end at least."""


def shortened(names: Sequence[str], room: float, size: float = TEXT, *, bold: bool = False) -> list[str]:
    """The names in `room` pixels: whole words go out of the middle first, then letters.

    Where two would look alike, both are empty: their numbers have to do.
    """
    found = [_short(" ".join(name.split()), room, size, bold=bold) for name in names]
    seen = Counter(found)
    return [name if seen[name] == 1 else "" for name in found]


def clipped(name: str, letters: int = 40) -> str:
    """A name for a sentence: cut in the middle where it has more letters than that."""
    every = graphemes(" ".join(name.split()))
    if len(every) <= letters:
        return "".join(every)
    first = letters // 2
    return f"{''.join(every[:first]).rstrip()}…{''.join(every[first - letters + 1 :]).lstrip()}"


def graphemes(text: str) -> list[str]:
    """What readers take for letters: a character with all that combines with it or is joined to it."""
    found: list[str] = []
    for letter in text:
        kind = unicodedata.category(letter)
        joins = kind.startswith("M") or letter == _JOINER or "\U0001f3fb" <= letter <= "\U0001f3ff"
        if found and (joins or found[-1].endswith(_JOINER)):
            found[-1] += letter
        else:
            found.append(letter)
    return found


def _short(name: str, room: float, size: float, *, bold: bool) -> str:
    if width(name, size, bold=bold) <= room:
        return name
    return next((cut for cut in _cut(name) if width(cut, size, bold=bold) <= room), "")


def _cut(name: str) -> Iterator[str]:
    """Ever shorter, cut in the middle: by words, then by letters."""
    words = name.split(" ")
    for gone in range(1, len(words) - 1):
        first = (len(words) - gone + 1) // 2
        yield f"{' '.join(words[:first])} … {' '.join(words[first + gone :])}"
    letters = graphemes(name)
    for kept in range(len(letters) - 2, 2 * LEAST - 1, -1):
        first = (kept + 1) // 2
        start, end = letters[:first], letters[len(letters) - kept + first :]
        yield f"{''.join(start).rstrip()}…{''.join(end).lstrip()}"
