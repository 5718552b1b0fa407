"""`tabletop pack`: the printable pack of an exercise."""

from pathlib import Path
from typing import Annotated

import typer

from tabletop.cli.missing import tell_missing, tell_unprintable
from tabletop.cli.options import ScenarioFile
from tabletop.errors import UnknownName
from tabletop.outputs import put_files, refuse_existing
from tabletop.report.pack import pack_files, printable
from tabletop.safe_text import safe_line
from tabletop.scenario.load import load

FORMATS = {"pdf": ("pdf",), "html": ("html",), "both": ("pdf", "html")}
PAPERS = ("a4", "us-letter")


def pack(
    scenario: ScenarioFile,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder to write it to; by default SCENARIO-pack.")
    ] = None,
    form: Annotated[
        str | None,
        typer.Option("--format", metavar="pdf|html|both", help="The kind of files; by default both."),
    ] = None,
    paper: Annotated[str, typer.Option(metavar="a4|us-letter", help="The size of the paper.")] = "a4",
    large: Annotated[bool, typer.Option("--large", help="Large print: 16 points.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace files that are there.")] = False,
) -> None:
    """Write the printable pack: manual, slides, controller's guide, cards, sheets, events list, forms.

    The events list comes as a spreadsheet too (.xlsx and .csv), which `tabletop msel import` reads back.
    """
    if form is not None and form not in FORMATS:
        raise UnknownName.among("format of a pack", form, FORMATS)
    if paper not in PAPERS:
        raise UnknownName.among("paper", paper, PAPERS)
    given = load(scenario)
    if form is None:
        tell_missing("typst")
    if form != "html":
        tell_unprintable(given)
    formats = printable() if form is None else FORMATS[form]
    files = pack_files(given, scenario, formats=formats, paper=paper, large=large)
    folder = out or Path(f"{Path(scenario).stem}-pack")
    if not overwrite:
        refuse_existing(folder, files)
    put_files(folder, files)
    for name in files:
        typer.echo(safe_line(str(folder / name)))
