"""The runner: simulates the missing runs of an experiment on any workers, and keeps them."""

import reprlib
from collections.abc import Iterable
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from tabletop import arguments
from tabletop.errors import TabletopError
from tabletop.experiment.batches import Backend, Simulate
from tabletop.experiment.database import Database
from tabletop.experiment.design import Design
from tabletop.experiment.execution import Execution, Progress
from tabletop.experiment.machine import possible
from tabletop.experiment.progress import watched
from tabletop.experiment.provenance import Provenance, now
from tabletop.experiment.results import Results
from tabletop.experiment.rows import keys_of
from tabletop.experiment.runs import Runs
from tabletop.experiment.sequential import FIRST, next_stage, planned
from tabletop.experiment.store import Store, store
from tabletop.experiment.workers import backend_for, checked_workers, useful_workers
from tabletop.scenario.scenario import Scenario
from tabletop.simulation import simulate

CAP = 1_000
"""Default of the most replications that precision may ask for."""


class Interrupted(KeyboardInterrupt):
    """The experiment was interrupted by Ctrl-C; `results` holds the runs that were finished."""

    def __init__(self, results: Results) -> None:
        super().__init__("interrupted")
        self.results = results


def run_experiment(
    scenario: Scenario,
    *,
    mixes: Iterable[str] | None = None,
    baseline: str | None = None,
    replications: int | None = None,
    seed: int | None = None,
    precision: bool = False,
    max_replications: int | None = None,
    workers: int | None = None,
    executor: Executor | None = None,
    cluster: str | None = None,
    out: str | Path | None = None,
    name: str | None = None,
    mixed_platforms: bool = False,
    progress: Progress | bool = True,
) -> Results:
    """Simulate every mix over all replications.

    By default these are all mixes of the scenario, with its baseline, replications and seed; the
    baseline is always among the mixes. With `precision` there are as many replications as are needed
    for the interval of every primary contrast to reach at most δ/2 to either side, but at most
    `max_replications` (by default 1,000).

    By default there are as many local worker processes as cores, or none if there is little to do. With
    `workers` there are as many, as far as there are cores and memory for them; 1 stands for this process
    alone. A script that asks for more must do so under `if __name__ == "__main__":`, as `multiprocessing`
    requires. Instead, an `executor` can be passed, which is given `workers` batches at a time, or the
    address of the scheduler of a Dask `cluster`.
    In a terminal or a notebook a bar shows how many runs are finished, unless `progress` is False; a function
    passed as `progress` is called instead with the numbers of finished and of all runs.

    With `out` every run is kept in a folder `<name>-<hash8>` there, and those that are there already are not
    simulated again; `name` is by default made of the title. Without `out`, the results exist as long as
    they are used; `write` writes them. `mixed_platforms` allows runs of other platforms beside these,
    though last bits may differ.

    Raises UnknownName for a mix that does not exist; TabletopError if an argument has the wrong type or
    is out of range, or a folder or cluster cannot be used; and Interrupted, which holds the finished
    runs, at Ctrl-C. A run that fails raises nothing: it is in `Results.failures`.
    """
    parent = None if out is None else arguments.path("out", out)
    arguments.text_or_none("name", name)
    if not (isinstance(progress, bool) or callable(progress)):
        raise TabletopError(
            f"progress: {reprlib.repr(progress)}: must be True, False, or a function of two numbers"
        )
    cap = checked_cap(precision, max_replications, replications)
    asked = replications if cap is None else cap
    experiment = Experiment(
        Design.of(scenario, mixes=mixes, baseline=baseline, replications=asked, seed=seed),
        cap=cap,
        workers=workers,
        executor=executor,
        cluster=cluster,
        mixed_platforms=mixed_platforms,
    )
    shown = watched() if progress is True else nullcontext(progress or None)
    if parent is None:
        with shown as seen:
            return experiment.run(progress=seen)
    with experiment.kept_under(parent, name=name) as kept, shown as seen:
        return experiment.run(kept, progress=seen)


@dataclass(frozen=True, eq=False)
class Experiment:
    """A design, and how its runs are made; the fields are the arguments of `run_experiment`."""

    design: Design
    cap: int | None = None
    """The most replications, where precision decides how many there are."""
    workers: int | None = None
    executor: Executor | None = None
    cluster: str | None = None
    simulate: Simulate | None = None
    """What makes a run; None for the model itself."""
    command: str | None = None
    """The command line that asked for it, for the manifest; None for Python."""
    mixed_platforms: bool = False

    @property
    def processes(self) -> int:
        """The number of workers, not more than there are runs, or room for on this machine.

        Raises TabletopError for a number out of range.
        """
        asked = useful_workers(self.design) if self.workers is None else checked_workers(self.workers)
        is_here = self.executor is None and self.cluster is None
        return min(possible(asked) if is_here else asked, len(self.design))

    def kept_under(
        self, parent: Path, *, name: str | None = None, as_given: str | None = None
    ) -> AbstractContextManager[Store]:
        """The folder of the design under `parent`, locked and ready for its runs; see `store`.

        Raises TabletopError, before anything is written, if there is no backend to simulate the runs: a
        cluster is connected to and let go again, so that whoever mistypes its address gets no folder.
        """
        with self._backend():
            pass
        begun = Provenance(now(), None, self.processes, self.command)
        return store(
            parent,
            self.design,
            begun,
            name=name,
            as_given=as_given,
            cap=self.cap,
            mixed_platforms=self.mixed_platforms,
        )

    def run(self, kept: Store | None = None, *, progress: Progress | None = None) -> Results:
        """Simulate the missing runs, and write tables, findings and manifest if there is a folder.

        With a cap there are as many replications as precision needs, at most so many. Raises Interrupted
        at Ctrl-C, after everything finished is written.
        """
        results = self._made(Database.temporary() if kept is None else kept.database, progress)
        if kept is not None:
            kept.finish(results)
        if results.interrupted:
            raise Interrupted(results)
        return results

    def _made(self, database: Database, progress: Progress | None) -> Results:
        """The results of a database after every missing run is simulated, or Ctrl-C is pressed."""
        design, cap, keys = self.design, self.cap, keys_of(self.design)
        stage = design if cap is None else design.of_first(min(FIRST, cap))
        started = now()
        with self._backend() as backend:
            provenance = Provenance(started, None, backend.workers if backend else 1, self.command)
            execution = Execution(
                database,
                keys,
                backend,
                self.simulate or simulate,
                progress=progress,
                mixed_platforms=self.mixed_platforms,
            )

            def results(*, interrupted: bool = False) -> Results:
                found = Results(
                    stage, Runs(database, stage, keys), replace(provenance, finished=now()), interrupted
                )
                return found if cap is None else planned(found, cap)

            try:
                while True:
                    execution.make_missing(stage)
                    found = results()
                    if found.precision is None or found.precision.finished:
                        return found
                    stage = design.of_first(next_stage(stage.replications, found.precision))
            except KeyboardInterrupt:
                return results(interrupted=True)

    def _backend(self) -> AbstractContextManager[Backend | None]:
        """What simulates the runs; None for this process."""
        return backend_for(self.processes, executor=self.executor, cluster=self.cluster)


def checked_cap(precision: bool, cap: int | None, replications: int | None) -> int | None:  # noqa: FBT001 (as the user said it)
    """The most replications that precision may ask for; None if precision is not asked for."""
    if not precision:
        if cap is not None:
            raise TabletopError("max-replications: goes with precision, which decides how many are enough")
        return None
    if replications is not None:
        raise TabletopError(
            "replications: precision decides how many are enough; cap them with max-replications"
        )
    return CAP if cap is None else cap
