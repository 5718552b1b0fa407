"""A leg of a course: its readings from StartEx on, or from a day of decisions, and the states between."""

import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from tabletop.compiled.state import State
from tabletop.interim import Interim
from tabletop.scenario.scenario import Scenario
from tabletop.simulation import read_on

Key = Callable[[int], str]
"""The key of something of a course, by replication."""


@dataclass(frozen=True)
class Leg:
    """The readings of a course in one replication, and the states from which it can be gone on with."""

    mix: str
    replication: int
    interims: tuple[Interim, ...]
    states: tuple[tuple[float, bytes], ...]
    """The day, and the state as it is kept."""


@dataclass(frozen=True)
class LegMaker:
    """Makes legs, in this process or in another."""

    days: Sequence[float]
    """The days before which the course is read, in order."""
    state_days: Collection[float]
    """Those of them whose states are kept."""
    begins: Mapping[str, Key]
    """The keys of the states from which the courses go on; a course that is not among them begins anew."""
    find: Callable[[str], bytes | None]
    """The state that is kept under a key, if there is one."""

    def __call__(self, scenario: Scenario, mix: str, replication: int) -> Leg:
        """The leg of one course in one replication."""
        kept = self.find(self.begins[mix](replication)) if mix in self.begins else None
        state = None if kept is None else State.decoded(kept)
        interims, states = read_on(
            scenario, mix, replication, self.days, state=state, state_days=self.state_days
        )
        return Leg(mix, replication, interims, tuple((one.day, one.encoded()) for one in states))


def no_state(_key: str) -> None:
    """No state: whoever asks cannot reach any."""


def state_in(path: Path, key: str) -> bytes | None:
    """The state that a database holds under a key; None if it holds none, or cannot be read now."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as connection:
        row = connection.execute("SELECT state FROM states WHERE key = ?", (key,)).fetchone()
        return None if row is None else bytes(row[0])
    return None
