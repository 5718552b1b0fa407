"""The runs of a design in a database: read when asked for, so that a thousand take no more room than one."""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from tabletop.experiment.columns import Readings
from tabletop.experiment.database import Database
from tabletop.experiment.design import Design
from tabletop.experiment.encoding import Parts, decoded, pool_reports, readings, series_of, tally_of
from tabletop.experiment.identity import run_key
from tabletop.measures import PoolReport, Reading
from tabletop.series import Series
from tabletop.simulation import Run

T = TypeVar("T")

_ASKED = {
    part: f"SELECT {part} FROM runs WHERE mix = ? AND replication = ?"  # noqa: S608 (own words)
    for part in ("pools", "tally", "series")
}
"""How one part of one run is asked for."""


@dataclass(frozen=True)
class Failure:
    """A run that failed: which `mix` and `replication`, the `error` in words, and the `traceback`."""

    mix: str
    replication: int
    error: str
    traceback: str


Outcome = Run | Failure


@dataclass(frozen=True)
class Keys:
    """The hashes that decide runs: that of what all have in common, and one for each mix."""

    experiment: str
    mixes: Mapping[str, str]

    def of(self, mix: str, replication: int) -> str:
        """The key of one run."""
        return run_key(self.experiment, self.mixes[mix], replication)


class Runs(Mapping[tuple[str, int], Run]):
    """The finished runs that a design asks for, by mix and replication, in the order of its mixes.

    What a database holds of other mixes, of further replications, or of a mix as it once was, is not
    among them.
    """

    def __init__(self, database: Database, design: Design, keys: Keys) -> None:
        self.database = database
        self.hashes = keys
        self._design = design
        self._finished: dict[str, array[int]] = {}
        self._failed: list[tuple[str, int]] = []
        self._readings: dict[str, Readings] = {}
        for mix in design.mixes:
            self._finished[mix] = array("q")
            for replication, key, is_failure in database.ask(
                "SELECT replication, key, error IS NOT NULL FROM runs "
                "WHERE mix = ? AND replication < ? ORDER BY replication",
                (mix, design.replications),
            ):
                if key != keys.of(mix, replication):
                    continue
                if is_failure:
                    self._failed.append((mix, replication))
                else:
                    self._finished[mix].append(replication)

    @property
    def failures(self) -> tuple[Failure, ...]:
        """The runs that the design asks for and that broke off, in the same order."""
        return tuple(self._failure(*name) for name in self._failed)

    def finished(self, mix: str) -> Sequence[int]:
        """The replications of a mix that are finished, in order."""
        return self._finished[mix]

    def settled(self, mixes: Iterable[str]) -> int:
        """How many replications from the first on are finished or failed in every one of these mixes."""
        done = [{*self._finished[mix], *(r for name, r in self._failed if name == mix)} for mix in mixes]
        every = range(self._design.replications)
        return next((r for r in every if not all(r in of for of in done)), len(every))

    def readings(self, mix: str) -> Readings:
        """Every measure of the finished runs of a mix; read once."""
        if mix not in self._readings:
            self._readings[mix] = Readings(self._read(mix))
        return self._readings[mix]

    def pools(
        self, mix: str, replications: Iterable[int] | None = None
    ) -> Iterator[Mapping[str, PoolReport]]:
        """What the pools of a mix did, run by run: of every finished replication unless told."""
        return self._parts("pools", pool_reports, mix, replications)

    def tallies(self, mix: str, replications: Iterable[int] | None = None) -> Iterator[Mapping[str, float]]:
        """What the runs of a mix counted, in the same way."""
        return self._parts("tally", tally_of, mix, replications)

    def series(self, mix: str, replications: Iterable[int] | None = None) -> Iterator[Series]:
        """How the runs of a mix developed, in the same way."""
        return self._parts("series", series_of, mix, replications)

    def __getitem__(self, name: tuple[str, int]) -> Run:
        if name not in self:
            raise KeyError(name)
        scenario = self._design.scenario
        with self._checked(*name):
            ((events, traces, *stored),) = self.database.ask(
                "SELECT events, traces, measures, pools, tally, series FROM runs "
                "WHERE mix = ? AND replication = ?",
                name,
            )
            return decoded(
                Parts(*stored),
                title=scenario.title,
                mix=name[0],
                replication=name[1],
                seed=scenario.seed,
                events=events,
                traces=traces,
            )

    def __contains__(self, name: object) -> bool:
        match name:
            case (str() as mix, int() as replication) if mix in self._finished:
                return _holds(self._finished[mix], replication)
            case _:
                return False

    def __iter__(self) -> Iterator[tuple[str, int]]:
        for mix, replications in self._finished.items():
            for replication in replications:
                yield mix, replication

    def __len__(self) -> int:
        return sum(len(replications) for replications in self._finished.values())

    def _read(self, mix: str) -> Iterator[tuple[int, Mapping[str, Reading]]]:
        asked = (
            "SELECT replication, measures FROM runs WHERE mix = ? AND replication < ? ORDER BY replication"
        )
        for replication, measures in self.database.ask(asked, (mix, self._design.replications)):
            if (mix, replication) in self:
                with self._checked(mix, replication):
                    yield replication, readings(measures)

    def _parts(
        self, part: str, decode: Callable[[str], T], mix: str, replications: Iterable[int] | None
    ) -> Iterator[T]:
        """One part of each run, without what it costs to read the others."""
        for replication in self._finished[mix] if replications is None else replications:
            if (mix, replication) not in self:
                raise KeyError((mix, replication))
            with self._checked(mix, replication):
                ((stored,),) = self.database.ask(_ASKED[part], (mix, replication))
                found = decode(stored)
            yield found

    def _failure(self, mix: str, replication: int) -> Failure:
        with self._checked(mix, replication):
            ((error, traceback),) = self.database.ask(
                "SELECT error, traceback FROM runs JOIN times USING (mix, replication) "
                "WHERE mix = ? AND replication = ?",
                (mix, replication),
            )
        return Failure(mix, replication, error, traceback or "")

    @contextmanager
    def _checked(self, mix: str, replication: int) -> Iterator[None]:
        """What a run in the database lacks is told with its name."""
        try:
            yield
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise self.database.damaged(f"{mix}, replication {replication}: {error}") from error


def _holds(replications: Sequence[int], replication: int) -> bool:
    place = bisect_left(replications, replication)
    return place < len(replications) and replications[place] == replication
