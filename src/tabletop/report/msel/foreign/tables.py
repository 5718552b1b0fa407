"""Tables: the sheets of a foreign list as texts, whatever wrote the file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from tabletop.delimited import UTF_8, WINDOWS_1252, Undecodable, decoded, likely_divider, stated_divider
from tabletop.report.msel.foreign.headings import headings
from tabletop.report.msel.foreign.record import Record
from tabletop.report.msel.reading import csv_rows, list_content, loaded, used_in
from tabletop.report.msel.refusals import Place, Unreadable, Wrong, letters
from tabletop.report.msel.used_range import UsedRange

WORKBOOKS = (".xlsx", ".xlsm")
ENDINGS = (*WORKBOOKS, ".csv", ".tsv", ".txt")


@dataclass(frozen=True)
class Span:
    """Merged cells, from the first to the last."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass
class RawSheet:
    """A sheet: its rows as texts, with their numbers; those that are blank are left out."""

    place: Place
    rows: list[tuple[int, list[str]]]
    spans: list[Span] = field(default_factory=list)
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """Addresses behind cells, by row and column."""
    wrong: list[Wrong] = field(default_factory=list)
    """Cells that say nothing that can be read."""


def tables(path: Path, given: Mapping[str, str], record: Record) -> list[RawSheet]:
    """The sheets of a list; raises Unreadable for what is none."""
    place, content = list_content(path, ENDINGS)
    if path.suffix.casefold() in WORKBOOKS:
        return list(_sheets(place, content, record))
    return [_csv(place, content, given, record)]


def _csv(place: Place, content: bytes, given: Mapping[str, str], record: Record) -> RawSheet:
    text = _decoded(place, content, record)
    if (stated := stated_divider(text)) is not None:
        rows = csv_rows(place, text, stated)[1:]
    else:
        rows = csv_rows(place, text, likely_divider(text, lambda beginning: _known(beginning, given)))
    return RawSheet(place, [(number, texts) for number, texts in rows if any(map(str.strip, texts))])


def _decoded(place: Place, content: bytes, record: Record) -> str:
    try:
        text, encoding = decoded(content)
    except Undecodable as error:
        raise Unreadable([Wrong(Place(place.file, None, error.line), str(error))]) from None
    if encoding == WINDOWS_1252:
        record.say(place, f"read as {encoding}, since it is not {UTF_8}")
    elif encoding != UTF_8:
        record.say(place, f"read as {encoding}")
    return text


def _known(beginning: list[list[str]], given: Mapping[str, str]) -> int:
    """How many headings are known."""
    found = headings(beginning, given)
    return 0 if found is None else len(found.targets)


def _sheets(place: Place, content: bytes, record: Record) -> Iterator[RawSheet]:
    used = used_in(place, content)
    formulas, values = loaded(place, content), loaded(place, content, values=True)
    for sheet in formulas.worksheets:
        here = Place(place.file, sheet.title)
        if sheet.sheet_state != "visible":
            record.say(here, "hidden; left out")
            continue
        yield _sheet(here, sheet, values[sheet.title], used, record)


def _sheet(place: Place, sheet: Any, values: Any, used: UsedRange, record: Record) -> RawSheet:
    rows: list[tuple[int, list[str]]] = []
    wrong: list[Wrong] = []
    links: dict[tuple[int, int], str] = {}
    computed = []
    last_row, last_column = min(sheet.max_row, used.rows), min(sheet.max_column, used.columns)
    for cells in sheet.iter_rows(max_row=max(1, last_row), max_col=max(1, last_column)):
        texts = []
        for cell in cells:
            at = Place(place.file, place.sheet, cell.row, cell.column)
            if cell.data_type == "f":
                computed.append(f"{letters(cell.column)}{cell.row}")
                cell = values.cell(cell.row, cell.column)  # noqa: PLW2901 (the same cell, computed)
                if cell.value is None:
                    wrong.append(Wrong(at, "a formula that was not computed; write what it should say"))
            if cell.data_type == "e":
                wrong.append(
                    Wrong(at, f"'{cell.value}' is an error of the spreadsheet; write what it should say")
                )
            texts.append(_text(cell.value, cell.number_format or ""))
            if getattr(cell, "hyperlink", None) is not None and cell.hyperlink.target:
                links[cell.row, cell.column] = str(cell.hyperlink.target)
        if any(text.strip() for text in texts):
            rows.append((cells[0].row, texts))
    _say_hidden(place, sheet, record)
    if computed:
        several = f"{computed[0]} to {computed[-1]}: {len(computed)} formulas; what they came to is read"
        record.say(
            place, several if len(computed) > 1 else f"{computed[0]}: a formula; what it came to is read"
        )
    spans = [Span(one.min_row, one.max_row, one.min_col, one.max_col) for one in sheet.merged_cells.ranges]
    return RawSheet(
        place, rows, sorted(spans, key=lambda span: (span.first_row, span.first_column)), links, wrong
    )


def _say_hidden(place: Place, sheet: Any, record: Record) -> None:
    """Rows and columns that are not seen are read like others: a filter that was left on hides injects."""
    rows = [number for number, row in sheet.row_dimensions.items() if row.hidden]
    columns = [letters(column.min) for column in sheet.column_dimensions.values() if column.hidden]
    for kind, names in (("row", rows), ("column", columns)):
        if names:
            many = "" if len(names) == 1 else "s"
            record.say(place, f"{kind}{many} {', '.join(map(str, names))}: hidden; read like the others")


def _text(value: Any, shown_as: str) -> str:  # noqa: PLR0911 (one kind of cell each)
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            return str(int(value)) if value.is_integer() else f"{value:.10g}"
        case datetime() if value.year < 1901:
            return _clock(value.time())
        case datetime():
            has_clock = value.time() != time() or any(one in shown_as.casefold() for one in ("h", "m:s"))
            return f"{value:%Y-%m-%d} {_clock(value.time())}" if has_clock else f"{value:%Y-%m-%d}"
        case date():
            return value.isoformat()
        case time():
            return _clock(value)
        case timedelta():
            minutes = round(value.total_seconds() / 60)
            sign = "T-" if minutes < 0 else "" if minutes < 24 * 60 else "T+"
            return f"{sign}{abs(minutes) // 60}:{abs(minutes) % 60:02d}"
        case _:
            return str(value)


def _clock(value: time) -> str:
    # half a second is lost where a part of a day is rounded
    minutes = (
        3600 * value.hour + 60 * value.minute + value.second + (value.microsecond >= 500_000) + 29
    ) // 60
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
