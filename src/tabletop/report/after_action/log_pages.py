"""The log, line by line, to which every statement of the report is linked."""

from tabletop.exercise.log_words import in_words
from tabletop.exercise.moments import is_dated
from tabletop.report.after_action.report_input import ReportInput
from tabletop.report.document.blocks import Block, Column, Table, say
from tabletop.report.document.document import Section
from tabletop.report.document.statement import line_place


def log(inputs: ReportInput) -> Section:
    """Every line that may be shown."""
    rows = []
    for entry in inputs.entries:
        move = inputs.moments[entry.number].move
        rows.append(
            (
                str(entry.number),
                inputs.when(entry.number),
                str(move + 1) if move >= 0 else "–",
                entry.by,
                in_words(entry.act),
            )
        )
    columns = (
        Column("Line", 1, number=True),
        inputs.minute_column,
        Column("Move", 1, number=True),
        Column("By", 2),
        Column("What happened", 9),
    )
    anchors = tuple(line_place(entry.number) for entry in inputs.entries)
    blocks: list[Block] = [
        say(
            f"Minutes are since StartEx, pauses not counted{_clocks(inputs)}. log.csv and log.jsonl hold the "
            "same lines whole."
        )
    ]
    if rows:
        blocks.append(Table("The log", columns, tuple(rows), anchors=anchors))
    return Section("The log", tuple(blocks), id="log")


def _clocks(inputs: ReportInput) -> str:
    """What the clock times beside minutes are."""
    if not inputs.clocks:
        return ""
    if is_dated(inputs.state):
        return f"; clocks are the room's ({inputs.date(inputs.state.started_at):%Z}), pauses and all"
    return "; clocks are the planned start and the minutes since, as it was played on a logical clock"
