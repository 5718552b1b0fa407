"""The process of a bench: does the jobs that it is sent, the worthiest first, and tells how far it is."""

import os
import signal
import sys
import traceback
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path

from tabletop.errors import TabletopError
from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.interim_cache import InterimCache
from tabletop.exercise.jobs import Event, Failed, Finished, Job, Progressed, Worth

LOWEST = 19
"""How nice a process is that nobody waits for: it gets what others leave."""
MILD = 5
"""How nice a process is that somebody waits for: it gets its part beside others, and a tap goes first."""
Numbered = tuple[int, Job]
"""A job with a number of its own, by which what comes of it is known from what comes of an older one."""


class _SetAside(Exception):
    """Something worthier has come, or the job is not wanted any more."""


def serve(connection: Connection, path: Path, workers: int, niceness: int) -> None:
    """Do jobs until the other end of the connection is closed, or its process has ended."""
    # an interrupt from the keyboard is for the program that shows something
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    lower_priority(niceness)
    with suppress(EOFError, OSError):
        _Desk(connection, path, workers).work()


class _Desk:
    """The jobs that wait, and the one under way."""

    def __init__(self, connection: Connection, path: Path, workers: int) -> None:
        self._connection = connection
        self._path = path
        self._workers = workers
        self._waiting: dict[Worth, Numbered] = {}

    def work(self) -> None:
        """Do whatever comes; raises EOFError once nobody can send any more."""
        adjudicator = Adjudicator(InterimCache(self._path, workers=self._workers))
        with adjudicator.histories.at_work():
            while True:
                self._read(wait=not self._waiting)
                if self._waiting:
                    self._do(self._waiting[min(self._waiting)], adjudicator)

    def _do(self, wanted: Numbered, adjudicator: Adjudicator) -> None:
        number, job = wanted

        def progress(done: int, total: int) -> None:
            self._connection.send((number, Progressed(job.worth, done, total)))
            self._read(wait=False)
            if not self._waiting or self._waiting[min(self._waiting)] is not wanted:
                raise _SetAside

        event: Event
        try:
            event = Finished(job.worth, job.work(adjudicator, progress))
        except _SetAside:
            return
        except (EOFError, BrokenPipeError):
            raise
        except TabletopError as mistake:
            event = Failed(job.worth, str(mistake), is_mistake=True)
        except Exception:  # noqa: BLE001 (the boundary of a process: told to whoever waits)
            event = Failed(job.worth, traceback.format_exc(), is_mistake=False)
        if self._waiting.get(job.worth) is wanted:
            del self._waiting[job.worth]
        self._connection.send((number, event))

    def _read(self, *, wait: bool) -> None:
        """Take up what has come: jobs, or that all are forgotten."""
        while wait or self._connection.poll():
            message: Numbered | None = self._connection.recv()
            if message is None:
                self._waiting.clear()
            else:
                self._waiting[message[1].worth] = message
            wait = wait and not self._waiting


def lower_priority(niceness: int = LOWEST) -> None:
    """A lower priority, so that whoever serves the class is not kept waiting."""
    if sys.platform == "win32":
        with suppress(ImportError):
            psutil = import_module("psutil")
            kinds = {LOWEST: psutil.IDLE_PRIORITY_CLASS, MILD: psutil.BELOW_NORMAL_PRIORITY_CLASS}
            psutil.Process().nice(kinds[niceness])
    else:
        os.nice(niceness)
