"""`tabletop validate`: whether scenario files are valid."""

from typing import Annotated

import typer

from tabletop.errors import TabletopError
from tabletop.scenario.load import load
from tabletop.scenario.planned_minutes import in_words


def validate(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE…", help="Scenario files, or names of shipped ones.")
    ],
) -> None:
    """Check scenario files; every mistake is reported with its line and what would be right."""
    wrong = 0
    for file in files:
        try:
            scenario = load(file)
        except TabletopError as mistake:
            typer.echo(str(mistake), err=True)
            wrong += 1
            continue
        mixes = _counted(len(scenario.policy_mixes), "policy mix", "policy mixes")
        injects = _counted(len(scenario.injects), "inject", "injects")
        typer.echo(f"{file}: ok: {scenario.title} ({mixes}, {injects})")
        if scenario.exercise is not None:
            typer.echo(f"  exercise: {in_words(scenario.exercise)}")
    if wrong:
        raise typer.Exit(2)


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
