"""`tabletop play`: a scenario played by teams, at a projector or from a decisions file."""

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from tabletop.cli.facilitate import facilitate
from tabletop.cli.missing import tell_missing, tell_unprintable
from tabletop.cli.notes import note_exercise, noted_workers
from tabletop.cli.options import ExercisesFolder, Others, ScenarioOrExercise, Teams, Workers
from tabletop.cli.output import console
from tabletop.cli.progress import BROKEN_OFF, shown_progress
from tabletop.cli.projector import projector
from tabletop.cli.streams import asks_nobody
from tabletop.cli.unattended import play_unattended
from tabletop.errors import TabletopError
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.folder import is_exercise, next_folder
from tabletop.exercise.rules import check_teams
from tabletop.exercise.state import Phase
from tabletop.exercise.stricter_rules import check_names
from tabletop.exercise.unattended import OTHERS
from tabletop.safe_text import safe_line
from tabletop.scenario.source import source_text


def play(
    scenario: ScenarioOrExercise,
    decisions: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Play it unattended from this file (YAML).")
    ] = None,
    team: Teams = None,
    others: Others = None,
    workers: Workers = None,
    no_screen: Annotated[
        bool, typer.Option("--no-screen", help="Write no screen for the room's projector.")
    ] = False,
    out: ExercisesFolder = Path("exercises"),
) -> None:
    """Run an exercise: brief, moves, decisions, reveals, hot wash, report.

    Every act is on disk before it is acknowledged. Quit at any prompt; the same command with the
    exercise's folder goes on from there.
    """
    processes = noted_workers(workers)
    tell_missing("docx")
    folder = Path(scenario)
    if decisions is not None:
        _refuse_what_the_file_says(decisions, team=team, others=others)
        if is_exercise(folder):
            raise TabletopError(
                f"{scenario}: with --decisions, name the scenario; its exercise is found again in {out}"
            )
        text, name = source_text(scenario)
        play_unattended(console(), text, name, decisions, out, workers=processes, shown=shown_progress)
        return
    check_teams(team or ())
    check_names(team or ())
    if asks_nobody():
        raise TabletopError(
            "standard input is closed, so that nobody can be asked: play at a terminal, or with --decisions"
        )
    if is_exercise(folder):
        exercise = Exercise.open(folder)
        if team and exercise.state.phase is not Phase.PLANNED:
            begun = ", ".join(exercise.state.teams)
            raise TabletopError(f"--team: the exercise in {scenario} was begun with {begun}; leave it out")
    else:
        text, name = source_text(scenario)
        exercise = Exercise.new(next_folder(out, Path(name).stem), text=text, name=name)
    tell_unprintable(exercise.scenario, **{"--team": " ".join(team or ())})
    note_exercise(exercise.scenario, len(team or exercise.state.teams), others or OTHERS)
    with exercise.in_charge(), nullcontext() if no_screen else projector(exercise):
        again = f"Nothing is lost. To go on: tabletop play {safe_line(str(exercise.folder))}"
        try:
            finished = facilitate(
                console(), exercise, teams=tuple(team or ()), others=others or OTHERS, workers=processes
            )
        except TabletopError as mistake:
            raise TabletopError(f"{mistake}\n{again}") from mistake
    if not finished:
        typer.echo(again, err=True)
        raise typer.Exit(BROKEN_OFF)


def _refuse_what_the_file_says(decisions: Path, *, team: list[str] | None, others: int | None) -> None:
    """Options that a decisions file states itself are not passed over in silence."""
    if team:
        raise TabletopError(
            f"--team: with --decisions, the teams stand in the file; write `teams: [{', '.join(team)}]` "
            f"in {decisions}"
        )
    if others is not None:
        raise TabletopError(
            f"--others: with --decisions, it stands in the file; write `others: {others}` in {decisions}"
        )
