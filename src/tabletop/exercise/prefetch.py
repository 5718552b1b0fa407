"""Prefetch: the other worlds are simulated in the background while people talk."""

from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.interim_cache import InterimCache, Progress

Work = Callable[[Adjudicator, Progress], object]


class _Stopped(Exception):
    """The work was given up."""


class Prefetch:
    """Simulations in the background, one task at a time; what is finished is on disk."""

    def __init__(self, path: Path, *, workers: int) -> None:
        self._path = path
        self._workers = workers
        self._thread: Thread | None = None
        self._stop = Event()
        self._fault: BaseException | None = None
        self.done = self.total = 0

    def begin(self, work: Work) -> None:
        """Begin a task, after giving up the one under way."""
        self.give_up()
        self._stop.clear()
        self.done = self.total = 0
        self._thread = Thread(target=self._run, args=(work,), daemon=True)
        self._thread.start()

    def finish(self, progress: Progress | None = None) -> None:
        """Wait until the task is done; raises what it raised."""
        while self._thread is not None and self._thread.is_alive():
            self._thread.join(0.2)
            if progress is not None and self.total:
                progress(self.done, self.total)
        self._thread = None
        if self._fault is not None:
            fault, self._fault = self._fault, None
            raise fault

    def give_up(self) -> None:
        """Stop the work after the runs in hand; what is finished is kept."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._fault = None

    def _run(self, work: Work) -> None:
        def progress(done: int, total: int) -> None:
            self.done, self.total = done, total
            if self._stop.is_set():
                raise _Stopped

        try:
            adjudicator = Adjudicator(InterimCache(self._path, workers=self._workers))
            with adjudicator.histories.at_work():
                work(adjudicator, progress)
        except _Stopped:
            pass
        except BaseException as fault:  # noqa: BLE001 (the boundary of a worker: raised again in `finish`)
            self._fault = fault
