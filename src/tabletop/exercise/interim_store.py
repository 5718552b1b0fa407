"""Where interim readings and states are kept: a database that can be removed, and notices its own damage."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from time import perf_counter
from typing import Any

from tabletop.errors import TabletopError, in_words
from tabletop.experiment.identity import digest
from tabletop.interim import UNREPORTED, Interim
from tabletop.measures import MEASURES
from tabletop.outputs import prepare_folder
from tabletop.scenario.plain import is_number
from tabletop.world import Tally

COMMIT_SECONDS = 0.5
"""Work that may be lost, and simulated again, if the process is killed."""
LARGEST = 1e30
"""Far above any number that the model counts; sums and squares of such are still finite."""
_COUNTS = {count.name for count in fields(Tally)} - {*UNREPORTED}


class InterimStore:
    """Readings and states by their keys, in a file or, without one, in memory.

    A reading whose digest does not fit is none. Any use raises TabletopError if the database itself is
    damaged: nothing is lost with it but time.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
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
        self._readings: list[tuple[str, str]] = []
        self._states: list[tuple[str, bytes]] = []

    @property
    def size(self) -> int:
        """What its database takes, in bytes."""
        with self._whole():
            pages, each = (
                self._connection.execute(f"PRAGMA {what}").fetchone()[0]
                for what in ("page_count", "page_size")
            )
        return int(pages) * int(each)

    def reading(self, key: str) -> Interim | None:
        """The reading under a key; None if there is none, or none that is whole."""
        with self._whole():
            row = self._connection.execute(
                "SELECT reading, digest FROM interims WHERE key = ?", (key,)
            ).fetchone()
        return None if row is None else _decoded(key, *row)

    def state(self, key: str) -> bytes | None:
        """The state under a key, if there is one."""
        with self._whole():
            row = self._connection.execute("SELECT state FROM states WHERE key = ?", (key,)).fetchone()
        # whatever else a damaged file makes of it, it is no state
        return row[0] if row is not None and isinstance(row[0], bytes) else None

    def keep(self, readings: Iterable[tuple[str, Interim]], states: Iterable[tuple[str, bytes]]) -> None:
        """Keep readings and states under their keys; they are there, and last, once they are committed.

        Until then nothing is written: others may write meanwhile, however long the next run takes.
        """
        self._readings += ((key, encoded(reading)) for key, reading in readings)
        self._states += states

    def hold(self, readings: Mapping[str, str]) -> None:
        """Keep readings in their stored form, by their keys, and commit."""
        with self._whole(), self._connection:
            self._put(readings.items())

    @property
    def is_due(self) -> bool:
        """Whether the last commit is as long ago as work may be lost."""
        return perf_counter() - self._committed > COMMIT_SECONDS

    def commit(self) -> None:
        """Write what is kept, so that it lasts."""
        with self._whole(), self._connection:
            self._put(self._readings)
            self._connection.executemany("INSERT OR REPLACE INTO states VALUES (?, ?)", self._states)
        self._readings, self._states = [], []
        self._committed = perf_counter()

    def _put(self, readings: Iterable[tuple[str, str]]) -> None:
        self._connection.executemany(
            "INSERT OR REPLACE INTO interims VALUES (?, ?, ?)", [(*row, digest(row)) for row in readings]
        )

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Raise TabletopError, with a remedy, if the database is damaged."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise TabletopError(f"{self.path}: cannot be used: {in_words(error)}; nothing is lost") from error
        except sqlite3.Error as error:
            raise TabletopError(
                f"{self.path}: cannot be used ({error}); remove it, and what it held is simulated again"
            ) from error


def encoded(interim: Interim) -> str:
    """A reading in its stored form."""
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
