"""Injects as cards for tables, half a page each; those that are held back are a document of their own."""

from dataclasses import replace

from tabletop.exercise.msel import msel
from tabletop.report.document.blocks import TableCards
from tabletop.report.document.document import MARK, Document
from tabletop.report.pack.injects import inject_box
from tabletop.report.pack.words import CONTROLLERS, title_of
from tabletop.scenario.scenario import Scenario


def inject_cards(scenario: Scenario) -> Document | None:
    """The injects that are planned, in the order of the events list; None where there are none."""
    return _cards(scenario, "Inject", "inject-cards", "Inject cards")


def contingency_cards(scenario: Scenario) -> Document | None:
    """The injects that are held back; None where there are none."""
    return _cards(scenario, "Contingency Inject", "contingency-cards", "Contingency inject cards")


def _cards(scenario: Scenario, kind: str, name: str, title: str) -> Document | None:
    boxes = tuple(
        replace(inject_box(row), label=f"{MARK} · {row.mode}", title=row.title or row.id)
        for row in msel(scenario)
        if row.event_type == kind
    )
    return Document(name, title, title_of(scenario), CONTROLLERS, (), (TableCards(boxes),)) if boxes else None
