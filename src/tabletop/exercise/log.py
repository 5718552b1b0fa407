"""The log of an exercise: append-only lines in a database, on disk before they are acknowledged."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from pydantic import ValidationError

from tabletop.errors import TabletopError, in_words
from tabletop.exercise.acts import ACTS, Act, LogEntry
from tabletop.outputs import prepare_folder, refuse_irregular
from tabletop.scenario.words import clipped
from tabletop.version import MODEL_VERSION, __version__

NAME = "exercise.sqlite"
FORMAT = "1"
"""Changes whenever the tables or the acts do."""

SCHEMA = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE log (number INTEGER PRIMARY KEY, at REAL NOT NULL, by TEXT NOT NULL, act TEXT NOT NULL);
CREATE TRIGGER log_is_never_changed BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER log_is_never_shortened BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'append only'); END;
"""


class Log:
    """The lines of one exercise, and the scenario that it plays; made by `new` or `open`."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path
        self.scenario, self.name = self._about("scenario"), self._about("name")
        """The text of the scenario file, and what it is called."""
        self._entries = [*self._read()]

    @classmethod
    def new(cls, folder: Path, *, scenario: str, name: str) -> Self:
        """An empty log in a folder, which is made; raises TabletopError if there is one already."""
        path = folder / NAME
        if path.exists():
            raise TabletopError(
                f"{folder}: an exercise is there already; continue it, or name another folder"
            )
        beginning = folder / f".{NAME}"
        prepare_folder(folder)
        try:
            beginning.unlink(missing_ok=True)
            connection = _connected(beginning)
            with connection:
                connection.executescript(SCHEMA)
                about = {"format": FORMAT, "scenario": scenario, "name": name}
                about |= {"model_version": MODEL_VERSION, "tabletop": __version__}
                connection.executemany("INSERT INTO about VALUES (?, ?)", about.items())
            connection.close()
            # whole, or not there: a log that was killed while it was made is no exercise
            beginning.rename(path)
        except (OSError, sqlite3.Error) as error:
            raise TabletopError(f"{path}: cannot be written: {in_words(error)}") from None
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The log in a folder; raises TabletopError if there is none, or none that can be read."""
        path = folder / NAME
        if not path.is_file():
            raise TabletopError(
                f"{folder}: no exercise there (no {NAME}); `tabletop play SCENARIO` begins one"
            )
        refuse_irregular(folder)
        try:
            connection = _connected(path)
            (health,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            if health != "ok":
                raise sqlite3.DatabaseError(health)
            about = dict(connection.execute("SELECT name, value FROM about").fetchall())
            form, model, by = about["format"], about["model_version"], about["tabletop"]
        except (sqlite3.Error, KeyError) as error:
            raise TabletopError(
                f"{path}: not the log of an exercise, or damaged: {clipped(str(error))}"
            ) from None
        if form != FORMAT:
            raise TabletopError(
                f"{path}: written by another version of tabletop (format {form}, not {FORMAT})"
            )
        if model != MODEL_VERSION:
            raise TabletopError(
                f"{path}: begun with version {model} of the model; here is {MODEL_VERSION}, which may give "
                f"other numbers. Nothing is lost: go on with tabletop {by}"
            )
        return cls(connection, path)

    @property
    def entries(self) -> tuple[LogEntry, ...]:
        """Every line so far."""
        return tuple(self._entries)

    def append(self, at: float, by: str, act: Act) -> LogEntry:
        """Write a line; it is on disk when this returns.

        Raises TabletopError if the line cannot be written, or if another process has written meanwhile.
        """
        entry = LogEntry(number=len(self._entries) + 1, at=at, by=by, act=act)
        with self._checked(), self._connection:
            self._connection.execute(
                "INSERT INTO log VALUES (?, ?, ?, ?)",
                (entry.number, entry.at, entry.by, ACTS.dump_json(act).decode()),
            )
        self._entries.append(entry)
        return entry

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _about(self, what: str) -> str:
        with self._checked():
            found: tuple[str] = self._connection.execute(
                "SELECT value FROM about WHERE name = ?", (what,)
            ).fetchone()
        return found[0]

    def _read(self) -> Iterator[LogEntry]:
        with self._checked():
            rows = self._connection.execute("SELECT number, at, by, act FROM log ORDER BY number").fetchall()
        for place, (number, at, by, act) in enumerate(rows, start=1):
            try:
                entry = LogEntry(number=number, at=at, by=by, act=ACTS.validate_json(act))
            except ValidationError as error:
                why = clipped(error.errors(include_url=False)[0]["msg"])
                raise TabletopError(f"{self.path}: line {number} is damaged: {why}") from None
            if number != place:
                raise TabletopError(f"{self.path}: line {place} is missing")
            yield entry

    @contextmanager
    def _checked(self) -> Iterator[None]:
        """What the database refuses is told with its place."""
        try:
            yield
        except sqlite3.IntegrityError:
            raise TabletopError(
                f"{self.path}: another process has written to it; close this one and continue again"
            ) from None
        except (sqlite3.Error, TypeError) as error:
            why = in_words(error).partition("\n")[0]
            raise TabletopError(f"{self.path}: cannot be read or written: {why}") from None


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = FULL")
    return connection
