"""The runner of a study of robustness: missing worlds are simulated, kept, and what follows is written."""

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from tabletop import arguments
from tabletop.experiment.execution import Progress
from tabletop.experiment.identity import everything_hash
from tabletop.experiment.machine import possible
from tabletop.experiment.resolved import resolved_yaml
from tabletop.experiment.robustness.asked_ranges import Ends
from tabletop.experiment.robustness.folder import SCENARIO, borrow, folder_name, opened
from tabletop.experiment.robustness.kept import KeptWorlds
from tabletop.experiment.robustness.making import Missing, make, missing
from tabletop.experiment.robustness.narrowing import wider
from tabletop.experiment.robustness.plan import StudyPlan
from tabletop.experiment.robustness.record import STUDY, record
from tabletop.experiment.robustness.study import Robustness, furthest_behind
from tabletop.experiment.robustness.tables import texts
from tabletop.experiment.robustness.variants import Variant
from tabletop.experiment.runs import Failure
from tabletop.experiment.workers import backend_for, checked_workers, useful_for
from tabletop.outputs import put_files
from tabletop.scenario.scenario import Scenario


def study_robustness(
    scenario: Scenario,
    *,
    vary: Mapping[str, Ends] | None = None,
    each: float | None = None,
    variants: int | None = None,
    worlds: int | None = None,
    mixes: Iterable[str] | None = None,
    seed: int | None = None,
    regret: bool = False,
    precision: bool = False,
    keep: str | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    out: str | Path | None = None,
    name: str | None = None,
    progress: Progress | bool = True,
) -> Robustness:
    """Simulate the mixes in many variants of a scenario, and compare them in each.

    By default the variants are 64 points of the ranges in the file's `uncertain`, and each condition alone at
    its ends. `vary` names conditions, each with its ends or None for the file's range or half and double:
    one gives a line of nine values, two a map of seven by seven, more are points of these alone. `each`
    moves every number of the conditions alone to a fraction and a multiple. `worlds` is how many
    replications each variant has: 40, or 100 on a line. `regret` runs the points in which a mix is furthest
    behind again, on as many worlds of their own. `precision` adds worlds to each variant until every primary
    contrast is known to half of its δ at 95 %, alone, or it has ten times as many. `keep="series"`
    keeps how every run developed, and its pools, for `Robustness.series` and `pools`; else there are its
    measures alone. The other arguments are those of `run_experiment`.

    Raises TabletopError, before anything runs, for a range that cannot be, a number out of range, and
    where the file has no ranges; KeyboardInterrupt at Ctrl-C, after what was finished is kept.
    """
    from tabletop.experiment.progress import watched  # noqa: PLC0415 (a page opens studies without rich)

    plan = StudyPlan.of(
        scenario,
        vary=vary,
        each=each,
        variants=variants,
        worlds=worlds,
        mixes=mixes,
        seed=seed,
        regret=regret,
        precision=precision,
        keep=keep,
    )
    shown = watched() if progress is True else nullcontext(progress or None)
    with shown as seen:
        return run(
            plan,
            None if out is None else arguments.path("out", out),
            name=name,
            workers=workers,
            cluster=cluster,
            progress=seen,
        )


def run(
    plan: StudyPlan,
    parent: Path | None = None,
    *,
    name: str | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    progress: Progress | None = None,
    tell: Any = None,
) -> Robustness:
    """Simulate what is missing, in a folder under `parent` if there is one, and write what follows."""
    if parent is None:
        return made(plan, KeptWorlds.temporary(), None, workers, cluster, progress)
    with opened(parent, folder_name(plan.scenario, plan.ranges, name)) as place:
        for note in place.notes if tell else ():
            tell(note)
        found = made(plan, place.kept, place.folder, workers, cluster, progress, tell)
        _write(plan, place.folder, {**texts(found), STUDY: [record(found, plan.left_out)]})
        return found


def _write(plan: StudyPlan, folder: Path, files: Mapping[str, Iterable[str]]) -> None:
    """Write files of this question, given the folder of the runs."""
    put_files(folder, {str(Path(plan.question) / name): content for name, content in files.items()})


def made(
    plan: StudyPlan,
    kept: KeptWorlds,
    folder: Path | None,
    workers: int | None,
    cluster: str | None,
    progress: Progress | None,
    tell: Any = None,
) -> Robustness:
    """Simulate what is missing in a database, which lies in a `folder` if there is one."""
    asked = plan.asked
    variants = plan.variants(plan.points(kept))
    if folder is not None:
        _write(plan, folder, {SCENARIO: [resolved_yaml(plan.scenario)]})
        borrow(kept, variants[0], folder.parent, asked.mixes, asked.worlds, series=asked.series)

    def lacking_of(some: Iterable[Variant], worlds: range) -> Missing:
        return missing(kept, some, asked.mixes, worlds, series=asked.series)

    wanted = lacking_of(variants, range(asked.first, asked.first + asked.worlds))
    total = len(variants) * len(asked.mixes) * asked.worlds
    if tell and 0 < wanted.runs < total:
        tell(f"{total - wanted.runs:,} of {total:,} runs are there already.")
    failures: list[Failure] = []

    def simulate(lacking: Missing) -> None:
        if not lacking.jobs:
            return
        with backend_for(_processes(plan, lacking, workers, cluster), cluster=cluster) as backend:
            failures.extend(
                make(
                    kept,
                    plan.ranges.scenario,
                    variants,
                    lacking,
                    backend,
                    base=everything_hash(plan.ranges.scenario),
                    series=asked.series,
                    progress=progress,
                )
            )

    simulate(wanted)
    further: dict[str, int] = {}

    def study() -> Robustness:
        return Robustness(plan.scenario, plan.ranges, asked, variants, kept, tuple(failures), dict(further))

    found = study()
    while asked.precision and (more := wider(found)):
        further |= more
        for one in variants:
            if one.label in more:
                simulate(lacking_of([one], range(asked.first, asked.first + more[one.label])))
        found = study()
    if not asked.regret:
        return found
    simulate(lacking_of(furthest_behind(found), found.fresh))
    return study()


def _processes(plan: StudyPlan, wanted: Missing, workers: int | None, cluster: str | None) -> int:
    asked = useful_for(plan.scenario, wanted.runs) if workers is None else checked_workers(workers)
    return min(possible(asked) if cluster is None else asked, max(1, len(wanted.jobs)))
