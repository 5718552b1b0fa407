"""The evaluation guide: for each objective its tasks, with room for notes and ratings that people give."""

from collections.abc import Iterator

from tabletop.exercise.msel import MselRow, msel
from tabletop.report.document.blocks import Block, Column, Facts, Lines, Listing, Table, Text
from tabletop.report.document.document import Document, Section
from tabletop.report.pack.words import EVALUATORS, plan_of, title_of
from tabletop.scenario.exercise_plan import ExercisePlan, Objective
from tabletop.scenario.scenario import Scenario

NAME = "evaluation-guide"
DEFINITIONS = (
    (
        "P: performed without challenges",
        (
            "The critical tasks were done so that the objective was met. Nothing else suffered from it, "
            "nobody was put at risk, and rules and rights were kept."
        ),
    ),
    (
        "S: performed with some challenges",
        "As P, but something could be done better or with less effort: write down what.",
    ),
    (
        "M: performed with major challenges",
        (
            "The objective was met, but something else suffered clearly, somebody was put at risk, or a "
            "rule or a right was not kept."
        ),
    ),
    ("U: unable to be performed", "The critical tasks were not done so that the objective was met."),
)
RATINGS = (
    ("P", "Performed without challenges."),
    ("S", "Performed with some challenges."),
    ("M", "Performed with major challenges."),
    ("U", "Unable to be performed."),
)
BLANK = "____________________"
CIRCLED = "P   S   M   U"
"""A rating is a circle that an evaluator draws, and nothing else."""
_OWN = Objective(id="own", text="(write the objective here)")


def evaluation_guide(scenario: Scenario) -> Document:
    """The guide to a scenario's objectives; one to fill in, if it has none."""
    objectives = plan_of(scenario).objectives or (_OWN,)
    sections = [Section("How to use it", tuple(_how(plan_of(scenario))))]
    rows = msel(scenario)
    for place, objective in enumerate(objectives, start=1):
        seen = [row for row in rows if row.event_type == "Expected Action" and objective.id in row.objectives]
        sections.append(Section(f"Objective {place}", tuple(_objective(objective, seen)), new_page=True))
    return Document(NAME, "Evaluation guide", title_of(scenario), EVALUATORS, tuple(sections))


def _how(plan: ExercisePlan) -> Iterator[Block]:
    yield Text(
        (
            (
                "Write down what you see and hear, as it happens: who (team and role, no name), when "
                "(minute), what. Rate after the hot wash. Rate what people did, and never what the model "
                "made of it: a good decision can meet bad luck."
            ),
        )
    )
    yield Facts(DEFINITIONS)
    yield Facts(
        (
            ("Exercise", plan.title or BLANK),
            ("Venue", plan.planning.place or BLANK),
            ("Dates", plan.planning.dates or BLANK),
            ("Evaluators ask", plan.planning.evaluator_contact or BLANK),
        )
    )


def _objective(objective: Objective, seen: list[MselRow]) -> Iterator[Block]:
    facts = (
        ("Objective", objective.text),
        ("Core Capability", "; ".join(objective.core_capabilities)),
        ("Capability Target", objective.capability_target),
        ("Sources", "; ".join(objective.sources)),
    )
    yield Facts(tuple((term, text) for term, text in facts if text))
    tasks = objective.critical_tasks or ("", "", "")
    columns = (Column("Critical Task", 4), Column("Observation Notes", 8), Column("Rating", 2))
    yield Table(
        "What players do to meet it", columns, tuple((task, "", CIRCLED) for task in tasks), row_mm=20
    )
    if seen:
        yield Text(("Look for these actions:",))
        yield Listing(
            tuple(f"Move {row.move}, {row.recipient}: {row.expected_response}" for row in seen), boxes=True
        )
    yield Lines("Strengths", 2)
    yield Lines("Areas for improvement", 2)
    yield Table(
        "Rating of the objective",
        (Column("Rating", 2), Column("Evaluator", 4), Column("Contact", 4)),
        ((CIRCLED, "", ""),),
        row_mm=11,
    )
