"""Ranges as people write them: `2-7`, `2 to 7`, `0.46–0.5`, `46 % to 50 %`, `2, 7`."""

import re

from tabletop.errors import TabletopError
from tabletop.measures import MEASURES
from tabletop.scenario.words import clipped

_NUMBER = r"(\d+(?:\.\d+)?|\.\d+)"
_BETWEEN = r"(?:\s*(?:[-‐‑‒–—―−]|to|and|,|;|\.\.\.?|…)\s*|\s+)"
_RANGE = re.compile(rf"(?:between|from)?\s*{_NUMBER}\s*(%?){_BETWEEN}{_NUMBER}\s*(%?)", re.IGNORECASE)
_NEGATIVE = re.compile(r"[-‐‑‒–−]\s*[\d.]")
_COMMA = re.compile(r"(?<=\d),(?=\d)")


class NotARange(TabletopError):
    """What was typed is no range of this measure; the message says what would be right."""


def read_range(text: str, measure: str) -> tuple[float, float]:
    """The lower and the upper end of a range of a measure, in its unit; raises NotARange.

    A share may be written in per cent, and with decimal commas; a count is whole.
    """
    asked, typed = MEASURES[measure], clipped(text.strip())
    is_share = asked.unit == "share"
    example = "46 % to 50 %, or 0.46 to 0.5" if is_share else "2 to 7"
    plain = " ".join(text.split())
    if is_share:
        plain = _COMMA.sub(".", plain)
    if _NEGATIVE.match(plain):
        raise NotARange(f"{typed}: {asked.title} is 0 or more; write it as {example}")
    if not re.fullmatch(r"[\x00-\x7f‐‑‒–—―−…]*", plain):
        raise NotARange(f"{typed}: write two numbers in plain digits, the lower first, as {example}")
    found = _RANGE.fullmatch(plain)
    if found is None:
        raise NotARange(f"{typed}: write two numbers, the lower first, as {example}")
    first, first_unit, second, second_unit = found.groups()
    low, high = float(first), float(second)
    if first_unit or second_unit:
        low, high = _from_percent(
            typed, low, high, first_has_sign=bool(first_unit), is_share=is_share, title=asked.title
        )
    elif is_share and high > 1:
        raise NotARange(
            f"{typed}: {asked.title} is a share, from 0 to 1; per cent have their sign: {example}"
        )
    if low > high:
        raise NotARange(f"{typed}: write the lower end first: {_turned(second, first, found)}")
    if asked.unit == "count" and not (low.is_integer() and high.is_integer()):
        whole = f"{int(low)} to {-int(-high // 1)}"
        raise NotARange(f"{typed}: {asked.title} is a count, of whole numbers; write it as {whole}")
    return low, high


def _from_percent(
    typed: str, low: float, high: float, *, first_has_sign: bool, is_share: bool, title: str
) -> tuple[float, float]:
    if not is_share:
        raise NotARange(f"{typed}: {title} is no share; write it without %, as 2 to 7")
    if not first_has_sign and 0 < low < 1 < high:
        raise NotARange(f"{typed}: is the lower end a share or per cent? Write both alike, as 46 % to 50 %")
    if high > 100:
        raise NotARange(f"{typed}: {title} is 100 % at most")
    return low / 100, high / 100


def _turned(low: str, high: str, found: re.Match[str]) -> str:
    sign = " %" if found[2] or found[4] else ""
    return f"{low}{sign} to {high}{sign}"
