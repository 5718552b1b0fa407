"""Columns: in how many of them the rows of a class's tables stand on a screen."""

ONE_COLUMN, TWO_COLUMNS = 12, 24
"""Tables up to which rows stand in one column, and in two."""


def columns(number: int) -> int:
    """In how many columns the rows of so many tables stand."""
    return 1 if number <= ONE_COLUMN else 2 if number <= TWO_COLUMNS else 3
