"""The log, line by line, to which every statement of the report is linked."""

from tabletop.exercise.log_words import in_words
from tabletop.report.after_action.report_input import ReportInput
from tabletop.report.after_action.words import minute
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
                minute(inputs.minute(entry.number)),
                str(move + 1) if move >= 0 else "–",
                entry.by,
                in_words(entry.act),
            )
        )
    columns = (
        Column("Line", 1, number=True),
        Column("Minute", 1, number=True),
        Column("Move", 1, number=True),
        Column("By", 2),
        Column("What happened", 9),
    )
    anchors = tuple(line_place(entry.number) for entry in inputs.entries)
    blocks: list[Block] = [
        say("Minutes are since StartEx, pauses not counted. log.csv and log.jsonl hold the same lines whole.")
    ]
    if rows:
        blocks.append(Table("The log", columns, tuple(rows), anchors=anchors))
    return Section("The log", tuple(blocks), id="log")
