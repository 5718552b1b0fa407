"""The pack: all documents of an exercise, as files."""

from collections.abc import Callable, Collection

from tabletop.exercise.exercise import playable
from tabletop.report.document.document import Document
from tabletop.report.document.html import as_html
from tabletop.report.document.pdf import as_pdf
from tabletop.report.msel.lists import list_file
from tabletop.report.pack.briefing_deck import briefing_deck
from tabletop.report.pack.controllers_guide import controllers_guide
from tabletop.report.pack.decision_cards import decision_cards
from tabletop.report.pack.decision_sheets import decision_sheets
from tabletop.report.pack.evaluation_guide import evaluation_guide
from tabletop.report.pack.feedback_form import feedback_form
from tabletop.report.pack.msel_pages import msel_pages
from tabletop.report.pack.role_sheets import role_sheets
from tabletop.report.pack.sign_in_sheet import sign_in_sheet
from tabletop.report.pack.situation_manual import situation_manual
from tabletop.report.paper import has
from tabletop.scenario.scenario import Scenario

FOR_PLAYERS: tuple[Callable[[Scenario], Document | None], ...] = (
    situation_manual,
    role_sheets,
    decision_cards,
    decision_sheets,
    feedback_form,
    sign_in_sheet,
)
"""The documents for players; they contain nothing that is still to come."""
FOR_CONTROLLERS: tuple[Callable[[Scenario], Document | None], ...] = (
    briefing_deck,
    controllers_guide,
    msel_pages,
    evaluation_guide,
)


def documents(scenario: Scenario) -> tuple[Document, ...]:
    """Every document of a scenario with an exercise plan, those for players first."""
    made = (make(scenario) for make in (*FOR_PLAYERS, *FOR_CONTROLLERS))
    return tuple(document for document in made if document is not None)


def printable() -> tuple[str, ...]:
    """The formats that can be written here: PDF where typst is installed."""
    return ("pdf", "html") if has("typst") else ("html",)


def pack_files(
    scenario: Scenario, name: str, *, formats: Collection[str] = ("pdf", "html"), paper: str = "a4"
) -> dict[str, bytes]:
    """The files of the pack, by name; the same scenario gives the same bytes.

    `name` is what errors call the scenario. Raises TabletopError if it says nothing about playing it,
    and for PDF where typst is missing.
    """
    playable(scenario, name)
    files = {f"msel{ending}": list_file(scenario, name, ending, paper=paper) for ending in (".xlsx", ".csv")}
    for document in documents(scenario):
        if "pdf" in formats:
            files[f"{document.name}.pdf"] = as_pdf(document, paper)
        if "html" in formats:
            files[f"{document.name}.html"] = as_html(document, paper).encode()
    return files
