"""The log of an exercise: append-only lines in a database, on disk before they are acknowledged."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import RLock
from typing import Self

from tabletop.errors import TabletopError, in_words
from tabletop.exercise.acts import LogEntry
from tabletop.exercise.log_file import (
    FORMAT,
    NAME,
    READ,
    SCHEMA,
    Damaged,
    connected,
    entry_of,
    format_of,
    row_of,
    rows_after,
    upgrade,
)
from tabletop.experiment.lock import holder, locked
from tabletop.outputs import prepare_folder, refuse_irregular
from tabletop.scenario.words import clipped
from tabletop.version import MODEL_VERSION, __version__

SERVE = "tabletop serve"
"""The program that serves a class on phones, as it holds an exercise."""


def is_served(folder: Path) -> bool:
    """Whether the exercise in a folder is served to phones just now, where evaluators have a page."""
    return f"({SERVE})" in holder(folder)


class Log:
    """The lines of one exercise, and the scenario that it plays; made by `new` or `open`.

    Any thread may use it. Several programs may read it and write single lines; one at most holds it.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._guard = RLock()
        self._held = ExitStack()
        self.is_held = False
        """Whether this program is the one that moves the exercise."""
        self.path = path
        self.scenario, self.name = self._about("scenario"), self._about("name")
        """The text of the scenario file, and what it is called."""
        self._entries: list[LogEntry] = []
        self.catch_up()

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
            connection = connected(beginning)
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
            connection = connected(path)
            (health,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            if health != "ok":
                raise sqlite3.DatabaseError(health)
            about = dict(connection.execute("SELECT name, value FROM about").fetchall())
            form, model, by = about["format"], about["model_version"], about["tabletop"]
        except (sqlite3.Error, KeyError) as error:
            raise TabletopError(
                f"{path}: not the log of an exercise, or damaged: {clipped(str(error))}"
            ) from None
        if form not in READ:
            raise TabletopError(
                f"{path}: written by another version of tabletop (format {form}, not {' or '.join(READ)})"
            )
        if model != MODEL_VERSION:
            raise TabletopError(
                f"{path}: begun with version {model} of the model; here is {MODEL_VERSION}, which may give "
                f"other numbers. Nothing is lost: go on with tabletop {by}"
            )
        return cls(connection, path)

    @property
    def entries(self) -> tuple[LogEntry, ...]:
        """Every line so far, as far as it has been read or written here."""
        return tuple(self._entries)

    @property
    def last_at(self) -> float:
        """The moment of the last line; 0 before there is one."""
        return self._entries[-1].at if self._entries else 0.0

    def catch_up(self) -> tuple[LogEntry, ...]:
        """The lines that other programs have written since; they are among `entries` then."""
        with self._guard, self._checked():
            known = len(self._entries)
            for row in rows_after(self._connection, known):
                try:
                    self._entries.append(entry_of(row, len(self._entries) + 1))
                except Damaged as damaged:
                    raise TabletopError(f"{self.path}: {damaged}") from None
            return tuple(self._entries[known:])

    def hold(self, program: str = "") -> None:
        """Become the one program that moves the exercise, until `close`; the system lets go when it ends.

        Others can read what `program` it is. Raises TabletopError if another one does.
        """
        with self._guard:
            if self.is_held:
                return
            folder = self.path.parent
            adding = "" if is_served(folder) else f"; tabletop evaluate {folder} adds to it"
            run_elsewhere = f"the exercise is run from there{adding}"
            with ExitStack() as holding:
                holding.enter_context(locked(folder, otherwise=run_elsewhere, program=program))
                with self._checked():
                    # readers do not wait for writers then; a disk that cannot do it stays as it is
                    self._connection.execute("PRAGMA journal_mode = WAL")
                self._held = holding.pop_all()
            self.is_held = True

    @contextmanager
    def writing(self) -> Iterator["Lines"]:
        """A short transaction, which nobody else writes in: read what is new, then add lines.

        They are on disk, all of them, when the `with` block is left, and none is if it raises. Raises
        TabletopError if they cannot be written.
        """
        with self._guard:
            with self._checked():
                self._connection.execute("BEGIN IMMEDIATE")
            try:
                with self._checked():
                    if format_of(self._connection) != FORMAT:
                        upgrade(self._connection)
                self.catch_up()
                lines = Lines()
                yield lines
                with self._checked():
                    self._connection.executemany(
                        "INSERT INTO log (number, at, by, role, act, digest) VALUES (?, ?, ?, ?, ?, ?)",
                        map(row_of, lines.entries),
                    )
                    self._connection.executemany("INSERT INTO asked VALUES (?, ?)", lines.keys.items())
                    self._connection.execute("COMMIT")
            except BaseException:  # Ctrl-C too: what is half written is taken back
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise
            self._entries += lines.entries

    def line_of(self, key: str) -> LogEntry | None:
        """The line that was asked for under a key, if it was."""
        with self._guard, self._checked():
            row = self._connection.execute("SELECT number FROM asked WHERE key = ?", (key,)).fetchone()
        return None if row is None else self._entries[row[0] - 1]

    def give_sign_of_life(self, at: float) -> None:
        """Note that the program that holds it was at work at a moment."""
        with self.writing(), self._checked():
            self._connection.execute("INSERT OR REPLACE INTO alive VALUES (1, ?)", (at,))

    @property
    def last_sign_of_life(self) -> float | None:
        """The moment at which a program that held it was last known to be at work; None if none ever was."""
        with self._guard, self._checked():
            if format_of(self._connection) == "1":
                return None
            row: tuple[float] | None = self._connection.execute("SELECT at FROM alive").fetchone()
        return None if row is None else row[0]

    def close(self) -> None:
        """Let go of the file; whoever held it leaves it as one whole file, which can be copied."""
        with self._guard:
            if self.is_held:
                with suppress(sqlite3.Error):
                    self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                    # cannot be done while others read; what is in the file is whole all the same
                    self._connection.execute("PRAGMA journal_mode = DELETE")
            self._connection.close()
            self._held.close()
            self.is_held = False

    def _about(self, what: str) -> str:
        with self._checked():
            found: tuple[str] = self._connection.execute(
                "SELECT value FROM about WHERE name = ?", (what,)
            ).fetchone()
        return found[0]

    @contextmanager
    def _checked(self) -> Iterator[None]:
        """What the database refuses is told with its place."""
        try:
            yield
        except (sqlite3.Error, TypeError) as error:
            why = in_words(error).partition("\n")[0]
            raise TabletopError(f"{self.path}: cannot be read or written: {why}") from None


class Lines:
    """The lines that are added in one transaction."""

    def __init__(self) -> None:
        self.entries: list[LogEntry] = []
        self.keys: dict[str, int] = {}
        """The lines that were asked for under a key, by that key."""

    def add(self, entry: LogEntry, key: str = "") -> None:
        """Add a line, with the key under which it was asked for, if any."""
        self.entries.append(entry)
        if key:
            self.keys[key] = entry.number

    def line_of(self, key: str) -> LogEntry | None:
        """The line of this transaction that was asked for under a key."""
        number = self.keys.get(key)
        return next((entry for entry in self.entries if entry.number == number), None)
