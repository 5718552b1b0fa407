"""The database of a study: one row per variant, mix and replication, with measures and nothing else."""

import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from tabletop.experiment.database import Database, is_whole
from tabletop.experiment.encoding import encoded
from tabletop.experiment.identity import digest
from tabletop.measures import MEASURES, Reading
from tabletop.run import Run

SCHEMA = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL, digest TEXT NOT NULL);
CREATE TABLE runs (
    variant TEXT NOT NULL, mix TEXT NOT NULL, replication INTEGER NOT NULL, key TEXT NOT NULL,
    measures BLOB NOT NULL, digest TEXT NOT NULL,
    PRIMARY KEY (variant, mix, replication)
);
"""
DEVELOPMENTS = """
CREATE TABLE IF NOT EXISTS developments (
    variant TEXT NOT NULL, mix TEXT NOT NULL, replication INTEGER NOT NULL, key TEXT NOT NULL,
    pools TEXT NOT NULL, series TEXT NOT NULL, digest TEXT NOT NULL,
    PRIMARY KEY (variant, mix, replication)
)
"""
"""How runs developed, many times as large as their measures: the table is there only if that is asked for."""


_KEYS = "SELECT replication, key FROM runs WHERE variant = ? AND mix = ?"
_KEYS_OF_DEVELOPED = (
    "SELECT replication, key FROM runs JOIN developments USING (variant, mix, replication, key) "
    "WHERE variant = ? AND mix = ?"
)


class Development(NamedTuple):
    """The pools and the series of a run, as JSON."""

    pools: str
    series: str

    @classmethod
    def of(cls, run: Run) -> "Development":
        """That of a run."""
        parts = encoded(run)
        return cls(parts.pools, parts.series)


@dataclass(frozen=True)
class Row:
    """One run: the hash of its variant, its mix, replication and key, and its readings as bytes."""

    variant: str
    mix: str
    replication: int
    key: str
    measures: bytes
    development: Development | None = None


class KeptWorlds(Database):
    """The runs of a study on disk; made by `temporary`, `writing` or `reading`."""

    _schema, _format = SCHEMA, 101

    def keep(self, rows: Iterable[Row]) -> None:
        """Keep a batch of runs, all or none of them, in place of whatever had their names."""
        rows = [*rows]
        developed = [
            (*name, digest([*name]))
            for one in rows
            if one.development is not None
            for name in [(one.variant, one.mix, one.replication, one.key, *one.development)]
        ]
        with self._named(), self._transaction():
            self._connection.executemany(
                "INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?)",
                (
                    (one.variant, one.mix, one.replication, one.key, one.measures, _digest(one))
                    for one in rows
                ),
            )
            if developed:
                self._connection.execute(DEVELOPMENTS)
                self._connection.executemany(
                    "INSERT OR REPLACE INTO developments VALUES (?, ?, ?, ?, ?, ?, ?)", developed
                )

    def keys(self, variant: str, mix: str, *, series: bool = False) -> dict[int, str]:
        """The key of every run of a mix under a variant, by replication; `series`: only where it has one."""
        if series and not self._has_developments:
            return {}
        asked = _KEYS_OF_DEVELOPED if series else _KEYS
        return dict(self.ask(asked, (variant, mix)))

    def developments(self, variant: str, mix: str) -> Iterator[tuple[int, Development]]:
        """How the runs of a mix under a variant developed, in the order of replications."""
        if self._has_developments:
            asked = (
                "SELECT replication, pools, series FROM runs "
                "JOIN developments USING (variant, mix, replication, key) "
                "WHERE variant = ? AND mix = ? ORDER BY replication"
            )
            for replication, pools, series in self.ask(asked, (variant, mix)):
                yield replication, Development(pools, series)

    @property
    def _has_developments(self) -> bool:
        return any(self.ask("SELECT 1 FROM sqlite_master WHERE name = 'developments'"))

    def readings(
        self, variant: str, mix: str, names: Iterable[str] = MEASURES
    ) -> Iterator[tuple[int, Mapping[str, Reading]]]:
        """Readings of some measures in the runs of a mix under a variant, in the order of replications."""
        places = _places(tuple(names))
        asked = "SELECT replication, measures FROM runs WHERE variant = ? AND mix = ? ORDER BY replication"
        for replication, measures in self.ask(asked, (variant, mix)):
            yield replication, unpacked(measures, places)

    def counted(self) -> int:
        """How many runs there are."""
        ((number,),) = self.ask("SELECT count(*) FROM runs")
        return int(number)

    def _damaged_rows(self) -> Iterator[tuple[Any, Any, Any]]:
        """Variant, mix and replication of each run that is not as it was written."""
        for *row, checked in self.ask("SELECT * FROM runs"):
            if not isinstance(row[4], bytes) or _digest(Row(*row)) != checked:
                yield row[0], row[1], row[2]

    def _remove_damaged_rows(self) -> None:
        damaged = [*self._damaged_rows()]
        if damaged:
            with self._named(), self._transaction():
                self._connection.executemany(
                    "DELETE FROM runs WHERE variant = ? AND mix = ? AND replication = ?", damaged
                )
        self.removed = len(damaged)
        if not self._has_developments:
            return
        wrong = [row[:3] for row in self.ask("SELECT * FROM developments") if not is_whole([*row])]
        if wrong:
            with self._named(), self._transaction():
                self._connection.executemany(
                    "DELETE FROM developments WHERE variant = ? AND mix = ? AND replication = ?", wrong
                )
        self.removed += len({*wrong} - {*damaged})


def _digest(row: Row) -> str:
    return digest([row.variant, row.mix, row.replication, row.key, row.measures.hex()])


_RATIOS = tuple(name for name, measure in MEASURES.items() if measure.kind == "ratio")


def packed(readings: Mapping[str, Reading]) -> bytes:
    """The numerators of all measures in their order, then the denominators of ratios; those of others are 1.

    Eight bytes each, little-endian.
    """
    numbers = array("d", (readings[name][0] for name in MEASURES))
    numbers.extend(readings[name][1] for name in _RATIOS)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


Places = tuple[tuple[str, int, int | None], ...]
"""Measures, each with the positions of its numerator and of its denominator; None where that is 1."""


@cache
def _places(names: tuple[str, ...]) -> Places:
    order = [*MEASURES]
    return tuple(
        (name, order.index(name), len(order) + _RATIOS.index(name) if name in _RATIOS else None)
        for name in names
    )


def unpacked(measures: bytes, places: Places) -> dict[str, Reading]:
    """The readings of some measures from the bytes of all."""
    numbers = array("d")
    numbers.frombytes(measures)
    if sys.byteorder == "big":
        numbers.byteswap()
    return {name: (numbers[above], 1.0 if below is None else numbers[below]) for name, above, below in places}
