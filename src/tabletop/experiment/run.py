"""The runner: simulates the missing runs of an experiment on any workers, and keeps them."""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from tabletop.errors import TabletopError
from tabletop.experiment.backends import BorrowedExecutor, processes
from tabletop.experiment.batches import Backend, Simulate
from tabletop.experiment.database import Database
from tabletop.experiment.design import Design
from tabletop.experiment.execution import Execution, Progress
from tabletop.experiment.guard import check_guarded
from tabletop.experiment.provenance import Provenance, now
from tabletop.experiment.results import Results
from tabletop.experiment.rows import keys_of
from tabletop.experiment.runs import Runs
from tabletop.experiment.sequential import FIRST, next_stage, planned
from tabletop.experiment.store import Store, store
from tabletop.scenario.priors import left_traces
from tabletop.scenario.scenario import Scenario
from tabletop.simulation import simulate

__all__ = ["CAP", "Interrupted", "Progress", "run", "run_experiment"]

MOST_WORKERS = 1024
CAP = 1_000
"""Default of the most replications that precision may ask for."""
SMALL = 300_000
"""So many traces, over all runs, take one core about two seconds, and other processes one to start."""
PLOTTED = 4
"""A plot's trace takes as long as so many benign ones: the plot, its cases and justice come with it."""


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
    progress: Progress | None = None,
) -> Results:
    """Simulate every mix over all replications.

    By default these are all mixes of the scenario, with its baseline, replications and seed; the
    baseline is always among the mixes. With `precision` there are as many replications as are needed
    for the interval of every primary contrast to reach at most δ/2 to either side, but at most
    `max_replications` (by default 1,000).

    By default there are as many local worker processes as cores, or none if there is little to do. With
    `workers` there are as many; 1 stands for this process alone. A script that asks for more must do so
    under `if __name__ == "__main__":`, as `multiprocessing` requires. Instead, an `executor` can be
    passed, which is given `workers` batches at a time, or the address of the scheduler of a Dask `cluster`.
    `progress` is called with the numbers of finished and of all runs.

    With `out` every run is kept in a folder `<name>-<hash8>` there, and those that are there already are not
    simulated again; `name` is by default made of the title. Without `out`, the results exist as long as
    they are used; `Results.write` writes them. `mixed_platforms` allows runs of other platforms beside
    these, though last bits may differ.

    Raises UnknownName for a mix that does not exist; TabletopError if an argument has the wrong type or
    is out of range, or a folder or cluster cannot be used; and Interrupted, which holds the finished
    runs, at Ctrl-C. A run that fails raises nothing: it is in `Results.failures`.
    """
    cap = checked_cap(precision, max_replications, replications)
    asked = replications if cap is None else cap
    design = Design.of(scenario, mixes=mixes, baseline=baseline, replications=asked, seed=seed)
    check_hands(design, workers, executor=executor, cluster=cluster)
    with ExitStack() as stack:
        kept = None
        if out is not None:
            begun = Provenance(now(), None, workers or useful_workers(design))
            kept = stack.enter_context(
                store(Path(out), design, begun, name=name, cap=cap, mixed_platforms=mixed_platforms)
            )
        try:
            results = run(
                design,
                workers=workers,
                executor=executor,
                cluster=cluster,
                progress=progress,
                kept=kept,
                cap=cap,
                mixed_platforms=mixed_platforms,
            )
        except Interrupted as interrupted:
            if kept is not None:
                kept.finish(interrupted.results)
            raise
        if kept is not None:
            kept.finish(results)
    return results


def run(
    design: Design,
    *,
    workers: int | None = None,
    executor: Executor | None = None,
    cluster: str | None = None,
    progress: Progress | None = None,
    simulate: Simulate = simulate,
    command: str | None = None,
    kept: Store | None = None,
    cap: int | None = None,
    mixed_platforms: bool = False,
) -> Results:
    """Simulate the missing runs of a design; see `run_experiment`.

    `kept` is the folder that holds its runs; with `cap` there are as many replications as precision
    needs, at most so many.
    """
    wanted = _wanted(design, workers)
    database, keys = Database.temporary() if kept is None else kept.database, keys_of(design)
    stage = design if cap is None else design.of_first(min(FIRST, cap))
    started = now()
    with backend_for(wanted, executor=executor, cluster=cluster) as backend:
        provenance = Provenance(started, None, backend.workers if backend else 1, command)
        execution = Execution(
            database, keys, backend, simulate, progress=progress, mixed_platforms=mixed_platforms
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
        except KeyboardInterrupt as interrupt:
            raise Interrupted(results(interrupted=True)) from interrupt


def cores() -> int:
    """The processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def useful_workers(design: Design) -> int:
    """As many as cores; 1 (this process alone) if starting others would take longer than the work.

    It is judged by the traces that all runs together would leave, not by a clock.
    """
    scenario = design.scenario
    rates = left_traces(scenario.conditions).values()
    a_day = sum(PLOTTED * channel.genuine + channel.benign for channel in rates)
    traces = a_day * (scenario.warm_up_days + scenario.horizon_days) * len(design)
    return 1 if traces < SMALL else cores()


def _wanted(design: Design, workers: int | None) -> int:
    """The number of processes, not more than there are runs."""
    return min(useful_workers(design) if workers is None else checked_workers(workers), len(design))


def checked_workers(workers: int) -> int:
    """The number of workers, if it is one."""
    if type(workers) is not int or not 1 <= workers <= MOST_WORKERS:
        raise TabletopError(f"workers: {workers!r}: must be a whole number from 1 to {MOST_WORKERS:,}")
    return workers


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


def check_hands(
    design: Design,
    workers: int | None = None,
    *,
    executor: Executor | None = None,
    cluster: str | None = None,
) -> None:
    """Raise TabletopError, before anything is written, if there is no backend to simulate the runs.

    A cluster is connected to and let go again: whoever mistypes its address gets no folder.
    """
    with backend_for(_wanted(design, workers), executor=executor, cluster=cluster):
        pass


@contextmanager
def backend_for(
    workers: int, *, executor: Executor | None = None, cluster: str | None = None
) -> Iterator[Backend | None]:
    """What simulates the runs: a cluster, an executor that was passed, processes, or None: this process."""
    if cluster is not None:
        from tabletop.experiment.cluster import cluster_at

        with cluster_at(cluster) as found:
            yield found
    elif executor is not None:
        yield BorrowedExecutor(executor, workers)
    elif workers == 1:
        yield None
    else:
        check_guarded()
        with processes(workers) as found:
            yield found
