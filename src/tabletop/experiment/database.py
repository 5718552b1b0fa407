"""The database of runs: one row per mix and replication, written a block at a time by one process."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from weakref import finalize

from tabletop.errors import TabletopError

NAME = "runs.sqlite"
FORMAT = 1
"""Changes whenever the tables do."""

SCHEMA = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE runs (
    mix TEXT NOT NULL, replication INTEGER NOT NULL, key TEXT NOT NULL, error TEXT,
    events INTEGER, traces INTEGER, measures TEXT, tally TEXT, pools TEXT, series TEXT,
    PRIMARY KEY (mix, replication)
);
CREATE TABLE platforms (number INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL UNIQUE);
CREATE TABLE times (
    mix TEXT NOT NULL, replication INTEGER NOT NULL, started TEXT NOT NULL, seconds REAL NOT NULL,
    worker TEXT NOT NULL, platform INTEGER NOT NULL REFERENCES platforms, traceback TEXT,
    PRIMARY KEY (mix, replication)
);
"""


@dataclass(frozen=True)
class Stored:
    """A row of the table of runs: what a run came to, in JSON, or its error."""

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

    def __init__(self, connection: sqlite3.Connection, place: str) -> None:
        self._connection = connection
        self.place = place
        """Where it is, in words."""
        finalize(self, connection.close)

    @classmethod
    def temporary(cls) -> Self:
        """A database that lasts as long as it is used; what is large goes to a file that nobody sees."""
        found = cls(sqlite3.connect("", check_same_thread=False, isolation_level=None), "temporary results")
        with found._told():
            found._connection.executescript(f"PRAGMA journal_mode = MEMORY; {SCHEMA}")
        return found

    @classmethod
    def writing(cls, path: Path) -> Self:
        """The database in a file, which is made if it is not there, and looked through if it is.

        Raises TabletopError if it is damaged, or none of this version's.
        """
        found = cls(_connected(path, "rwc"), str(path))
        with found._told():
            tables = found._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if not tables:
                found._connection.executescript(f"BEGIN; {SCHEMA} PRAGMA user_version = {FORMAT}; COMMIT;")
            found._check_format()
            (health,) = found._connection.execute("PRAGMA quick_check(1)").fetchone()
            if health != "ok":
                raise found.damaged(health)
            # a block is then appended without waiting for the disk: a kill loses none that was kept, and
            # a power cut only the last ones
            found._connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;")
        return found

    @classmethod
    def reading(cls, path: Path) -> Self:
        """The database in a file, only to be read."""
        if not path.is_file():
            raise TabletopError(f"{path}: there is no such file; a results folder is made by `tabletop run`")
        # not "ro": what a killed process left half-written must be rolled back first
        found = cls(_connected(path, "rw"), str(path))
        with found._told():
            found._check_format()
        return found

    def settle(self) -> None:
        """Put everything into the one file, which can then be read from anywhere; a reader may prevent it."""
        with suppress(sqlite3.OperationalError):
            self._connection.executescript("PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE;")

    def about(self) -> dict[str, Any]:
        """What is common to all runs here, as it was `declare`d."""
        with self._told(), closing(self._connection.execute("SELECT name, value FROM about")) as rows:
            return {name: json.loads(value) for name, value in rows}

    def declare(self, about: Mapping[str, Any]) -> None:
        """Keep what is common to all runs here."""
        with self._told(), self._transaction():
            self._connection.executemany(
                "INSERT OR REPLACE INTO about VALUES (?, ?)",
                [(name, json.dumps(value, sort_keys=True)) for name, value in about.items()],
            )

    def write(self, rows: Iterable[tuple[Stored, Timed]], platform: Mapping[str, str]) -> None:
        """Keep a block of runs, all or none of them, in place of whatever had their names."""
        told = json.dumps(platform, sort_keys=True)
        with self._told(), self._transaction():
            self._connection.execute("INSERT OR IGNORE INTO platforms (fingerprint) VALUES (?)", (told,))
            (number,) = self._connection.execute(
                "SELECT number FROM platforms WHERE fingerprint = ?", (told,)
            ).fetchone()
            for s, t in rows:
                self._connection.execute(
                    "INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        s.mix,
                        s.replication,
                        s.key,
                        s.error,
                        s.events,
                        s.traces,
                        s.measures,
                        s.tally,
                        s.pools,
                        s.series,
                    ),
                )
                self._connection.execute(
                    "INSERT OR REPLACE INTO times VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (t.mix, t.replication, t.started, t.seconds, t.worker, number, t.traceback),
                )

    def platforms(self) -> tuple[dict[str, str], ...]:
        """The fingerprints of the platforms on which runs here were made."""
        asked = (
            "SELECT fingerprint FROM platforms WHERE number IN (SELECT platform FROM times) ORDER BY number"
        )
        return tuple(json.loads(told) for (told,) in self.ask(asked))

    def ask(self, query: str, values: tuple[object, ...] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows that a query finds, one after the other."""
        with self._told(), closing(self._connection.execute(query, values)) as rows:
            yield from rows

    def copy(self, other: "Database") -> None:
        """Keep all runs of another database here as well, in one transaction."""
        with self._told(), self._transaction():
            for (fingerprint,) in other.ask("SELECT fingerprint FROM platforms ORDER BY number"):
                self._connection.execute(
                    "INSERT OR IGNORE INTO platforms (fingerprint) VALUES (?)", (fingerprint,)
                )
            numbers = dict(self._connection.execute("SELECT fingerprint, number FROM platforms"))
            self._connection.executemany(
                "INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                other.ask("SELECT * FROM runs"),
            )
            self._connection.executemany(
                "INSERT OR REPLACE INTO times VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    (*row, numbers[fingerprint], traceback)
                    for *row, fingerprint, traceback in other.ask(
                        "SELECT mix, replication, started, seconds, worker, fingerprint, traceback "
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
    def _told(self) -> Iterator[None]:
        """What SQLite finds wrong is told with the place."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise TabletopError(f"{self.place}: cannot be used: {error}") from error
        except (sqlite3.DatabaseError, json.JSONDecodeError) as error:
            raise self.damaged(error) from error

    def __reduce__(self) -> tuple[Callable[[bytes, str], "Database"], tuple[bytes, str]]:
        """Pickled, it holds all that it has read and written; unpickled, it lasts as long as it is used."""
        held = Database.temporary()
        held.declare(self.about())
        held.copy(self)
        return _unpickled, (held._connection.serialize(), self.place)

    def _check_format(self) -> None:
        ((found,),) = self._connection.execute("PRAGMA user_version")
        if found != FORMAT:
            raise TabletopError(
                f"{self.place}: written by another version of tabletop (format {found}, not {FORMAT}); "
                "name another folder with --out"
            )

    def damaged(self, why: object) -> TabletopError:
        """That what is stored makes no sense."""
        return TabletopError(
            f"{self.place}: damaged, or no database of runs ({why}); "
            "move it away and run again, and every run is made anew"
        )


def _unpickled(content: bytes, place: str) -> Database:
    connection = sqlite3.connect("", check_same_thread=False, isolation_level=None)
    connection.deserialize(content)
    return Database(connection, f"a copy of {place}")


def _connected(path: Path, mode: str) -> sqlite3.Connection:
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
        raise TabletopError(f"{path}: cannot be opened: {error}") from error
