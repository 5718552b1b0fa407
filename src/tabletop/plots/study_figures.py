"""The figures of a study of robustness, each drawn of the studies that have what it shows."""

from collections.abc import Iterator

from tabletop.experiment.folder import USUAL_FORMATS
from tabletop.experiment.robustness.study import Robustness
from tabletop.measures import MEASURES
from tabletop.plots import (
    condition_map,
    condition_tornado,
    discovery_box,
    regret_table,
    robustness_map,
    switch_curve,
)
from tabletop.plots.side_by_side import as_files
from tabletop.plots.study_figure import StudyFigure

STUDY_FIGURES: dict[str, StudyFigure] = {
    plot.name: plot
    for plot in (
        robustness_map.PLOT,
        condition_tornado.PLOT,
        discovery_box.PLOT,
        switch_curve.PLOT,
        condition_map.PLOT,
        regret_table.PLOT,
    )
}
"""Every figure of a study by its name, in the order in which they are read."""


def files(study: Robustness) -> dict[str, bytes]:
    """Every sheet of every figure in the usual formats, and what each figure draws as CSV, by name."""
    pictures = {
        plot.file(study, sheet): plot.draw(study, sheet)
        for plot in STUDY_FIGURES.values()
        for sheet in plot.sheets(study)
    }
    shown = [plot for plot in STUDY_FIGURES.values() if plot.sheets(study)]
    tables = {f"{plot.name}.csv": plot.data(study).csv().encode() for plot in shown}
    return as_files(pictures) | tables


def is_file(name: str) -> bool:
    """Whether `files` may have made a file of this name, of whatever study."""
    stem, _, ending = name.rpartition(".")
    plot, dash, sheet = stem.partition("-")
    return (
        plot in STUDY_FIGURES
        and ending in (*USUAL_FORMATS, "csv")
        and (not dash or all(measure in MEASURES for measure in sheet.split("-")))
    )


def lacking(study: Robustness) -> Iterator[str]:
    """Why figures that a reader may miss are not drawn, a sentence each."""
    for plot in STUDY_FIGURES.values():
        if said := plot.lacks(study):
            yield said
