"""The export: all that is written of an exercise, as one zip file; another process makes it."""

from contextlib import closing
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.folder import REPORT
from tabletop.exercise.interim_cache import NAME, InterimCache, Progress
from tabletop.exercise.state import Phase


def exported(folder: Path, adjudicator: Adjudicator, progress: Progress) -> bytes:
    """The report of the exercise in a folder as it stands now, its data and figures; after EndEx the bundle.

    What is missing is simulated by `adjudicator`. The same log gives the same bytes.
    """
    # here, in the process that draws: whoever serves phones need not import what draws
    from tabletop.report.after_action import ReportInput  # noqa: PLC0415
    from tabletop.report.exercise_files import BUNDLE, bundle_of, exercise_files  # noqa: PLC0415

    with closing(Exercise.open(folder)) as exercise:
        ReportInput.of(exercise, adjudicator, progress)
        # a bundle holds the readings that its files were made of, and no others
        own = Adjudicator(InterimCache(folder / NAME))
        made = exercise_files(exercise, own, progress)
        if exercise.state.phase is Phase.ENDED:
            made[BUNDLE] = bundle_of(exercise, own, made).encoded()
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as zipped:
        for path in sorted(made):
            zipped.writestr(ZipInfo(f"{REPORT}/{path}"), made[path], ZIP_DEFLATED)
    return out.getvalue()
