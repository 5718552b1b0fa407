"""Sheets that people filled in on paper: reasons, own predictions, reflections, and what peers say.

They come as CSV, a row a line of a sheet. A sheet bears a number, and never a name: who wrote it is on a
list of whoever holds the class. They are kept beside the log and not in it, as nothing is played by them.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from io import StringIO
from math import isfinite
from pathlib import Path
from typing import Literal, get_args

from tabletop.errors import TabletopError
from tabletop.exercise.state import State
from tabletop.inputs import content
from tabletop.outputs import put_files
from tabletop.scenario.words import nearest, shown

NAME = "sheets.csv"
"""In an exercise's folder."""
LARGEST = 4_000_000
"""Bytes of a file."""
MOST_POINTS = 5
LONGEST = 4_000
"""Characters of a text."""
Kind = Literal["reason", "prediction", "reflection", "peer"]
KINDS: tuple[str, ...] = get_args(Kind)


@dataclass(frozen=True)
class SheetLine:
    """One line of a sheet; what its kind has no use for is empty."""

    sheet: str
    """Its number; of a peer form, that of the person it is about; empty for a team's decision sheet."""
    team: str
    kind: Kind
    move: int | None = None
    """1 for the first: of a reason and a prediction."""
    item: str = ""
    """Of a reason the card, of a prediction the measure, else the number of the question."""
    low: float | None = None
    high: float | None = None
    points: int | None = None
    """Of a peer: 1 to 5."""
    text: str = ""


COLUMNS = tuple(one.name for one in fields(SheetLine))


def as_csv(lines: Iterable[SheetLine]) -> str:
    """Lines as a file's text."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line in lines:
        values = (getattr(line, name) for name in COLUMNS)
        writer.writerow(["" if value is None else _guarded(value) for value in values])
    return text.getvalue()


def take_in(folder: Path, file: Path, state: State) -> tuple[SheetLine, ...]:
    """Read a file of sheets and keep it in an exercise's folder, in place of what was taken in before.

    Raises TabletopError, with the row, for what is no line of a sheet of this exercise; then nothing is
    kept.
    """
    lines = read(file, state)
    put_files(folder, {NAME: as_csv(lines).encode()})
    return lines


def kept(folder: Path, state: State) -> tuple[SheetLine, ...]:
    """The sheets that were taken in; none where there are none."""
    return read(folder / NAME, state) if (folder / NAME).exists() else ()


def read(file: Path, state: State) -> tuple[SheetLine, ...]:
    """The lines of a file; raises TabletopError with the file, the row and what would be right."""
    data = content(file, LARGEST, what="a CSV file of sheets")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TabletopError(f"{file}: not UTF-8; save it as CSV in UTF-8") from None
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise TabletopError(f"{file}:{reader.line_num}: not CSV: {error}") from None
    if not rows:
        raise TabletopError(f"{file}: empty; its first row names the columns: {','.join(COLUMNS)}")
    (at, heads), *others = rows
    names = [head.strip().lower() for head in heads]
    for name in names:
        if name not in COLUMNS:
            raise TabletopError(f"{file}:{at}: {shown(name)}: no such column{nearest(name, COLUMNS)}")
    if missing := [name for name in ("team", "kind") if name not in names]:
        raise TabletopError(f"{file}:{at}: no column {shown(missing[0])}; columns are {','.join(COLUMNS)}")
    return tuple(_line(f"{file}:{line}", names, row, state) for line, row in others)


def _line(place: str, names: list[str], row: list[str], state: State) -> SheetLine:
    if len(row) > len(names):
        raise TabletopError(f"{place}: {len(row)} cells under {len(names)} headings")
    cells = dict(zip(names, (_unguarded(cell.strip()) for cell in row), strict=False))
    team, kind = cells.get("team", ""), cells.get("kind", "").lower()
    if team not in state.teams:
        raise TabletopError(f"{place}: team {shown(team)}: no such team{nearest(team, state.teams)}")
    if kind not in KINDS:
        raise TabletopError(f"{place}: kind {shown(kind)}: no such kind of line{nearest(kind, KINDS)}")
    one = _Cells(place, cells, state)
    sheet, text = cells.get("sheet", ""), cells.get("text", "")
    if len(text) > LONGEST:
        raise TabletopError(f"{place}: text: {len(text):,} characters; a text has at most {LONGEST:,}")
    if kind != "reason" and not sheet:
        raise TabletopError(f"{place}: sheet: empty; write the number of the sheet")
    match kind:
        case "reason":
            return SheetLine(sheet, team, "reason", one.move(), cells.get("item", ""), text=text)
        case "prediction":
            low, high = one.range()
            return SheetLine(sheet, team, "prediction", one.move(), one.measure(), low, high)
        case "peer":
            return SheetLine(sheet, team, "peer", item=cells.get("item", ""), points=one.points(), text=text)
    return SheetLine(sheet, team, "reflection", item=cells.get("item", ""), text=text)


@dataclass(frozen=True)
class _Cells:
    """The cells of a row, read one by one."""

    place: str
    cells: dict[str, str]
    state: State

    def move(self) -> int:
        return self._whole("move", len(self.state.plan.moves))

    def points(self) -> int:
        return self._whole("points", MOST_POINTS)

    def measure(self) -> str:
        name, known = self.cells.get("item", ""), self.state.plan.predictions
        if name not in known:
            near = nearest(name, known)
            raise TabletopError(f"{self.place}: item {shown(name)}: no measure that is predicted{near}")
        return name

    def range(self) -> tuple[float, float]:
        low, high = self._number("low"), self._number("high")
        if low > high:
            raise TabletopError(f"{self.place}: low {low:g} is above high {high:g}; write the smaller first")
        return low, high

    def _whole(self, name: str, most: int) -> int:
        text = self.cells.get(name, "")
        if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= most:
            raise TabletopError(f"{self.place}: {name} {shown(text)}: write a whole number from 1 to {most}")
        return int(text)

    def _number(self, name: str) -> float:
        text = self.cells.get(name, "")
        try:
            value = float(text.replace("−", "-"))
        except ValueError:
            value = float("nan")
        if not isfinite(value):
            raise TabletopError(f"{self.place}: {name} {shown(text)}: write a number, as 2 or 0.55")
        return value


def of_kind(lines: Iterable[SheetLine], kind: Kind) -> Iterator[SheetLine]:
    """The lines of one kind."""
    return (line for line in lines if line.kind == kind)


def _guarded(value: object) -> str:
    """As a cell that no spreadsheet takes for a formula; a number stays one."""
    text = f"{value:.10g}" if isinstance(value, float) else str(value)
    return f"'{text}" if isinstance(value, str) and text[:1] in "=+-@'\t" and text else text


def _unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:2] in "=+-@'\t" and len(text) > 1 else text
