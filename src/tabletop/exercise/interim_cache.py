"""The cache of interim readings: the outcomes of every mix before every move's day, simulated once."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any, Self

from tabletop.errors import TabletopError, in_words
from tabletop.exercise.leg import Key, Leg, LegMaker, no_state, state_in
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
from tabletop.world import Tally

NAME = "histories.sqlite"
LARGEST_BLOCK = 4
COMMIT_SECONDS = 0.5
"""Work that may be lost, and simulated again, if the process is killed."""
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


class NotSimulated(Exception):
    """Readings are asked for that are not there yet, of a cache that simulates nothing."""


class InterimCache:
    """Interim readings by course, replication and day; made once, kept in a database.

    A reading whose digest does not fit is simulated again. Raises TabletopError, at any use, if the database
    itself is damaged: nothing is lost with it but time. One that is `only_known` simulates nothing, and
    raises NotSimulated for what others have not put there yet.
    """

    def __init__(self, path: Path | None = None, *, workers: int = 1, only_known: bool = False) -> None:
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
            self._connection.execute(
                "CREATE TABLE IF NOT EXISTS states (key TEXT PRIMARY KEY, state BLOB NOT NULL)"
            )
        self._committed = perf_counter()
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
        keys = [courses.key(name, day)(replication) for replication in replications]
        for key in keys:
            there = self._has(key, day)
            assert there, "it was not made"
            self._asked[key] = None
        return tuple(self._known[key] for key in keys)

    @property
    def size(self) -> int:
        """What its database takes, in bytes."""
        with self._whole():
            pages, each = (
                self._connection.execute(f"PRAGMA {what}").fetchone()[0]
                for what in ("page_count", "page_size")
            )
        return int(pages) * int(each)

    @property
    def asked(self) -> dict[str, str]:
        """Every reading that was used, in its stored form, by its key."""
        return {key: _encoded(self._known[key]) for key in sorted(self._asked)}

    def hold(self, readings: Mapping[str, str]) -> None:
        """Add readings that were made elsewhere, in their stored form, by their keys."""
        with self._whole(), self._connection:
            self._put(readings.items())

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
            self._put(readings)
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
        # whatever else a damaged file makes of it, it is no state
        return row[0] if row is not None and isinstance(row[0], bytes) else None

    def _put(self, readings: Iterable[tuple[str, str]]) -> None:
        self._connection.executemany(
            "INSERT OR REPLACE INTO interims VALUES (?, ?, ?)", [(*row, digest(row)) for row in readings]
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
    return json.dumps(vars(interim), sort_keys=True)


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
