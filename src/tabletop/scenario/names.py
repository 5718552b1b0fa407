"""Names: one rule for those of teams, roles, policy mixes and files, in any script.

A name is what people read and type: 1 to 40 characters that can be seen, on one line. Joiners, without which
Persian, Hindi and emoji are not written, belong to it. Two names that people cannot tell apart are one.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator, Field

LONGEST = 40
"""Characters."""
MOST_LETTERS, MOST_BYTES = 60, 180
"""Of a file's name: disks take 255 bytes, and some is added to it."""
_JOINERS = "\u200c\u200d"
_SELECTORS = range(0xFE00, 0xFE10)
"""They choose between two pictures of one character."""
_TAGS = range(0xE0020, 0xE0080)
"""They spell out which flag is meant."""
_EMOJI = range(0x1F000, 0x1FB00)
"""Where new pictures are added, which an older table of characters does not know."""
_DRAWN_ALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧοι",
    "ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXoi",
)
"""Cyrillic and Greek letters that are drawn as Latin ones are."""


def objection(name: str) -> str | None:
    """What is wrong with a name, and what would be right; None if it is one."""
    wanted = f"write 1 to {LONGEST} characters on one line, without blanks around them"
    if not 1 <= len(name) <= LONGEST or name != name.strip() or "\n" in name:
        return f"is not a name; {wanted}"
    for character in name:
        if not _belongs(character):
            return f"has a character that nobody sees, U+{ord(character):04X}; remove it"
    if not appearance(name):
        return f"shows nothing; {wanted}"
    return None


def appearance(name: str) -> str:
    """What people see of a name: equal for two that they cannot tell apart.

    The case of letters, the way in which a character is composed, the number of blanks, joiners, and
    letters of other scripts that are drawn alike make no difference.
    """
    visible = "".join(c for c in name if c not in _JOINERS and ord(c) not in _SELECTORS)
    composed = unicodedata.normalize("NFKC", visible).translate(_DRAWN_ALIKE).casefold()
    return " ".join(unicodedata.normalize("NFKC", composed).split())


def meant(name: str, known: Iterable[str]) -> str:
    """The one of the known names that looks like this one; the name itself if none does."""
    seen = appearance(name)
    return next((one for one in known if one == name or appearance(one) == seen), name)


def for_a_file(text: str, *, otherwise: str = "scenario") -> str:
    """The name of a file or folder made of a text: its letters, in small, and '-' between the words.

    Accents of Latin letters are left out, since not every keyboard has them; other scripts stay.
    """
    kept: list[str] = []
    for character in unicodedata.normalize("NFKD", text).lower():
        is_accent = unicodedata.combining(character) and kept and kept[-1].isascii()
        if is_accent:
            continue
        belongs = character == "_" or character in _JOINERS or unicodedata.category(character)[0] in "LMN"
        kept.append(character if belongs else "-")
    words = re.sub("-+", "-", unicodedata.normalize("NFC", "".join(kept)))[:MOST_LETTERS]
    while len(words.encode()) > MOST_BYTES:
        words = words[:-1]
    return words.strip(f"-{_JOINERS}") or otherwise


def checked(name: str) -> str:
    """The name, composed as the standard says (NFC); raises ValueError for what is none."""
    composed = unicodedata.normalize("NFC", name)
    if (wrong := objection(composed)) is not None:
        raise ValueError(wrong)
    return composed


def _belongs(character: str) -> bool:
    code = ord(character)
    return character.isprintable() or character in _JOINERS or code in _TAGS or code in _EMOJI


def _in_paths(name: str) -> str:
    if found := next((c for c in name if c in "./[]"), None):
        raise ValueError(f"has a '{found}', with which places in the file are written; leave it out")
    return checked(name)


Name = Annotated[
    str, AfterValidator(checked), Field(json_schema_extra={"minLength": 1, "maxLength": LONGEST})
]
MixName = Annotated[str, AfterValidator(_in_paths)]
"""That of a policy mix, which is a key of the file."""
