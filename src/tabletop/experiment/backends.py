"""Backends on this machine: an executor that the caller passes, and worker processes of our own."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import contextmanager
from ctypes import c_bool
from functools import partial
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import Any

from tabletop.errors import TabletopError
from tabletop.experiment.batches import TRIES_AGAIN, Batch, Made, Make, Task, run_batch
from tabletop.experiment.design import Job
from tabletop.scenario.scenario import Scenario


class BorrowedExecutor:
    """An executor that the caller made and is responsible for."""

    task: Task[Any] = staticmethod(run_batch)
    loss_exceptions: tuple[type[BaseException], ...] = (BrokenExecutor,)

    def __init__(self, executor: Executor, workers: int) -> None:
        self.executor = executor
        self.workers = workers

    def renew(self) -> None:
        """Does nothing: the caller may have repaired it; if not, the batch is given up soon."""

    def stop(self) -> None:
        """Does nothing: its workers finish their batches."""

    def loss_error(self, jobs: Sequence[Job]) -> TabletopError:
        """The error that the executor is broken."""
        return TabletopError(f"the executor broke with {named(jobs)} in hand; what was finished is kept")


class Processes:
    """Worker processes; made by `processes`.

    They are started afresh ("spawn"), so that threads here cannot harm them.
    """

    loss_exceptions: tuple[type[BaseException], ...] = (BrokenExecutor,)

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._context = get_context("spawn")
        # without a lock: a worker that is killed while it looks would leave a lock locked
        self._stop = self._context.RawValue(c_bool, False)
        self.executor = self._pool()

    @property
    def task(self) -> Task[Any]:
        """The function that runs a batch, or as much of it as is done when the workers are asked to stop."""
        return _run_batch_unless_stopped

    def renew(self) -> None:
        """Replace the processes after one of them died."""
        self.executor.shutdown(wait=True, cancel_futures=True)
        self.executor = self._pool()

    def stop(self) -> None:
        """Ask the workers to return the runs that they have finished."""
        self._stop.value = True

    def loss_error(self, jobs: Sequence[Job]) -> TabletopError:
        """The error that processes die again and again, with likely reasons."""
        return TabletopError(
            f"a worker process ended unexpectedly {TRIES_AGAIN + 1} times with {named(jobs)} in hand: it was "
            "killed or out of memory (then fewer workers help), or the script that started it lacks "
            '`if __name__ == "__main__":`; one worker needs no process of its own; what was finished is kept'
        )

    def _pool(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self.workers, mp_context=self._context, initializer=_enter_worker, initargs=(self._stop,)
        )


@contextmanager
def processes(workers: int) -> Iterator[Processes]:
    """Worker processes that end with the `with` block, or with this process."""
    backend = Processes(workers)
    try:
        yield backend
    finally:
        backend.stop()
        backend.executor.shutdown(wait=True, cancel_futures=True)


_is_stopped: Callable[[], bool] = bool
"""In a worker process: whether it is to return the runs that it has finished."""


def _enter_worker(stop: Any) -> None:
    """Begin as a worker: Ctrl-C reaches every process of a terminal, but only the parent decides."""
    global _is_stopped  # noqa: PLW0603 (the one thing that a worker process knows besides its batches)
    _is_stopped = partial(getattr, stop, "value")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this worker when its parent dies; a parent that is killed cannot end it."""
    parent = parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)


def _run_batch_unless_stopped(make: Make[Made], scenario: Scenario, jobs: list[Job]) -> Batch[Made]:
    return run_batch(make, scenario, jobs, _is_stopped)


def named(jobs: Sequence[Job]) -> str:
    """A batch of jobs in words."""
    first, last = jobs[0], jobs[-1]
    if first == last:
        return f"{first.mix}, replication {first.replication},"
    ends = [f"{job.mix}, replication {job.replication}," for job in (first, last)]
    return f"the runs from {ends[0]} to {ends[1]}"
