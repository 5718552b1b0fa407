"""Figures on disk: a picture and its data, the same bytes for the same results."""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from matplotlib.figure import Figure

from tabletop.analysis.compare import Comparison
from tabletop.errors import TabletopError, UnknownName
from tabletop.experiment.results import Results
from tabletop.plots import style
from tabletop.plots.plot import CatalogueFigure
from tabletop.plots.typefaces import no_warnings_of_letters

FORMATS = ("svg", "png", "pdf")

_UNDATED: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": "tabletop"},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "ModDate": None, "Creator": "tabletop", "Producer": None},
}
"""What a file says of its making: nothing that depends on when or with which version."""


def rendered(figure: Figure, form: str) -> bytes:
    """The figure as a file of this format holds it; raises UnknownName for another format."""
    if form not in FORMATS:
        raise UnknownName.among("figure format", form, FORMATS)
    buffer = BytesIO()
    with style.applied(), no_warnings_of_letters():
        figure.savefig(buffer, format=form, metadata=_UNDATED[form])
    return buffer.getvalue()


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
    figure = plot.draw(results, compared)
    files = {f"{plot.name}.{form}": rendered(figure, form) for form in formats}
    files[f"{plot.name}.csv"] = plot.data(results, compared).csv().encode()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder, prefix=".writing-") as writing:
            for name, content in files.items():
                (Path(writing) / name).write_bytes(content)
                (Path(writing) / name).replace(folder / name)
    except OSError as error:
        raise TabletopError(
            f"{folder}: figures cannot be written there: {error.strerror or error}; "
            "name another folder with --out"
        ) from error
    return [folder / name for name in files]
