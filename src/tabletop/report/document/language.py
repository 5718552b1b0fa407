"""The parts of a language tag, and the direction in which a language is written."""

import unicodedata
from typing import Literal

_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"}
)
"""Languages that are written from right to left unless a tag names another script."""
_SCRIPTS = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})


def direction(language: str) -> Literal["ltr", "rtl"]:
    """The direction of a language tag of RFC 5646; its script decides, where it names one."""
    first, *others = language.lower().split("-")
    scripts = [part for part in others if len(part) == 4 and part.isalpha()]
    is_rtl = scripts[0] in _SCRIPTS if scripts else first in _RIGHT_TO_LEFT
    return "rtl" if is_rtl else "ltr"


def language_and_region(tag: str) -> tuple[str, str | None]:
    """The language of a tag of RFC 5646 and its region: 'pt', 'BR' of 'pt-BR'; None where it names none.

    English is British, as these documents spell it, unless the tag names another region.
    """
    first, *others = tag.split("-")
    regions = [part.upper() for part in others if len(part) == 2 and part.isalpha()]
    stated = regions[0] if regions else None
    return first.lower(), "GB" if tag.lower() == "en" else stated


def may_turn(text: str, page: Literal["ltr", "rtl"]) -> bool:
    """Whether a text may run against a page's direction, so that its own letters have to decide."""
    against = {"ltr": {"R", "AL"}, "rtl": {"L"}}[page]
    return any(unicodedata.bidirectional(letter) in against for letter in text)
