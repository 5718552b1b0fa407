"""Values of measures as people read them in an exercise: on the screen, in figures and in reports."""

from decimal import Decimal

from tabletop.analysis.words import figure
from tabletop.measures import MEASURES


def titled(measure: str) -> str:
    """A measure's title, with its unit where that does not go without saying."""
    one = MEASURES[measure]
    return one.title if one.unit in ("count", "share") else f"{one.title} [{one.unit}]"


def formatted(measure: str, value: float | None, *, signed: bool = False) -> str:
    """A value of a measure, without its unit: shares with three decimals, what is not whole with one."""
    if value is None:
        return "missing"
    is_whole = value == int(value) or abs(value) >= 99.95
    decimals = 3 if MEASURES[measure].unit == "share" else 0 if is_whole else 1
    return figure(value, signed=signed, decimals=decimals).replace("-", "−")


def ranged(measure: str, low: float, high: float) -> str:
    """From a value of a measure to another."""
    return f"{formatted(measure, low)} to {formatted(measure, high)}"


def rounded(measure: str, value: float) -> Decimal:
    """A value of a measure to as many decimals as its unit has, so that parts of it can be added up."""
    return Decimal(f"{value:.{3 if MEASURES[measure].unit == 'share' else 1}f}")


def signed(amount: Decimal) -> str:
    """A rounded amount with its sign; nothing has none."""
    text = f"{amount:+,f}" if amount else f"{abs(amount):,f}"
    return text.replace("-", "−")
