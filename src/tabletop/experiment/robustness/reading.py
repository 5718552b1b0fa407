"""Studies that are kept: opened again from their folder, and found beside an experiment."""

import json
from collections.abc import Iterator
from pathlib import Path

from tabletop import arguments
from tabletop.analysis.words import plural
from tabletop.errors import TabletopError
from tabletop.experiment.database import NAME
from tabletop.experiment.identity import experiment_hash, mix_digest
from tabletop.experiment.results import Results
from tabletop.experiment.robustness.folder import SCENARIO, kept_points
from tabletop.experiment.robustness.kept import KeptWorlds
from tabletop.experiment.robustness.making import missing
from tabletop.experiment.robustness.plan import StudyPlan
from tabletop.experiment.robustness.record import STUDY, recorded
from tabletop.experiment.robustness.study import Robustness
from tabletop.experiment.robustness.study_runs import Asked
from tabletop.experiment.robustness.variants import Ranges, bare
from tabletop.scenario.load import load
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.uncertain import Uncertain


def open_study(folder: str | Path) -> Robustness:
    """The study in a folder, or in one within it, as `tabletop robust` wrote it; nothing is simulated.

    Raises TabletopError if it is no folder of a study, if what is there is not as it was written, and if
    another command has put other runs in the place of some of its own.
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
    plan = StudyPlan(scenario, Ranges(bare(scenario), uncertain), asked, left_out)
    variants = plan.variants(kept_points(kept, len(uncertain), asked.seed)[: asked.variants])
    found = Robustness(scenario, plan.ranges, asked, variants, kept, further=told.get("further", {}))
    if lost := _lost(found, {(label, world) for label, world in told.get("failed", ())}):
        raise TabletopError(
            f"{place}: {plural(lost, 'run')} of it are no longer in {runs}: they are damaged, or of a mix "
            "that was edited since; give the command again"
        )
    return found


def _lost(study: Robustness, failed: set[tuple[str, int]]) -> int:
    """How many runs of a study are not there as they were, but for those of worlds that failed."""
    lost = 0
    for one, worlds in study.worlds():
        wanted = missing(study.kept, [one], study.asked.mixes, worlds, series=study.asked.series)
        gone = (job.replication for job in wanted.jobs if (one.label, job.replication) not in failed)
        lost += sum(wanted.of(one.label, replication) for replication in gone)
    return lost


def study_beside(results: Results) -> Robustness | None:
    """The study of the file's own ranges, for a results folder in the same parent; None if there is none.

    It is of the same conditions, seed, mixes and δ. Of several, it is the one with most variants, and then
    the first by name. One that is damaged counts for none.
    """
    found = [one for _, one in _beside(results, STUDY) if one.points]
    return min(found, key=lambda one: -one.asked.variants, default=None)


def questions_beside(results: Results) -> Iterator[tuple[str, Robustness]]:
    """What was asked of other ranges, with the name of its folder; else as `study_beside`.

    A question that stands in several folders, as of one scenario under two names, comes once.
    """
    seen: set[str] = set()
    for name, study in _beside(results, f"*/{STUDY}"):
        if name not in seen:
            seen.add(name)
            yield name, study


def _beside(results: Results, record: str) -> Iterator[tuple[str, Robustness]]:
    place = Path(results.runs.database.place)
    if not place.is_file():
        return
    for path in sorted(place.parent.parent.glob(f"*-robust-*/{record}")):
        try:
            if recorded(path.parent).get("written") != results.hash:
                continue
            found = open_study(path.parent)
        except TabletopError:
            continue
        if _is_of(found, results.design.scenario):
            yield path.parent.name, found


def _is_of(study: Robustness, scenario: Scenario) -> bool:
    """Whether a study compared mixes and measures as a scenario has them, which no hash of runs says."""
    mixes = {study.asked.baseline, *study.asked.mixes}
    return (
        study.asked.baseline == scenario.baseline
        and mixes <= {*scenario.policy_mixes}
        and all(mix_digest(study.scenario, one) == mix_digest(scenario, one) for one in mixes)
        and {one: study.scenario.measures[one].delta for one in study.measures}
        == {one: scenario.measures[one].delta for one in scenario.primary_measures}
    )
