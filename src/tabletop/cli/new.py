"""`tabletop new`: a scenario to start from."""

import re
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from tabletop.cli.output import write
from tabletop.errors import TabletopError
from tabletop.scenario.schema import schema_text

NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
SCHEMA_FILE = "schema.json"


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the scenario, as in 'river-valley'.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder to write it to.")] = Path(),
) -> None:
    """Write a commented starter scenario, NAME.yaml, and the schema that editors check it with."""
    if not NAME.fullmatch(name):
        raise TabletopError(
            f"{name}: not a scenario's name; begin with a letter, then lower-case letters, digits, "
            "'-' and '_', 40 characters at most"
        )
    if not out.is_dir():
        raise TabletopError(f"{out}: no such folder; create it first")
    title = name.replace("-", " ").replace("_", " ").capitalize()
    starter = files("tabletop.cli").joinpath("starter.yaml").read_text(encoding="utf-8")
    write(out / f"{name}.yaml", starter.replace("title: Starter", f"title: {title}", 1), new=True)
    typer.echo(f"wrote {out / f'{name}.yaml'}")
    # one schema serves all scenarios of a folder, and the file refers to it by a path that works offline
    if not (out / SCHEMA_FILE).exists():
        write(out / SCHEMA_FILE, schema_text(), new=True)
        typer.echo(f"wrote {out / SCHEMA_FILE}, for editors")
    typer.echo(f"next: tabletop show {out / f'{name}.yaml'}")
