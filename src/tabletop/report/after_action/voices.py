"""Notes by evaluators, and remarks in the hot wash."""

from tabletop.exercise.acts import Note, Remark
from tabletop.report.after_action.report_input import ReportInput
from tabletop.report.after_action.words import NOBODY
from tabletop.report.document.blocks import Block, Column, Listing, Table, say
from tabletop.report.document.document import Section
from tabletop.report.document.statement import Said


def notes(inputs: ReportInput) -> Section:
    """Evaluators' notes, in the order of the log."""
    title = "Evaluators' notes"
    if inputs.is_interim:
        return Section(title, (say("They are shown from the hot wash on."),), id="notes")
    objectives = {one.id: f"Objective {place}" for place, one in enumerate(inputs.plan.objectives, start=1)}
    rows = [
        (
            Said(act.text, (entry.number,)),
            objectives.get(act.objective, "–"),
            act.team or "–",
            entry.by,
            inputs.when(entry.number),
        )
        for entry, act in inputs.acts(Note)
    ]
    columns = (
        Column("Note", 7),
        Column("Objective", 2),
        Column("Team", 2),
        Column("By", 2),
        inputs.minute_column,
    )
    block: Block = Table("In the order of the log", columns, tuple(rows)) if rows else say(NOBODY)
    return Section(title, (block,), id="notes")


def hot_wash(inputs: ReportInput) -> Section | None:
    """The remarks in the hot wash; None before it."""
    if inputs.is_interim:
        return None
    said = tuple(
        Said(f"{act.team or entry.by}: {act.text}", (entry.number,)) for entry, act in inputs.acts(Remark)
    )
    opened = say(f"Opened at minute {inputs.when(inputs.hot_wash[0])}.", lines=inputs.hot_wash)
    blocks: tuple[Block, ...] = (opened, Listing(said) if said else say("No remark was written down."))
    return Section("Hot wash", blocks, id="hot-wash")
