"""Doors: who may come in as what. Seats and links, as digests of random tokens; never part of a bundle."""

import sqlite3
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from secrets import choice, token_urlsafe
from threading import Lock
from time import time
from typing import Self

from tabletop.errors import TabletopError, in_words
from tabletop.exercise.refused import Code, Refused
from tabletop.exercise.roles import Role

NAME = "doors.sqlite"
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Of a room's code: none that is taken for another."""
CODE_LENGTH = 6
TOKEN_BYTES = 16
"""128 bits: not to be guessed."""
MOST_SEATS = {Role.PLAYER: 200, Role.CONTROLLER: 3, Role.EVALUATOR: 6, Role.PROJECTOR: 40}
"""Seats of each role."""
LIFETIME = 24 * 3600.0
"""Seconds after its last sign of life for which a seat is good."""
SIGN_SECONDS = 60.0
"""Between two signs of life of a seat that are written down."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS seats (
    digest TEXT PRIMARY KEY, role TEXT NOT NULL, number INTEGER NOT NULL, seen REAL NOT NULL);
CREATE TABLE IF NOT EXISTS links (digest TEXT PRIMARY KEY, role TEXT NOT NULL);
"""


class Full(Refused):
    """As many of a role have a seat as can."""

    def __init__(self, role: Role) -> None:
        super().__init__(f"{MOST_SEATS[role]} seats are taken; no more can be", Code.CLOSED)
        self.most = MOST_SEATS[role]


@dataclass(frozen=True)
class Pass:
    """What a token admits to: a role, and for a player the device that the log knows."""

    digest: str
    role: Role
    number: int
    """Counted from 1 over all seats of the role that were ever taken."""
    seen: float

    @property
    def device(self) -> str:
        """How the log and the pages call it."""
        return f"{_kind(self.role)} {self.number}"


class Doors:
    """The seats and links of one room, on disk before they are handed out; any thread may use it."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._guard = Lock()
        self._path = path
        self.is_open = True
        """Whether players can take seats."""
        rows = connection.execute("SELECT digest, role, number, seen FROM seats").fetchall()
        self._passes = {row[0]: Pass(row[0], Role(row[1]), row[2], row[3]) for row in rows}
        self.code = self._kept("code", "".join(choice(LETTERS) for _ in range(CODE_LENGTH)))
        """The room's code, which keeps strangers on the same network out; it is no secret."""

    @classmethod
    def at(cls, folder: Path) -> Self:
        """The doors of the exercise in a folder; raises TabletopError where nothing can be kept."""
        path = folder / NAME
        try:
            path.touch(mode=0o600)
            connection = sqlite3.connect(path, check_same_thread=False)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(_SCHEMA)
            return cls(connection, path)
        except (OSError, sqlite3.OperationalError) as error:
            raise TabletopError(f"{path}: cannot be read or written: {in_words(error)}") from None
        except sqlite3.Error as error:
            raise TabletopError(
                f"{path}: damaged: {in_words(error)}; delete it: everybody comes in anew then, and nothing "
                "else is lost"
            ) from None

    def close(self) -> None:
        """Let go of the file, which is one whole file then."""
        with self._guard:
            with suppress(sqlite3.Error):
                self._connection.execute("PRAGMA journal_mode = DELETE")
            self._connection.close()

    def new_link(self, role: Role) -> str:
        """The secret of a new link for a role, in place of its earlier one."""
        secret = token_urlsafe(TOKEN_BYTES)
        with self._guard:
            self._write("DELETE FROM links WHERE role = ?", (role.value,))
            self._write("INSERT INTO links VALUES (?, ?)", (_digest(secret), role.value))
        return secret

    def role_of(self, secret: str) -> Role | None:
        """The role that a link's secret admits to; None if it is none of ours, or was replaced."""
        with self._guard:
            row = self._connection.execute(
                "SELECT role FROM links WHERE digest = ?", (_digest(secret),)
            ).fetchone()
        return None if row is None else Role(row[0])

    def take_seat(self, role: Role, *, here: Collection[str] = ()) -> tuple[str, Pass]:
        """A new token and what it admits to; raises Full if there are too many seats.

        Who comes in by a link takes the place of who has been away longest, where all places are taken: a
        browser that forgets its cookie comes in as another one. Who is `here` keeps the place; so do players.
        """
        token = token_urlsafe(TOKEN_BYTES)
        with self._guard:
            self._forget_the_old()
            taken = [one for one in self._passes.values() if one.role is role]
            if len(taken) >= MOST_SEATS[role]:
                away = [one for one in taken if role is not Role.PLAYER and one.device not in here]
                if not away:
                    raise Full(role)
                self._take_away(min(away, key=lambda one: one.seen))
            number = int(self._kept(f"next {role}", "1"))
            made = Pass(_digest(token), role, number, time())
            # a number is given once, so that the log never calls two devices the same
            self._write("UPDATE about SET value = ? WHERE name = ?", (str(number + 1), f"next {role}"))
            self._write("INSERT INTO seats VALUES (?, ?, ?, ?)", (made.digest, role.value, number, made.seen))
            self._passes[made.digest] = made
        return token, made

    def admit(self, token: str, role: Role) -> Pass | None:
        """What a token admits to in a role; None if it was never handed out, is taken away, or too old."""
        found = self._passes.get(_digest(token))
        if found is None or found.role is not role or time() - found.seen > LIFETIME:
            return None
        return found

    def is_good(self, one: Pass) -> bool:
        """Whether a pass has not been taken away."""
        return one.digest in self._passes

    def note_sign_of_life(self, one: Pass) -> None:
        """Note that a seat is in use; what a full disk does not take, it may next time."""
        with self._guard:
            known, now = self._passes.get(one.digest), time()
            if known is None or now - known.seen < SIGN_SECONDS:
                return
            with suppress(TabletopError):
                self._write("UPDATE seats SET seen = ? WHERE digest = ?", (now, one.digest))
                self._passes[one.digest] = replace(known, seen=now)

    def number_after(self, devices: Collection[str]) -> None:
        """Number seats after those of some devices: a log may know seats of which no token is left."""
        for role in Role:
            own = (
                number for kind, _, number in (one.rpartition(" ") for one in devices) if kind == _kind(role)
            )
            last = max((int(number) for number in own if number.isdecimal()), default=0)
            with self._guard:
                if int(self._kept(f"next {role}", "1")) <= last:
                    self._write("UPDATE about SET value = ? WHERE name = ?", (str(last + 1), f"next {role}"))

    @property
    def devices(self) -> frozenset[str]:
        """Those that have a seat."""
        return frozenset(one.device for one in self._passes.values())

    def unused(self, used: Collection[str], seconds: float) -> Pass | None:
        """The player's seat that was taken first of those not used since, some seconds ago at least."""
        before = time() - seconds
        with self._guard:
            found = [one for one in self._passes.values() if one.role is Role.PLAYER and one.seen < before]
        return min((one for one in found if one.device not in used), key=lambda one: one.number, default=None)

    def take_away(self, device: str) -> None:
        """Make a device's token worthless."""
        with self._guard:
            for one in [one for one in self._passes.values() if one.device == device]:
                self._take_away(one)

    def _take_away(self, one: Pass) -> None:
        self._write("DELETE FROM seats WHERE digest = ?", (one.digest,))
        del self._passes[one.digest]

    def _forget_the_old(self) -> None:
        """Let seats go that are good for nothing any more: they would count among those that are taken."""
        for one in [one for one in self._passes.values() if time() - one.seen > LIFETIME]:
            self._take_away(one)

    def _kept(self, name: str, otherwise: str) -> str:
        self._write("INSERT OR IGNORE INTO about VALUES (?, ?)", (name, otherwise))
        row: tuple[str] = self._connection.execute(
            "SELECT value FROM about WHERE name = ?", (name,)
        ).fetchone()
        return row[0]

    def _write(self, statement: str, values: tuple[object, ...]) -> None:
        try:
            with self._connection:
                self._connection.execute(statement, values)
        except sqlite3.Error as error:
            raise TabletopError(f"{self._path}: cannot be written: {in_words(error)}") from None


def _kind(role: Role) -> str:
    return "phone" if role is Role.PLAYER else str(role)


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
