"""`tabletop results`: the findings of a results folder, without simulating."""

from pathlib import Path
from typing import Annotated

import typer

from tabletop.cli import comparison
from tabletop.cli.output import console
from tabletop.experiment import store
from tabletop.experiment.findings import findings
from tabletop.experiment.folder import as_json


def results(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="A results folder.")],
    tables: Annotated[bool, typer.Option("--tables", help="Write tables and findings anew.")] = False,
    worst_tenth: Annotated[bool, typer.Option("--worst-tenth", help="Print the worst tenth, too.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print only the findings, as JSON.")] = False,
) -> None:
    """Print what a results folder says, as `run` did when it wrote it; nothing is simulated."""
    found = store.open_results(directory)
    if tables:
        store.rewrite(directory, found)
    if json:
        typer.echo(as_json(findings(found, found.compare())), nl=False)
    else:
        screen = console()
        comparison.print_header(screen, found.design)
        comparison.print_results(screen, found)
        if worst_tenth:
            comparison.print_worst_tenth(screen, found)
    if found.failed:
        raise typer.Exit(1)
