"""A bench: a child process that simulates beside the class, of the lowest priority unless it is awaited."""

import multiprocessing
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from tabletop.errors import TabletopError
from tabletop.exercise.bench_process import LOWEST, Numbered, serve
from tabletop.exercise.interim_cache import Progress
from tabletop.exercise.jobs import Event, Failed, Finished, Job, Progressed, Worth
from tabletop.experiment.interrupts import interrupts_held

STARTS = 4
"""How often the process is started for the jobs that wait: once, and three times after it died."""
SECONDS = 0.2
"""Between two looks at what has come."""


class Bench:
    """Jobs that another process does, in the order of their worth; for one thread.

    The process alone simulates; what it has simulated is in the cache on disk, even of a job that was
    forgotten. If it dies it is started again, and does what waited; if it dies on and on, the jobs fail
    and nothing else does.
    """

    def __init__(self, path: Path, *, workers: int, niceness: int = LOWEST) -> None:
        self._path = path
        self._workers = workers
        self._niceness = niceness
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._starts = 0
        self._asked = 0
        self._waiting: dict[Worth, Numbered] = {}
        self._unread: list[Event] = []

    def ask(self, *jobs: Job) -> None:
        """Have jobs done; each takes the place of one of its worth that has not been done.

        Asked for nothing it starts its process, so that a later job need not wait for that.
        """
        if self._process is None:
            self._starts = 0
        for job in jobs:
            self._asked += 1
            self._waiting[job.worth] = self._asked, job
            self._send(self._waiting[job.worth])
        if self._connection is None:
            self._start()

    def forget(self) -> None:
        """Do no more of what waits or is under way."""
        self._waiting.clear()
        self._unread.clear()
        if self._process is not None:
            self._send(None)

    def events(self, *, timeout: float = 0.0) -> list[Event]:
        """What has come of the jobs since; waits so many seconds for the first, if nothing has."""
        come, self._unread = self._unread, []
        while self._connection is not None:
            try:
                if not self._connection.poll(0.0 if come else timeout):
                    break
                received: tuple[int, Event] = self._connection.recv()
            except (EOFError, OSError):
                come += self._after_its_death()
                break
            number, event = received
            if number == self._waiting.get(event.worth, (0,))[0]:  # else it was forgotten, or replaced
                if not isinstance(event, Progressed):
                    del self._waiting[event.worth]
                    self._starts = 1
                come.append(event)
        return come

    def wait(self, worth: Worth, progress: Progress | None = None) -> object:
        """Wait until a job is done, and return what came of it; what came of others is kept.

        None, if nothing of that worth was asked for. Raises TabletopError for a mistake of the user's,
        RuntimeError if the program fails.
        """
        others: list[Event] = []
        end: Finished | Failed | None = None
        while end is None:
            is_known = worth in self._waiting
            for event in self.events(timeout=SECONDS if is_known else 0.0):
                if event.worth is not worth:
                    others.append(event)
                elif not isinstance(event, Progressed):
                    end = event
                elif progress is not None:
                    progress(event.done, event.total)
            if not is_known:
                break
        self._unread = others
        if isinstance(end, Failed):
            raise (TabletopError if end.is_mistake else RuntimeError)(end.why)
        return None if end is None else end.result

    def close(self) -> None:
        """End the process after the run in hand."""
        self._waiting.clear()
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            self._process.join()
        self._process = self._connection = None

    def _send(self, message: Numbered | None) -> None:
        if self._connection is None:
            self._start()
            return  # with whatever waits
        with suppress(OSError):  # a process that died is started again where its events are read
            self._connection.send(message)

    def _start(self) -> None:
        self._starts += 1
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(
            target=serve, args=(theirs, self._path, self._workers, self._niceness), name="bench"
        )
        with interrupts_held():  # one that comes while it starts is not for it either
            self._process.start()
        theirs.close()
        for job in self._waiting.values():
            with suppress(OSError):
                self._connection.send(job)

    def _after_its_death(self) -> list[Event]:
        """Start the process once more, if it has not died too often; else what waited has failed."""
        assert self._process is not None
        assert self._connection is not None
        self._process.join()
        self._connection.close()
        self._process = self._connection = None
        if self._waiting and self._starts < STARTS:
            self._start()
            return []
        waited, self._waiting = [*self._waiting], {}
        why = f"the process that simulates ended {self._starts} times"
        return [Failed(worth, why, is_mistake=False) for worth in waited]
