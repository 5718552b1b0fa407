"""Rows of a file of sheets: what each says, and what none can say."""

from dataclasses import dataclass
from math import isfinite
from pathlib import Path

from tabletop.delimited import Undecodable, Undelimited, decoded, numbered_rows
from tabletop.errors import TabletopError
from tabletop.exercise.sheet_line import COLUMNS, KINDS, POINTS, SheetLine
from tabletop.exercise.state import State
from tabletop.inputs import content
from tabletop.measures import MEASURES
from tabletop.safe_text import safe_line
from tabletop.scenario.names import meant
from tabletop.scenario.words import nearest, shown

LARGEST = 4_000_000
"""Bytes of a file."""
LONGEST = 4_000
"""Characters of a text."""
_ZIP = b"PK\x03\x04"
"""How XLSX and ODS begin."""
NumberedLine = tuple[int, SheetLine]
"""With its line in the file."""


def numbered_lines(file: Path, state: State) -> list[NumberedLine]:
    """What the rows of a file say; raises TabletopError with the file, the line and what would be right."""
    data, place = content(file, LARGEST, what="a CSV file of sheets"), safe_line(str(file))
    if data.startswith(_ZIP):
        raise TabletopError(f"{place}: a workbook; save its sheet as CSV")
    try:
        rows = numbered_rows(decoded(data)[0], _known)
    except (Undecodable, Undelimited) as error:
        raise TabletopError(f"{place}:{error.line}: {error}") from None
    if not rows:
        raise TabletopError(f"{place}: empty; its first row names the columns: {','.join(COLUMNS)}")
    (at, heads), *others = rows
    names = _headings(f"{place}:{at}", heads)
    return [(line, _line(f"{place}:{line}", names, row, state)) for line, row in others]


def _known(beginning: list[list[str]]) -> int:
    """How many headings are known in the first row that has any."""
    return max((sum(_folded(cell) in COLUMNS for cell in row) for row in beginning), default=0)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _headings(place: str, heads: list[str]) -> list[str]:
    names = [_folded(head) for head in heads]
    while names and not names[-1]:
        names.pop()
    for name in names:
        if name not in COLUMNS:
            raise TabletopError(f"{place}: {shown(name)}: no such column{nearest(name, COLUMNS)}")
        if names.count(name) > 1:
            raise TabletopError(f"{place}: two columns {shown(name)}; leave one of them")
    if missing := [name for name in ("team", "kind") if name not in names]:
        raise TabletopError(f"{place}: no column {shown(missing[0])}; columns are {','.join(COLUMNS)}")
    return names


def _line(place: str, names: list[str], row: list[str], state: State) -> SheetLine:
    if any(cell.strip() for cell in row[len(names) :]):
        raise TabletopError(f"{place}: {len(row)} cells under {len(names)} headings")
    cells = dict(zip(names, (_unguarded(cell.strip()) for cell in row), strict=False))
    team, kind = meant(cells.get("team", ""), state.teams), cells.get("kind", "").casefold()
    if team not in state.teams:
        raise TabletopError(f"{place}: team {shown(team)}: no such team{nearest(team, state.teams)}")
    if kind not in KINDS:
        raise TabletopError(f"{place}: kind {shown(kind)}: no such kind of line{nearest(kind, KINDS)}")
    one = _Cells(place, cells, state)
    sheet, text = " ".join(cells.get("sheet", "").split()), cells.get("text", "")
    if len(text) > LONGEST:
        raise TabletopError(f"{place}: text: {len(text):,} characters; a text has at most {LONGEST:,}")
    if kind != "reason" and not sheet:
        raise TabletopError(f"{place}: sheet: empty; write the number of the sheet")
    match kind:
        case "reason":
            return SheetLine(sheet, team, "reason", one.move(), cells.get("item", ""), text=text)
        case "prediction":
            low, high = one.number("low"), one.number("high")
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
        return self._whole("points", len(POINTS))

    def measure(self) -> str:
        """The measure, which may be written by its title."""
        said, known = self.cells.get("item", ""), self.state.plan.predictions
        for name in known:
            if _folded(said) in (name, _folded(MEASURES[name].title)):
                return name
        near = nearest(said, known)
        raise TabletopError(f"{self.place}: item {shown(said)}: no measure that is predicted{near}")

    def _whole(self, name: str, most: int) -> int:
        text = self.cells.get(name, "")
        if not (text.isascii() and text.isdecimal()) or not 1 <= float(text) <= most:
            raise TabletopError(f"{self.place}: {name} {shown(text)}: write a whole number from 1 to {most}")
        return int(text)

    def number(self, name: str) -> float:
        """A number, with a point or a comma before its decimals."""
        text = self.cells.get(name, "")
        try:
            value = float(text.replace("−", "-").replace(",", "."))
        except ValueError:
            value = float("nan")
        if not isfinite(value):
            raise TabletopError(f"{self.place}: {name} {shown(text)}: write a number, as 2 or 0.55")
        return value


def as_cell(value: object) -> str:
    """As a cell that no spreadsheet takes for a formula; a number stays one."""
    text = f"{value:.10g}" if isinstance(value, float) else str(value)
    return f"'{text}" if isinstance(value, str) and text[:1] in "=+-@'\t" and text else text


def _unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:2] in "=+-@'\t" and len(text) > 1 else text
