"""The layout of what commands explain: headings, and tables in which no number and no name is cut."""

from collections.abc import Mapping, Sequence

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

from tabletop.report.document.column_groups import column_groups

GAP = 2
"""Columns between two of a table."""
LONGEST_WORD = 16
"""Columns that a word of a text may ask for; a longer one is broken."""


def heading(out: Console, text: str) -> None:
    """A line above what belongs together."""
    out.print(f"\n{text.upper()}", style="bold")


def table(*columns: str, right: tuple[int, ...] = ()) -> Table:
    """An empty table; `right` are the positions of columns of numbers."""
    found = Table(box=box.SIMPLE_HEAD, padding=(0, GAP - 1, 0, 0), show_edge=False, header_style="bold")
    for position, column in enumerate(columns):
        # names are not broken: somebody may want to copy them
        found.add_column(column, justify="right" if position in right else "left", no_wrap=position == 0)
    return found


def print_fitting(
    out: Console,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    right: Sequence[int],
    title: str = "",
) -> None:
    """Print a table, as several below each other where it is too wide, each with the first column.

    `right` are the positions of columns of numbers, which are never broken; texts are, between words, and so
    are names in the first column where they leave no room for what is said of them.
    """
    columns = [[head, *(row[place] for row in rows)] for place, head in enumerate(heads)]
    names = max(map(cell_len, columns[0]))
    for are_whole in (True, False):  # headings, and names that are short, break only where they must
        needs = [
            _need(column, is_number=place in right, is_whole=are_whole)
            for place, column in enumerate(columns)
        ]
        beside = sum(need + GAP for need in needs[1:])
        if names + beside <= out.width:
            break
    first = names if names + beside <= out.width else min(names, max(needs[0], out.width // 3))
    groups = column_groups(first + GAP, [need + GAP for need in needs[1:]], out.width + GAP)
    for number, group in enumerate(groups):
        if number:
            out.print()
        places = [0, *(position + 1 for position in group)]
        wide = _shared(
            out.width + GAP, {place: needs[place] if place else first for place in places}, columns, right
        )
        made = Table(
            title=(f"{title}, continued" if number and title else title) or None,
            title_justify="left",
            title_style="bold",
            box=box.SIMPLE_HEAD,
            padding=(0, GAP - 1, 0, 0),
            pad_edge=False,
            show_edge=False,
            header_style="bold",
        )
        for place in places:
            # each has its width, or rich takes what is missing from a column that cannot spare it
            made.add_column(
                heads[place],
                justify="right" if place in right else "left",
                width=wide[place],
                overflow="fold",
            )
        for row in rows:
            made.add_row(*(row[place] for place in places))
        out.print(made)


def _shared(
    room: int, widths: Mapping[int, int], columns: Sequence[Sequence[str]], right: Sequence[int]
) -> dict[int, int]:
    """The widths of columns that share what room is left: first the texts, then the headings of numbers."""
    found, spare = dict(widths), room - sum(width + GAP for width in widths.values())
    for place in sorted(widths, key=lambda place: place in right):
        more = max(0, min(spare, max(map(cell_len, columns[place])) - found[place]))
        found[place], spare = found[place] + more, spare - more
    return found


def _need(cells: Sequence[str], *, is_number: bool, is_whole: bool) -> int:
    """The columns of a page that a column needs: for whole numbers, and whole texts or their words."""
    head, *texts = cells
    if is_number:
        heading = [cell_len(head)] if is_whole else [min(LONGEST_WORD, cell_len(w)) for w in head.split()]
        return max([*heading, *map(cell_len, texts), 1])
    parts = texts if is_whole else [word for text in cells for word in text.split()]
    # a heading breaks between its words only
    return min(LONGEST_WORD, max(map(cell_len, [*parts, *head.split()]), default=1))
