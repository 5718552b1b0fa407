"""The sign-in sheet: who was there, on paper only."""

from tabletop.report.document.blocks import Column, Table, Text
from tabletop.report.document.document import Document
from tabletop.report.pack.words import EVERYBODY, title_of
from tabletop.scenario.scenario import Scenario

NAME = "sign-in-sheet"
ROWS = 18


def sign_in_sheet(scenario: Scenario) -> Document:
    """The sheet of a scenario's exercise."""
    columns = (
        Column("Name", 6),
        Column("Organisation", 5),
        Column("Team", 3),
        Column("Player, controller, evaluator or observer", 5),
        Column("Signature", 4),
    )
    blocks = (
        Text(
            (
                (
                    "This sheet stays on paper with whoever holds the exercise. The exercise's log knows "
                    "teams and roles, and no names."
                ),
            )
        ),
        Table("Date and place: ______________________________", columns, (("",) * 5,) * ROWS, row_mm=10.5),
    )
    return Document(NAME, "Sign-in sheet", title_of(scenario), EVERYBODY, (), blocks)
