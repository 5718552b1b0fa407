"""`tabletop report`: the after-action report of an exercise."""

from pathlib import Path
from typing import Annotated

import typer

from tabletop.cli.missing import tell_missing, tell_unprintable
from tabletop.cli.notes import noted_workers
from tabletop.cli.options import Workers
from tabletop.cli.progress import shown_progress
from tabletop.errors import TabletopError
from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.folder import REPORT
from tabletop.exercise.interim_cache import NAME as HISTORIES
from tabletop.exercise.interim_cache import InterimCache
from tabletop.exercise.log_file import NAME as LOG
from tabletop.experiment.folder_kinds import kind_of
from tabletop.outputs import prepare_folder, refuse_existing
from tabletop.report.after_action import FILES
from tabletop.report.exercise_files import write_exercise
from tabletop.safe_text import safe_line


def report(
    exercise: Annotated[
        Path, typer.Argument(metavar="EXERCISE", help="The folder of an exercise, as `play` names it.")
    ],
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where to write it; by default EXERCISE/report.")
    ] = None,
    workers: Workers = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace files that are there.")] = False,
) -> None:
    """Write the after-action report and improvement plan: HTML, DOCX to edit, and the data as CSV.

    While the exercise is on it is an interim report: it says so, and holds only what has been revealed.
    """
    processes = noted_workers(workers)
    if not (exercise / LOG).is_file() and (what := kind_of(exercise)):
        raise TabletopError(f"{exercise}: {what}; a report is of an exercise, which `tabletop play` begins")
    tell_missing("docx")
    played = Exercise.open(exercise)
    tell_unprintable(played.scenario, teams=" ".join(played.state.teams))
    folder = out or exercise / REPORT
    if not overwrite:
        refuse_existing(folder, FILES)
    prepare_folder(folder)  # nobody is to wait for a report that has no place
    histories = InterimCache(played.folder / HISTORIES, workers=processes)
    with histories.at_work(), shown_progress() as progress:
        written = write_exercise(played, Adjudicator(histories), folder, progress)
    for path in written:
        typer.echo(safe_line(str(path)))
