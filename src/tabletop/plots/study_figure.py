"""A figure of a study of robustness: sheets by measure, each with its finding, its notes and its data."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from tabletop.experiment.robustness.study import Robustness
from tabletop.plots import style
from tabletop.plots.form import SLIDE, WIDE, Form
from tabletop.plots.plot import CatalogueFigure
from tabletop.plots.table import Table

WHOLE = ""
"""The sheet of a figure that shows all of its measures on one."""
JOINT = "-"
"""Between the measures of a sheet that shows several, but not all."""


@dataclass(frozen=True)
class StudyFigure:
    """A figure with a `name`, and what it `shows`; all else follows from a study and a sheet."""

    name: str
    shows: str
    sheets: Callable[[Robustness], Sequence[str]]
    """The measures of each, joined by JOINT, the leading first, or WHOLE; empty: nothing can be drawn."""
    title: Callable[[Robustness, str], str]
    picture: Callable[[Robustness, str, Form], Figure]
    notes: Callable[[Robustness, str], list[str]]
    rows: Callable[[Robustness], Table]
    """What all sheets draw."""
    lacks: Callable[[Robustness], str] = lambda _study: ""
    """Why there is no sheet, in a sentence; empty where that needs no word."""

    def file(self, study: Robustness, sheet: str) -> str:
        """The name of a sheet's file, which names the measure where there are several."""
        return self.name if len(self.sheets(study)) == 1 else f"{self.name}-{sheet}"

    def draw(self, study: Robustness, sheet: str, form: Form = SLIDE) -> Figure:
        """A sheet."""
        with style.applied():
            return self.picture(study, sheet, form)

    def data(self, study: Robustness, sheet: str | None = None) -> Table:
        """What all sheets draw, or what one does."""
        table = self.rows(study)
        if not sheet or "measure" not in table.columns:
            return table
        place = table.columns.index("measure")
        return Table(table.columns, tuple(row for row in table.rows if row[place] in sheet.split(JOINT)))

    def on_page(self, study: Robustness, sheet: str, question: str = "") -> CatalogueFigure:
        """A sheet as a page shows it, of the file's ranges or of another question; a phone shows its data."""
        return CatalogueFigure(
            self.name,
            self.shows,
            lambda *_: self.title(study, sheet),
            lambda _results, _compared, form: self.picture(study, sheet, form),
            lambda *_: self.data(study, sheet),
            lambda *_: self.notes(study, sheet),
            contrasts=False,
            page_form=WIDE,
            has_narrow_form=False,
            kept_in=f"{question} in the folder of the study" if question else "the folder of the study",
            about=question,
        )
