"""A sheet as it was read: its columns found by their headings, its rows without those that are blank."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tabletop.report.msel.columns import COLUMNS, NAMES
from tabletop.report.msel.refusals import Place, Unreadable, Wrong
from tabletop.scenario.words import nearest, shown

MOST_ROWS = 5_000
LONGEST_CELL = 32_767
"""Characters; no spreadsheet holds more."""


@dataclass(frozen=True)
class SheetRow:
    """One row: the text of its cells, by the name of their column."""

    place: Place
    columns: dict[str, int]
    texts: dict[str, str]
    headings: dict[str, str] = field(default_factory=dict)
    """What the list calls a column, where it does not use its name."""

    def at(self, name: str) -> Place:
        """Where a cell of it is."""
        return self.place.at(self.columns.get(name, 0), self.headings.get(name, name))

    def __getitem__(self, name: str) -> str:
        return self.texts.get(name, "")


def lines(place: Place, rows: Iterable[tuple[int, Sequence[str]]]) -> list[SheetRow]:
    """The rows below the headings, which stand in the first row that is not blank.

    `rows` are numbered texts. Raises Unreadable for headings that are not those of the list.
    """
    columns: dict[str, int] = {}
    found: list[SheetRow] = []
    wrong: list[Wrong] = []
    for number, texts in rows:
        if not any(text.strip() for text in texts):
            continue
        here = Place(place.file, place.sheet, number)
        if not columns:
            columns = _columns(here, texts)
            continue
        beyond = [n for n, text in enumerate(texts, start=1) if text.strip() and n not in columns.values()]
        wrong += [Wrong(here.at(n, ""), f"{shown(texts[n - 1])} under no heading; remove it") for n in beyond]
        cells = {name: tidy(texts[column - 1]) for name, column in columns.items() if column <= len(texts)}
        wrong += [
            Wrong(here.at(columns[name], name), f"{len(text):,} characters; a cell holds {LONGEST_CELL:,}")
            for name, text in cells.items()
            if len(text) > LONGEST_CELL
        ]
        found.append(SheetRow(here, columns, cells))
        if len(found) > MOST_ROWS:
            raise Unreadable([Wrong(here, f"more than {MOST_ROWS:,} rows; a list of events has far fewer")])
    if not columns:
        raise Unreadable([Wrong(place, "empty; `tabletop msel export` writes a list to start from")])
    if wrong:
        raise Unreadable(wrong)
    return found


def _columns(place: Place, headings: Sequence[str]) -> dict[str, int]:
    """The number of every column, by its name; case, spaces and order do not matter."""
    known = {_plain(name): name for name in NAMES}
    columns: dict[str, int] = {}
    wrong: list[Wrong] = []
    for number, heading in enumerate(headings, start=1):
        if not heading.strip():
            continue
        name = known.get(_plain(heading))
        cell = place.at(number, heading.strip())
        if name is None:
            absent = [name for name in NAMES if _plain(name) not in map(_plain, headings)]
            wrong.append(Wrong(cell, f"no such column{nearest(heading.strip(), absent or NAMES)}"))
        elif name in columns:
            wrong.append(Wrong(cell, f"a second column of that name; the first is column {columns[name]}"))
        else:
            columns[name] = number
    absent = [column.name for column in COLUMNS if column.name not in columns and not column.later]
    if absent:
        named = ", ".join(f"'{name}'" for name in absent)
        many = "columns are" if len(absent) > 1 else "column is"
        wrong.append(Wrong(place, f"{many} missing from the headings: {named}; put back what was exported"))
    if wrong:
        raise Unreadable(wrong)
    return columns


def _plain(heading: str) -> str:
    return " ".join(heading.split()).casefold()


def tidy(text: str) -> str:
    """A cell's text without what spreadsheets add to ends of lines."""
    text = text.replace("_x000D_\n", "\n").replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"[^\S\n]+\n", "\n", text).strip()
