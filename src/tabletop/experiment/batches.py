"""Batches of runs on any executor: how a worker runs one, and how lost ones are tried again."""

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
from typing import Any, Generic, Protocol, TypeVar

from tabletop.errors import TabletopError
from tabletop.experiment.design import Job
from tabletop.experiment.fingerprint import fingerprint
from tabletop.experiment.interrupts import interrupts_held
from tabletop.experiment.provenance import now
from tabletop.experiment.runs import Failure
from tabletop.scenario.scenario import Scenario
from tabletop.simulation import Run
from tabletop.version import MODEL_VERSION

Made = TypeVar("Made")
"""What a job comes to: a run, or whatever else is made of a mix and a replication."""
Make = Callable[[Scenario, str, int], Made]
Simulate = Make[Run]
Task = Callable[[Make[Made], Scenario, list[Job]], "Batch[Made]"]

TRIES_AGAIN = 3
"""How often a batch that was lost with its worker is tried again."""


@dataclass(frozen=True)
class TimedOutcome(Generic[Made]):
    """One outcome, with the time when its run began and the seconds that it took."""

    outcome: Made | Failure
    started: str
    seconds: float


@dataclass(frozen=True)
class Batch(Generic[Made]):
    """The outcomes of a batch of jobs, and the worker that made them."""

    outcomes: tuple[TimedOutcome[Made], ...]
    worker: str
    platform: dict[str, str]
    model_version: str


def run_batch(
    make: Make[Made], scenario: Scenario, jobs: list[Job], is_stopped: Callable[[], bool] = lambda: False
) -> Batch[Made]:
    """Run a batch of jobs, in a worker; a run that fails becomes a Failure with its error."""
    outcomes: list[TimedOutcome[Made]] = []
    for job in jobs:
        if is_stopped():
            break
        started, clock = now().isoformat(timespec="milliseconds"), perf_counter()
        outcome: Made | Failure
        try:
            outcome = make(scenario, job.mix, job.replication)
        except Exception as error:  # noqa: BLE001 (the boundary of a worker: one failure must not cost the others)
            error_text = f"{type(error).__name__}: {error}"
            outcome = Failure(job.mix, job.replication, error_text, traceback.format_exc())
        outcomes.append(TimedOutcome(outcome, started, perf_counter() - clock))
    return Batch(tuple(outcomes), f"{socket.gethostname()}:{os.getpid()}", fingerprint(), MODEL_VERSION)


class Backend(Protocol):
    """What runs batches: a standard executor, with what to do when it breaks."""

    @property
    def workers(self) -> int:
        """The number of batches that run at a time."""

    @property
    def executor(self) -> Executor:
        """The executor in use now."""

    @property
    def task(self) -> Task[Any]:
        """The function that its workers apply to a batch of jobs."""

    @property
    def loss_exceptions(self) -> tuple[type[BaseException], ...]:
        """The exceptions that a batch raises if it was lost with its worker."""

    def renew(self) -> None:
        """Replace an executor that broke."""

    def stop(self) -> None:
        """Have the workers return what they have."""

    def loss_error(self, jobs: Sequence[Job]) -> TabletopError:
        """The error to raise when a batch is lost again and again."""


def run_batches(
    backend: Backend, scenario: Scenario, jobs: Iterable[Job], make: Make[Made], *, size: int, ahead: int
) -> Iterator[Batch[Made]]:
    """Batches of `size` runs as a backend finishes them; at most `ahead` batches are under way.

    A batch that is lost because its worker died is tried again. At Ctrl-C the backend is asked to stop, and
    the batches under way are still returned, as far as they got.
    """
    coming = iter(jobs)
    lost: deque[tuple[list[Job], int]] = deque()
    pending: dict[Future[Batch[Made]], tuple[list[Job], int]] = {}
    is_broken = False

    def again(batch: list[Job], tries: int, error: BaseException) -> None:
        nonlocal is_broken
        is_broken = True
        if tries == TRIES_AGAIN:
            raise backend.loss_error(batch) from error
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
                        pending[backend.executor.submit(backend.task, make, scenario, batch)] = (
                            batch,
                            tries,
                        )
                except backend.loss_exceptions as error:
                    again(batch, tries, error)
            if not (pending or is_broken):
                return
            for future in wait(pending, return_when=FIRST_COMPLETED).done:
                batch, tries = pending.pop(future)
                try:
                    finished = future.result()
                except backend.loss_exceptions as error:
                    again(batch, tries, error)
                else:
                    yield finished
    except KeyboardInterrupt:
        backend.stop()
        for future in pending:
            if not future.cancel():
                with suppress(CancelledError, *backend.loss_exceptions):
                    yield future.result()
        raise
