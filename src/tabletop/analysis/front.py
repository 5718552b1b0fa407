"""The front of several aims: which mixes no other is shown to beat, as far as the worlds tell.

A mix is off the front if another is shown at least as good in every aim and better in one; on it if every
other is shown worse in some aim; else it may be on it. All paired differences hold together, over pairs and
aims (Bonferroni), so that at 95 % no mix at all is called on or off wrongly.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tabletop.analysis.interval import CONFIDENCE
from tabletop.analysis.mcb import Ends, paired_ends


class Place(StrEnum):
    """Where a mix lies, as far as it is shown."""

    ON = "on the front"
    PERHAPS = "may be on the front"
    OFF = "off the front"


@dataclass(frozen=True)
class Standing:
    """The `place` of one `mix`."""

    mix: str
    place: Place
    beaten_by: tuple[str, ...]
    """The mixes that are shown at least as good in every aim and better in one."""


def standings(
    values: Mapping[str, Sequence[Sequence[float] | None]],
    resting: Mapping[str, Sequence[int]] | None = None,
    confidence: float = CONFIDENCE,
) -> tuple[Standing, ...]:
    """Where each mix lies, from its values in every aim, world by world; larger is better, None is missing.

    `resting`, of ratios, is how many worlds have a denominator, by mix and aim.
    """
    names = [*values]
    aims = len(next(iter(values.values()), ()))
    pairs = max(1, len(names) * (len(names) - 1) // 2)
    each = 1 - (1 - confidence) / (pairs * max(1, aims))
    ends: dict[tuple[str, str], list[Ends]] = {}
    for place, one in enumerate(names):
        for other in names[:place]:
            found = [
                _ends(values[one][aim], values[other][aim], each, _least(resting, one, other, aim))
                for aim in range(aims)
            ]
            ends[one, other] = found
            ends[other, one] = [(-high, -low) for low, high in found]
    return tuple(_standing(one, names, ends) for one in names)


def _standing(one: str, names: Sequence[str], ends: Mapping[tuple[str, str], list[Ends]]) -> Standing:
    others = [other for other in names if other != one]
    beaten_by = tuple(
        other
        for other in others
        if all(low >= 0 for low, _ in ends[other, one]) and any(low > 0 for low, _ in ends[other, one])
    )
    if beaten_by:
        return Standing(one, Place.OFF, beaten_by)
    is_on = all(any(high < 0 for _, high in ends[other, one]) for other in others)
    return Standing(one, Place.ON if is_on else Place.PERHAPS, ())


def _ends(
    a: Sequence[float] | None, b: Sequence[float] | None, confidence: float, resting: int | None
) -> Ends:
    if a is None or b is None:
        return -float("inf"), float("inf")
    return paired_ends(a, b, confidence, resting)


def _least(resting: Mapping[str, Sequence[int]] | None, one: str, other: str, aim: int) -> int | None:
    return None if resting is None else min(resting[one][aim], resting[other][aim])
