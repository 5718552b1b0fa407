"""`tabletop schema`: the format of scenario files, for editors."""

from pathlib import Path
from typing import Annotated

import typer

from tabletop.cli.output import write
from tabletop.errors import TabletopError
from tabletop.scenario.schema import schema_text


def schema(
    out: Annotated[Path | None, typer.Option(help="Write it to this file instead of printing it.")] = None,
) -> None:
    """Print the JSON Schema of scenario files: editors complete and check with it as one types."""
    if out is None:
        typer.echo(schema_text(), nl=False)
        return
    _refuse_another(out)
    write(out, schema_text())
    typer.echo(f"wrote {out}")


def _refuse_another(file: Path) -> None:
    """Raises TabletopError if something else stands at the place, as the scenario that one works on."""
    try:
        there = file.read_text("utf-8", errors="replace") if file.is_file() else ""
    except OSError:
        return  # it is told when it cannot be written
    if there.strip() and '"$schema"' not in there:
        raise TabletopError(f"{file}: holds something else than a schema; remove it, or name another file")
