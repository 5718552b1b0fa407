"""The sign-in sheet: who was there, on paper only."""

from tabletop.report.document.blocks import Column, Table, Text
from tabletop.report.document.document import Document
from tabletop.report.pack.words import EVERYBODY, plan_of, title_of
from tabletop.scenario.scenario import Scenario

NAME = "sign-in-sheet"
BLANK = "______________________________"
ROWS = 18
"""Where the file does not state how many people are planned for."""


def sign_in_sheet(scenario: Scenario) -> Document:
    """The sheet of a scenario's exercise."""
    columns = (
        Column("Name", 6),
        Column("Organisation", 5),
        Column("Team", 3),
        Column("Player, controller, evaluator or observer", 5),
        Column("Signature", 4),
    )
    planning = plan_of(scenario).planning
    rows = planning.participants.total or ROWS
    held = ", ".join(part for part in (planning.dates, planning.place) if part)
    blocks = (
        Text(
            (
                (
                    "This sheet stays on paper with whoever holds the exercise. The exercise's log knows "
                    "teams and roles, and no names."
                ),
            )
        ),
        Table(f"Date and place: {held or BLANK}", columns, (("",) * 5,) * rows, row_mm=10.5),
    )
    return Document(NAME, "Sign-in sheet", title_of(scenario), EVERYBODY, (), blocks)
