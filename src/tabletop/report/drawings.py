"""The figures of a page: each a picture with its finding in words, and the data behind it."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from tabletop.analysis.compare import Comparison
from tabletop.analysis.words import figure
from tabletop.experiment.results import Results
from tabletop.plots import FIGURES
from tabletop.plots.plot import CatalogueFigure
from tabletop.plots.save import rendered
from tabletop.plots.table import Cell, Table
from tabletop.report.document.inline_svg import inlined

MOST_ROWS = 100
"""Rows of data that a page shows of one figure; the others stand in its file."""


@dataclass(frozen=True)
class Drawing:
    """One figure as a page has it."""

    name: str
    number: int
    finding: str
    shows: str
    svg: Markup
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    rows_in_all: int

    @property
    def title(self) -> str:
        """What the figure is called: 'paired differences'."""
        return self.name.replace("_", " ")


def drawings(results: Results, compared: Comparison, svgs: Mapping[str, bytes]) -> tuple[Drawing, ...]:
    """Every figure of the catalogue; those that `svgs` has are not drawn again."""
    return tuple(
        _drawing(plot, number, results, compared, svgs.get(plot.name))
        for number, plot in enumerate(FIGURES.values(), start=1)
    )


def _drawing(
    plot: CatalogueFigure, number: int, results: Results, compared: Comparison, svg: bytes | None
) -> Drawing:
    finding = " ".join(plot.title(results, compared).split())
    if svg is None:
        svg = rendered(plot.draw(results, compared), "svg")
    picture = inlined(svg, plot.name, says=finding, described_by=f"{plot.name}-caption")
    data = plot.data(results, compared)
    return Drawing(
        name=plot.name,
        number=number,
        finding=finding,
        shows=plot.shows,
        svg=Markup(picture),  # noqa: S704 (serialised XML: every text in it is escaped)
        columns=tuple(column.replace("_", " ") for column in data.columns),
        rows=_shown(data),
        rows_in_all=len(data.rows),
    )


def _shown(data: Table) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(_cell, row)) for row in data.rows[:MOST_ROWS])


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
