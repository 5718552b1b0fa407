"""Tables for spreadsheets: what no cell of them may be taken for, and all of them as one XLSX workbook.

A workbook has a sheet for each table, opens alike in every country, and is the same bytes each time. Heads
are frozen, numbers are numbers (of 15 digits, as spreadsheets have them), and no text becomes a formula,
neither when it is opened nor when somebody edits it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from tabletop.undated import saved

WORKBOOK = "tables.xlsx"
"""What it is called, beside the CSV files of the same tables."""
Cell = str | int | float | bool | None
MOST_ROWS = 50_000
"""Rows of a sheet: more take longer to write than to simulate, and a spreadsheet holds a million at most."""
MOST_LETTERS = 32_767
"""Characters that a cell holds."""
WIDEST = 60
LONGEST_SHEET_NAME = 31
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'", "#")
"""How a text begins that a spreadsheet may take for a formula, or for an error of one."""
_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")
"""How a text in CSV begins that a spreadsheet takes for a formula, or that looks like a guarded one."""
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Sheet:
    """A table: the names of its columns, and its rows; None is an empty cell."""

    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def guarded(text: str) -> str:
    """A text for a CSV file, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def unguarded(text: str) -> str:
    """The text that was guarded: for every text, what `guarded` made of it comes back."""
    return text[1:] if text.startswith("'") and _DANGEROUS.match(text) else text


def workbook(sheets: Mapping[str, Sheet]) -> bytes:
    """The tables in their order, by the names of their sheets.

    A table of more than 50,000 rows is cut, and its last row says so.
    """
    book = Workbook(write_only=True)
    book.properties.creator = "tabletop"
    book.properties.created = book.properties.modified = _UNDATED.replace(tzinfo=None)
    for name, sheet in sheets.items():
        _fill(book.create_sheet(sheet_name(name)), sheet)
    return saved(book.save, _UNDATED)


def sheet_name(name: str) -> str:
    """What a sheet is called: a name of more than 31 letters is cut in the middle."""
    half = LONGEST_SHEET_NAME // 2
    return name if len(name) <= LONGEST_SHEET_NAME else f"{name[:half]}…{name[-half:]}"


def _fill(page: Any, sheet: Sheet) -> None:
    page.freeze_panes = "A2"
    for position, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(position)].width = min(WIDEST, max(12, len(column) + 2))
    heads = [WriteOnlyCell(page, column) for column in sheet.columns]
    for head in heads:
        head.data_type = "s"
        head.font = Font(bold=True)
    page.append(heads)
    for number, row in enumerate(sheet.rows):
        if number == MOST_ROWS:
            page.append([f"more than {MOST_ROWS:,} rows: the others are in the CSV of this name"])
            break
        page.append([_cell(page, cell) for cell in row])


def _cell(page: Any, cell: Cell) -> Any:
    match cell:
        case float() if not isfinite(cell):
            return str(cell)
        case str():
            text = _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", cell)[:MOST_LETTERS]
            if not text.startswith(_FORMULA):
                return text or None
            made = WriteOnlyCell(page, text)
            made.data_type, made.quotePrefix = "s", True
            return made
        case _:
            return cell
