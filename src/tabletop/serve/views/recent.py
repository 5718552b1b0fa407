"""The last acts of an exercise, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from tabletop.exercise import acts
from tabletop.exercise.acts import LogEntry
from tabletop.exercise.disclosure import masked
from tabletop.exercise.log_words import in_words
from tabletop.exercise.moments import offset_at, offset_here
from tabletop.exercise.roles import Role
from tabletop.exercise.state import State

MOST = 20


@dataclass(frozen=True)
class Line:
    """An act."""

    number: int
    at: str
    """By the clock of the room, as `14:06`."""
    by: str
    """The evaluator who did it; empty where the words say whose it is."""
    says: str


def recent(state: State, entries: Sequence[LogEntry], most: int = MOST) -> tuple[Line, ...]:
    """The last acts, the newest first, without the secret.

    What is drafted stands with its team, and what the projector shows with its buttons.
    """
    aside = (acts.Draft, acts.Show)
    last = islice((entry for entry in reversed(entries) if not isinstance(entry.act, aside)), most)
    return tuple(
        Line(
            entry.number,
            clock(state, entry.at),
            entry.by if entry.role is Role.EVALUATOR else "",
            in_words(entry.act, getattr(entry.act, "device", "")),  # phones are numbered here
        )
        for entry in masked([*last])
    )


def clock(state: State, at: float) -> str:
    """A moment by the clock of the room."""
    ahead = offset_at(at) if state.start is None else offset_here(state)
    return f"{datetime.fromtimestamp(at, UTC) + ahead:%H:%M}"
