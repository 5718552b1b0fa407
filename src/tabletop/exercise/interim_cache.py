"""The cache of interim readings: the outcomes of every mix before every move's day, simulated once."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields
from functools import partial
from pathlib import Path
from typing import Any, Self

from tabletop.errors import TabletopError, in_words
from tabletop.experiment.batches import Backend, Batch, run_batch, run_batches
from tabletop.experiment.design import Job
from tabletop.experiment.identity import digest, experiment_hash, mix_digest, run_key
from tabletop.experiment.runs import Failure
from tabletop.experiment.workers import backend_for
from tabletop.interim import UNREPORTED, Interim
from tabletop.measures import MEASURES
from tabletop.outputs import prepare_folder
from tabletop.scenario.plain import is_number
from tabletop.scenario.policy import PolicyMix
from tabletop.scenario.scenario import Scenario
from tabletop.simulation import Run, simulate
from tabletop.world import Tally

NAME = "histories.sqlite"
LARGEST_BLOCK = 4
LARGEST = 1e30
"""Far above any number that the model counts; sums and squares of such are still finite."""
_COUNTS = {count.name for count in fields(Tally)} - {*UNREPORTED}
Progress = Callable[[int, int], object]


def before(scenario: Scenario, day: float) -> Scenario:
    """A scenario without everything that can have no effect before a day."""
    injects = tuple(inject for inject in scenario.injects if inject.day < day)
    return scenario.model_copy(update={"horizon_days": day, "injects": injects})


class Courses:
    """Courses of action: the policy mixes that are simulated, whichever teams decided on them."""

    def __init__(self, scenario: Scenario, mixes: Mapping[str, PolicyMix]) -> None:
        """`scenario` has the seed and the injects in force; its baseline is among the courses."""
        baseline = scenario.baseline
        self.scenario = scenario.model_copy(
            update={"policy_mixes": {baseline: scenario.policy_mixes[baseline], **mixes}}
        )
        self._keys: dict[tuple[str, float], Callable[[int], str]] = {}

    @property
    def baseline(self) -> str:
        """The course of a team that decides nothing."""
        return self.scenario.baseline

    @property
    def names(self) -> tuple[str, ...]:
        """Every course, the baseline first."""
        return tuple(self.scenario.policy_mixes)

    def key(self, name: str, day: float) -> Callable[[int], str]:
        """The keys of a course's readings before a day, by replication; equal for courses equal so far."""
        if (name, day) not in self._keys:
            so_far = before(self.scenario, day)
            self._keys[name, day] = partial(run_key, experiment_hash(so_far), mix_digest(so_far, name))
        return self._keys[name, day]


class InterimCache:
    """Interim readings by course, replication and day; made once, kept in a database.

    A reading whose digest does not fit is simulated again. Raises TabletopError, at any use, if the database
    itself is damaged: nothing is lost with it but time.
    """

    def __init__(self, path: Path | None = None, *, workers: int = 1) -> None:
        self._path = path
        if path is not None:
            prepare_folder(path.parent)
        with self._whole():
            self._connection = sqlite3.connect(":memory:" if path is None else path)
            # a text that is none any more is noticed by its digest
            self._connection.text_factory = lambda text: text.decode("utf-8", "replace")
            self._connection.execute(
                "CREATE TABLE IF NOT EXISTS interims "
                "(key TEXT PRIMARY KEY, reading TEXT NOT NULL, digest TEXT NOT NULL)"
            )
        self._known: dict[str, Interim] = {}
        self._asked: dict[str, None] = {}
        self._workers = workers
        self._backend: Backend | None = None

    @contextmanager
    def at_work(self) -> Iterator[Self]:
        """Start the worker processes that it needs; they end with the `with` block."""
        with backend_for(self._workers) as backend:
            self._backend = backend
            try:
                yield self
            finally:
                self._backend = None

    def make(
        self,
        courses: Courses,
        replications: Sequence[int],
        days: Sequence[float],
        progress: Progress | None = None,
    ) -> None:
        """Simulate the missing readings of all courses before some days; courses equal so far share runs."""
        distinct = {courses.key(name, days[-1])(0): name for name in reversed(courses.names)}
        keys = {name: [courses.key(name, day) for day in days] for name in distinct.values()}
        jobs = [
            Job(name, replication)
            for replication in replications
            for name in reversed(distinct.values())
            if any(not self._has(key(replication), day) for key, day in zip(keys[name], days, strict=True))
        ]
        for done, run in enumerate(self._simulated(courses, jobs, days), start=1):
            self._keep(courses, run)
            if progress is not None:
                progress(done, len(jobs))

    def readings(
        self, courses: Courses, name: str, replications: Sequence[int], day: float
    ) -> tuple[Interim, ...]:
        """The readings of a course before a day, by replication; `make` must have made them."""
        keys = [courses.key(name, day)(replication) for replication in replications]
        for key in keys:
            there = self._has(key, day)
            assert there, "it was not made"
            self._asked[key] = None
        return tuple(self._known[key] for key in keys)

    @property
    def asked(self) -> dict[str, str]:
        """Every reading that was used, in its stored form, by its key."""
        return {key: _encoded(self._known[key]) for key in sorted(self._asked)}

    def hold(self, readings: Mapping[str, str]) -> None:
        """Add readings that were made elsewhere, in their stored form, by their keys."""
        self._store(readings)

    def _simulated(self, courses: Courses, jobs: Sequence[Job], days: Sequence[float]) -> Iterator[Run]:
        """Runs as they are finished; raises RuntimeError if one fails."""
        scenario = courses.scenario.model_copy(update={"horizon_days": days[-1]})
        run = partial(simulate, interim_days=tuple(days))
        batches: Iterable[Batch]
        if self._backend is None:
            batches = (run_batch(run, scenario, [job]) for job in jobs)
        else:
            workers = self._backend.workers
            size = max(1, min(LARGEST_BLOCK, len(jobs) // (2 * workers)))
            batches = run_batches(self._backend, scenario, jobs, run, size=size, ahead=2 * workers)
        for batch in batches:
            for one in batch.outcomes:
                if isinstance(one.outcome, Failure):
                    raise RuntimeError(f"a run failed:\n{one.outcome.traceback}")  # noqa: TRY004 (a fault)
                yield one.outcome

    def _keep(self, courses: Courses, run: Run) -> None:
        made = {courses.key(run.mix, interim.end)(run.replication): interim for interim in run.interims}
        self._known |= made
        self._store({key: _encoded(interim) for key, interim in made.items()})

    def _store(self, readings: Mapping[str, str]) -> None:
        with self._whole(), self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO interims VALUES (?, ?, ?)",
                [(*row, digest(row)) for row in readings.items()],
            )

    def _has(self, key: str, day: float) -> bool:
        if key not in self._known:
            with self._whole():
                row = self._connection.execute(
                    "SELECT reading, digest FROM interims WHERE key = ?", (key,)
                ).fetchone()
            reading = None if row is None else _decoded(key, *row)
            if reading is None or reading.end != day:
                return False
            self._known[key] = reading
        return True

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Raise TabletopError, with a remedy, if the database is damaged."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise TabletopError(
                f"{self._path}: cannot be used: {in_words(error)}; nothing is lost"
            ) from error
        except sqlite3.Error as error:
            raise TabletopError(
                f"{self._path}: cannot be used ({error}); remove it, and what it held is simulated again"
            ) from error


def _encoded(interim: Interim) -> str:
    return json.dumps(asdict(interim), sort_keys=True)


def _decoded(key: str, text: Any, checked: Any) -> Interim | None:
    """A reading; None if it is damaged, or was made when there were other measures."""
    try:
        if digest([key, text]) != checked:
            return None
        data = json.loads(text)
        parts = {name: (above, below) for name, (above, below) in data.pop("parts").items()}
        reading = Interim(parts=parts, **data)
        return reading if _makes_sense(reading) else None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        return None


def _makes_sense(reading: Interim) -> bool:
    """Whether a reading has every measure and every count of this model, and numbers that can be added up."""
    numbers = (
        reading.start,
        reading.end,
        *(number for part in reading.parts.values() for number in part),
        *reading.tally.values(),
        *reading.fired.values(),
    )
    return (
        reading.parts.keys() == MEASURES.keys()
        and reading.tally.keys() == _COUNTS
        and all(is_number(number) and abs(number) <= LARGEST for number in numbers)
        and reading.start < reading.end
    )
