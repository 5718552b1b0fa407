"""`tabletop schema`: the format of scenario files, for editors."""

from pathlib import Path
from typing import Annotated

import typer


def schema(
    out: Annotated[Path | None, typer.Option(help="Write it to this file instead of printing it.")] = None,
) -> None:
    """Print the JSON Schema of scenario files: editors complete and check with it as one types."""
    from tabletop.scenario.schema import schema_text

    if out is None:
        typer.echo(schema_text(), nl=False)
        return
    from tabletop.cli.output import write

    write(out, schema_text())
    typer.echo(f"wrote {out}")
