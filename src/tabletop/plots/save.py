"""Figures on disk: a picture and its data, the same bytes for the same results."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tabletop.analysis.compare import Comparison
from tabletop.errors import TabletopError
from tabletop.experiment.results import Results
from tabletop.plots.plot import CatalogueFigure
from tabletop.plots.side_by_side import rendered_side_by_side


def save(
    plot: CatalogueFigure,
    results: Results,
    folder: Path,
    *,
    formats: Iterable[str] = ("svg",),
    compared: Comparison | None = None,
) -> list[Path]:
    """Write `<name>.<format>` for each format and `<name>.csv`, and return the paths.

    Every file is written whole beside its place and then renamed. Raises TabletopError where nothing
    can be written, UnknownName for a format that does not exist.
    """
    compared = compared or results.compare()
    (made,) = files([plot], results, compared, tuple(formats))
    return put(made, folder)


def files(
    plots: Sequence[CatalogueFigure], results: Results, compared: Comparison, formats: Sequence[str]
) -> list[dict[str, bytes]]:
    """For each figure `<name>.<format>` for each format and `<name>.csv`, by name."""
    drawings = [plot.draw(results, compared) for plot in plots]
    pictures = [(figure, form) for figure in drawings for form in formats]
    drawn = iter(rendered_side_by_side(pictures))
    return [
        {f"{plot.name}.{form}": next(drawn) for form in formats}
        | {f"{plot.name}.csv": plot.data(results, compared).csv().encode()}
        for plot in plots
    ]


def put(
    files: Mapping[str, bytes], folder: Path, advice: str = "; name another folder with --out"
) -> list[Path]:
    """Write files into a folder, each beside its place and then renamed, and return the paths.

    Raises TabletopError, with this advice, where nothing can be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder, prefix=".writing-") as writing:
            for name, content in files.items():
                (Path(writing) / name).write_bytes(content)
                (Path(writing) / name).replace(folder / name)
    except OSError as error:
        raise TabletopError(
            f"{folder}: figures cannot be written there: {error.strerror or error}{advice}"
        ) from error
    return [folder / name for name in files]
