"""Module sheets: the second part of the situation manual, of which players get a sheet a move."""

from collections.abc import Iterator

from tabletop.report.document.blocks import Block, Facts, Lines, Text
from tabletop.report.document.document import Document, Section
from tabletop.report.document.statement import paragraphs
from tabletop.report.pack.words import CONTROLLERS, clocked, plan_of, title_of
from tabletop.scenario.moves import Move
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import number

NAME = "module-sheets"


def module_sheets(scenario: Scenario) -> Document:
    """The sheets of a scenario's exercise, each with situation and questions: still to come for players."""
    sections = tuple(
        Section(f"Module {place}: {move.name}", tuple(_module(scenario, place, move)), new_page=place > 1)
        for place, move in enumerate(plan_of(scenario).moves, start=1)
    )
    audience = f"{CONTROLLERS} before the module begins"
    return Document(NAME, "Situation manual: modules", title_of(scenario), audience, sections)


def _module(scenario: Scenario, place: int, move: Move) -> Iterator[Block]:
    plan = plan_of(scenario)
    yield Facts(
        (
            ("Scenario", f"day {number(move.day)}"),
            ("Minutes", clocked(plan, plan.begins(place - 1), move.minutes.total)),
        )
    )
    yield Text(paragraphs(move.situation))
    questions = move.questions or ("What do you know, what do you not know, and what do you decide?",)
    for nth, question in enumerate(questions, start=1):
        yield Lines(f"{nth}. {question}", 2)
