"""The illustrations of a results folder: every figure with its data, and the page with these figures."""

from pathlib import Path

from tabletop.analysis.compare import Comparison
from tabletop.errors import TabletopError, in_words
from tabletop.experiment.folder import HANDOUT, PAGE, PICTURES, USUAL_FORMATS, check_regular
from tabletop.experiment.kept_lives import NAME as LIVES
from tabletop.experiment.kept_lives import as_text
from tabletop.experiment.results import Results
from tabletop.outputs import put_files
from tabletop.plots import FIGURES
from tabletop.plots.labels import leading_measure
from tabletop.plots.pressed import told_mix
from tabletop.plots.rendering import FORMATS
from tabletop.plots.save import files
from tabletop.report.page import write_report
from tabletop.spreadsheet import WORKBOOK, workbook


def illustrate(results: Results, folder: Path, compared: Comparison | None = None) -> Path:
    """Draw every figure into `figures/` of a results folder, write `report.html`, and return its path.

    The hand-out for a class goes beside it. The figures of the folder are slides; those of the page are
    drawn for a page and for a phone. The two lives that one of them shows are kept in `lives.json`, to be
    drawn again without a run. What pictures an earlier run left goes first, so that a folder never shows
    other results than it tells. Raises TabletopError where nothing can be written.
    """
    compared = results.compare() if compared is None else compared
    unillustrate(folder)
    drawn = files(tuple(FIGURES.values()), results, compared, USUAL_FORMATS)
    sheets = {name: plot.data(results, compared).sheet() for name, plot in FIGURES.items()}
    pictures = {name: content for made in drawn for name, content in made.items()}
    put_files(folder / PICTURES, {**pictures, WORKBOOK: workbook(sheets)})
    if compared.replications and (mix := told_mix(results, compared)) != compared.baseline:
        kept = results.lives(compared, mix, leading_measure(results, compared))
        put_files(folder, {LIVES: [as_text(kept)]})
    return write_report(results, folder / PAGE, compared)


def unillustrate(folder: Path) -> None:
    """Remove the page and the figures of a results folder, with their data, and nothing else."""
    check_regular(folder)
    pictures = folder / PICTURES
    try:
        drawn = (pictures / f"{name}.{form}" for name in FIGURES for form in (*FORMATS, "csv"))
        for path in (folder / PAGE, folder / HANDOUT, folder / LIVES, pictures / WORKBOOK, *drawn):
            path.unlink(missing_ok=True)
        if pictures.is_dir() and not any(pictures.iterdir()):
            pictures.rmdir()
    except OSError as error:
        raise TabletopError(
            f"{folder}: an earlier run's figures cannot be removed: {in_words(error)}"
        ) from error
