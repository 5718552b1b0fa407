"""The list as CSV: UTF-8, lines that end with LF, and no cell that a spreadsheet takes for a formula."""

import csv
import re
from collections.abc import Iterable
from io import StringIO

from tabletop.exercise.msel import MselRow
from tabletop.report.msel.columns import COLUMNS, NAMES, Value

_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")
"""How a text begins that a spreadsheet takes for a formula, or that looks like a guarded one."""


def msel_csv(rows: Iterable[MselRow]) -> str:
    """The list as a file's text; the same rows give the same text."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(NAMES)
    for row in rows:
        writer.writerow([_written(column.of(row)) for column in COLUMNS])
    return text.getvalue()


def guarded(text: str) -> str:
    """A text with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def unguarded(text: str) -> str:
    """The text that was guarded: for every text, what `guarded` made of it comes back."""
    return text[1:] if text.startswith("'") and _DANGEROUS.match(text) else text


def _written(value: Value) -> str:
    match value:
        case None:
            return ""
        case float():
            return f"{value:.10g}"
        case _:
            return guarded(str(value))
