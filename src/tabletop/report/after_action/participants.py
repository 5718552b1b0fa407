"""Participants: the numbers of teams, roles and devices; a log holds no names."""

from collections import Counter

from tabletop.exercise.acts import Join, LogEntry, MoveSeat, Start
from tabletop.report.after_action.report_input import ReportInput
from tabletop.report.after_action.words import counted
from tabletop.report.document.blocks import Block, Column, Table, say
from tabletop.report.document.document import Section
from tabletop.report.document.statement import Said


def participants(inputs: ReportInput) -> Section:
    """Who took part, as far as the log knows."""
    joined: list[tuple[LogEntry, Join | MoveSeat]] = [*inputs.acts(Join), *inputs.acts(MoveSeat)]
    start = tuple(entry.number for entry, _ in inputs.acts(Start))
    rows = []
    for team in inputs.state.teams:
        own = [(entry, act) for entry, act in joined if act.team == team]
        roles = Counter(act.role for _, act in own if isinstance(act, Join) and act.role)
        roles_in_words = ", ".join(f"{role}: {count}" for role, count in roles.items()) or "none stated"
        lines = tuple(entry.number for entry, _ in own) or start
        rows.append((team, str(len({act.device for _, act in own})), Said(roles_in_words, lines)))
    columns = (Column("Team", 3), Column("Devices", 1, number=True), Column("Roles taken", 6))
    roles_planned = ", ".join(role.name for role in inputs.plan.roles)
    planned = (f"Roles of the exercise: {roles_planned}.",) if roles_planned else ()
    blocks: tuple[Block, ...] = (
        say(f"{counted(len(inputs.state.teams), 'team')}.", *planned),
        Table("Teams, in their given order", columns, tuple(rows)),
    )
    return Section("Participants", blocks, id="participants")
