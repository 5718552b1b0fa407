"""Figures of an exercise on disk: pictures and data, the same bytes for the same exercise."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from tabletop.errors import TabletopError
from tabletop.plots.exercise.plot import ExerciseFigure
from tabletop.plots.save import rendered
from tabletop.spreadsheet import WORKBOOK, Sheet, workbook


def files(drawings: Iterable[ExerciseFigure], formats: Iterable[str] = ("svg",)) -> dict[str, bytes]:
    """`<name>.<format>` for each format and `<name>.csv`, by name, and one workbook of all data.

    Raises UnknownName for a format that does not exist.
    """
    made: dict[str, bytes] = {}
    sheets: dict[str, Sheet] = {}
    forms = tuple(formats)
    for drawing in drawings:
        if forms:
            figure = drawing.draw()
            made |= {f"{drawing.name}.{form}": rendered(figure, form) for form in forms}
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
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder, prefix=".writing-") as writing:
            for name, content in made.items():
                (Path(writing) / name).write_bytes(content)
                (Path(writing) / name).replace(folder / name)
    except OSError as error:
        raise TabletopError(
            f"{folder}: figures cannot be written there: {error.strerror or error}"
        ) from error
    return [folder / name for name in made]
