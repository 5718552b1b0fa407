"""Workers: how many are useful, and the backend that they form."""

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
from tabletop.experiment.machine import cores, possible
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.workload import traces
from tabletop.simulation import Simulation

MOST_WORKERS = 1024
SMALL = {"simpy": 300_000, "compiled": 6_000_000}
"""By engine: traces, over all runs, that take one core about two seconds; a process takes one to start."""


def useful_workers(design: Design) -> int:
    """As many as cores; 1 (this process alone) if starting others would take longer than the work.

    It is judged by the traces that all runs together would leave, not by a clock.
    """
    return useful_for(design.scenario, len(design))


def useful_for(scenario: Scenario, runs: int) -> int:
    """The same of so many runs of a scenario."""
    engine = "compiled" if takes_compiled("auto", Simulation) else "simpy"
    return 1 if traces(scenario) * runs < SMALL[engine] else cores()


def checked_workers(workers: int) -> int:
    """The number of workers, if it is one."""
    if type(workers) is not int or not 1 <= workers <= MOST_WORKERS:
        raise TabletopError(f"workers: {workers!r}: must be a whole number from 1 to {MOST_WORKERS:,}")
    return workers


def workers_or_cores(workers: int | None) -> int:
    """The number of workers asked for, as far as the machine has room for them; as many as cores for None."""
    return possible(cores() if workers is None else checked_workers(workers))


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
