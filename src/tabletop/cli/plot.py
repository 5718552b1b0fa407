"""`tabletop plot`: the figures of a results folder, each with its data."""

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from tabletop.errors import UnknownName
from tabletop.experiment.folder import PICTURES
from tabletop.experiment.lock import locked
from tabletop.experiment.store import open_results
from tabletop.plots import FIGURES
from tabletop.plots.save import FORMATS, save


def plot(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="A results folder.")],
    figure: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only this figure; may be repeated.")
    ] = None,
    form: Annotated[str, typer.Option("--format", metavar="svg|png|pdf", help="The kind of file.")] = "svg",
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where they go; by default the folder's figures/.")
    ] = None,
) -> None:
    """Draw the figures of a results folder, without simulating; each with its data as CSV."""
    for name in figure or ():
        if name not in FIGURES:
            raise UnknownName.among("figure", name, FIGURES)
    if form not in FORMATS:
        raise UnknownName.among("figure format", form, FORMATS)
    results = open_results(directory)
    compared = results.compare()
    place = directory / PICTURES if out is None else out
    with locked(directory) if out is None else nullcontext():
        for name in dict.fromkeys(figure or FIGURES):
            for path in save(FIGURES[name], results, place, formats=[form], compared=compared):
                typer.echo(str(path))
