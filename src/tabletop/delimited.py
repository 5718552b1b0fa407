"""Delimited text: tables as spreadsheets of any country save them, whatever their encoding and divider."""

import csv
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable
from io import StringIO

UTF_8, UTF_16, WINDOWS_1252 = "UTF-8", "UTF-16", "Windows-1252"
DIVIDERS = ",;\t|"
_LINES = 60
"""At the beginning, among which headings are looked for."""


class Undecodable(Exception):
    """Bytes that are no text in any encoding that spreadsheets write; `line` is the first that is none."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(f"neither {UTF_8} nor {WINDOWS_1252}; save it as CSV {UTF_8}")


class Undelimited(Exception):
    """A text that is no table: the line, and why."""

    def __init__(self, line: int, why: str) -> None:
        self.line = line
        super().__init__(f"not CSV: {why}")


def decoded(content: bytes) -> tuple[str, str]:
    """The text of a file, and the name of its encoding; raises Undecodable."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return content.decode("utf-16", "replace"), UTF_16
    try:
        return content.removeprefix(BOM_UTF8).decode(), UTF_8
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
    try:
        return content.decode("cp1252"), WINDOWS_1252
    except UnicodeDecodeError:
        raise Undecodable(line) from None


def stated_divider(text: str) -> str | None:
    """The sign between cells, where a first row `sep=;` names it, as one spreadsheet writes it."""
    first = text.partition("\n")[0].strip().strip('"').casefold()
    return first[4] if first.startswith("sep=") and len(first) == 5 else None


def likely_divider(text: str, known: Callable[[list[list[str]]], int]) -> str:
    """The sign between cells: that with which most headings are known among the first rows."""

    def worth(divider: str) -> tuple[int, int]:
        beginning = [line.split(divider) for line in text.splitlines()[:_LINES]]
        plain = [[cell.strip().strip('"') for cell in row] for row in beginning]
        return known(plain), text.count(divider)

    return max(DIVIDERS, key=worth)


def numbered_rows(text: str, known: Callable[[list[list[str]]], int]) -> list[tuple[int, list[str]]]:
    """The rows that are not blank, each with the line on which it ends; raises Undelimited."""
    stated = stated_divider(text)
    sign = stated or likely_divider(text, known)
    reader = csv.reader(StringIO(text, newline=""), delimiter=sign, strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise Undelimited(reader.line_num, str(error)) from None
    return rows if stated is None else rows[1:]
