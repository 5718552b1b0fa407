"""Objectives: ratings, strengths and areas for improvement, exactly as evaluators entered them."""

from collections.abc import Iterator

from tabletop.exercise.acts import Improve, LogEntry, Observe, Rate
from tabletop.report.after_action.report_input import ReportInput
from tabletop.report.after_action.words import BLANK, NOBODY, or_blank
from tabletop.report.document.blocks import Block, Column, Facts, Table, say
from tabletop.report.document.document import Section
from tabletop.report.document.statement import Said
from tabletop.report.pack.evaluation_guide import RATINGS
from tabletop.scenario.exercise_plan import Objective

NOT_RATED = "not rated"
HEADINGS = {"strength": "Strengths", "area for improvement": "Areas for Improvement"}


def objectives(inputs: ReportInput) -> Section:
    """Every objective with its rating."""
    meaning = "; ".join(f"{letter}: {says.rstrip('.').lower()}" for letter, says in RATINGS)
    blocks: tuple[Block, ...] = (say(f"Ratings are evaluators', and only theirs. {meaning}."),)
    if inputs.is_interim:
        blocks = (say("Evaluators' ratings and observations are shown from the hot wash on."),)
    if not inputs.plan.objectives:
        blocks = (say("The scenario file states no objectives."),)
    parts = tuple(
        Section(f"Objective {place}: {one.text}", tuple(_objective(inputs, one)))
        for place, one in enumerate(inputs.plan.objectives, start=1)
    )
    return Section("Objectives and their evaluation", blocks, parts, id="objectives")


def rating(inputs: ReportInput, objective: str) -> tuple[Said, ...]:
    """The last rating of an objective by each evaluator; 'not rated' if there is none."""
    last: dict[str, tuple[LogEntry, Rate]] = {}
    for entry, act in inputs.acts(Rate):
        if act.objective == objective:
            last[entry.by] = entry, act
    return tuple(
        Said(f"{act.rating} ({entry.by}){f': {act.text}' if act.text else ''}", (entry.number,))
        for entry, act in last.values()
    ) or (Said(NOT_RATED),)


def _objective(inputs: ReportInput, objective: Objective) -> Iterator[Block]:
    target = objective.capability_target
    yield Facts(
        (
            *((("Capability Target", target),) if target else ()),
            ("Rating", rating(inputs, objective.id)),
        )
    )
    for kind, heading in HEADINGS.items():
        seen = [
            (entry, act)
            for entry, act in inputs.acts(Observe)
            if act.objective == objective.id and act.kind == kind
        ]
        columns = (Column("Observation", 4), Column("Reference", 2), Column("Analysis", 4))
        rows = tuple(
            (
                Said(act.observation, (entry.number,)),
                Said("" if act.reference else BLANK, act.reference),
                or_blank(act.analysis),
            )
            for entry, act in seen
        )
        yield Table(heading, columns, rows) if rows else say(f"{heading}: {NOBODY.lower()}")


def improvement(inputs: ReportInput) -> Section:
    """The improvement plan; a row to fill in, if nobody entered any."""
    columns = (
        Column("Issue", 4),
        Column("Corrective Action", 4),
        Column("Core Capability", 2),
        Column("Capability Element", 2),
        Column("Primary Responsible", 2),
        Column("Contact", 2),
        Column("Start", 2),
        Column("Completion", 2),
    )
    rows = tuple(
        (
            Said(act.issue, (entry.number,)),
            act.corrective_action,
            or_blank(act.capability),
            act.capability_element,
            or_blank(act.primary_responsible),
            or_blank(act.contact),
            or_blank(act.start),
            or_blank(act.completion),
        )
        for entry, act in inputs.acts(Improve)
    ) or ((BLANK,) * len(columns),)
    table = Table("What is to change, and who sees to it", columns, rows)
    return Section("Improvement Plan", (table,), id="improvement-plan")
