"""The cache of interim readings: the outcomes of every mix before every move's day, simulated once."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Self

from tabletop.exercise.courses import Courses
from tabletop.exercise.interim_store import InterimStore, encoded
from tabletop.exercise.leg import Leg, LegMaker, no_state, state_in
from tabletop.experiment.batches import Backend, Batch, run_batch, run_batches
from tabletop.experiment.design import Job
from tabletop.experiment.runs import Failure
from tabletop.experiment.workers import backend_for
from tabletop.interim import Interim

NAME = "histories.sqlite"
LARGEST_BLOCK = 4
Progress = Callable[[int, int], object]


class NotSimulated(Exception):
    """Readings are asked for that are not there yet, of a cache that simulates nothing."""


class InterimCache:
    """Interim readings by course, replication and day; made once, kept in a database.

    A reading whose digest does not fit is simulated again. Raises TabletopError, at any use, if the database
    itself is damaged: nothing is lost with it but time. One that is `only_known` simulates nothing, and
    raises NotSimulated for what others have not put there yet.
    """

    def __init__(self, path: Path | None = None, *, workers: int = 1, only_known: bool = False) -> None:
        self._store = InterimStore(path)
        self._known: dict[str, Interim] = {}
        self._asked: dict[str, None] = {}
        self._workers = workers
        self._only_known = only_known
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
                    day
                    for day, key in zip(days, keys[name], strict=True)
                    if not self._has(key(replication), day)
                )
                if (first := next(missing, None)) is not None:
                    since = self._begins(courses, name, replication, first)
                    jobs.setdefault(since, []).append(Job(name, replication))
        if jobs and self._only_known:
            raise NotSimulated
        done, total = 0, sum(map(len, jobs.values()))
        try:
            for since, alike in jobs.items():
                for legs in self._simulated(courses, alike, since, days):
                    self._keep(courses, legs)
                    done += len(legs)
                    if progress is not None:
                        progress(done, total)
        finally:
            self._store.commit()

    def _begins(self, courses: Courses, name: str, replication: int, day: float) -> float:
        """The latest day, not after another, on which a course's state is known; 0 is StartEx."""
        for since in reversed(courses.decision_days):
            if since <= day and self._store.state(courses.state_key(name, since)(replication)) is not None:
                return since
        return 0.0

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
    def size(self) -> int:
        """What its database takes, in bytes."""
        return self._store.size

    @property
    def asked(self) -> dict[str, str]:
        """Every reading that was used, in its stored form, by its key."""
        return {key: encoded(self._known[key]) for key in sorted(self._asked)}

    def hold(self, readings: Mapping[str, str]) -> None:
        """Add readings that were made elsewhere, in their stored form, by their keys."""
        self._store.hold(readings)

    def _simulated(
        self, courses: Courses, jobs: Sequence[Job], since: float, days: Sequence[float]
    ) -> Iterator[list[Leg]]:
        """Legs as they are finished, some at a time; raises RuntimeError if one fails."""
        scenario = courses.scenario.model_copy(update={"horizon_days": days[-1]})
        begins = {job.mix: courses.state_key(job.mix, since) for job in jobs} if since else {}
        find: Callable[[str], bytes | None] = self._store.state
        if self._backend is not None:  # other processes reach what is in a file
            find = no_state if self._store.path is None else partial(state_in, self._store.path)
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
        readings = {
            courses.key(leg.mix, interim.end)(leg.replication): interim
            for leg in legs
            for interim in leg.interims
        }
        states = {
            courses.state_key(leg.mix, day)(leg.replication): state
            for leg in legs
            for day, state in leg.states
        }
        self._known |= readings
        self._store.keep(readings.items(), states.items())
        if self._store.is_due:
            self._store.commit()

    def _has(self, key: str, day: float) -> bool:
        if key not in self._known:
            reading = self._store.reading(key)
            if reading is None or reading.end != day:
                return False
            self._known[key] = reading
        return True
