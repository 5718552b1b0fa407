"""The used range of a workbook's sheets, found before a library builds every cell of them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat

from tabletop.archives import Archive, ArchiveRefused
from tabletop.report.msel.refusals import letters

LAST_ROW, LAST_COLUMN = 6_000, 84
"""Further down or to the right a list of events has nothing."""
MOST_CELLS = 400_000
"""Cells that have a format or a value: what a library can build in some seconds."""
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_VALUES = ("v", "f", "is")
_SHEET = "spreadsheetml.worksheet+xml"


@dataclass
class UsedRange:
    """How far a sheet has values; `wrong` says what is too far out, in words."""

    rows: int = 0
    columns: int = 0
    wrong: str = ""


def too_far(row: int, column: int) -> str | None:
    """That a cell with a value is beyond where a list of events ends; None if it is not."""
    if row <= LAST_ROW and column <= LAST_COLUMN:
        return None
    return (
        f"the cell {letters(column)}{row} has a value; a list of events keeps to columns A to "
        f"{letters(LAST_COLUMN)} and the first {LAST_ROW:,} rows: delete what is beyond"
    )


def used_range(archive: Archive) -> UsedRange:
    """The range that holds the values of all sheets; raises ArchiveRefused for what is no workbook."""
    found = UsedRange()
    for name in _sheets(archive):
        _Sheet(found).scan(archive.read(name))
        if found.wrong:
            break
    return found


def _sheets(archive: Archive) -> list[str]:
    """The members that are sheets."""
    found: list[str] = []

    def begun(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "Override" and attributes.get("ContentType", "").endswith(_SHEET):
            found.append(attributes.get("PartName", "").removeprefix("/"))

    _parse(archive.read("[Content_Types].xml"), begun)
    return found


class _TooFar(Exception):
    """There is no sense in reading on."""


class _Sheet:
    """Goes through the cells of one sheet, and stops at the first that is too far out."""

    def __init__(self, found: UsedRange) -> None:
        self._found = found
        self._row = self._column = self._cells = 0

    def scan(self, content: bytes) -> None:
        try:
            _parse(content, self._begun)
        except _TooFar as refusal:
            self._found.wrong = str(refusal)

    def _begun(self, tag: str, attributes: dict[str, str]) -> None:
        match tag.rpartition(":")[2]:
            case "row":
                self._row = _number(attributes.get("r")) or self._row + 1
                self._column = 0
            case "c":
                self._cell(attributes.get("r", ""))
            case name if name in _VALUES and self._column:
                self._value()
            case "mergeCell" | "hyperlink":
                # a library builds every cell of such a range
                self._range(attributes.get("ref", ""))

    def _cell(self, place: str) -> None:
        self._cells += 1
        if self._cells > MOST_CELLS:
            raise _TooFar(f"more than {MOST_CELLS:,} cells with a format; delete the empty rows and columns")
        if (known := _CELL.fullmatch(place)) is not None:
            self._column, self._row = _column(known[1]), int(known[2])
        else:
            self._column += 1

    def _range(self, ref: str) -> None:
        last = _CELL.fullmatch(ref.rpartition(":")[2].replace("$", "").upper())
        if last is None or int(last[2]) > LAST_ROW or _column(last[1]) > LAST_COLUMN:
            raise _TooFar(
                f"merged or linked cells {ref[:40]} reach too far; unmerge them, or remove the link"
            )

    def _value(self) -> None:
        if (wrong := too_far(self._row, self._column)) is not None:
            raise _TooFar(wrong)
        self._found.rows = max(self._found.rows, self._row)
        self._found.columns = max(self._found.columns, self._column)


def _parse(content: bytes, begun: Callable[[str, dict[str, str]], None]) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = begun
    parser.EntityDeclHandler = _refuse_entity
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise ArchiveRefused(f"not XML: {error}") from None


def _refuse_entity(*_: object) -> None:
    raise ArchiveRefused("an entity of its own, which no spreadsheet writes")


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 8 else 0


def _column(name: str) -> int:
    """A column as a number: A is 1, AA is 27."""
    number = 0
    for letter in name:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
