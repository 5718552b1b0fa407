"""Reading a list: an XLSX workbook or a CSV file as the lines of a sheet."""

import csv
from collections.abc import Container, Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl

from tabletop import inputs
from tabletop.archives import Archive, ArchiveRefused
from tabletop.report.msel.refusals import Place, Unreadable, Wrong
from tabletop.report.msel.sheet import LONGEST_CELL, SheetRow, lines
from tabletop.report.msel.used_range import UsedRange, too_far, used_range
from tabletop.report.msel.workbook import SHEET
from tabletop.spreadsheet import unguarded

MAX_BYTES = 20_000_000
MOST_UNPACKED, MOST_MEMBERS = 100_000_000, 2_000


def read_list(path: Path) -> list[SheetRow]:
    """The lines of a list in a file, by its ending; raises Unreadable for what is none."""
    place, content = list_content(path, (".xlsx", ".csv"))
    return _workbook(place, content) if path.suffix.casefold() == ".xlsx" else _csv(place, content)


def list_content(path: Path, endings: Container[str]) -> tuple[Place, bytes]:
    """The bytes of a list, whose name has one of these endings; raises Unreadable for what is none."""
    place = Place(str(path))
    ending = path.suffix.casefold()
    if ending not in endings:
        raise Unreadable([Wrong(place, f"'{ending}': not the ending of a list; save it as .xlsx or as .csv")])
    try:
        return place, inputs.content(path, MAX_BYTES, what="a list of events")
    except inputs.InputRefused as refused:
        raise Unreadable([Wrong(place, refused.why)]) from None


def _csv(place: Place, content: bytes) -> list[SheetRow]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        wrong = Wrong(Place(place.file, None, row), "not UTF-8; save the file as CSV UTF-8, or as .xlsx")
        raise Unreadable([wrong]) from None
    # which sign divides the cells depends on the country that a spreadsheet thinks it is in
    heading = text.partition("\n")[0]
    return lines(place, csv_rows(place, text, max(",;\t", key=heading.count)))


def csv_rows(place: Place, text: str, divider: str) -> list[tuple[int, list[str]]]:
    """The rows of a CSV's text, numbered from 1, each as wide as it has texts; raises Unreadable."""
    csv.field_size_limit(10 * LONGEST_CELL)
    rows = csv.reader(StringIO(text, newline=""), delimiter=divider, strict=True)
    texts: list[tuple[int, list[str]]] = []
    try:
        for number, cells in enumerate(rows, start=1):
            width = max((column for column, cell in enumerate(cells, start=1) if cell), default=0)
            if width and (far := too_far(number, width)) is not None:
                raise Unreadable([Wrong(place, far)])
            texts.append((number, [unguarded(cell) for cell in cells[:width]]))
    except csv.Error as error:
        raise Unreadable([Wrong(Place(place.file, None, rows.line_num), f"no CSV: {error}")]) from None
    return texts


def _workbook(place: Place, content: bytes) -> list[SheetRow]:
    used = used_in(place, content)
    book = loaded(place, content)
    names = [sheet.title for sheet in book.worksheets]
    if SHEET not in names and len(names) != 1:
        listed = ", ".join(f"'{name}'" for name in names)
        raise Unreadable([Wrong(place, f"no sheet '{SHEET}'; there are {listed or 'none'}; name it so")])
    sheet = book[SHEET] if SHEET in names else book.worksheets[0]
    here = Place(place.file, sheet.title)
    merged = [
        Wrong(
            Place(place.file, sheet.title, span.min_row, span.min_col),
            f"the cells {span.coord} are merged; unmerge them, so that each row says what it means",
        )
        for span in sheet.merged_cells.ranges
    ]
    if merged:
        raise Unreadable(merged)
    return lines(here, _texts(here, sheet, used))


def loaded(place: Place, content: bytes, *, values: bool = False) -> Any:
    """The workbook, with the `values` of its formulas or with the formulas; raises Unreadable for none."""
    try:
        return openpyxl.load_workbook(BytesIO(content), data_only=values)
    except Exception:  # noqa: BLE001 (whatever a broken archive makes of zipfile, the XML parser and openpyxl)
        raise Unreadable([Wrong(place, "not an XLSX workbook; save it again as .xlsx")]) from None


def used_in(place: Place, content: bytes) -> UsedRange:
    """The range that has values; raises Unreadable for what is no workbook, or reaches too far."""
    try:
        archive = Archive(content, most_members=MOST_MEMBERS, most_bytes=MOST_UNPACKED)
        used = used_range(archive)
    except ArchiveRefused as refused:
        raise Unreadable(
            [Wrong(place, f"not an XLSX workbook ({refused}); save it again as .xlsx")]
        ) from None
    if used.wrong:
        raise Unreadable([Wrong(place, used.wrong)])
    return used


def _texts(place: Place, sheet: Any, used: UsedRange) -> Iterator[tuple[int, list[str]]]:
    wrong: list[Wrong] = []
    headings: dict[int, str] = {}
    # a format on a whole column can make a sheet a million rows long
    last_row, last_column = min(sheet.max_row, used.rows), min(sheet.max_column, used.columns)
    for row in sheet.iter_rows(max_row=max(1, last_row), max_col=max(1, last_column)):
        texts = []
        for cell in row:
            headings.setdefault(cell.column, str(cell.value or ""))
            text, objection = _text(cell)
            if objection:
                name = " ".join(headings[cell.column].split())
                at = Place(place.file, place.sheet, cell.row, cell.column, name)
                wrong.append(Wrong(at, objection))
            texts.append(text)
        yield row[0].row, texts
    if wrong:
        raise Unreadable(wrong)


def _text(cell: Any) -> tuple[str, str]:  # noqa: PLR0911 (one kind of cell each)
    """What a cell says, as text, and what is wrong with it."""
    value = cell.value
    match value:
        case None:
            return "", ""
        case str() if cell.data_type == "f":
            return "", f"'{value[:60]}' is a formula; write what it should say, as text"
        case str() if cell.data_type == "e":
            return "", f"'{value}' is an error of the spreadsheet; write what it should say"
        case str():
            return value, ""
        case bool():
            return "", f"{str(value).upper()} is yes or no; write it as text, with an apostrophe before it"
        case int():
            return str(value), ""
        case float():
            # spreadsheets know no whole numbers
            return str(int(value)) if value.is_integer() else f"{value:.10g}", ""
        case datetime() | date() | time() | timedelta():
            return "", f"a date, {value}; write it as text, with an apostrophe before it"
        case _:
            return "", "neither text nor a number (a formula over several cells?); write what it should say"
