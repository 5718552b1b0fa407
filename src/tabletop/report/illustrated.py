"""The illustrations of a results folder: every figure with its data, and the page with these figures."""

from pathlib import Path

from tabletop.analysis.compare import Comparison
from tabletop.errors import TabletopError
from tabletop.experiment.folder import PAGE, PICTURES
from tabletop.experiment.results import Results
from tabletop.plots import FIGURES
from tabletop.plots.rendering import FORMATS
from tabletop.plots.save import files, put
from tabletop.report.page import write_report
from tabletop.spreadsheet import WORKBOOK, workbook


def illustrate(results: Results, folder: Path, compared: Comparison | None = None) -> Path:
    """Draw every figure into `figures/` of a results folder, write `report.html`, and return its path.

    Each figure is drawn once: the page holds the SVGs of the folder. What pictures an earlier run left
    goes first, so that a folder never shows other results than it tells. Raises TabletopError where
    nothing can be written.
    """
    compared = results.compare() if compared is None else compared
    unillustrate(folder)
    drawn = files(tuple(FIGURES.values()), results, compared, ("svg", "png"))
    for made in drawn:
        put(made, folder / PICTURES)
    sheets = {name: plot.data(results, compared).sheet() for name, plot in FIGURES.items()}
    put({WORKBOOK: workbook(sheets)}, folder / PICTURES)
    svgs = {name: made[f"{name}.svg"] for name, made in zip(FIGURES, drawn, strict=True)}
    return write_report(results, folder / PAGE, compared, svgs=svgs)


def unillustrate(folder: Path) -> None:
    """Remove the page and the figures of a results folder, with their data, and nothing else."""
    pictures = folder / PICTURES
    try:
        drawn = (pictures / f"{name}.{form}" for name in FIGURES for form in (*FORMATS, "csv"))
        for path in (folder / PAGE, pictures / WORKBOOK, *drawn):
            path.unlink(missing_ok=True)
        if pictures.is_dir() and not any(pictures.iterdir()):
            pictures.rmdir()
    except OSError as error:
        raise TabletopError(
            f"{folder}: an earlier run's figures cannot be removed: {error.strerror or error}; "
            "name another folder with --out"
        ) from error
