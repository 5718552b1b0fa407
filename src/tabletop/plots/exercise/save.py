"""Figures of an exercise on disk: pictures and data, the same bytes for the same exercise."""

from collections.abc import Iterable
from pathlib import Path

from tabletop.outputs import put_files
from tabletop.plots.exercise.plot import ExerciseFigure
from tabletop.plots.side_by_side import rendered_side_by_side
from tabletop.spreadsheet import WORKBOOK, Sheet, workbook


def files(drawings: Iterable[ExerciseFigure], formats: Iterable[str] = ("svg",)) -> dict[str, bytes]:
    """`<name>.<format>` for each format and `<name>.csv`, by name, and one workbook of all data.

    Raises UnknownName for a format that does not exist.
    """
    there, forms = tuple(drawings), tuple(formats)
    figures = [drawing.draw() for drawing in there] if forms else []
    drawn = iter(rendered_side_by_side([(figure, form) for figure in figures for form in forms]))
    made: dict[str, bytes] = {}
    sheets: dict[str, Sheet] = {}
    for drawing in there:
        made |= {f"{drawing.name}.{form}": next(drawn) for form in forms}
        data = drawing.data()
        made[f"{drawing.name}.csv"] = data.csv().encode()
        sheets[drawing.name] = data.sheet()
    return {**made, WORKBOOK: workbook(sheets)} if sheets else made


def save(
    drawings: Iterable[ExerciseFigure], folder: Path, *, formats: Iterable[str] = ("svg",)
) -> list[Path]:
    """Write the figures and their data into a folder, each file whole, and return the paths.

    Raises TabletopError where nothing can be written, UnknownName for a format that does not exist.
    """
    made = files(drawings, formats)
    put_files(folder, made)
    return [folder / name for name in made]
