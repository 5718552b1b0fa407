"""The columns of the list: their names, what stands in them, and who may change it."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from tabletop.exercise.msel import MselRow

Value = str | int | float | None
"""What a cell holds; None is empty."""

MARK = "EXERCISE: "
"""Begins every message, so that what is copied from the list stays marked as what it is."""
INJECT_ID = "Inject ID"
SOURCE_ID = "Source ID"
ROW_CHECK = "Row Check"


@dataclass(frozen=True)
class MselColumn:
    """One column; `width` is in characters, as spreadsheets count."""

    name: str
    width: int
    of: Callable[[MselRow], Value]
    editable: bool = False
    """Whether an import writes it into the scenario."""
    later: bool = False
    """Whether lists that were exported by earlier versions lack it, and can be read back nevertheless."""


def marked(row: MselRow) -> str:
    """A row's message as it is handed out."""
    return f"{MARK}{row.message}".rstrip() if row.event_type != "Expected Action" else ""


def row_check(row: MselRow) -> str:
    """A short digest of what a row says: it tells whether the scenario has changed since an export."""
    said = [
        str(column.of(row))
        for column in COLUMNS
        if column.name not in (*LEFT_ASIDE, INJECT_ID, ROW_CHECK) and (column.of(row) or not column.later)
    ]
    return sha256("\x1f".join([row.id, *said]).encode()).hexdigest()[:12]


COLUMNS = (
    MselColumn("Event Number", 8, lambda row: row.event_number),
    MselColumn("Designated Scenario Time", 11, lambda row: row.scenario_time, editable=True),
    MselColumn("Planned Minute", 9, lambda row: row.planned_minute, editable=True),
    MselColumn("Event Type", 12, lambda row: row.event_type),
    MselColumn("Inject Mode", 10, lambda row: row.mode, editable=True),
    MselColumn("From", 13, lambda row: row.sender, editable=True),
    MselColumn("To", 13, lambda row: row.recipient, editable=True),
    MselColumn("Message", 44, marked, editable=True),
    MselColumn("Expected Participant Response", 26, lambda row: row.expected_response, editable=True),
    MselColumn("Exercise Objective", 11, lambda row: row.objective, editable=True),
    MselColumn("Responsible Controller", 12, lambda row: row.controller, editable=True),
    MselColumn("Notes", 18, lambda row: row.notes, editable=True),
    MselColumn("Move", 7, lambda row: row.move),
    MselColumn("Trigger", 14, lambda row: row.trigger),
    MselColumn("Model Effect", 18, lambda row: row.effect),
    MselColumn("Status", 9, lambda row: row.status),
    MselColumn("Actual Time", 8, lambda row: row.actual_time),
    MselColumn("Actual Response", 16, lambda row: row.actual_response),
    MselColumn("Title", 22, lambda row: row.title, editable=True),
    # event numbers change when planners sort or insert; these two say which inject a row is, and of when
    MselColumn(INJECT_ID, 16, lambda row: row.id),
    MselColumn(ROW_CHECK, 14, row_check),
    # the second edition's stand last, so that lists of the first keep their columns
    MselColumn("Attachments", 20, lambda row: "\n".join(row.attachments), editable=True, later=True),
    MselColumn("Thread", 12, lambda row: row.thread, editable=True, later=True),
    MselColumn("Options", 24, lambda row: row.options, editable=True, later=True),
    MselColumn(SOURCE_ID, 12, lambda row: row.source_id, editable=True, later=True),
)
NAMES = tuple(column.name for column in COLUMNS)
LEFT_ASIDE = ("Event Number", "Status", "Actual Time", "Actual Response")
"""Columns that an import does not read: numbers are given anew, and the rest is the log's."""
