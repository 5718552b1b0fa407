"""Studies that are kept: opened again from their folder, and found beside an experiment."""

import json
from collections.abc import Iterator
from pathlib import Path

from tabletop import arguments
from tabletop.errors import TabletopError
from tabletop.experiment.database import NAME
from tabletop.experiment.identity import experiment_hash
from tabletop.experiment.results import Results
from tabletop.experiment.robustness.folder import SCENARIO, kept_points
from tabletop.experiment.robustness.kept import KeptWorlds
from tabletop.experiment.robustness.record import STUDY, recorded
from tabletop.experiment.robustness.run import Study
from tabletop.experiment.robustness.study import Robustness
from tabletop.experiment.robustness.study_runs import Asked
from tabletop.experiment.robustness.variants import Ranges, bare
from tabletop.scenario.load import load
from tabletop.scenario.uncertain import Uncertain


def open_study(folder: str | Path) -> Robustness:
    """The study in a folder, or in one within it, as `tabletop robust` wrote it; nothing is simulated.

    Raises TabletopError if it is no folder of a study, or if what is there is not as it was written.
    """
    place = arguments.path("folder", folder)
    told = recorded(place)
    scenario = load(place / SCENARIO)
    try:
        asked = Asked(**{**told["asked"], "mixes": tuple(told["asked"]["mixes"])})
        uncertain = tuple(Uncertain.model_validate_json(json.dumps(one)) for one in told["uncertain"])
        left_out = tuple(told["left_out"])
    except (KeyError, TypeError, ValueError) as error:
        raise TabletopError(f"{place}: not a complete study; give the command again") from error
    if experiment_hash(scenario) != told["written"]:
        raise TabletopError(f"{place / SCENARIO}: edited, or of another study; give the command again")
    runs = place / NAME if (place / NAME).is_file() else place.parent / NAME
    kept = KeptWorlds.reading(runs)
    study = Study(scenario, Ranges(bare(scenario), uncertain), asked, left_out)
    variants = study.variants(kept_points(kept, len(uncertain), asked.seed)[: asked.variants])
    return Robustness(scenario, study.ranges, asked, variants, kept, further=told.get("further", {}))


def study_beside(results: Results) -> Robustness | None:
    """The study of the file's own ranges, for a results folder in the same parent; None if there is none.

    It is of the same scenario, seed and conditions. Of several, it is the one with most variants, and then
    the first by name. One that is damaged counts for none.
    """
    found = [one for _, one in _beside(results, STUDY) if one.points]
    return min(found, key=lambda one: -one.asked.variants, default=None)


def questions_beside(results: Results) -> Iterator[tuple[str, Robustness]]:
    """What was asked of other ranges, with the name of its folder; of the same scenario and seed."""
    yield from _beside(results, f"*/{STUDY}")


def _beside(results: Results, record: str) -> Iterator[tuple[str, Robustness]]:
    place = Path(results.runs.database.place)
    if not place.is_file():
        return
    for path in sorted(place.parent.parent.glob(f"*-robust-*/{record}")):
        try:
            if recorded(path.parent).get("written") == results.hash:
                yield path.parent.name, open_study(path.parent)
        except TabletopError:
            continue
