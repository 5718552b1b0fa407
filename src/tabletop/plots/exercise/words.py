"""The words that the figures of an exercise share: values of measures, and how many teams there are."""

from decimal import Decimal

from tabletop.analysis.words import figure as number
from tabletop.measures import MEASURES


def formatted(measure: str, value: float | None, *, signed: bool = False) -> str:
    """A value of a measure, without its unit: shares with three decimals, what is not whole with one."""
    if value is None:
        return "missing"
    decimals = decimals_of(measure, value)
    text = number(value, signed=signed, decimals=decimals)
    return text.replace("-", "−")


def decimals_of(measure: str, value: float) -> int:
    """How many decimals a value of a measure has where people read it."""
    if MEASURES[measure].unit == "share":
        return 3
    return 0 if value == int(value) or abs(value) >= 99.95 else 1


def signed(amount: Decimal) -> str:
    """A rounded amount with its sign; nothing has none."""
    text = f"{amount:+,f}" if amount else f"{abs(amount):,f}"
    return text.replace("-", "−")


def of_teams(count: int) -> str:
    """'every team', or 'both teams', or 'the team'."""
    return {1: "the team", 2: "both teams"}.get(count, f"all {count} teams")
