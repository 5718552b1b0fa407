"""Sheets that people filled in on paper: reasons, own predictions, reflections, and what peers say.

They come as CSV, a row a line of a sheet. A sheet bears a number, and never a name: who wrote it is on a
list of whoever holds the class. They are kept beside the log and not in it, as nothing is played by them.
"""

import csv
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

from tabletop.errors import TabletopError
from tabletop.exercise import sheet_rules
from tabletop.exercise.sheet_line import COLUMNS, SheetLine
from tabletop.exercise.sheet_rows import as_cell, numbered_lines
from tabletop.exercise.state import State
from tabletop.outputs import put_files
from tabletop.safe_text import safe_line

NAME = "sheets.csv"
"""In an exercise's folder."""


def as_csv(lines: Iterable[SheetLine]) -> str:
    """Lines as a file's text."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line in lines:
        values = (getattr(line, name) for name in COLUMNS)
        writer.writerow(["" if value is None else as_cell(value) for value in values])
    return text.getvalue()


def take_in(folder: Path, file: Path, state: State) -> tuple[SheetLine, ...]:
    """Read a file of sheets and keep it in an exercise's folder, in place of what was taken in before.

    Raises TabletopError, with the line, for what is no line of a sheet of this exercise, and for a file
    without any; then all stays as it was.
    """
    lines = read(file, state)
    put_files(folder, {NAME: as_csv(lines).encode()})
    return lines


def kept(folder: Path, state: State) -> tuple[SheetLine, ...]:
    """The sheets that were taken in; none where there are none."""
    file = folder / NAME
    return tuple(line for _, line in numbered_lines(file, state)) if file.exists() else ()


def read(file: Path, state: State) -> tuple[SheetLine, ...]:
    """The lines of a file; raises TabletopError with the file, the line and what would be right."""
    rows = numbered_lines(file, state)
    if not rows:
        raise TabletopError(
            f"{safe_line(str(file))}: no row below the headings; what was taken in before is left as it is"
        )
    return sheet_rules.checked(file, rows, state)
