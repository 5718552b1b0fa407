"""The study beside an experiment: of the same scenario, seed and conditions, in the same parent folder."""

from pathlib import Path

from tabletop.errors import TabletopError
from tabletop.experiment.results import Results
from tabletop.experiment.robustness.folder import POINTS, recorded
from tabletop.experiment.robustness.run import open_study
from tabletop.experiment.robustness.study import Robustness


def study_beside(results: Results) -> Robustness | None:
    """The study of what is in a results folder, with points of all ranges; None if there is none.

    Of several, the one with most variants, and then the first by name. One that is damaged counts for none.
    """
    place = Path(results.runs.database.place)
    if not place.is_file():
        return None
    found: list[tuple[int, str, Path]] = []
    for record in place.parent.parent.glob(f"*-robust-*/{POINTS}"):
        try:
            told = recorded(record.parent, POINTS)
        except TabletopError:
            continue
        if told.get("written") == results.hash:
            found.append((-told["asked"]["variants"], record.parent.name, record.parent))
    for _, _, folder in sorted(found):
        try:
            return open_study(folder, record=POINTS)
        except TabletopError:
            continue
    return None
