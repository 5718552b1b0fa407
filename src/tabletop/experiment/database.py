"""The database of runs: one row per mix and replication, written a block at a time by one process."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, Self
from weakref import finalize

from tabletop.errors import TabletopError, in_words
from tabletop.experiment.identity import digest
from tabletop.outputs import refuse_irregular

NAME = "runs.sqlite"
FORMAT = 3
"""Changes whenever the tables do, or what they hold."""

SCHEMA = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL, digest TEXT NOT NULL);
CREATE TABLE runs (
    mix TEXT NOT NULL, replication INTEGER NOT NULL, key TEXT NOT NULL, error TEXT,
    events INTEGER, traces INTEGER, measures TEXT, tally TEXT, pools TEXT, series TEXT, digest TEXT NOT NULL,
    PRIMARY KEY (mix, replication)
);
CREATE TABLE platforms (number INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL UNIQUE);
CREATE TABLE times (
    mix TEXT NOT NULL, replication INTEGER NOT NULL, started TEXT NOT NULL, seconds REAL NOT NULL,
    worker TEXT NOT NULL, platform INTEGER NOT NULL REFERENCES platforms, traceback TEXT,
    digest TEXT NOT NULL,
    PRIMARY KEY (mix, replication)
);
"""

_KEEP_RUN = "INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_KEEP_TIME = "INSERT OR REPLACE INTO times VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_EVERY_ROW = """
SELECT runs.rowid, runs.*,
    times.mix, times.replication, started, seconds, worker, traceback, fingerprint, times.digest
FROM runs LEFT JOIN times USING (mix, replication) LEFT JOIN platforms ON platform = number
"""
_COLUMNS_OF_A_RUN = 11


@dataclass(frozen=True)
class Stored:
    """A row of the table of runs, but for its digest: what a run came to, in JSON, or its error."""

    mix: str
    replication: int
    key: str
    error: str | None
    events: int | None = None
    traces: int | None = None
    measures: str | None = None
    tally: str | None = None
    pools: str | None = None
    series: str | None = None


@dataclass(frozen=True)
class Timed:
    """A row of the table of times: when and where a run was made; no promise of equality covers it."""

    mix: str
    replication: int
    started: str
    seconds: float
    worker: str
    traceback: str | None


class Database:
    """Runs on disk; made by `temporary`, `writing` or `reading`."""

    _schema, _format = SCHEMA, FORMAT

    def __init__(self, connection: sqlite3.Connection, place: str) -> None:
        self._connection = connection
        self.place = place
        """Where it is, in words."""
        self.removed = 0
        """How many runs were damaged when it was opened to be written."""
        # a text that is none any more is noticed by its digest, and not by a decoder half way through a query
        connection.text_factory = lambda text: text.decode("utf-8", "replace")
        finalize(self, connection.close)

    @classmethod
    def temporary(cls) -> Self:
        """A database that lasts as long as it is used; what is large goes to a file that nobody sees."""
        found = cls(sqlite3.connect("", check_same_thread=False, isolation_level=None), "temporary results")
        with found._named():
            found._connection.executescript(f"PRAGMA journal_mode = MEMORY; {cls._schema}")
        return found

    @classmethod
    def writing(cls, path: Path) -> Self:
        """The database in a file, which is made if it is not there, and looked through if it is.

        Rows whose digest does not fit are removed, so that their runs are made anew; `removed` counts them.
        Raises TabletopError if the file itself is damaged, or none of this version's.
        """
        found = cls(_connected(path, "rwc"), str(path))
        with found._named():
            tables = found._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if not tables:
                found._connection.executescript(
                    f"BEGIN; {cls._schema} PRAGMA user_version = {cls._format}; COMMIT;"
                )
            found._check_format()
            found._check_pages()
            # a block is then appended without waiting for the disk: a kill loses none that was kept, and
            # a power cut only the last ones
            found._connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;")
        found._remove_damaged_rows()
        return found

    @classmethod
    def reading(cls, path: Path) -> Self:
        """The database in a file, only to be read."""
        if path.is_dir() or not path.exists():
            raise TabletopError(f"{path}: there is no such file; a results folder is made by `tabletop run`")
        # not "ro": what a killed process left half-written must be rolled back first
        found = cls(_connected(path, "rw"), str(path))
        with found._named():
            found._check_format()
        return found

    def check_rows(self) -> None:
        """Raise TabletopError if the file or a row in it is not as it was written."""
        with self._named():
            self._check_pages()
        damaged = [*self._damaged_rows()]
        if damaged:
            _, mix, replication = damaged[0]
            more = f", and {len(damaged) - 1:,} more" if len(damaged) > 1 else ""
            raise TabletopError(
                f"{self.place}: damaged: {mix}, replication {replication}{more}: the digest of what is there "
                "does not fit; run the scenario again, and damaged runs alone are made anew"
            )

    def settle(self) -> None:
        """Put everything into the one file, which can then be read from anywhere; a reader may prevent it."""
        with suppress(sqlite3.OperationalError):
            self._connection.executescript("PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE;")

    def about(self) -> dict[str, Any]:
        """What is common to all runs here, as it was `declare`d."""
        rows = [*self.ask("SELECT name, value, digest FROM about")]
        for row in rows:
            if not is_whole([*row]):
                raise self.damaged(f"the row {row[0]} of the table about was changed")
        return {name: json.loads(value) for name, value, _ in rows}

    def declare(self, about: Mapping[str, Any]) -> None:
        """Keep what is common to all runs here."""
        rows = [(name, json.dumps(value, sort_keys=True)) for name, value in about.items()]
        with self._named(), self._transaction():
            self._connection.executemany(
                "INSERT OR REPLACE INTO about VALUES (?, ?, ?)", [(*row, digest(row)) for row in rows]
            )

    def write(self, rows: Iterable[tuple[Stored, Timed]], platform: Mapping[str, str]) -> None:
        """Keep a block of runs, all or none of them, in place of whatever had their names."""
        fingerprint = json.dumps(platform, sort_keys=True)
        with self._named(), self._transaction():
            self._connection.execute(
                "INSERT OR IGNORE INTO platforms (fingerprint) VALUES (?)", (fingerprint,)
            )
            (number,) = self._connection.execute(
                "SELECT number FROM platforms WHERE fingerprint = ?", (fingerprint,)
            ).fetchone()
            for s, t in rows:
                run, time = astuple(s), astuple(t)
                self._connection.execute(_KEEP_RUN, (*run, digest(run)))
                self._connection.execute(
                    _KEEP_TIME, (*time[:-1], number, time[-1], digest([*time, fingerprint]))
                )

    def platforms(self) -> tuple[dict[str, str], ...]:
        """The fingerprints of the platforms on which runs here were made."""
        asked = (
            "SELECT fingerprint FROM platforms WHERE number IN (SELECT platform FROM times) ORDER BY number"
        )
        return tuple(json.loads(fingerprint) for (fingerprint,) in self.ask(asked))

    def ask(self, query: str, values: tuple[object, ...] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows that a query finds, one after the other."""
        with self._named(), closing(self._connection.execute(query, values)) as rows:
            yield from rows

    def copy(self, other: "Database") -> None:
        """Keep all runs of another database here as well, in one transaction."""
        with self._named(), self._transaction():
            for (fingerprint,) in other.ask("SELECT fingerprint FROM platforms ORDER BY number"):
                self._connection.execute(
                    "INSERT OR IGNORE INTO platforms (fingerprint) VALUES (?)", (fingerprint,)
                )
            numbers = dict(self._connection.execute("SELECT fingerprint, number FROM platforms"))
            self._connection.executemany(_KEEP_RUN, other.ask("SELECT * FROM runs"))
            self._connection.executemany(
                _KEEP_TIME,
                (
                    (*row, numbers[fingerprint], traceback, checked)
                    for *row, traceback, checked, fingerprint in other.ask(
                        "SELECT mix, replication, started, seconds, worker, traceback, digest, fingerprint "
                        "FROM times JOIN platforms ON platform = number"
                    )
                ),
            )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:  # Ctrl-C as well: a block is written whole or not at all
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    @contextmanager
    def _named(self) -> Iterator[None]:
        """What SQLite finds wrong is told with the place."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise TabletopError(f"{self.place}: cannot be used: {in_words(error)}") from error
        except (sqlite3.DatabaseError, json.JSONDecodeError) as error:
            raise self.damaged(error) from error

    def _damaged_rows(self) -> Iterator[tuple[Any, Any, Any]]:
        """Row, mix and replication of each run that is not as it was written, or is not known to be."""
        for row, *values in self.ask(_EVERY_ROW):
            run, time = values[:_COLUMNS_OF_A_RUN], values[_COLUMNS_OF_A_RUN:]
            if not (is_whole(run) and is_whole(time)):
                yield row, values[0], values[1]

    def _remove_damaged_rows(self) -> None:
        damaged = [(row,) for row, *_ in self._damaged_rows()]
        if damaged:
            with self._named(), self._transaction():
                self._connection.executemany("DELETE FROM runs WHERE rowid = ?", damaged)
                self._connection.execute(
                    "DELETE FROM times WHERE (mix, replication) NOT IN (SELECT mix, replication FROM runs)"
                )
        self.removed = len(damaged)

    def _check_pages(self) -> None:
        """That the file's pages and its index fit each other, which no digest of a row tells."""
        (health,) = self._connection.execute("PRAGMA integrity_check(1)").fetchone()
        if health != "ok":
            raise self.damaged(health)

    def __reduce__(self) -> tuple[Callable[[bytes, str], Self], tuple[bytes, str]]:
        """Pickled, it holds all that it has read and written; unpickled, it lasts as long as it is used."""
        with closing(sqlite3.connect("", isolation_level=None)) as held:
            self._connection.backup(held)
            held.execute("PRAGMA journal_mode = DELETE")  # what is held in memory cannot have a log beside it
            return type(self)._unpickled, (held.serialize(), f"a copy of {self.place}")

    @classmethod
    def _unpickled(cls, content: bytes, place: str) -> Self:
        connection = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        connection.deserialize(content)
        return cls(connection, place)

    def _check_format(self) -> None:
        ((found,),) = self._connection.execute("PRAGMA user_version")
        if found != self._format:
            raise TabletopError(
                f"{self.place}: written by another version of tabletop (format {found}, not {self._format}); "
                "name another folder with --out"
            )

    def damaged(self, why: object) -> TabletopError:
        """That what is stored makes no sense."""
        return TabletopError(
            f"{self.place}: damaged, or no database of runs ({why}); "
            "move it away and run again, and every run is made anew"
        )


def is_whole(row: list[Any]) -> bool:
    """Whether a row is as it was written, by the digest at its end."""
    *values, checked = row
    try:
        return bool(digest(values) == checked)
    except TypeError:  # bytes, where text was written
        return False


def _connected(path: Path, mode: str) -> sqlite3.Connection:
    refuse_irregular(path.parent)  # beside the file, SQLite opens others of its own
    try:
        # a writer has a reader wait for one block at most
        return sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=30,
            check_same_thread=False,
            isolation_level=None,
        )
    except sqlite3.OperationalError as error:
        raise TabletopError(f"{path}: cannot be opened: {in_words(error)}") from error
