"""The capability summary: each objective with its core capabilities, its target and its ratings."""

from tabletop.report.after_action.evaluation import rating
from tabletop.report.after_action.report_input import ReportInput
from tabletop.report.after_action.words import or_blank
from tabletop.report.document.blocks import Block, Column, Table, say
from tabletop.report.document.document import Section
from tabletop.report.document.statement import Said


def capabilities(inputs: ReportInput) -> Section | None:
    """A row for each objective; None where the file states none, or before the hot wash."""
    if not inputs.plan.objectives or inputs.is_interim:
        return None
    columns = (
        Column("Objective", 5),
        Column("Core Capability", 4),
        Column("Capability Target", 5),
        Column("Rating", 3),
    )
    rows = []
    for one in inputs.plan.objectives:
        given = rating(inputs, one.id)
        text = "; ".join(said.text for said in given)
        lines = tuple(line for said in given for line in said.lines)
        row = (one.text, or_blank("; ".join(one.core_capabilities)), or_blank(one.capability_target))
        rows.append((*row, Said(text, lines)))
    table: Block = Table("Objectives, with the core capabilities that they exercise", columns, tuple(rows))
    return Section("Capability summary", (say(RATED), table), id="capabilities")


RATED = "P: without challenges. S: some challenges. M: major challenges. U: unable to be performed."
