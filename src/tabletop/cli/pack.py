"""`tabletop pack`: the printable pack of an exercise."""

from pathlib import Path
from typing import Annotated

import typer

from tabletop.errors import UnknownName
from tabletop.report.files import put_files, refuse_existing
from tabletop.report.pack import pack_files
from tabletop.scenario.load import load

FORMATS = {"pdf": ("pdf",), "html": ("html",), "both": ("pdf", "html")}
PAPERS = ("a4", "us-letter")


def pack(
    scenario: Annotated[
        str, typer.Argument(metavar="SCENARIO", help="A scenario file or a shipped one's name.")
    ],
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder to write it to; by default SCENARIO-pack.")
    ] = None,
    form: Annotated[
        str, typer.Option("--format", metavar="pdf|html|both", help="The kind of files.")
    ] = "both",
    paper: Annotated[str, typer.Option(metavar="a4|us-letter", help="The size of the paper.")] = "a4",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace files that are there.")] = False,  # noqa: FBT002 (a flag)
) -> None:
    """Write the printable pack: manual, slides, controller's guide, cards, sheets, events list, forms.

    The events list comes as a spreadsheet too (.xlsx and .csv), which `tabletop msel import` reads back.
    """
    if form not in FORMATS:
        raise UnknownName.among("format of a pack", form, FORMATS)
    if paper not in PAPERS:
        raise UnknownName.among("paper", paper, PAPERS)
    files = pack_files(load(scenario), scenario, formats=FORMATS[form], paper=paper)
    folder = out or Path(f"{Path(scenario).stem}-pack")
    if not overwrite:
        refuse_existing(folder, files)
    put_files(folder, files)
    for name in files:
        typer.echo(str(folder / name))
