"""The feedback form: what participants say of the exercise, without their names."""

from tabletop.report.document.blocks import Choice, Lines, Text
from tabletop.report.document.document import Document, Section
from tabletop.report.pack.words import EVERYBODY, plan_of, title_of
from tabletop.scenario.scenario import Scenario

NAME = "feedback-form"
SCALE = ("1 not at all", "2", "3", "4", "5 fully")
STATEMENTS = (
    "The situation was clear enough to talk about.",
    "I knew what my team could decide, and what it could not.",
    "Everybody in my team was heard.",
    "There was enough time to talk.",
    "I can tell what was luck from what was our policy.",
    "I know what the model must not be taken to say.",
    "The topic was handled with care.",
)


def feedback_form(scenario: Scenario) -> Document:
    """The form of a scenario's exercise."""
    aims = tuple(f"I got further with this: {one.text}" for one in plan_of(scenario).objectives)
    about = Section(
        "What do you say to this?",
        (
            Text(("No name, please. You may leave anything out.",)),
            Choice("Tick one box a line", SCALE, (*STATEMENTS, *aims)),
        ),
    )
    own_words = Section(
        "In your own words",
        (
            Lines("What went well?", 2),
            Lines("What should be done otherwise?", 2),
            Lines("What will you do differently in your own work or studies?", 2),
            Lines("Was something hard for you? What would have helped?", 2),
        ),
    )
    return Document(NAME, "Participant feedback form", title_of(scenario), EVERYBODY, (about, own_words))
