"""The layout of what commands explain: headings, and tables that keep names whole."""

from rich import box
from rich.console import Console
from rich.table import Table

GAP = 2
"""Columns between two of a table."""


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
