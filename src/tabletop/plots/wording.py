"""The words of verdicts: what is better or worse in a measure, and with how many mixes."""

from collections.abc import Iterable
from enum import StrEnum

from tabletop.analysis.contrast import Contrast, ContrastVerdict
from tabletop.measures import MEASURES

LONGEST_TITLE = 75
"""Characters of a title: one line of a slide in most fonts, two in wide ones."""
_SPELLED = (
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


class Side(StrEnum):
    """Where a mix lies beside the baseline in one measure, as far as its verdict says."""

    BETTER = "better"
    WORSE = "worse"
    HIGHER = "higher"
    LOWER = "lower"
    EQUAL = "as good as equal"
    UNDECIDED = "undecided"
    SAME = "no world differs"
    UNKNOWN = "no verdict"

    @property
    def is_decided(self) -> bool:
        """Whether the verdict says something about the difference."""
        return self in {Side.BETTER, Side.WORSE, Side.HIGHER, Side.LOWER, Side.EQUAL}


_SIDES = {
    ContrastVerdict.BETTER: Side.BETTER,
    ContrastVerdict.SLIGHTLY_BETTER: Side.BETTER,
    ContrastVerdict.WORSE: Side.WORSE,
    ContrastVerdict.SLIGHTLY_WORSE: Side.WORSE,
    ContrastVerdict.HIGHER: Side.HIGHER,
    ContrastVerdict.SLIGHTLY_HIGHER: Side.HIGHER,
    ContrastVerdict.LOWER: Side.LOWER,
    ContrastVerdict.SLIGHTLY_LOWER: Side.LOWER,
    ContrastVerdict.EQUIVALENT: Side.EQUAL,
    ContrastVerdict.UNDECIDED: Side.UNDECIDED,
    ContrastVerdict.SAME_POLICY: Side.SAME,
    ContrastVerdict.NO_DIFFERENCE_SEEN: Side.SAME,
}


def side(contrast: Contrast) -> Side:
    """The side of a contrast; one that is smaller than δ counts, for its sign is known."""
    return _SIDES.get(contrast.verdict, Side.UNKNOWN)


def is_slight(contrast: Contrast) -> bool:
    """Whether it is decided, and too small to matter."""
    return "but" in contrast.verdict


def spelled(number: int) -> str:
    """A number of mixes in words, up to twelve."""
    return _SPELLED[number] if number < len(_SPELLED) else f"{number:,}"


def of_all(number: int, total: int) -> str:
    """'all six', 'three of six', 'both', 'the other mix'."""
    if number == total:
        return {1: "the other mix", 2: "both"}.get(total, f"all {spelled(total)}")
    return f"{spelled(number)} of {spelled(total)}"


def of_mixes(number: int, total: int) -> str:
    """'all six mixes', 'three of six mixes', 'both mixes', 'the other mix'."""
    said = of_all(number, total)
    return said if total == 1 and number else f"{said} {'mix' if total == 1 else 'mixes'}"


def quantity_word(measure: str, difference: float) -> str:
    """'fewer' or 'more' of what is counted, 'less' or 'more' of anything else."""
    if difference > 0:
        return "more"
    return "fewer" if MEASURES[measure].unit == "count" else "less"


def better_word(measure: str) -> str:
    """What the better side of a measure is called: 'fewer', 'less' or 'more'; 'higher' where neither is."""
    direction = MEASURES[measure].direction
    return quantity_word(measure, direction) if direction else "higher"


def in_prose(measure: str) -> str:
    """The title of a measure within a sentence."""
    title = MEASURES[measure].title
    return title[:1].lower() + title[1:]


def capital(text: str) -> str:
    """A text that begins a sentence."""
    return text[:1].upper() + text[1:]


def titled(candidates: Iterable[str]) -> str:
    """The first title that is short enough for a heading, or else the last."""
    title = ""
    for candidate in candidates:
        title = candidate
        if len(title) <= LONGEST_TITLE:
            break
    return title
