"""An attempt at an experiment: what is missing is made, and every block kept as it comes."""

from collections.abc import Generator, Iterable
from contextlib import suppress
from math import ceil
from typing import Protocol

from tabletop.errors import TabletopError
from tabletop.experiment.blocks import Block, Crew, Simulate, run_block, run_blocks
from tabletop.experiment.database import Database
from tabletop.experiment.design import Design, Job
from tabletop.experiment.fingerprint import fingerprint, told_apart
from tabletop.experiment.interrupts import interrupts_held
from tabletop.experiment.rows import stored, timed
from tabletop.experiment.runs import Failure, Keys, Runs
from tabletop.scenario.scenario import Scenario
from tabletop.version import MODEL_VERSION

BLOCKS_PER_WORKER = 16
"""So many turns each worker takes at least: the last one then waits little for the others."""
LARGEST_BLOCK = 10
"""Runs in a block: handing it over costs little beside it, and a kill loses little."""


class Progress(Protocol):
    """Told how many runs are finished, of how many."""

    def __call__(self, done: int, total: int, /) -> object:
        """Whatever it returns is of no interest."""


class Attempt:
    """One process at work on an experiment; a run that failed is tried once in each attempt."""

    def __init__(
        self,
        database: Database,
        keys: Keys,
        crew: Crew | None,
        simulate: Simulate,
        *,
        progress: Progress | None = None,
        mixed_platforms: bool = False,
    ) -> None:
        """Runs go to `database` as `crew` makes them; without one, this process does."""
        self._database = database
        self._keys = keys
        self._crew = crew
        self._simulate = simulate
        self._progress = progress
        self._mixed_platforms = mixed_platforms
        self._failed: set[Job] = set()

    def make_missing(self, design: Design) -> None:
        """Make every run of a design that is not there.

        At Ctrl-C what the crew has in hand is still kept, before KeyboardInterrupt is raised.
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
        blocks = self._blocks(design.scenario, missing, len(design) - done)
        try:
            for block in blocks:
                with interrupts_held():
                    done += self._keep(block)
                self._tell(done, len(design))
        except KeyboardInterrupt:
            with suppress(KeyboardInterrupt):
                self._keep(blocks.throw(KeyboardInterrupt()))
                for block in blocks:
                    self._keep(block)
            raise

    def _blocks(self, scenario: Scenario, jobs: Iterable[Job], number: int) -> Generator[Block, None, None]:
        if self._crew is None:
            for job in jobs:
                yield run_block(self._simulate, scenario, [job])
            return
        workers = self._crew.workers
        size = min(LARGEST_BLOCK, ceil(number / (workers * BLOCKS_PER_WORKER)))
        yield from run_blocks(self._crew, scenario, jobs, self._simulate, size=size, ahead=2 * workers)

    def _keep(self, block: Block) -> int:
        """Keep a block, if it may stand beside the others; how many runs it holds."""
        if block.model_version != MODEL_VERSION:
            raise TabletopError(
                f"worker {block.worker} has model version {block.model_version}, not {MODEL_VERSION}: "
                "install the same tabletop everywhere"
            )
        here = fingerprint()
        if block.platform != here and not self._mixed_platforms:
            raise TabletopError(
                f"worker {block.worker} runs on another platform ({told_apart(block.platform, here)}), where "
                "last bits may differ; mix platforms knowingly with --mixed-platforms"
            )
        for made in block.made:
            if isinstance(made.outcome, Failure):
                self._failed.add(Job(made.outcome.mix, made.outcome.replication))
        rows = (
            (stored(made.outcome, self._keys), timed(made.outcome, made.started, made.seconds, block.worker))
            for made in block.made
        )
        self._database.write(rows, block.platform)
        return len(block.made)

    def _tell(self, done: int, total: int) -> None:
        if self._progress is not None:
            self._progress(done, total)
