"""`tabletop play`: a scenario played by teams, at a projector or from a decisions file."""

from pathlib import Path
from typing import Annotated

import typer

from tabletop.cli.facilitate import facilitate
from tabletop.cli.output import console
from tabletop.cli.progress import BROKEN_OFF, shown_progress
from tabletop.cli.unattended import play_unattended
from tabletop.errors import TabletopError
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.folder import is_exercise, next_folder
from tabletop.exercise.rules import check_teams
from tabletop.exercise.state import Phase
from tabletop.experiment.workers import workers_or_cores
from tabletop.scenario.source import source_text


def play(
    scenario: Annotated[
        str,
        typer.Argument(
            metavar="SCENARIO", help="A scenario file, a shipped one's name, or the folder of an exercise."
        ),
    ],
    decisions: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Play it unattended from this file (YAML).")
    ] = None,
    team: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A team; may be repeated. By default those of the file."),
    ] = None,
    others: Annotated[
        int, typer.Option(min=2, max=10_000, help="Replications that show what else could have happened.")
    ] = 100,
    workers: Annotated[int | None, typer.Option(help="Processes; by default as many as cores.")] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the exercise's folder is made.")] = Path(
        "exercises"
    ),
) -> None:
    """Run an exercise: brief, moves, decisions, reveals, hot wash, report.

    Every act is on disk before it is acknowledged. Quit at any prompt; the same command with the
    exercise's folder goes on from there.
    """
    processes = workers_or_cores(workers)
    folder = Path(scenario)
    if decisions is not None:
        if is_exercise(folder):
            raise TabletopError(
                f"{scenario}: with --decisions, name the scenario; its exercise is found again in {out}"
            )
        text, name = source_text(scenario)
        play_unattended(console(), text, name, decisions, out, workers=processes, shown=shown_progress)
        return
    check_teams(team or ())
    if is_exercise(folder):
        exercise = Exercise.open(folder)
        if team and exercise.state.phase is not Phase.PLANNED:
            begun = ", ".join(exercise.state.teams)
            raise TabletopError(f"--team: the exercise in {scenario} was begun with {begun}; leave it out")
    else:
        text, name = source_text(scenario)
        exercise = Exercise.new(next_folder(out, Path(name).stem), text=text, name=name)
    finished = facilitate(console(), exercise, teams=tuple(team or ()), others=others, workers=processes)
    if not finished:
        typer.echo(f"Nothing is lost. To go on: tabletop play {exercise.folder}", err=True)
        raise typer.Exit(BROKEN_OFF)
