"""Moments: when each line of a log was written, in minutes since StartEx, and in which move."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tabletop.exercise.acts import LogEntry
from tabletop.exercise.state import State
from tabletop.scenario.scenario import Scenario

OLDEST_DATE = 946_684_800.0
"""Seconds: 1 January 2000. An earlier StartEx is that of a logical clock, which begins near 0."""


@dataclass(frozen=True)
class Moment:
    """When a line was written."""

    minute: float
    """Since StartEx, pauses not counted."""
    move: int
    """The present move once it was written, 0 for the first; −1 before it."""


def moments(scenario: Scenario, entries: Iterable[LogEntry]) -> dict[int, Moment]:
    """The moment of every line, by its number; a line before StartEx has minute 0."""
    state, found = State.of(scenario), {}
    for entry in entries:
        state = state.after(entry)
        minute = 0.0 if state.start is None else state.minute(entry.at)
        found[entry.number] = Moment(minute, state.move)
    return found


def offset_here(state: State) -> timedelta:
    """What this machine's clocks were ahead of UTC at StartEx; nothing, where that is on no date."""
    if not is_dated(state):
        return timedelta()
    return datetime.fromtimestamp(state.started_at).astimezone().utcoffset() or timedelta()


def is_dated(state: State) -> bool:
    """Whether an exercise was held at a date, and not on the logical clock of an unattended one."""
    return state.started_at >= OLDEST_DATE
