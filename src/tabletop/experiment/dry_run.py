"""The dry run of an experiment: how many runs, how long and how much memory it will take."""

import sys
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from time import perf_counter

from tabletop.analysis.precision import Precision
from tabletop.experiment import database
from tabletop.experiment.database import Database
from tabletop.experiment.encoding import encoded
from tabletop.experiment.provenance import Provenance, now
from tabletop.experiment.results import Results
from tabletop.experiment.rows import keys_of
from tabletop.experiment.run import Experiment
from tabletop.experiment.runs import Runs
from tabletop.experiment.sequential import FIRST, look
from tabletop.measures import MEASURES
from tabletop.run import Run
from tabletop.scenario.scenario import Scenario
from tabletop.simulation import simulate

SHARES = (1 / 1024, 1 / 256, 1 / 64, 1 / 16, 1 / 4, 1.0)
"""Shares of a replication that are simulated, one after the other, until one takes long enough."""
ENOUGH_SECONDS = 1.0


@dataclass(frozen=True)
class DryRun:
    """What an experiment will take, estimated from a replication of each mix, or from its first days."""

    runs: int
    """All runs; with precision, the most that are allowed."""
    there: int
    """How many of these the folder holds already."""
    seconds: float
    """Time for the missing runs, on these workers; with precision, at most."""
    least_seconds: float
    """The same for the replications at which precision is first examined; otherwise equal to `seconds`."""
    precision: Precision | None
    """Whether the replications in the folder are enough, if precision is to decide."""
    timed: float
    """Share of each timed replication that was simulated; below 1 where all would have taken too long."""
    worker_bytes: int | None
    """Memory of one process while it was timed; None where the system does not provide it."""
    table_bytes: int
    """Memory that the columns of all runs take in this process, in addition."""
    disk_bytes: int


def plan(experiment: Experiment, folder: Path) -> DryRun:
    """The dry run of an experiment whose folder is, or would be, `folder`; nothing is written."""
    design, cap, workers = experiment.design, experiment.cap, experiment.processes
    path = folder / database.NAME
    kept = Database.reading(path) if path.exists() else Database.temporary()
    runs = Runs(kept, design, keys_of(design))
    seconds, sizes = {}, {}
    timed = 1.0
    for mix in design.mixes:
        share, took, run = _timed(design.scenario, mix)
        timed = min(timed, share)
        seconds[mix] = took / share
        sizes[mix] = sum(map(len, encoded(run))) / share

    def needed(replications: int) -> float:
        missing = {
            mix: replications - sum(r < replications for r in runs.finished(mix)) for mix in design.mixes
        }
        return sum(missing[mix] * seconds[mix] for mix in design.mixes) / workers

    numbers = sum(2 if measure.kind == "ratio" else 1 for measure in MEASURES.values())
    results = Results(design, runs, Provenance(now(), None, workers))
    return DryRun(
        runs=len(design),
        there=len(runs),
        seconds=needed(design.replications),
        least_seconds=needed(design.replications if cap is None else min(FIRST, cap)),
        precision=None if cap is None else look(results, cap),
        timed=timed,
        worker_bytes=_peak_bytes(),
        table_bytes=8 * numbers * len(design),
        disk_bytes=ceil(sum(sizes.values()) * design.replications * 1.1),
    )


def _timed(scenario: Scenario, mix: str) -> tuple[float, float, Run]:
    """A replication, as much of it as is needed to time it: what share of its days, and how many seconds."""
    for share in SHARES:
        part = scenario.model_copy(
            update={
                "warm_up_days": share * scenario.warm_up_days,
                "horizon_days": share * scenario.horizon_days,
            }
        )
        began = perf_counter()
        run = simulate(part, mix, 0)
        took = perf_counter() - began
        if took >= ENOUGH_SECONDS:
            break
    return share, took, run


def _peak_bytes() -> int | None:
    """The most memory that this process has used, in bytes."""
    if sys.platform == "win32":
        return None
    import resource  # noqa: PLC0415 (not on every system)

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else 1024 * peak
