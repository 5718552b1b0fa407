"""The list as CSV: UTF-8, lines that end with LF, and no cell that a spreadsheet takes for a formula."""

import csv
from collections.abc import Iterable
from io import StringIO

from tabletop.exercise.msel import MselRow
from tabletop.report.msel.columns import COLUMNS, NAMES, Value
from tabletop.spreadsheet import guarded


def msel_csv(rows: Iterable[MselRow]) -> str:
    """The list as a file's text; the same rows give the same text."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(NAMES)
    for row in rows:
        writer.writerow([_written(column.of(row)) for column in COLUMNS])
    return text.getvalue()


def _written(value: Value) -> str:
    match value:
        case None:
            return ""
        case float():
            return f"{value:.10g}"
        case _:
            return guarded(str(value))
