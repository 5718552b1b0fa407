"""The files of a report, written whole or not at all."""

from collections.abc import Sequence
from pathlib import Path

from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.interim_cache import Progress
from tabletop.outputs import put_files
from tabletop.report.after_action.contents import contents
from tabletop.report.after_action.data import tables
from tabletop.report.after_action.report_input import ReportInput
from tabletop.report.document.blocks import Picture
from tabletop.report.document.docx import as_docx
from tabletop.report.document.html import as_html
from tabletop.report.paper import has

FILES = (
    "report.html",
    "report.docx",
    "tables.xlsx",
    "log.csv",
    "log.jsonl",
    "outcomes.csv",
    "decisions.csv",
    "predictions.csv",
    "grades.csv",
    "individual.csv",
    "msel.csv",
)
"""What a report consists of: the DOCX with python-docx only, the events list from the hot wash on, and
`individual.csv` once sheets were taken in."""


def write_after_action(
    exercise: Exercise,
    adjudicator: Adjudicator,
    folder: Path,
    *,
    pictures: Sequence[Picture] = (),
    progress: Progress | None = None,
) -> tuple[Path, ...]:
    """Write the report of an exercise into a folder, and return the paths; what is there is replaced.

    Before the hot wash it is an interim report, and holds only what has been revealed. Pictures have to
    be drawn of `ReportInput.of(…).outcomes`. The same log and pictures give the same bytes. Without
    python-docx there is no DOCX. Raises TabletopError where nothing can be written.
    """
    inputs = ReportInput.of(exercise, adjudicator, progress)
    made = after_action_files(inputs, pictures=pictures)
    put_files(folder, made)
    return tuple(folder / name for name in made)


def after_action_files(inputs: ReportInput, *, pictures: Sequence[Picture] = ()) -> dict[str, bytes]:
    """The files of a report, by name."""
    report = contents(inputs, pictures)
    made = {"report.html": as_html(report).encode(), **tables(inputs)}
    if has("docx"):
        made["report.docx"] = as_docx(report)
    return {name: made[name] for name in FILES if name in made}
