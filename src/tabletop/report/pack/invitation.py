"""The invitation: what people need to know to say yes or no."""

from collections.abc import Iterator

from tabletop.report.document.blocks import Block, Box, Facts, Lines, Listing, Text
from tabletop.report.document.document import Document, Section
from tabletop.report.document.statement import paragraphs
from tabletop.report.pack.words import EVERYBODY, LIMITS, content_note, plan_of, title_of
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import number

NAME = "invitation"
BLANK = "____________________"


def invitation(scenario: Scenario) -> Document:
    """The invitation to a scenario's exercise; what the file leaves open is a blank to fill in."""
    sections = (
        Section("You are invited", tuple(_what(scenario))),
        Section("What to expect", tuple(_expect(scenario))),
        Section("Your answer", (Lines("I take part as player, observer, facilitator or evaluator:"),)),
    )
    return Document(NAME, "Invitation", title_of(scenario), EVERYBODY, sections)


def _what(scenario: Scenario) -> Iterator[Block]:
    plan = plan_of(scenario)
    planning = plan.planning
    if plan.purpose:
        yield Text(paragraphs(plan.purpose))
    begins = f", StartEx at {planning.start_time}" if planning.start_time else ""
    yield Facts(
        (
            ("Place", planning.place or BLANK),
            ("Dates", f"{planning.dates or BLANK}{begins}"),
            ("Duration", f"{number(plan.duration_minutes)} minutes"),
            ("Held by", plan.sponsor or BLANK),
            ("Answer to", plan.point_of_contact or BLANK),
        )
    )


def _expect(scenario: Scenario) -> Iterator[Block]:
    plan = plan_of(scenario)
    if note := content_note(scenario):
        yield Box("Content note", "", paragraphs(note))
    decide = "decide and predict" if plan.decision_form is not None else "predict"
    yield Listing(
        (
            f"You sit in a team, talk over a situation, and {decide}. Nothing has to be prepared.",
            "You may leave at any time, and need not say why.",
            "The exercise's log holds teams and roles, and no names.",
        )
    )
    yield Text((LIMITS,))
    if plan.planning.support_contact:
        yield Facts((("If something stays with you", plan.planning.support_contact),))
