"""Numbers of one measure as people read them: as many digits as its δ makes matter."""

from dataclasses import dataclass, replace
from math import floor, isinf, log10

from tabletop.analysis.contrast import Contrast
from tabletop.analysis.estimate import Estimate
from tabletop.analysis.interval import Interval
from tabletop.analysis.interval_words import common_decimals
from tabletop.analysis.words import MINUS
from tabletop.measures import MEASURES

THIN = "\N{NARROW NO-BREAK SPACE}"
MOST_PLACES = 6
"""Decimals that a number has at most."""


@dataclass(frozen=True)
class Numerals:
    """How all numbers of one measure are written: the last digit is 10 to the power of `last`.

    A share is written in per cent and its differences in points, so `last` counts in these. Zero has no
    sign, nor what rounds to it.
    """

    last: int
    is_share: bool

    @classmethod
    def of(cls, measure: str, delta: float | None, shown: tuple[Estimate | Contrast, ...] = ()) -> "Numerals":
        """By δ: the largest power of ten that is at most δ/2; without one, by the intervals shown."""
        is_share = MEASURES[measure].unit == "share"
        scale = 100.0 if is_share else 1.0
        if delta is not None:
            # just above a power of ten a rounded logarithm may fall on either side of it
            last = floor(log10(delta * scale / 2) + 1e-9)
        else:
            last = -common_decimals(shown) + (2 if is_share else 0)
        return cls(max(-MOST_PLACES, last), is_share)

    def mean(self, value: float) -> str:
        """A mean or an outcome: '12.4', '51 %'."""
        return self._number(value, signed=False) + (f"{THIN}%" if self.is_share else "")

    def difference(self, value: float) -> str:
        """A difference, with its sign: '−1.6', '+7'; of a share, in points."""
        return self._number(value, signed=True)

    def amount(self, value: float) -> str:
        """A difference of which words say which way it points: '1.6', '−0.2'; of a share, in points."""
        return self._number(value, signed=False)

    def tick(self, value: float) -> str:
        """A difference at a round number of an axis, with no more digits than it needs."""
        text = self.difference(value)
        return text.rstrip("0").rstrip(".") if "." in text else text

    def axis(self, value: float) -> str:
        """An outcome at a round number of an axis, with no more digits than it needs."""
        number, gap, unit = self.mean(value).partition(THIN)
        short = number.rstrip("0").rstrip(".") if "." in number else number
        return f"{short}{gap}{unit}"

    def step(self) -> float:
        """The last digit that is shown, in the measure's own unit."""
        return 10.0**self.last / (100.0 if self.is_share else 1.0)

    def size(self, value: float) -> str:
        """The size of a difference, without its sign, with 'points' behind that of a share."""
        return self._number(abs(value), signed=False) + (" points" if self.is_share else "")

    def span(self, interval: Interval | None, *, signed: bool = True) -> str:
        """The interval of a difference, from end to end; nothing where there is none.

        With `signed` an end above 0 has a sign, as `difference` writes it, and without as `amount` does.

        Both ends have as many more digits as it takes for them not to read as one number, and for neither to
        read as 0 where 0 lies outside.
        """
        if interval is None:
            return ""
        has_width, has_side = interval.low < interval.high, interval.excludes_zero()
        for last in (*range(self.last, -MOST_PLACES - 1, -1), self.last):
            finer = replace(self, last=last)
            low, high = (finer._number(end, signed=signed) for end in (interval.low, interval.high))
            if not (has_width and low == high) and not (has_side and (_is_zero(low) or _is_zero(high))):
                break
        return f"{low} to {high}"

    def unit(self) -> str:
        """What differences are counted in, where they are not counted in the measure's own unit."""
        return "points" if self.is_share else ""

    def _number(self, value: float, *, signed: bool) -> str:
        if isinf(value):
            return "unbounded"
        step = 10.0**self.last
        rounded = round(value * (100.0 if self.is_share else 1.0) / step) * step
        text = f"{abs(rounded):,.{max(0, -self.last)}f}"
        if _is_zero(text):
            return text
        return (MINUS if rounded < 0 else "+" if signed else "") + text


def _is_zero(text: str) -> bool:
    return not text.strip("0.,")
