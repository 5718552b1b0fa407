"""All files about an exercise: report, data, figures, and the replay bundle that allows to check them."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.bundle import Bundle
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.interim_cache import Progress
from tabletop.exercise.moments import offset_here
from tabletop.exercise.state import Phase
from tabletop.experiment.folder import PICTURES, USUAL_FORMATS
from tabletop.outputs import put_files
from tabletop.plots.exercise import figures
from tabletop.plots.exercise.save import files
from tabletop.report.after_action import ReportInput, after_action_files
from tabletop.report.document.blocks import Picture

BUNDLE = "replay.zip"
NOT_BUNDLED = (".docx", ".png", ".xlsx", "grades.csv", "individual.csv")
"""Files that a replay does not compare: their bytes depend on libraries, and their content is elsewhere, or
they rest on sheets of paper, which are not in the log."""


def exercise_files(
    exercise: Exercise,
    adjudicator: Adjudicator,
    progress: Progress | None = None,
    *,
    offset: timedelta | None = None,
) -> dict[str, bytes]:
    """The report, its data, and the figures, by their paths; the same log and offset give the same bytes.

    `offset` is what the clocks of the room were ahead of UTC, by default those of this machine. While the
    exercise is on there is nothing in the files that has not been revealed.
    """
    inputs = ReportInput.of(exercise, adjudicator, progress, offset=offset)
    drawings = figures(inputs.outcomes)
    drawn = files(drawings, USUAL_FORMATS)
    pictures = [
        Picture(one.name, finding, finding, drawn[f"{one.name}.svg"], drawn[f"{one.name}.png"])
        for one in drawings
        for finding in [" ".join(one.title.split())]
    ]
    report = after_action_files(inputs, pictures=pictures)
    return {**report, **{f"{PICTURES}/{name}": content for name, content in drawn.items()}}


def bundle_of(
    exercise: Exercise,
    adjudicator: Adjudicator,
    files: Mapping[str, bytes],
    *,
    offset: timedelta | None = None,
) -> Bundle:
    """The replay bundle of an exercise, once `files` have been made of it with this adjudicator."""
    return Bundle.of(
        exercise.log.name,
        exercise.log.scenario,
        exercise.entries,
        adjudicator.histories.asked,
        {path: content for path, content in files.items() if not path.endswith(NOT_BUNDLED)},
        offset=offset_here(exercise.state) if offset is None else offset,
    )


def write_exercise(
    exercise: Exercise,
    adjudicator: Adjudicator,
    folder: Path,
    progress: Progress | None = None,
    *,
    offset: timedelta | None = None,
) -> tuple[Path, ...]:
    """Write everything into a folder, and return the paths; after EndEx, the replay bundle too.

    The bundle holds the secret and all that was hidden: before EndEx there is none.
    """
    made = exercise_files(exercise, adjudicator, progress, offset=offset)
    if exercise.state.phase is Phase.ENDED:
        made[BUNDLE] = bundle_of(exercise, adjudicator, made, offset=offset).encoded()
    put_files(folder, made)
    return tuple(folder / path for path in made)
