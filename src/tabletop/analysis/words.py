"""Numbers as people read them."""

from math import floor, isinf, log10

from tabletop.analysis.interval import Interval

DIGITS = 3
"""Significant digits of a number that stands alone."""

MINUS = "\N{MINUS SIGN}"
"""What stands before a figure below 0; a hyphen is shorter, and may be broken off at the end of a line."""

DIRECTION = {1: "more is better", -1: "less is better", 0: "neither more nor less is better"}
"""What the direction of a measure says."""


def figure(value: float, *, signed: bool = False, decimals: int | None = None) -> str:
    """A number with so many decimals, or with three significant digits at least; never in powers of ten.

    Below 0 it has a minus sign.
    """
    if isinf(value):
        return "unbounded"
    if decimals is None:
        decimals = 0 if value == 0 else max(0, DIGITS - 1 - floor(log10(abs(value))))
        return _plain(f"{value:{'+' if signed else ''},.{min(decimals, 9)}f}", strip=True)
    return _plain(f"{value:{'+' if signed else ''},.{decimals}f}", strip=False)


def _plain(text: str, *, strip: bool) -> str:
    if strip and "." in text:
        text = text.rstrip("0").rstrip(".")
    # A rounded nothing has no sign.
    return text.lstrip("+-") if not text.strip("+-0.,") else text.replace("-", MINUS)


def decimals_for(half_width: float) -> int:
    """Decimals that show two significant digits of a half-width, and so what can be told apart; at most 6."""
    if not half_width > 0 or isinf(half_width):
        return 2
    return min(6, max(0, 1 - floor(log10(half_width))))


def share(value: float) -> str:
    """A share in per cent, one decimal where it is small."""
    percent = 100 * value
    return f"{figure(percent, decimals=0 if percent >= 10 else 1)} %"


def delta_in_words(delta: float, unit: str) -> str:
    """The smallest difference that matters: that of a share in points, as its differences are written."""
    if unit != "share":
        return figure(delta)
    points = figure(100 * delta)
    return f"{points} point{'' if points.lstrip(MINUS) == '1' else 's'}"


def plural(number: int, noun: str) -> str:
    """A number of things."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def ends(interval: Interval | None, decimals: int, *, signed: bool = False) -> str:
    """An interval from end to end; nothing where there is none."""
    if interval is None:
        return ""
    low, high = (figure(end, signed=signed, decimals=decimals) for end in (interval.low, interval.high))
    return f"{low} to {high}"
