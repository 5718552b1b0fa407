"""Rows of a foreign sheet: what stands below its headings, without what is no event."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tabletop.report.msel.columns import INJECT_ID
from tabletop.report.msel.foreign import values
from tabletop.report.msel.foreign.headings import DATE, TELLS, Column, Headings, plain
from tabletop.report.msel.foreign.record import Record
from tabletop.report.msel.foreign.tables import RawSheet, Span
from tabletop.report.msel.foreign.times import time
from tabletop.report.msel.refusals import Place
from tabletop.scenario.words import shown

_MARKS = (
    INJECT_ID,
    "Event Number",
    DATE,
    "Move",
    "Event Type",
    "Status",
    "Planned Minute",
    "Designated Scenario Time",
)
"""Columns that planners fill in beforehand, in rows that say nothing yet."""


@dataclass
class ForeignRow:
    """A row: its texts by our columns, and those of columns that we do not have."""

    place: Place
    columns: dict[str, int]
    headings: dict[str, str]
    texts: dict[str, str]
    others: list[tuple[Column, str]] = field(default_factory=list)
    sections: tuple[str, ...] = ()
    """What the sheet and the headings within it say of the rows below them, the nearest last."""
    links: tuple[str, ...] = ()

    def at(self, name: str) -> Place:
        """Where a cell is."""
        return self.place.at(self.columns.get(name, 0), self.headings.get(name, name))

    def __getitem__(self, name: str) -> str:
        return self.texts.get(name, "")


def rows_of(sheet: RawSheet, found: Headings, record: Record) -> Iterator[ForeignRow]:
    """The events of a sheet, from the top; what is left out, and what merged cells come to, is recorded."""
    return _Reader(sheet, found, record).rows()


class _Reader:
    def __init__(self, sheet: RawSheet, found: Headings, record: Record) -> None:
        self._sheet = sheet
        self._found = found
        self._record = record
        self._columns = {one.target: one.number for one in found.columns if one.target}
        self._headings = {one.target: one.heading for one in found.columns if one.target}
        texts = [column for name, column in self._columns.items() if name in TELLS[:2]]
        self._message = self._columns.get("Message", texts[0] if texts else 0)
        name = sheet.place.sheet or ""
        day = time(name)
        self._named = (name,) if day is not None and day.day is not None else ()
        self._sections: dict[str, str] = {}
        self._above: dict[int, str] = {}

    def rows(self) -> Iterator[ForeignRow]:
        last: ForeignRow | None = None
        for number, texts in self._sheet.rows[self._found.first + self._found.height :]:
            place = Place(self._sheet.place.file, self._sheet.place.sheet, number)
            if self._is_heading(place, texts) or self._is_section(place, number, texts):
                continue
            row = self._row(place, number, self._filled(place, number, texts))
            if last is not None and self._continues(number):
                self._append(last, row)
                continue
            said = [name for name, text in row.texts.items() if not values.EMPTY.fullmatch(text)]
            if all(name in _MARKS for name in said) and all(values.EMPTY.fullmatch(o) for _, o in row.others):
                self._record.say(place, "says nothing but where it would stand; left out")
                continue
            if last is not None:
                yield last
            last = row
        if last is not None:
            yield last

    def _is_heading(self, place: Place, texts: list[str]) -> bool:
        """Headings repeated on another page."""
        at = {one.number: plain(one.heading) for one in self._found.columns}
        said = [(n, plain(text)) for n, text in enumerate(texts, start=1) if text.strip()]
        again = len(said) > 1 and all(at.get(n) == text for n, text in said)
        if again:
            self._record.say(place, "the headings once more; left out")
        return again

    def _is_section(self, place: Place, number: int, texts: list[str]) -> bool:
        """A row that says something of the rows below it, or closes the list."""
        said = [(n, text.strip()) for n, text in enumerate(texts, start=1) if text.strip()]
        first, text = said[0]
        if values.CLOSING.fullmatch(plain(text)) and first != self._message and len(said) <= 3:
            self._record.say(place, f"{shown(text)} closes the list; left out")
            return True
        wide = any(
            span.first_row <= number <= span.last_row and span.last_column - span.first_column >= 2
            for span in self._sheet.spans
        )
        if len(said) > 1:
            return False
        if values.CLOSING.fullmatch(plain(text)):
            self._record.say(place, f"{shown(text)} closes the list; left out")
            return True
        day = time(text)
        kind = "day" if day is not None and day.day is not None else "move" if _names_move(text) else ""
        tells = first in [self._columns[name] for name in TELLS if name in self._columns]
        if (
            not wide
            and not kind
            and (tells or first in (self._columns.get(INJECT_ID), self._columns.get("Event Number")))
        ):
            return False
        if kind and not wide and first in [self._columns.get(name) for name in _MARKS] and first != 1:
            return False
        if kind:
            self._sections[kind] = text
            self._record.say(place, f"{shown(text)} is read as a heading of the rows below it")
        else:
            self._sections["other"] = text
            self._record.say(place, f"{shown(text)} stands alone in its row; left out")
        return True

    def _filled(self, place: Place, number: int, texts: list[str]) -> list[str]:
        """The texts, with what cells merged with those above them say, and those that say 'as above'."""
        filled = [*texts]
        for span in self._sheet.spans:
            at = span.first_column
            if span.first_row < number <= span.last_row and at <= len(filled) and at != self._message:
                above = self._above.get(at, "")
                if above and not filled[at - 1].strip():
                    filled[at - 1] = above
                    self._record.cell(self._cell(place, at), "", f"{shown(above)}, merged with above")
        for at, text in enumerate(filled, start=1):
            if text.strip().casefold() in values.ABOVE and at in self._above:
                filled[at - 1] = self._above[at]
                self._record.cell(self._cell(place, at), text, f"{shown(self._above[at])}, as above")
        self._above |= {at: text for at, text in enumerate(filled, start=1) if text.strip()}
        return filled

    def _cell(self, row: Place, number: int) -> Place:
        return row.at(number, next((o.heading for o in self._found.columns if o.number == number), ""))

    def _continues(self, number: int) -> bool:
        """Whether the message of a row is merged with that of the row above it."""
        return any(_covers(span, number, self._message) for span in self._sheet.spans)

    def _append(self, row: ForeignRow, more: ForeignRow) -> None:
        """What a row adds to the one above it, with which its message is merged."""
        for name, text in more.texts.items():
            if text and text not in row[name].split("\n"):
                row.texts[name] = f"{row[name]}\n{text}".strip()
                self._record.cell(
                    more.at(name), text, f"added to row {row.place.row}, with which it is merged"
                )
        row.others += [other for other in more.others if other not in row.others]
        row.links += more.links

    def _row(self, place: Place, number: int, texts: list[str]) -> ForeignRow:
        found: dict[str, str] = {}
        others: list[tuple[Column, str]] = []
        headed = {one.number: one for one in self._found.columns}
        for at, text in enumerate(texts, start=1):
            column = headed.get(at, Column(at, "", None))
            if column.target is None and text.strip():
                others.append((column, text))
            elif column.target and text.strip():
                found[column.target] = text
        links = tuple(link for (row, _), link in self._sheet.links.items() if row == number)
        sections = (*self._named, *self._sections.values())
        return ForeignRow(place, self._columns, self._headings, found, others, sections, links)


def _covers(span: Span, row: int, column: int) -> bool:
    return span.first_row < row <= span.last_row and span.first_column <= column <= span.last_column


def _names_move(text: str) -> bool:
    return values.move_number(text) is not None and not plain(text)[0].isdigit()
