"""`tabletop new`: a scenario to start from."""

import re
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from tabletop.cli.output import write
from tabletop.errors import TabletopError
from tabletop.scenario.fitted_minutes import TooFewMinutes, fitted, typing_in_words
from tabletop.scenario.load import loads
from tabletop.scenario.schema import schema_text

NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
SCHEMA_FILE = "schema.json"


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the scenario, as in 'river-valley'.")],
    minutes: Annotated[
        int | None,
        typer.Option(min=1, max=2880, help="Fit the exercise to so many minutes, typing included."),
    ] = None,
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
    if minutes is not None:
        starter = _in_time(starter, minutes)
    write(out / f"{name}.yaml", starter.replace("title: Starter", f"title: {title}", 1), new=True)
    typer.echo(f"wrote {out / f'{name}.yaml'}")
    # one schema serves all scenarios of a folder, and the file refers to it by a path that works offline
    if not (out / SCHEMA_FILE).exists():
        write(out / SCHEMA_FILE, schema_text(), new=True)
        typer.echo(f"wrote {out / SCHEMA_FILE}, for editors")
    typer.echo(f"next: tabletop show {out / f'{name}.yaml'}")


def _in_time(starter: str, minutes: int) -> str:
    """The starter with the parts of its exercise fitted to a time."""
    plan = loads(starter, "starter").exercise
    assert plan is not None
    try:
        fit = fitted(plan, minutes)
    except TooFewMinutes as wrong:
        raise TabletopError(f"--minutes {minutes}: {wrong}") from None
    lines, moves = [], iter(range(len(plan.moves)))
    for line in starter.splitlines():
        if line.startswith("  duration_minutes:"):
            first, *others = fit.outer_lines()
            lines.append(f"  {first}          # with {typing_in_words(fit.teams)}")
            lines += [f"  {other}" for other in others]
            continue
        lines.append(line)
        if line.startswith("      day: ") and (move := next(moves, None)) is not None:
            lines.append(f"      {fit.move_line(move)}")
    return "\n".join(lines) + "\n"
