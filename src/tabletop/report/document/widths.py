"""Widths of columns: what each asks for, and room for its longest word."""

from tabletop.report.document.blocks import Table
from tabletop.report.document.statement import Words, treated

LONGEST_WORD = 16
"""Letters; a longer word is broken."""
LETTER_EM = 0.69
"""The width that a bold letter may take, of the letters' size."""


def widths(table: Table, line_ems: float) -> tuple[float, ...]:
    """The share of the width that each column has; hardly any word in it has to be broken.

    `line_ems` is the table's width, in sizes of its letters.
    """
    letters = line_ems / LETTER_EM
    cells = zip(*(row for row in table.rows if isinstance(row, tuple)), strict=True)
    longest = [max(map(_longest, column)) for column in cells] or [0] * len(table.columns)
    most = [max(_longest(c.heading), word) for c, word in zip(table.columns, longest, strict=True)]
    least = [(min(word, LONGEST_WORD) + 2.5) / letters for word in most]
    asked = sum(column.share for column in table.columns)
    wanted = [max(column.share / asked, low) for column, low in zip(table.columns, least, strict=True)]
    spare, given = sum(wanted) - 1.0, sum(wanted) - sum(least)
    if given <= spare:
        made = [one / sum(wanted) for one in wanted]
    else:
        made = [one - spare * (one - low) / given for one, low in zip(wanted, least, strict=True)]
    return tuple(round(one, 5) for one in made)


def _longest(words: Words) -> int:
    return max(map(len, treated(words).text.split()), default=0)
