"""The list as an XLSX workbook that prints on landscape pages; the same rows give the same bytes."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from openpyxl import Workbook, styles
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from tabletop.exercise.msel import MselRow
from tabletop.report.msel.columns import COLUMNS, NAMES, ROW_CHECK, MselColumn, Value
from tabletop.undated import saved

SHEET = "MSEL"
PLANNED = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for a date where nothing has happened yet that could have one."""

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LAST_PRINTED = "Actual Response"
"""What stands further right is for the import."""
_EMPTY_ROWS = 50
"""Rows below the list in which a choice of words is offered, for what planners add."""
_SHADES = {"Contingency Inject": "F2F2F2", "Expected Action": "FFFFFF", "Inject": "FFFFFF"}


def msel_xlsx(
    rows: Sequence[MselRow],
    *,
    title: str,
    objectives: Iterable[str] = (),
    when: datetime = PLANNED,
    paper: str = "a4",
) -> bytes:
    """The list as a workbook; `objectives` are the ids to choose from, `when` is the date it bears."""
    book = Workbook()
    book.properties.title = _clean(f"EXERCISE: {title}, MSEL")
    book.properties.creator = "tabletop"
    book.properties.created = book.properties.modified = when.replace(tzinfo=None)
    sheet = book.active
    sheet.title = SHEET
    for position, column in enumerate(COLUMNS, start=1):
        _head(sheet.cell(1, position), column)
        for line, row in enumerate(rows, start=2):
            _fill(sheet.cell(line, position), column.of(row), row)
    _lay_out(sheet, len(rows) + 1)
    _offer(sheet, "Event Type", ("Inject", "Contingency Inject", "Expected Action"), len(rows) + 1)
    _offer(sheet, "Exercise Objective", tuple(objectives), len(rows) + 1)
    _prepare_print(sheet, title, paper)
    return saved(book.save, when)


def _head(cell: Any, column: MselColumn) -> None:
    cell.value = column.name
    cell.font = styles.Font(bold=True)
    cell.fill = styles.PatternFill("solid", fgColor="D9E6F2" if column.editable else "E5E5E5")
    cell.alignment = styles.Alignment(wrap_text=True, vertical="bottom")
    cell.border = styles.Border(bottom=styles.Side(style="medium"))


def _fill(cell: Any, value: Value, row: MselRow) -> None:
    if isinstance(value, str):
        # as text, whatever it begins with, and whatever is typed there later
        cell.number_format = "@"
        if value:
            cell.value = _clean(value)
            cell.data_type = "s"
            cell.quotePrefix = value[0] in "=+-@'"
    elif value is not None:
        cell.value = int(value) if float(value).is_integer() else value
    cell.alignment = styles.Alignment(wrap_text=True, vertical="top")
    cell.border = styles.Border(bottom=styles.Side(style="thin", color="C4C4C4"))
    cell.fill = styles.PatternFill("solid", fgColor=_SHADES[row.event_type])
    if row.event_type == "Expected Action":
        cell.font = styles.Font(italic=True)


def _lay_out(sheet: Any, last: int) -> None:
    for position, column in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = column.width
        sheet.column_dimensions[get_column_letter(position)].hidden = column.name == ROW_CHECK
    sheet.row_dimensions[1].height = 48.0  # three lines: a heading has as many words at most
    for line in range(2, last + 1):
        sheet.row_dimensions[line].height = _height(sheet, line)
    sheet.freeze_panes = "B2"
    # filter and sort take all columns along, the hidden one too
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{last}"


def _height(sheet: Any, line: int) -> float:
    """Points for the longest cell of a row: programs that open the file do not measure by themselves."""
    most = 1
    for position, column in enumerate(COLUMNS, start=1):
        text = str(sheet.cell(line, position).value or "")
        if column.name != ROW_CHECK:
            # words break before the edge, so that a line holds a little less than its width
            most = max(most, sum(1 + int(len(part) / (0.9 * column.width)) for part in text.split("\n")))
    return min(409.0, 15.0 * most + 3)


def _offer(sheet: Any, name: str, words: tuple[str, ...], last: int) -> None:
    listed = ",".join(words)
    if not words or len(listed) > 250:  # a list of choices in a cell holds 255 characters
        return
    letter = get_column_letter(NAMES.index(name) + 1)
    choice = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=True)
    choice.error = f"One of: {', '.join(words)}"[:225]
    choice.add(f"{letter}2:{letter}{last + _EMPTY_ROWS}")
    sheet.add_data_validation(choice)


def _prepare_print(sheet: Any, title: str, paper: str) -> None:
    """Landscape, as wide as the page and as many pages long as it takes, marked on each."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4 if paper == "a4" else sheet.PAPERSIZE_LETTER
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    sheet.print_area = f"A1:{get_column_letter(NAMES.index(LAST_PRINTED) + 1)}{sheet.max_row}"
    sheet.page_margins.left = sheet.page_margins.right = 0.25
    # & begins a code there
    named = _clean(title).replace("&", "&&")
    sheet.oddHeader.center.text = "EXERCISE"
    sheet.oddHeader.right.text = named[:120]
    sheet.oddFooter.center.text = "EXERCISE"
    sheet.oddFooter.left.text = "For controllers: not for players"
    sheet.oddFooter.right.text = "Page &P of &N"


def _clean(text: str) -> str:
    """A text without what XML cannot hold."""
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)
