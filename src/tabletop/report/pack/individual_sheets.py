"""The individual sheet and the peer form: a person's own predictions and reflection, and what peers say."""

from collections.abc import Iterator

from tabletop.exercise.sheet_line import POINTS, QUESTIONS, STATEMENTS
from tabletop.report.document.blocks import Block, Choice, Column, Lines, Table, Text
from tabletop.report.document.document import Document, Section
from tabletop.report.pack.words import PLAYERS, plan_of, predicted, title_of
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import number

NUMBER = "Write the number that you were given, and no name."


def individual_sheet(scenario: Scenario) -> Document:
    """A page for each player: predictions before each reveal, and a reflection in the end."""
    blocks = tuple(_own(scenario))
    return Document("individual-sheet", "Individual sheet", title_of(scenario), PLAYERS, (), blocks)


def _own(scenario: Scenario) -> Iterator[Block]:
    plan = plan_of(scenario)
    yield Table(NUMBER, (Column("Team", 3), Column("Sheet number", 2)), (("", ""),), row_mm=9)
    rows = tuple(
        (f"Move {place}, day {number(move.day)}: {title} ({unit})", "", "")
        for place, move in enumerate(plan.moves, start=1)
        for title, unit, _ in predicted(plan)
    )
    columns = (Column("I am 80 % sure of", 6), Column("From", 2), Column("To", 2))
    yield Table("Before each reveal", columns, rows, row_mm=8)
    for question in QUESTIONS:
        yield Lines(question, 3)


def peer_form(scenario: Scenario) -> Document:
    """A page about each other member of a team."""
    sections = (Section("About one other person of your team", (Text((NUMBER,)), *_peer())),)
    return Document("peer-form", "Peer form", title_of(scenario), PLAYERS, sections)


def _peer() -> Iterator[Block]:
    columns = (Column("Team", 3), Column("Their sheet number", 2))
    yield Table("About whom", columns, (("", ""),), row_mm=9)
    yield Choice("This person", POINTS, STATEMENTS)
    yield Lines("What they did that helped the team", 2)
    yield Lines("What would help the team even more", 2)
