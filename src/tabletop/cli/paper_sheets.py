"""Sheets from paper, as `tabletop evaluate --sheets` takes them in."""

from collections import Counter
from pathlib import Path

import typer

from tabletop.exercise.exercise import Exercise
from tabletop.exercise.sheet_line import KINDS
from tabletop.exercise.sheets import take_in
from tabletop.safe_text import safe_line


def take_in_sheets(folder: Path, file: Path) -> None:
    """Take a CSV file of sheets into an exercise's folder, and say what was in it.

    Raises TabletopError, with the row, for what is no line of a sheet of this exercise.
    """
    opened = Exercise.open(folder)
    try:
        lines = take_in(opened.folder, file, opened.state)
    finally:
        opened.close()
    counts: Counter[str] = Counter(line.kind for line in lines)
    said = ", ".join(f"{counts[kind]} of kind {kind}" for kind in KINDS if counts[kind])
    typer.echo(f"Taken in: {said}. What was taken in before is replaced.")
    typer.echo(f"To count them: tabletop report {safe_line(str(folder))} --overwrite")
