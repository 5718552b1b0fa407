"""Workers: how many are useful, and the backend that they form."""

import os
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from tabletop.compiled.choice import takes_compiled
from tabletop.errors import TabletopError
from tabletop.experiment.backends import BorrowedExecutor, processes
from tabletop.experiment.batches import Backend
from tabletop.experiment.cluster import cluster_at
from tabletop.experiment.design import Design
from tabletop.experiment.guard import check_guarded
from tabletop.scenario.priors import left_traces
from tabletop.simulation import Simulation

MOST_WORKERS = 1024
SMALL = {"simpy": 300_000, "compiled": 6_000_000}
"""By engine: traces, over all runs, that take one core about two seconds; a process takes one to start."""
PLOTTED = 4
"""A plot's trace takes as long as so many benign ones: the plot, its cases and justice come with it."""


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
    engine = "compiled" if takes_compiled("auto", Simulation) else "simpy"
    return 1 if traces < SMALL[engine] else cores()


def checked_workers(workers: int) -> int:
    """The number of workers, if it is one."""
    if type(workers) is not int or not 1 <= workers <= MOST_WORKERS:
        raise TabletopError(f"workers: {workers!r}: must be a whole number from 1 to {MOST_WORKERS:,}")
    return workers


def workers_or_cores(workers: int | None) -> int:
    """The number of workers asked for, checked; as many as cores for None."""
    return cores() if workers is None else checked_workers(workers)


@contextmanager
def backend_for(
    workers: int, *, executor: Executor | None = None, cluster: str | None = None
) -> Iterator[Backend | None]:
    """What simulates the runs: a cluster, an executor that was passed, processes, or None: this process."""
    if cluster is not None:
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
