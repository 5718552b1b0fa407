"""Columns in groups: a table that is too wide becomes several, each with the first column."""

from collections.abc import Sequence


def column_groups(first: float, others: Sequence[float], room: float) -> list[list[int]]:
    """The other columns, by position, in as many groups as it takes for each to fit beside the first.

    `first` and `others` are the widths that the columns need, `room` is that of the page; a column that
    never fits is a group by itself.
    """
    groups: list[list[int]] = []
    left = 0.0
    for position, need in enumerate(others):
        if not groups or need > left:
            groups.append([])
            left = room - first
        groups[-1].append(position)
        left -= need
    return groups or [[]]
