"""The file of a log: its tables, the digest of each line, and the way from format 1 to format 2."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from tabletop.exercise.acts import ACTS, LogEntry
from tabletop.experiment.identity import digest
from tabletop.scenario.words import clipped

NAME = "exercise.sqlite"
FORMAT = "2"
"""Changes whenever the tables or the acts do."""
READ = ("1", FORMAT)
"""The formats that are read."""

_LINES = """
CREATE TRIGGER log_is_never_changed BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER log_is_never_shortened BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'append only'); END;
"""
_BESIDE = """
CREATE TABLE asked (key TEXT PRIMARY KEY, number INTEGER NOT NULL);
CREATE TABLE alive (one INTEGER PRIMARY KEY CHECK (one = 1), at REAL NOT NULL);
"""
SCHEMA = f"""
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE log (number INTEGER PRIMARY KEY, at REAL NOT NULL, by TEXT NOT NULL, role TEXT,
                  act TEXT NOT NULL, digest TEXT NOT NULL);
{_LINES}{_BESIDE}"""
"""`asked` has the lines by the keys under which they were asked for; `alive` the last sign of life."""

_COLUMNS = "number, at, by, role, act, digest"
Row = tuple[object, ...]


class Damaged(Exception):
    """A line is not as it was written; its text says which, and why."""


def connected(path: Path) -> sqlite3.Connection:
    """A connection that any thread may use, one at a time; what it writes is on disk once it is committed."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def format_of(connection: sqlite3.Connection) -> str:
    """The format of a file."""
    found: tuple[str] = connection.execute("SELECT value FROM about WHERE name = 'format'").fetchone()
    return found[0]


def upgrade(connection: sqlite3.Connection) -> None:
    """Make a file of format 1 one of format 2, within a transaction; its lines stay as they are."""
    connection.execute("DROP TRIGGER log_is_never_changed")
    connection.execute("DROP TRIGGER log_is_never_shortened")
    connection.execute("ALTER TABLE log ADD COLUMN role TEXT")
    connection.execute("ALTER TABLE log ADD COLUMN digest TEXT NOT NULL DEFAULT ''")
    lines = connection.execute("SELECT number, at, by, role, act FROM log").fetchall()
    for line in lines:
        connection.execute("UPDATE log SET digest = ? WHERE number = ?", (digest([*line]), line[0]))
    for statement in _statements(_LINES + _BESIDE):
        connection.execute(statement)
    connection.execute("UPDATE about SET value = ? WHERE name = 'format'", (FORMAT,))


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, a line or more each, as `executescript` would end the transaction."""
    statement = ""
    for line in script.splitlines():
        statement += f"{line}\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def row_of(entry: LogEntry) -> Row:
    """A line as it is kept, its digest last."""
    line = (entry.number, entry.at, entry.by, entry.role, ACTS.dump_json(entry.act).decode())
    return *line, digest([*line])


def rows_after(connection: sqlite3.Connection, number: int) -> list[Row]:
    """The lines after one, as they are kept; those of format 1 have neither role nor digest."""
    columns = "number, at, by, NULL, act, NULL" if format_of(connection) == "1" else _COLUMNS
    asked = f"SELECT {columns} FROM log WHERE number > ? ORDER BY number"  # noqa: S608 (a constant)
    return connection.execute(asked, (number,)).fetchall()


def entry_of(row: Row, place: int) -> LogEntry:
    """The line in a row, at its place in the log; raises Damaged if it cannot be one that was written."""
    *line, checked = row
    number, at, by, role, act = line
    try:
        entry = LogEntry.model_validate(
            {"number": number, "at": at, "by": by, "role": role, "act": ACTS.validate_json(str(act))},
            strict=False,
        )
    except ValidationError as error:
        raise Damaged(
            f"line {number} is damaged: {clipped(error.errors(include_url=False)[0]['msg'])}"
        ) from None
    if entry.number != place:
        raise Damaged(f"line {place} is missing")
    if checked is not None and checked != digest(line):
        raise Damaged(f"line {number} is damaged: its digest does not fit")
    return entry
