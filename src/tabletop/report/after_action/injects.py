"""Injects: the status and time of each, and the players' response."""

from dataclasses import replace

from tabletop.exercise.acts import Add, Release, Respond, Skip
from tabletop.exercise.msel import MselRow
from tabletop.exercise.msel_played import Fired, played
from tabletop.exercise.state import Status
from tabletop.report.after_action.report_input import ReportInput
from tabletop.report.document.blocks import Column, Row, Table, say
from tabletop.report.document.document import Section
from tabletop.report.document.statement import Said


def injects(inputs: ReportInput) -> Section:
    """The events list as it was played; in an interim report only what has happened in days that are seen."""
    rows = tuple(_row(inputs, one) for one in rows_shown(inputs))
    columns = (
        Column("Event", 1, number=True),
        Column("Inject", 6),
        Column("Status", 2),
        Column("Time", 3),
        inputs.minute_column,
        Column("Actual Response", 4),
    )
    intro = say(
        "Injects act on all teams and on the baseline. One that waits for a count happens team by team, and "
        "its time is stated for each team."
    )
    if not rows:
        return Section("Injects", (say("No inject has happened yet."),), id="injects")
    return Section("Injects", (intro, Table("Injects as they were played", columns, rows)), id="injects")


def fired(inputs: ReportInput) -> Fired:
    """By team, the injects that happened in the days that are revealed, and when."""
    if not inputs.outcomes.so_far:
        return {}
    found = inputs.outcomes.so_far[-1]
    return {team: found.outcomes[team].realised.fired for team in found.teams}


def rows_shown(inputs: ReportInput) -> tuple[MselRow, ...]:
    """The rows that may be shown, numbered as in the list."""
    state = inputs.state
    by_team = fired(inputs)
    rows = [one for one in played(state, by_team) if one.id in state.inject_status]
    if not inputs.is_interim:
        return tuple(rows)
    seen_until = inputs.outcomes.so_far[-1].end if inputs.outcomes.so_far else 0.0
    triggered = {one.inject.id for one in state.injects if one.inject.when is not None}
    found = []
    for one in rows:
        standing = state.inject_status[one.id]
        happened = standing.status is Status.RELEASED and standing.day < seen_until
        if one.id in triggered:
            happened = any(one.id in days for days in by_team.values())
        if happened:
            found.append(one)
    # the places of those that are still to come would tell how many there are
    return tuple(replace(one, event_number=place) for place, one in enumerate(found, start=1))


def _row(inputs: ReportInput, one: MselRow) -> Row:
    standing = inputs.state.inject_status[one.id]
    lines = _lines(inputs, one.id) or _fired(inputs, one.id)
    if not lines and standing.line is not None:
        lines = (standing.line,)
    reason = f" ({standing.reason})" if standing.reason else ""
    when = "" if standing.line is None else inputs.when(standing.line)
    responses = tuple(entry.number for entry, act in inputs.acts(Respond) if act.inject == one.id)
    message = f"{one.title}: {one.message}" if one.message else one.title
    return (
        str(one.event_number),
        message,
        Said(f"{one.status}{reason}", lines),
        one.actual_time or "–",
        when or "–",
        Said(one.actual_response or "–", responses),
    )


def _fired(inputs: ReportInput, inject: str) -> tuple[int, ...]:
    """The reveals that showed an inject that happened team by team."""
    one = next(one for one in inputs.state.injects if one.inject.id == inject)
    if one.inject.when is None:
        return ()
    happened = {inputs.plan.move_of(days[inject]) for days in fired(inputs).values() if inject in days}
    return tuple(inputs.revealed(move) for move in sorted(happened))


def _lines(inputs: ReportInput, inject: str) -> tuple[int, ...]:
    """The controllers' acts about an inject."""
    return tuple(
        entry.number
        for entry in inputs.entries
        if isinstance(entry.act, Release | Skip | Add) and entry.act.inject == inject
    )
