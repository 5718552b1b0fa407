"""Figures on disk: a picture and its data, the same bytes for the same results."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from tabletop.analysis.compare import Comparison
from tabletop.experiment.results import Results
from tabletop.outputs import put_files
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

    Raises TabletopError where nothing can be written, UnknownName for a format that does not exist.
    """
    compared = compared or results.compare()
    (made,) = files([plot], results, compared, tuple(formats))
    put_files(folder, made)
    return [folder / name for name in made]


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
