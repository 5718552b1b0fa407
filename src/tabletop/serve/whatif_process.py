"""The process that answers what if: the newest question, over more and more worlds."""

import signal
import traceback
import warnings
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from time import monotonic

from tabletop.errors import EngineNote, TabletopError
from tabletop.exercise.bench_process import lower_priority
from tabletop.experiment.sharpening import Answer, Sharpening
from tabletop.scenario.scenario import Scenario

TOLD_SECONDS = 0.25
"""Between two words on how far it is; whatever takes less needs none."""


@dataclass(frozen=True)
class Question:
    """Settings by lever, under a number that is higher for a newer question."""

    number: int
    settings: dict[str, float]


@dataclass(frozen=True)
class Ready:
    """The process is at work, with the compiled engine or without."""

    is_compiled: bool


@dataclass(frozen=True)
class Progressed:
    """Worlds done, of how many, for a question; perhaps of the baseline, which comes first."""

    number: int
    done: int
    total: int
    is_baseline: bool


@dataclass(frozen=True)
class Answered:
    """An answer to a question; one over more worlds may follow."""

    number: int
    answer: Answer


@dataclass(frozen=True)
class Failed:
    """A question has no answer, and why."""

    number: int
    why: str


Message = Ready | Progressed | Answered | Failed


def work(
    connection: Connection,
    scenario: Scenario,
    mix: str,
    measures: tuple[str, ...],
    seed: int,
    *,
    lowest_priority: bool,
) -> None:
    """Answer questions until the other end of the connection is closed."""
    # an interrupt from the keyboard is for the program that shows something
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warnings.simplefilter("ignore", EngineNote)  # the page says it, as long as it is so
    if lowest_priority:
        lower_priority()
    with suppress(EOFError, OSError):
        _Desk(connection, scenario, mix, measures, seed).work()


class _Desk:
    def __init__(
        self, connection: Connection, scenario: Scenario, mix: str, measures: tuple[str, ...], seed: int
    ) -> None:
        self._connection = connection
        self._number = 0
        self._told_at = 0.0
        self._worlds = Sharpening(scenario, mix=mix, measures=measures, seed=seed, told=self._tell)
        connection.send(Ready(self._worlds.is_compiled))

    def work(self) -> None:
        """Answer whatever comes; raises EOFError once nobody can ask any more."""
        while True:
            question: Question = self._connection.recv()
            while self._connection.poll():
                question = self._connection.recv()
            self._number, self._told_at = question.number, monotonic()
            try:
                for answer in self._worlds.answers(
                    question.settings, is_wanted=lambda: not self._connection.poll()
                ):
                    self._connection.send(Answered(question.number, answer))
            except (EOFError, OSError):
                raise
            except TabletopError as mistake:
                self._connection.send(Failed(question.number, str(mistake)))
            except Exception:  # noqa: BLE001 (the boundary of a process: told to whoever waits)
                last = traceback.format_exc().strip().splitlines()[-1]
                self._connection.send(Failed(question.number, last))

    def _tell(self, done: int, total: int, is_baseline: bool) -> None:  # noqa: FBT001 (by the name of a field)
        now = monotonic()
        if now - self._told_at > TOLD_SECONDS:
            self._told_at = now
            self._connection.send(Progressed(self._number, done, total, is_baseline))
