"""Widths of columns: what each asks for, and room for its longest word."""

from dataclasses import replace

from tabletop.report.document.blocks import Table
from tabletop.report.document.column_groups import column_groups
from tabletop.report.document.statement import Words, treated

LONGEST_WORD = 16
"""Letters; a longer word is broken."""
LETTER_EM = 0.69
"""The width that a bold letter may take, of the letters' size."""


def parts(table: Table, line_ems: float) -> tuple[Table, ...]:
    """The table, or several where its columns have no room for their words; each has the first column."""
    letters = line_ems / LETTER_EM
    first, *others = _least(table, letters)
    groups = column_groups(first, others, 1.0)
    if len(groups) == 1:
        return (table,)
    places = [[0, *(position + 1 for position in group)] for group in groups]
    return tuple(
        replace(
            table,
            columns=tuple(table.columns[place] for place in chosen),
            rows=tuple(
                tuple(row[place] for place in chosen) if isinstance(row, tuple) else row for row in table.rows
            ),
            anchors=() if nth else table.anchors,
        )
        for nth, chosen in enumerate(places)
    )


def widths(table: Table, line_ems: float) -> tuple[float, ...]:
    """The share of the width that each column has; hardly any word in it has to be broken.

    `line_ems` is the table's width, in sizes of its letters.
    """
    least = _least(table, line_ems / LETTER_EM)
    asked = sum(column.share for column in table.columns)
    wanted = [max(column.share / asked, low) for column, low in zip(table.columns, least, strict=True)]
    spare, given = sum(wanted) - 1.0, sum(wanted) - sum(least)
    if given <= spare:
        made = [one / sum(wanted) for one in wanted]
    else:
        made = [one - spare * (one - low) / given for one, low in zip(wanted, least, strict=True)]
    return tuple(round(one, 5) for one in made)


def _least(table: Table, letters: float) -> list[float]:
    """The share of the width that each column needs for its longest word, on lines of so many letters."""
    cells = zip(*(row for row in table.rows if isinstance(row, tuple)), strict=True)
    longest = [max(map(_longest, column)) for column in cells] or [0] * len(table.columns)
    most = [max(_longest(c.heading), word) for c, word in zip(table.columns, longest, strict=True)]
    return [(min(word, LONGEST_WORD) + 2.5) / letters for word in most]


def _longest(words: Words) -> int:
    return max(map(len, treated(words).text.split()), default=0)
