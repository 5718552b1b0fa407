"""What planners settle, as the documents print it: objectives and capabilities, people, rules of the day."""

from collections.abc import Iterator

from tabletop.report.document.blocks import Block, Column, Facts, Listing, Table, Text
from tabletop.report.document.document import Section
from tabletop.report.document.statement import paragraphs
from tabletop.report.pack.words import plan_of
from tabletop.scenario.exercise_plan import ExercisePlan
from tabletop.scenario.scenario import Scenario


def objectives(plan: ExercisePlan) -> Iterator[Block]:
    """The objectives; with the core capabilities that they exercise, where the file states them."""
    if not plan.objectives:
        return
    if not any(one.core_capabilities for one in plan.objectives):
        yield Text(("Objectives:",))
        yield Listing(tuple(one.text for one in plan.objectives), numbered=True)
        return
    rows = tuple(
        (f"{place}. {one.text}", "; ".join(one.core_capabilities))
        for place, one in enumerate(plan.objectives, start=1)
    )
    columns = (Column("Objective", 6), Column("Core capabilities", 5))
    yield Table("Objectives and the core capabilities that they exercise", columns, rows)


def people(plan: ExercisePlan) -> Iterator[Block]:
    """Who takes part in which part; how many, where the file states it."""
    stated = dict(plan.planning.participants.stated)
    if not stated:
        return
    rows = tuple((name, DOES[name], str(stated[name])) for name in DOES if name in stated)
    columns = (Column("Participants", 3), Column("What they do", 8), Column("Planned", 2, number=True))
    yield Table("Participants by role", columns, rows)


DOES = {
    "Players": "Talk, decide and predict in their teams.",
    "Observers": "Watch, and neither decide nor advise.",
    "Facilitators": "Run the exercise: situation, injects, clock, reveal.",
    "Evaluators": "Note what players do, and rate the objectives after the hot wash.",
}


def planned_parts(scenario: Scenario) -> Iterator[Section]:
    """How it is evaluated, handling, references, glossary and support, as far as the file states them."""
    planning = plan_of(scenario).planning
    for title, text in (
        ("How it is evaluated", planning.evaluation),
        ("Handling of documents", planning.handling),
    ):
        if text:
            yield Section(title, (Text(paragraphs(text)),))
    if planning.support_contact or planning.stop_word:
        rows = (("Say to stop the exercise", planning.stop_word), ("Support", planning.support_contact))
        yield Section("If it becomes too much", (Facts(tuple((a, b) for a, b in rows if b)),))
    if planning.references:
        yield Section("References", (Listing(planning.references),))
    if planning.glossary:
        yield Section("Glossary", (Facts(tuple(planning.glossary.items())),))
