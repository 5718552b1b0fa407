"""The Master Scenario Events List as played: the status, time and response of every event."""

from collections.abc import Mapping
from dataclasses import replace

from tabletop.exercise.acts import Respond
from tabletop.exercise.msel import MselRow, msel, row_of
from tabletop.exercise.msel import Status as MselStatus
from tabletop.exercise.state import Phase, State, Status
from tabletop.scenario.words import number

Fired = Mapping[str, Mapping[str, float]]
"""By team: the injects that happened in its world that is played, and the day on which each did."""


def played(state: State, fired: Fired) -> tuple[MselRow, ...]:
    """The list with status, actual time and actual response; what was added comes last, by line.

    A triggered inject happens to each team separately, so its status and time are stated for each.
    """
    planned = msel(state.scenario)
    known = {row.id for row in planned}
    added = [one for one in state.injects if one.inject.id not in known]
    extra = (
        replace(row_of(state.scenario, state.plan, one), event_number=len(planned) + nth)
        for nth, one in enumerate(added, start=1)
    )
    return tuple(_as_played(row, state, fired) for row in (*planned, *extra))


def _as_played(row: MselRow, state: State, fired: Fired) -> MselRow:
    if row.id not in state.inject_status:
        return row
    standing = state.inject_status[row.id]
    one = next(one for one in state.injects if one.inject.id == row.id)
    responses = [
        f"{entry.act.team}: {entry.act.response}" if entry.act.team else entry.act.response
        for entry in state.kept
        if isinstance(entry.act, Respond) and entry.act.inject == row.id
    ]
    status: MselStatus = standing.status.value
    time = ""
    if one.inject.when is not None and standing.status is not Status.SKIPPED:
        days = {team: fired[team][row.id] for team in state.teams if row.id in fired.get(team, {})}
        status = "released" if days else "cancelled" if state.phase is Phase.ENDED else "planned"
        quiet = [team for team in state.teams if team not in days]
        happened = [f"{team}: day {number(round(day, 1))}" for team, day in days.items()]
        time = "; ".join([*happened, *(f"{team}: not" for team in quiet)] if days else [])
    elif standing.status is Status.RELEASED:
        time = f"day {number(standing.day)}"
    return replace(row, status=status, actual_time=time, actual_response="; ".join(responses))
