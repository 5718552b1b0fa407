"""The illustrations of a results folder: every figure with its data, and the page with these figures."""

from pathlib import Path

from tabletop.analysis.compare import Comparison
from tabletop.errors import TabletopError
from tabletop.experiment.folder import PAGE, PICTURES, put
from tabletop.experiment.kept_lives import NAME as LIVES
from tabletop.experiment.kept_lives import as_text
from tabletop.experiment.results import Results
from tabletop.plots import FIGURES
from tabletop.plots.labels import leading_measure
from tabletop.plots.pressed import told_mix
from tabletop.plots.save import FORMATS, save
from tabletop.report.page import write_report


def illustrate(results: Results, folder: Path, compared: Comparison | None = None) -> Path:
    """Draw every figure into `figures/` of a results folder, write `report.html`, and return its path.

    The two lives that a figure shows are kept in `lives.json`, so that they are drawn again without a run.

    The figures of the folder are slides; those of the page are drawn for a page and for a phone. What
    pictures an earlier run left goes first, so that a folder never shows other results than it tells.
    Raises TabletopError where nothing can be written.
    """
    compared = results.compare() if compared is None else compared
    unillustrate(folder)
    for plot in FIGURES.values():
        save(plot, results, folder / PICTURES, formats=("svg", "png"), compared=compared)
    if compared.replications and (mix := told_mix(results, compared)) != compared.baseline:
        kept = results.lives(compared, mix, leading_measure(results, compared))
        put(folder, {LIVES: [as_text(kept)]})
    return write_report(results, folder / PAGE, compared)


def unillustrate(folder: Path) -> None:
    """Remove the page and the figures of a results folder, with their data, and nothing else."""
    pictures = folder / PICTURES
    try:
        for path in (
            folder / PAGE,
            folder / LIVES,
            *(pictures / f"{n}.{f}" for n in FIGURES for f in (*FORMATS, "csv")),
        ):
            path.unlink(missing_ok=True)
        if pictures.is_dir() and not any(pictures.iterdir()):
            pictures.rmdir()
    except OSError as error:
        raise TabletopError(
            f"{folder}: an earlier run's figures cannot be removed: {error.strerror or error}; "
            "name another folder with --out"
        ) from error
