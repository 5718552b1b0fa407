"""An execution of an experiment: missing runs are simulated, and each batch is kept when it is finished."""

from collections.abc import Generator, Iterable
from contextlib import suppress
from math import ceil
from typing import Protocol

from tabletop.errors import TabletopError
from tabletop.experiment.batches import Backend, Batch, Simulate, run_batch, run_batches
from tabletop.experiment.database import Database
from tabletop.experiment.design import Design, Job
from tabletop.experiment.fingerprint import differences, fingerprint
from tabletop.experiment.interrupts import interrupts_held
from tabletop.experiment.rows import stored, timed
from tabletop.experiment.runs import Failure, Keys, Runs
from tabletop.run import Run
from tabletop.scenario.scenario import Scenario
from tabletop.version import MODEL_VERSION

BLOCKS_PER_WORKER = 16
"""Least number of batches for each worker, so that none waits long for the last one."""
LARGEST_BLOCK = 10
"""Most runs in a batch: few enough that a kill loses little, enough that handing over costs little."""


class Progress(Protocol):
    """A function that is called whenever runs are finished."""

    def __call__(self, done: int, total: int, /) -> object:
        """Called with the number of runs finished and the number of all; what it returns is ignored."""


class Execution:
    """One process at work on an experiment; a run that failed is tried once in each execution."""

    def __init__(
        self,
        database: Database,
        keys: Keys,
        backend: Backend | None,
        simulate: Simulate,
        *,
        progress: Progress | None = None,
        mixed_platforms: bool = False,
    ) -> None:
        """Runs go to `database` as `backend` makes them; without one, this process does."""
        self._database = database
        self._keys = keys
        self._backend = backend
        self._simulate = simulate
        self._progress = progress
        self._mixed_platforms = mixed_platforms
        self._failed: set[Job] = set()

    def make_missing(self, design: Design) -> None:
        """Simulate every run of a design that is missing.

        At Ctrl-C what the backend has in hand is still kept, before KeyboardInterrupt is raised.
        """
        there = Runs(self._database, design, self._keys)
        done = len(there) + len(self._failed)
        missing = (
            job
            for job in design.jobs()
            if (job.mix, job.replication) not in there and job not in self._failed
        )
        if done == len(design):
            return
        if done:
            self._tell(done, len(design))
        batches = self._blocks(design.scenario, missing, len(design) - done)
        try:
            for batch in batches:
                with interrupts_held():
                    done += self._keep(batch)
                self._tell(done, len(design))
        except KeyboardInterrupt:
            with suppress(KeyboardInterrupt):
                self._keep(batches.throw(KeyboardInterrupt()))
                for batch in batches:
                    self._keep(batch)
            raise

    def _blocks(
        self, scenario: Scenario, jobs: Iterable[Job], number: int
    ) -> Generator[Batch[Run], None, None]:
        if self._backend is None:
            for job in jobs:
                yield run_batch(self._simulate, scenario, [job])
            return
        workers = self._backend.workers
        size = min(LARGEST_BLOCK, ceil(number / (workers * BLOCKS_PER_WORKER)))
        yield from run_batches(self._backend, scenario, jobs, self._simulate, size=size, ahead=2 * workers)

    def _keep(self, batch: Batch[Run]) -> int:
        """Keep a batch, if it may stand beside the others; how many runs it holds."""
        if batch.model_version != MODEL_VERSION:
            raise TabletopError(
                f"worker {batch.worker} has model version {batch.model_version}, not {MODEL_VERSION}: "
                "install the same tabletop everywhere"
            )
        here = fingerprint()
        if batch.platform != here and not self._mixed_platforms:
            raise TabletopError(
                f"worker {batch.worker} runs on another platform ({differences(batch.platform, here)}), "
                "where last bits may differ; mix platforms knowingly with --mixed-platforms"
            )
        for one in batch.outcomes:
            if isinstance(one.outcome, Failure):
                self._failed.add(Job(one.outcome.mix, one.outcome.replication))
        rows = (
            (stored(one.outcome, self._keys), timed(one.outcome, one.started, one.seconds, batch.worker))
            for one in batch.outcomes
        )
        self._database.write(rows, batch.platform)
        return len(batch.outcomes)

    def _tell(self, done: int, total: int) -> None:
        if self._progress is not None:
            self._progress(done, total)
