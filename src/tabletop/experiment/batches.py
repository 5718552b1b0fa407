"""Batches of runs on any executor: what a worker does, and how every batch comes back."""

import os
import socket
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from time import perf_counter
from typing import Protocol

from tabletop.errors import TabletopError
from tabletop.experiment.design import Job
from tabletop.experiment.fingerprint import fingerprint
from tabletop.experiment.interrupts import interrupts_held
from tabletop.experiment.provenance import now
from tabletop.experiment.runs import Failure, Outcome
from tabletop.scenario.scenario import Scenario
from tabletop.simulation import Run
from tabletop.version import MODEL_VERSION

Simulate = Callable[[Scenario, str, int], Run]
Task = Callable[[Simulate, Scenario, list[Job]], "Batch"]

TRIES_AGAIN = 3
"""How often a batch that was lost with its worker is tried again."""


@dataclass(frozen=True)
class Made:
    """One outcome, when it was begun and how long it took."""

    outcome: Outcome
    started: str
    seconds: float


@dataclass(frozen=True)
class Batch:
    """What a worker made of a batch of jobs, and who it is."""

    made: tuple[Made, ...]
    worker: str
    platform: dict[str, str]
    model_version: str


def run_batch(
    simulate: Simulate, scenario: Scenario, jobs: list[Job], told_to_stop: Callable[[], bool] = lambda: False
) -> Batch:
    """What a worker does: a batch of runs; one that fails becomes a row with its error."""
    made: list[Made] = []
    for job in jobs:
        if told_to_stop():
            break
        started, clock = now().isoformat(timespec="milliseconds"), perf_counter()
        outcome: Outcome
        try:
            outcome = simulate(scenario, job.mix, job.replication)
        except Exception as error:  # noqa: BLE001 (the boundary of a worker: one failure must not cost the others)
            told = f"{type(error).__name__}: {error}"
            outcome = Failure(job.mix, job.replication, told, traceback.format_exc())
        made.append(Made(outcome, started, perf_counter() - clock))
    return Batch(tuple(made), f"{socket.gethostname()}:{os.getpid()}", fingerprint(), MODEL_VERSION)


class Backend(Protocol):
    """Whoever runs batches: a standard executor, and what can be done about it."""

    @property
    def workers(self) -> int:
        """How many batches run at a time."""

    @property
    def executor(self) -> Executor:
        """The executor at work now."""

    @property
    def task(self) -> Task:
        """What its workers are asked to do with a batch of jobs."""

    @property
    def lost_with(self) -> tuple[type[BaseException], ...]:
        """With what a batch comes back that was lost with its worker."""

    def renew(self) -> None:
        """Put another executor in the place of one that broke."""

    def stop(self) -> None:
        """Have the workers return what they have."""

    def lost(self, jobs: Sequence[Job]) -> TabletopError:
        """What is told when a batch is lost time and again."""


def run_batches(
    backend: Backend, scenario: Scenario, jobs: Iterable[Job], simulate: Simulate, *, size: int, ahead: int
) -> Iterator[Batch]:
    """Batches of `size` runs as a backend finishes them; at most `ahead` batches are under way.

    A batch that is lost because its worker died is tried again. At Ctrl-C the backend is told to stop, and
    what it has in hand still comes.
    """
    coming = iter(jobs)
    lost: deque[tuple[list[Job], int]] = deque()
    pending: dict[Future[Batch], tuple[list[Job], int]] = {}
    is_broken = False

    def again(batch: list[Job], tries: int, error: BaseException) -> None:
        nonlocal is_broken
        is_broken = True
        if tries == TRIES_AGAIN:
            raise backend.lost(batch) from error
        lost.append((batch, tries + 1))

    try:
        while True:
            if is_broken and not pending:
                with interrupts_held():
                    backend.renew()
                is_broken = False
            while not is_broken and len(pending) < ahead:
                batch, tries = lost.popleft() if lost else (list(islice(coming, size)), 0)
                if not batch:
                    break
                try:
                    with interrupts_held():
                        pending[backend.executor.submit(backend.task, simulate, scenario, batch)] = (
                            batch,
                            tries,
                        )
                except backend.lost_with as error:
                    again(batch, tries, error)
            if not (pending or is_broken):
                return
            for future in wait(pending, return_when=FIRST_COMPLETED).done:
                batch, tries = pending.pop(future)
                try:
                    found = future.result()
                except backend.lost_with as error:
                    again(batch, tries, error)
                else:
                    yield found
    except KeyboardInterrupt:
        backend.stop()
        for future in pending:
            if not future.cancel():
                with suppress(CancelledError, *backend.lost_with):
                    yield future.result()
        raise
