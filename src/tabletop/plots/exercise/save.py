"""Figures of an exercise on disk: pictures and data, the same bytes for the same exercise."""

from collections.abc import Iterable
from pathlib import Path

from tabletop.outputs import put_files
from tabletop.plots.exercise.plot import ExerciseFigure
from tabletop.plots.save import rendered


def files(drawings: Iterable[ExerciseFigure], formats: Iterable[str] = ("svg",)) -> dict[str, bytes]:
    """`<name>.<format>` for each format and `<name>.csv`, by name.

    Raises UnknownName for a format that does not exist.
    """
    made: dict[str, bytes] = {}
    forms = tuple(formats)
    for drawing in drawings:
        if forms:
            figure = drawing.draw()
            made |= {f"{drawing.name}.{form}": rendered(figure, form) for form in forms}
        made[f"{drawing.name}.csv"] = drawing.data().csv().encode()
    return made


def save(
    drawings: Iterable[ExerciseFigure], folder: Path, *, formats: Iterable[str] = ("svg",)
) -> list[Path]:
    """Write the figures and their data into a folder, each file whole, and return the paths.

    Raises TabletopError where nothing can be written, UnknownName for a format that does not exist.
    """
    made = files(drawings, formats)
    put_files(folder, made)
    return [folder / name for name in made]
