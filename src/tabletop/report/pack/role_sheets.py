"""Role sheets: a page a role, with what the person wants, may not give up, holds and asks."""

from collections.abc import Iterator

from tabletop.report.document.blocks import Block, Column, Facts, Lines, Listing, Table, Text
from tabletop.report.document.document import Document, Section
from tabletop.report.pack.words import PLAYERS, face, plan_of, title_of
from tabletop.scenario.decision_form import Card
from tabletop.scenario.exercise_plan import Role
from tabletop.scenario.scenario import Scenario

NAME = "role-sheets"


def role_sheets(scenario: Scenario) -> Document | None:
    """The sheets of a scenario's exercise; None where teams have no roles."""
    roles = plan_of(scenario).roles
    if not roles:
        return None
    sheets = tuple(
        Section(role.name, tuple(_sheet(scenario, role)), new_page=place > 0)
        for place, role in enumerate(roles)
    )
    return Document(NAME, "Role sheets", title_of(scenario), PLAYERS, sheets)


def _sheet(scenario: Scenario, role: Role) -> Iterator[Block]:
    if role.says:
        yield Text((role.says,))
    facts = (("You want", role.wants), ("You may not give up", role.keeps))
    if told := tuple((term, text) for term, text in facts if text):
        yield Facts(told)
    form = plan_of(scenario).decision_form
    held = () if form is None else tuple(card for card in form.cards if card.pillar in role.pillars)
    if held:
        rows = tuple((card.code, f"{card.title}. {card.says}", _conditions(scenario, card)) for card in held)
        columns = (Column("Code", 2), Column("Card", 10), Column("Conditions", 8))
        yield Table("You hold", columns, rows)
    elif form is not None:
        yield Text((f"You speak for {', '.join(role.pillars)}.",))
    if role.asks:
        yield Text(("You ask, in each move:",))
        yield Listing(role.asks)
    yield Lines("What you promised, and to whom", 3)


def _conditions(scenario: Scenario, card: Card) -> str:
    return "; ".join(f"{term.lower()}: {text}" for term, text in face(scenario, card).facts)
