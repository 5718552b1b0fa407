"""The runner: blocks of runs on any executor, the same results whatever the workers."""

import os
import signal
import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from math import ceil
from multiprocessing import get_context
from multiprocessing.synchronize import Event

from tabletop.errors import TabletopError
from tabletop.experiment.design import Design, Job
from tabletop.experiment.provenance import Provenance, now
from tabletop.experiment.results import Failure, Outcome, Results
from tabletop.scenario.scenario import Scenario
from tabletop.simulation import Run, simulate

Simulate = Callable[[Scenario, str, int], Run]
Progress = Callable[[int, int], None]
"""Told how many runs are finished, of how many."""

MOST_WORKERS = 1024
BLOCKS_PER_WORKER = 16
"""So many turns each worker takes at least: the last one then waits little for the others."""
LARGEST_BLOCK = 50
"""Runs in a block: enough that handing it over costs nothing beside it."""


class Interrupted(KeyboardInterrupt):
    """Somebody pressed Ctrl-C; `results` holds what was finished."""

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
    workers: int | None = None,
    progress: Progress | None = None,
) -> Results:
    """Simulate every mix over the replications, in local processes.

    What is not told is the scenario's: all its mixes, its baseline, replications and seed; the
    baseline is always among the mixes. `workers` is the number of processes, as many as there are
    cores unless told; 1 runs in this process. A script that asks for more starts it under
    `if __name__ == "__main__":`, as `multiprocessing` needs.

    Raises UnknownName for a mix that does not exist, TabletopError for a number out of range, and
    Interrupted (a KeyboardInterrupt that holds what is finished) at Ctrl-C.
    """
    design = Design.of(scenario, mixes=mixes, baseline=baseline, replications=replications, seed=seed)
    return run(design, workers=workers, progress=progress)


def run(
    design: Design,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
    simulate: Simulate = simulate,
    command: str | None = None,
) -> Results:
    """Run a design in local processes; see `run_experiment`."""
    workers = min(cores() if workers is None else checked_workers(workers), len(design))
    started = now()
    finished: list[Outcome] = []

    def results(*, interrupted: bool) -> Results:
        provenance = Provenance(started, now(), workers, command)
        return Results.of(design, finished, provenance, interrupted=interrupted)

    try:
        for outcomes in _outcomes(design, workers, simulate):
            finished += outcomes
            if progress is not None:
                progress(len(finished), len(design))
    except KeyboardInterrupt as interrupt:
        raise Interrupted(results(interrupted=True)) from interrupt
    except BrokenProcessPool as broken:
        raise TabletopError(
            "a worker process ended unexpectedly: it was killed or out of memory, or the script that started "
            'it lacks `if __name__ == "__main__":`; one worker needs no process of its own'
        ) from broken
    return results(interrupted=False)


def cores() -> int:
    """The processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def checked_workers(workers: int) -> int:
    """The number of workers, if it is one."""
    if type(workers) is not int or not 1 <= workers <= MOST_WORKERS:
        raise TabletopError(f"workers: {workers!r}: must be a whole number from 1 to {MOST_WORKERS:,}")
    return workers


def run_block(simulate: Simulate, scenario: Scenario, jobs: list[Job]) -> list[Outcome]:
    """What a worker does: a block of runs; one that fails becomes a row with its error."""
    outcomes: list[Outcome] = []
    for job in jobs:
        if _told_to_stop is not None and _told_to_stop.is_set():
            break
        try:
            outcomes.append(simulate(scenario, job.mix, job.replication))
        except Exception as error:  # noqa: BLE001 (the boundary of a worker: one failure must not cost the others)
            told = f"{type(error).__name__}: {error}"
            outcomes.append(Failure(job.mix, job.replication, told, traceback.format_exc()))
    return outcomes


def _outcomes(design: Design, workers: int, simulate: Simulate) -> Iterator[list[Outcome]]:
    """Blocks of outcomes as they are finished, in any order."""
    if workers == 1:
        for job in design.jobs():
            yield run_block(simulate, design.scenario, [job])
        return
    size = min(LARGEST_BLOCK, ceil(len(design) / (workers * BLOCKS_PER_WORKER)))
    with _processes(workers) as (executor, stop):
        yield from run_blocks(executor, design, simulate, size=size, ahead=2 * workers, stop=stop)


def run_blocks(
    executor: Executor, design: Design, simulate: Simulate, *, size: int, ahead: int, stop: Callable[[], None]
) -> Iterator[list[Outcome]]:
    """Blocks of `size` outcomes as an executor finishes them; at most `ahead` blocks are under way.

    At Ctrl-C `stop` is called, and what the workers have in hand still comes.
    """
    jobs = design.jobs()
    pending: set[Future[list[Outcome]]] = set()
    try:
        while True:
            while len(pending) < ahead and (block := list(islice(jobs, size))):
                with _interrupts_held():
                    pending.add(executor.submit(run_block, simulate, design.scenario, block))
            if not pending:
                return
            for future in wait(pending, return_when=FIRST_COMPLETED).done:
                pending.remove(future)
                yield future.result()
    except KeyboardInterrupt:
        stop()
        for future in pending:
            if not future.cancel():
                yield future.result()
        raise


@contextmanager
def _processes(workers: int) -> Iterator[tuple[Executor, Callable[[], None]]]:
    """Worker processes, and how to tell them to stop.

    They are started afresh ("spawn"), so that threads here cannot harm them.
    """
    context = get_context("spawn")
    stop = context.Event()
    executor = ProcessPoolExecutor(workers, mp_context=context, initializer=_enter_worker, initargs=(stop,))
    try:
        yield executor, stop.set
    finally:
        stop.set()
        executor.shutdown(wait=True, cancel_futures=True)


_told_to_stop: Event | None = None
"""In a worker process: set when it is to return what it has."""


def _enter_worker(stop: Event) -> None:
    """Begin as a worker: Ctrl-C reaches every process of a terminal, but only the parent decides."""
    global _told_to_stop  # noqa: PLW0603 (the one thing that a worker process knows besides its blocks)
    _told_to_stop = stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Ctrl-C waits until the end; a process started meanwhile never sees one, not even while it starts."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
