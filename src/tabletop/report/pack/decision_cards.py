"""Decision cards: the decisions of a form, to cut out and lay on the table."""

from dataclasses import replace

from tabletop.report.document.blocks import CardFace, Cards
from tabletop.report.document.document import Document
from tabletop.report.pack.card_meters import meters
from tabletop.report.pack.drawings import sign
from tabletop.report.pack.words import PLAYERS, face, plan_of, printed_steps, title_of
from tabletop.scenario.decision_form import Card
from tabletop.scenario.scenario import Scenario

NAME = "decision-cards"


def decision_cards(scenario: Scenario) -> Document | None:
    """The cards of a scenario's exercise, or its levers with their steps; None where nothing is decided."""
    form = plan_of(scenario).decision_form
    if form is None:
        return None
    steps = printed_steps(scenario)
    block = Cards(tuple(_drawn(scenario, card) for card in form.cards)) if steps is None else steps
    return Document(NAME, "Decision cards", title_of(scenario), PLAYERS, (), (block,))


def _drawn(scenario: Scenario, card: Card) -> CardFace:
    return replace(face(scenario, card), sign=sign(card.pillar), meters=meters(scenario, card))
