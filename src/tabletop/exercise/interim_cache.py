"""The cache of interim readings: the outcomes of every mix before every move's day, simulated once."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Self

from tabletop.errors import TabletopError
from tabletop.exercise.leg import Key, Leg, LegMaker, no_state, state_in
from tabletop.experiment.batches import Backend, Batch, run_batch, run_batches
from tabletop.experiment.design import Job
from tabletop.experiment.identity import digest, experiment_hash, mix_digest, run_key
from tabletop.experiment.runs import Failure
from tabletop.experiment.workers import backend_for
from tabletop.interim import Interim
from tabletop.measures import MEASURES
from tabletop.scenario.policy import PolicyMix
from tabletop.scenario.scenario import Scenario

NAME = "histories.sqlite"
LARGEST_BLOCK = 4
COMMIT_SECONDS = 0.5
"""Work that may be lost, and simulated again, if the process is killed."""
Progress = Callable[[int, int], object]


def before(scenario: Scenario, day: float) -> Scenario:
    """A scenario without everything that can have no effect before a day."""
    injects = tuple(inject for inject in scenario.injects if inject.day < day)
    return scenario.model_copy(update={"horizon_days": day, "injects": injects})


class Courses:
    """Courses of action: the policy mixes that are simulated, whichever teams decided on them."""

    def __init__(
        self, scenario: Scenario, mixes: Mapping[str, PolicyMix], decision_days: Iterable[float] = ()
    ) -> None:
        """`scenario` has the seed and the injects in force; its baseline is among the courses.

        `decision_days` are those on which a course can part from what it was until then.
        """
        baseline = scenario.baseline
        self.decision_days = sorted(day for day in decision_days if day > 0)
        self.scenario = scenario.model_copy(
            update={"policy_mixes": {baseline: scenario.policy_mixes[baseline], **mixes}}
        )
        self._keys: dict[tuple[str, float], Key] = {}

    @property
    def baseline(self) -> str:
        """The course of a team that decides nothing."""
        return self.scenario.baseline

    @property
    def names(self) -> tuple[str, ...]:
        """Every course, the baseline first."""
        return tuple(self.scenario.policy_mixes)

    def key(self, name: str, day: float) -> Key:
        """The keys of a course's readings before a day, by replication; equal for courses equal so far."""
        if (name, day) not in self._keys:
            so_far = before(self.scenario, day)
            self._keys[name, day] = partial(run_key, experiment_hash(so_far), mix_digest(so_far, name))
        return self._keys[name, day]

    def state_key(self, name: str, day: float) -> Key:
        """The keys of a course's states on a day, by replication: states know injects by their ids."""
        ids = [inject.id for inject in before(self.scenario, day).injects]
        return partial(_state_key, self.key(name, day), digest(ids))


def _state_key(reading: Key, injects: str, replication: int) -> str:
    return run_key(reading(replication), injects, replication)


class InterimCache:
    """Interim readings by course, replication and day; made once, kept in a database.

    Raises TabletopError, at any use, if the database is damaged: nothing is lost with it but time.
    """

    def __init__(self, path: Path | None = None, *, workers: int = 1) -> None:
        self._path = path
        with self._whole():
            self._connection = sqlite3.connect(":memory:" if path is None else path)
            self._connection.execute(
                "CREATE TABLE IF NOT EXISTS readings (key TEXT PRIMARY KEY, reading TEXT NOT NULL)"
            )
            self._connection.execute(
                "CREATE TABLE IF NOT EXISTS states (key TEXT PRIMARY KEY, state BLOB NOT NULL)"
            )
        self._committed = perf_counter()
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
        jobs: dict[float, list[Job]] = {}
        for replication in replications:
            for name in reversed(distinct.values()):
                missing = (
                    day for day, key in zip(days, keys[name], strict=True) if not self._has(key(replication))
                )
                if (first := next(missing, None)) is not None:
                    since = self._begins(courses, name, replication, first)
                    jobs.setdefault(since, []).append(Job(name, replication))
        done, total = 0, sum(map(len, jobs.values()))
        try:
            for since, alike in jobs.items():
                for legs in self._simulated(courses, alike, since, days):
                    self._keep(courses, legs)
                    done += len(legs)
                    if progress is not None:
                        progress(done, total)
        finally:
            self._commit()

    def _begins(self, courses: Courses, name: str, replication: int, day: float) -> float:
        """The latest day, not after another, on which a course's state is known; 0 is StartEx."""
        for since in reversed(courses.decision_days):
            if since <= day and self._state(courses.state_key(name, since)(replication)) is not None:
                return since
        return 0.0

    def readings(
        self, courses: Courses, name: str, replications: Sequence[int], day: float
    ) -> tuple[Interim, ...]:
        """The readings of a course before a day, by replication; `make` must have made them."""
        return tuple(self._reading(courses.key(name, day)(replication)) for replication in replications)

    @property
    def asked(self) -> dict[str, str]:
        """Every reading that was used, in its stored form, by its key."""
        return {key: _encoded(self._reading(key)) for key in sorted(self._asked)}

    def hold(self, readings: Mapping[str, str]) -> None:
        """Add readings that were made elsewhere, in their stored form, by their keys."""
        with self._whole(), self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO readings VALUES (?, ?)", readings.items())

    def _simulated(
        self, courses: Courses, jobs: Sequence[Job], since: float, days: Sequence[float]
    ) -> Iterator[list[Leg]]:
        """Legs as they are finished, some at a time; raises RuntimeError if one fails."""
        scenario = courses.scenario.model_copy(update={"horizon_days": days[-1]})
        begins = {job.mix: courses.state_key(job.mix, since) for job in jobs} if since else {}
        find: Callable[[str], bytes | None] = self._state
        if self._backend is not None:  # other processes reach what is in a file
            find = no_state if self._path is None else partial(state_in, self._path)
        make = LegMaker(
            days=[day for day in days if day >= since],
            state_days=[day for day in courses.decision_days if since < day <= days[-1]],
            begins=begins,
            find=find,
        )
        batches: Iterable[Batch[Leg]]
        if self._backend is None:
            batches = (run_batch(make, scenario, [job]) for job in jobs)
        else:
            workers = self._backend.workers
            size = max(1, min(LARGEST_BLOCK, len(jobs) // (2 * workers)))
            batches = run_batches(self._backend, scenario, jobs, make, size=size, ahead=2 * workers)
        for batch in batches:
            legs: list[Leg] = []
            for one in batch.outcomes:
                if isinstance(one.outcome, Failure):
                    raise RuntimeError(f"a run failed:\n{one.outcome.traceback}")  # noqa: TRY004 (a fault)
                legs.append(one.outcome)
            yield legs

    def _keep(self, courses: Courses, legs: Sequence[Leg]) -> None:
        readings, states = [], []
        for leg in legs:
            for interim in leg.interims:
                key = courses.key(leg.mix, interim.end)(leg.replication)
                self._known[key] = interim
                readings.append((key, _encoded(interim)))
            for day, state in leg.states:
                states.append((courses.state_key(leg.mix, day)(leg.replication), state))
        with self._whole():
            self._connection.executemany("INSERT OR REPLACE INTO readings VALUES (?, ?)", readings)
            self._connection.executemany("INSERT OR REPLACE INTO states VALUES (?, ?)", states)
        # others may wait to write: nothing is left open while workers are at work on something long
        if self._backend is not None or perf_counter() - self._committed > COMMIT_SECONDS:
            self._commit()

    def _commit(self) -> None:
        with self._whole():
            self._connection.commit()
        self._committed = perf_counter()

    def _state(self, key: str) -> bytes | None:
        with self._whole():
            row = self._connection.execute("SELECT state FROM states WHERE key = ?", (key,)).fetchone()
        return None if row is None else bytes(row[0])

    def _has(self, key: str) -> bool:
        if key not in self._known:
            with self._whole():
                row = self._connection.execute(
                    "SELECT reading FROM readings WHERE key = ?", (key,)
                ).fetchone()
            reading = None if row is None else _decoded(row[0])
            if reading is None:
                return False
            self._known[key] = reading
        return True

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Raise TabletopError, with a remedy, if the database is damaged."""
        try:
            yield
        except sqlite3.Error as error:
            raise TabletopError(
                f"{self._path}: cannot be used ({error}); remove it, and what it held is simulated again"
            ) from error

    def _reading(self, key: str) -> Interim:
        there = self._has(key)
        assert there, "it was not made"
        self._asked[key] = None
        return self._known[key]


def _encoded(interim: Interim) -> str:
    return json.dumps(vars(interim), sort_keys=True)


def _decoded(text: str) -> Interim | None:
    """A reading; None if it is damaged, or was made when there were other measures."""
    try:
        data = json.loads(text)
        parts = {name: (above, below) for name, (above, below) in data.pop("parts").items()}
        reading = Interim(parts=parts, **data)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return reading if parts.keys() == MEASURES.keys() else None
