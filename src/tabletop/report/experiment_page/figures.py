"""The figures of a page: each in a wide and in a narrow form, with its finding and its data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from tabletop.analysis.compare import Comparison
from tabletop.analysis.words import figure
from tabletop.experiment.results import Results
from tabletop.plots import FIGURES
from tabletop.plots.form import PHONE, WIDE, Form
from tabletop.plots.plot import CatalogueFigure
from tabletop.plots.rendering import rendered
from tabletop.plots.study_figures import STUDY_FIGURES
from tabletop.report.document.blocks import Column, Table
from tabletop.report.document.inline_svg import inlined
from tabletop.spreadsheet import Cell

MOST_ROWS = 10
"""Rows of data that a page shows of one figure; the others stand in its file."""


@dataclass(frozen=True)
class PageFigure:
    """A figure as a page shows it."""

    kind: ClassVar = "figure"
    name: str
    about: str
    """What it is about, where the page has several with its name."""
    title: str
    shows: str
    notes: str
    wide: Markup
    narrow: Markup | None
    """For a phone; None where the wide one has to do, which scrolls sideways."""
    data: Table | None
    is_wide: bool = False
    """Whether it takes the whole width of a page."""

    @property
    def place(self) -> str:
        """Its id, for what leads there."""
        return "-".join(filter(None, ("figure", self.name, self.about)))


def page_figure(
    plot: CatalogueFigure, results: Results, compared: Comparison, drawn: Mapping[str, bytes]
) -> PageFigure:
    """A figure of the catalogue; its SVGs are those of `drawn`, by name and form, or are drawn."""
    finding = " ".join(plot.title(results, compared).split())
    notes = " ".join(plot.notes(results, compared))
    alt = f"{plot.shows} {notes}"
    wide = _svg(plot, results, compared, plot.page_form, drawn, finding, alt)
    narrow = _svg(plot, results, compared, PHONE, drawn, finding, alt) if plot.has_narrow_form else None
    return PageFigure(
        plot.name,
        plot.about,
        finding,
        plot.shows,
        notes,
        wide,
        narrow,
        _table(plot, results, compared, finding),
        plot.page_form is WIDE,
    )


def svg_name(plot: CatalogueFigure, form: Form) -> str:
    """Under which name an SVG is given that is drawn already."""
    return "-".join(filter(None, (plot.name, plot.about, form.name)))


def _svg(
    plot: CatalogueFigure,
    results: Results,
    compared: Comparison,
    form: Form,
    drawn: Mapping[str, bytes],
    finding: str,
    alt: str,
) -> Markup:
    name = svg_name(plot, form)
    svg = drawn.get(name)
    if svg is None:
        svg = rendered(plot.draw(results, compared, form), "svg", living_text=True)
    known = [*FIGURES, *STUDY_FIGURES]
    short = f"f{known.index(plot.name)}{plot.about}{'n' if form.is_narrow else 'w'}"
    return Markup(inlined(svg, short, says=finding, describes=alt, small=True))  # noqa: S704 (XML, its texts escaped)


def _table(plot: CatalogueFigure, results: Results, compared: Comparison, finding: str) -> Table | None:
    data = plot.data(results, compared)
    if not data.rows:
        return None
    rows = tuple(tuple(map(_cell, row)) for row in data.rows[:MOST_ROWS])
    of_all = (
        f"The first {len(rows)} of {len(data.rows):,} rows; all of them are in figures/{plot.name}.csv of "
        f"{plot.kept_in}"
    )
    columns = tuple(
        Column(name.replace("_", " "), number=all(isinstance(row[place], (int, float)) for row in data.rows))
        for place, name in enumerate(data.columns)
    )
    return Table(of_all if len(rows) < len(data.rows) else finding, columns, rows)


def _cell(cell: Cell) -> str:
    match cell:
        case None:
            return "–"
        case bool():
            return "yes" if cell else "no"
        case float():
            return figure(cell)
        case _:
            return str(cell)
