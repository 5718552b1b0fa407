"""Values of measures as people read and enter them in an exercise: on screens, in figures and reports."""

from decimal import Decimal

from tabletop.analysis.numerals import THIN, Numerals
from tabletop.analysis.words import MINUS, figure
from tabletop.measures import MEASURES

_PER_CENT = Numerals(last=-1, is_share=True)
"""A share has one decimal of a per cent, and its differences one of a point."""


def titled(measure: str) -> str:
    """A measure's title, with its unit where that does not go without saying."""
    one = MEASURES[measure]
    return one.title if one.unit == "count" or one.is_share else f"{one.title} [{one.unit}]"


def titled_difference(measure: str) -> str:
    """The same for a column of differences, which of a share are in points."""
    one = MEASURES[measure]
    return f"{one.title} [points]" if one.is_share else titled(measure)


def titled_entry(measure: str) -> str:
    """The same where the unit is said once, for a column or a field: a share is in per cent."""
    one = MEASURES[measure]
    return f"{one.title} [%]" if one.is_share else titled(measure)


def formatted(measure: str, value: float | None) -> str:
    """A value of a measure, without its unit: a share in per cent, what is not whole with one decimal."""
    if value is None:
        return "missing"
    if MEASURES[measure].is_share:
        return _PER_CENT.mean(value)
    is_whole = value == int(value) or abs(value) >= 99.95
    return figure(value, decimals=0 if is_whole else 1)


def in_column(measure: str, value: float | None) -> str:
    """The same in a column whose head has the unit, as `titled_entry` does."""
    return formatted(measure, value).removesuffix(f"{THIN}%")


def ranged(measure: str, low: float, high: float) -> str:
    """From a value of a measure to another; a range in whole per cent has no decimals."""
    write = _PER_CENT.axis if MEASURES[measure].is_share else lambda end: formatted(measure, end)
    return f"{write(low)} to {write(high)}"


def rounded(measure: str, value: float) -> Decimal:
    """A value or a difference as it is written, so that parts of it can be added up; a share's in points."""
    return Decimal(f"{value * MEASURES[measure].written_by:.1f}")


def written(measure: str, amount: Decimal) -> str:
    """A rounded value, as `formatted` writes it."""
    return formatted(measure, float(amount) / MEASURES[measure].written_by)


def signed(amount: Decimal) -> str:
    """A rounded amount with its sign; nothing has none."""
    text = f"{amount:+,f}" if amount else f"{abs(amount):,f}"
    return text.replace("-", MINUS)


def difference(measure: str, amount: Decimal) -> str:
    """A rounded difference that stands alone: with its sign, and of a share in points."""
    return f"{signed(amount)} points" if MEASURES[measure].is_share else signed(amount)
