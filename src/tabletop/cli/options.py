"""Options that several commands have: each is declared, and explained, once."""

from pathlib import Path
from typing import Annotated

import typer

from tabletop.cli.completion import scenario_names
from tabletop.errors import TabletopError

ScenarioFile = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO", help="A scenario file or a shipped one's name.", autocompletion=scenario_names
    ),
]
ScenarioOrExercise = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO",
        help="A scenario file, a shipped one's name, or the folder of an exercise.",
        autocompletion=scenario_names,
    ),
]
Teams = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="A team; may be repeated. By default those of the file."),
]
Others = Annotated[
    int | None,
    typer.Option(
        min=2, max=10_000, help="Replications that show what else could have happened; by default 100."
    ),
]
Mixes = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="Only this mix and the baseline; may be repeated."),
]
Seed = Annotated[int | None, typer.Option(help="Seed of all luck.")]
WorkersOrOne = Annotated[
    int | None, typer.Option(help="Processes; by default as many as cores, one if quick.")
]
Workers = Annotated[int | None, typer.Option(help="Processes; by default as many as cores.")]
Cluster = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="Run on the Dask scheduler at tcp://HOST:PORT.")
]
Engine = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help="auto, simpy or compiled: only time depends on it. A cluster has its own."
    ),
]
ExercisesFolder = Annotated[Path, typer.Option(metavar="DIR", help="Where the exercise's folder is made.")]
JsonAlone = Annotated[bool, typer.Option("--json", help="Print only JSON.")]


def refuse_json_of_plan(*, plan: bool, json: bool) -> None:
    """Raise TabletopError where somebody wants what is found, and nothing to be run."""
    if plan and json:
        raise TabletopError("--json: prints findings, and --plan only tells what would be run; leave one out")
