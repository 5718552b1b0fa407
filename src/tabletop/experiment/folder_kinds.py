"""What a folder of ours holds, and how to read it: for commands that are given one of another kind."""

from pathlib import Path

from tabletop.experiment.database import NAME
from tabletop.experiment.folder import PAGE, TABLES

_BESIDE = f"{PAGE} of `tabletop run` with the same scenario, seed and --out shows it, too"
_KINDS = {
    "manifest.json": f"the results of `tabletop run`, to be read in {PAGE} and {TABLES}/ there",
    "exercise.sqlite": "the folder of an exercise, which is one world with players; "
    "`tabletop report` says what came of it",
    "study.json": "a study of other conditions, which compares its variants itself; `tabletop robust` prints "
    f"it, {TABLES}/ there has its tables, and {_BESIDE}",
    f"{TABLES}/pillars.csv": "a study of pillars, which is read from its tables; `tabletop levers --pillars` "
    "prints it",
    "search.json": f"a search for mixes; `tabletop search` prints it, {TABLES}/ there has its tables, and "
    f"{_BESIDE}",
}
"""By the file that shows it."""
_WITHIN = f"studies of other conditions, each in a folder of its own within it, with its own {TABLES}/"


def kind_of(place: Path) -> str:
    """What a folder holds, as a sentence goes on; nothing where it is none of ours."""
    found = next((what for name, what in _KINDS.items() if (place / name).is_file()), "")
    has_studies = (place / NAME).is_file() and any(place.glob("*/study.json"))
    return found or (_WITHIN if has_studies else "")


def is_experiment(place: Path) -> bool:
    """Whether a folder holds the results of an experiment."""
    return (place / "manifest.json").is_file()
