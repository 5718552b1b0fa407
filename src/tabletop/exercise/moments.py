"""Moments: when each line of a log was written, in minutes since StartEx, and in which move."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tabletop.exercise.acts import LogEntry
from tabletop.exercise.state import Phase, State
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
    at: float
    """Seconds since 1970, or on a logical clock."""


def moments(scenario: Scenario, entries: Iterable[LogEntry]) -> dict[int, Moment]:
    """The moment of every line, by its number; a line before StartEx has minute 0."""
    state, found = State.of(scenario), {}
    for entry in entries:
        state = state.after(entry)
        minute = 0.0 if state.start is None else state.minute(entry.at)
        found[entry.number] = Moment(minute, state.move, entry.at)
    return found


def offset_here(state: State) -> timedelta:
    """What the clocks of the room were ahead of UTC at StartEx, as its line says; else those of this machine.

    Nothing, where StartEx is on no date.
    """
    if state.start is not None and state.start.utc_offset_seconds is not None:
        return timedelta(seconds=state.start.utc_offset_seconds)
    return offset_at(state.started_at) if is_dated(state) else timedelta()


def offset_at(moment: float) -> timedelta:
    """What this machine's clocks are ahead of UTC at a moment, in seconds since 1970."""
    return datetime.fromtimestamp(moment).astimezone().utcoffset() or timedelta()


def seconds_left(state: State, at: float) -> float | None:
    """What is left at a moment of the time that the plan and its extensions give the present part.

    Below 0 once it is over, which closes nothing; None before StartEx and after EndEx.
    """
    planned = _planned_minutes(state)
    if planned is None:
        return None
    part = state.parts[-1]
    return (part.began + planned + part.extended - state.minute(at)) * 60


def _planned_minutes(state: State) -> float | None:
    """Minutes of the present part: of the time to decide, half is for deciding and half for predicting."""
    match state.phase:
        case Phase.BRIEF:
            return state.plan.brief_minutes
        case Phase.OPEN:
            spent = state.present.minutes
            return spent.situation + spent.discussion + spent.decision / 2
        case Phase.LOCKED:
            return state.present.minutes.decision / 2
        case Phase.REVEALED:
            return state.present.minutes.reveal
        case Phase.HOT_WASH:
            return state.plan.hot_wash_minutes
        case _:
            return None


def is_dated(state: State) -> bool:
    """Whether an exercise was held at a date, and not on the logical clock of an unattended one."""
    return state.started_at >= OLDEST_DATE
