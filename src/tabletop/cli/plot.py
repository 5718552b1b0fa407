"""`tabletop plot`: the figures of a results folder, each with its data."""

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from tabletop.cli.missing import tell_unprintable
from tabletop.errors import UnknownName
from tabletop.experiment.folder import PICTURES, USUAL_FORMATS
from tabletop.experiment.lock import locked
from tabletop.experiment.store import open_results
from tabletop.outputs import put_files
from tabletop.plots import FIGURES
from tabletop.plots.rendering import FORMATS
from tabletop.plots.save import save
from tabletop.safe_text import safe_line
from tabletop.spreadsheet import WORKBOOK, workbook


def plot(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="A results folder.")],
    figure: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only this figure; may be repeated.")
    ] = None,
    form: Annotated[
        list[str] | None,
        typer.Option(
            "--format", metavar="svg|png|pdf", help="A kind of file; may be repeated. By default svg and png."
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where they go; by default the folder's figures/.")
    ] = None,
) -> None:
    """Draw the figures of a results folder, without simulating; each with its data as CSV."""
    for name in figure or ():
        if name not in FIGURES:
            raise UnknownName.among("figure", name, FIGURES)
    forms = tuple(dict.fromkeys(form or USUAL_FORMATS))
    for one in forms:
        if one not in FORMATS:
            raise UnknownName.among("figure format", one, FORMATS)
    results = open_results(directory)
    tell_unprintable(results.design.scenario)
    compared = results.compare()
    place = directory / PICTURES if out is None else out
    with locked(directory) if out is None else nullcontext():
        names = dict.fromkeys(figure or FIGURES)
        for name in names:
            for path in save(FIGURES[name], results, place, formats=forms, compared=compared):
                typer.echo(safe_line(str(path)))
        sheets = {name: FIGURES[name].data(results, compared).sheet() for name in names}
        put_files(place, {WORKBOOK: workbook(sheets)})
        typer.echo(safe_line(str(place / WORKBOOK)))
