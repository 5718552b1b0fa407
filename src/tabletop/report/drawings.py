"""The figures of a page: each a picture, its result in words, and its data."""

from collections.abc import Iterator, Mapping

from tabletop.analysis.compare import Comparison
from tabletop.analysis.words import figure
from tabletop.experiment.results import Results
from tabletop.plots import FIGURES
from tabletop.plots.plot import CatalogueFigure
from tabletop.plots.rendering import rendered
from tabletop.report.document.blocks import Block, Column, Folded, Picture, Table
from tabletop.report.document.document import Section
from tabletop.report.document.statement import Run, Said
from tabletop.spreadsheet import Cell

MOST_ROWS = 100
"""Rows of data that a page shows of one figure; the others stand in its file."""


def drawings(results: Results, compared: Comparison, svgs: Mapping[str, bytes]) -> Section:
    """Every figure of the catalogue; those that `svgs` has are not drawn again."""
    blocks: list[Block] = []
    for number, plot in enumerate(FIGURES.values(), start=1):
        blocks += _drawing(plot, number, results, compared, svgs.get(plot.name))
    return Section("Figures", tuple(blocks), id="figures")


def _drawing(
    plot: CatalogueFigure, number: int, results: Results, compared: Comparison, svg: bytes | None
) -> Iterator[Block]:
    finding = " ".join(plot.title(results, compared).split())
    caption = Said((Run(f"Figure {number}, {plot.name.replace('_', ' ')}.", "strong"), f" {plot.shows}"))
    if svg is None:
        svg = rendered(plot.draw(results, compared), "svg")
    yield Picture(plot.name, finding, caption, svg)
    data = plot.data(results, compared)
    if data.rows:
        rows = tuple(tuple(map(_cell, row)) for row in data.rows[:MOST_ROWS])
        of_all = (
            f"The first {len(rows)} of {len(data.rows):,} rows; all of them are in figures/{plot.name}.csv "
            "of the results folder"
        )
        columns = tuple(Column(column.replace("_", " ")) for column in data.columns)
        table = Table(of_all if len(rows) < len(data.rows) else finding, columns, rows)
        yield Folded(f"Data of figure {number}", (table,))


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
