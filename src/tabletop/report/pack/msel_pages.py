"""The events list for print: the fields of the spreadsheet, some of them together in a column."""

from tabletop.exercise.msel import MselRow, msel
from tabletop.report.document.blocks import Column, Table
from tabletop.report.document.document import MARK, Document, Section
from tabletop.report.pack.words import CONTROLLERS, plan_of, title_of
from tabletop.scenario.exercise_plan import ExercisePlan
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import number

NAME = "msel"
COLUMNS = (
    Column("Event Number", 4),
    Column("Planned Minute", 4),
    Column("Designated Scenario Time", 5),
    Column("Event Type; Inject Mode", 6),
    Column("From; To", 7),
    Column("Message; Attachments", 17),
    Column("Expected Participant Response; Exercise Objective", 11),
    Column("Responsible Controller; Notes", 8),
    Column("Trigger; Options; Thread; Model Effect", 9),
    Column("Status; Actual Time; Actual Response", 9),
)


def msel_pages(scenario: Scenario) -> Document:
    """The list of a scenario's exercise, move by move."""
    rows = msel(scenario)
    sections = tuple(
        Section(
            f"Move {place}: {move.name}",
            (
                Table(
                    f"Events of move {place}",
                    COLUMNS,
                    tuple(_line(plan_of(scenario), r) for r in rows if r.move == place),
                ),
            ),
        )
        for place, move in enumerate(plan_of(scenario).moves, start=1)
        if any(row.move == place for row in rows)
    )
    return Document(
        NAME, "Master Scenario Events List", title_of(scenario), CONTROLLERS, sections, layout="landscape"
    )


def _minute(plan: ExercisePlan, minute: float) -> str:
    clock = plan.planning.clock(minute)
    return f"{number(minute)} ({clock})" if clock else number(minute)


def _line(plan: ExercisePlan, row: MselRow) -> tuple[str, ...]:
    message = (
        "" if row.event_type == "Expected Action" else f"{MARK}: {_joined(row.title, row.message, by='. ')}"
    )
    return (
        _joined(str(row.event_number), row.source_id and f"({row.source_id})", by=" "),
        "–" if row.planned_minute is None else _minute(plan, row.planned_minute),
        row.scenario_time,
        _joined(row.event_type, row.mode),
        " → ".join(part for part in (row.sender, row.recipient) if part),
        _joined(
            " ".join(message.split()),
            f"Attached: {', '.join(row.attachments)}" if row.attachments else "",
            by=" ",
        ),
        _joined(row.expected_response, row.objective and f"[{row.objective}]", by=" "),
        _joined(row.controller, row.notes),
        _joined(
            row.trigger, " ".join(row.options.split()), row.thread and f"thread {row.thread}", row.effect
        ),
        "" if row.status == "planned" else _joined(row.status, row.actual_time, row.actual_response),
    )


def _joined(*parts: str, by: str = "; ") -> str:
    return by.join(part for part in parts if part)
