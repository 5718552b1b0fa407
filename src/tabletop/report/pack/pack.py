"""The pack: all documents of an exercise, as files."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

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
from tabletop.report.pack.individual_sheets import individual_sheet, peer_form
from tabletop.report.pack.inject_cards import contingency_cards, inject_cards
from tabletop.report.pack.invitation import invitation
from tabletop.report.pack.module_sheets import module_sheets
from tabletop.report.pack.msel_pages import msel_pages
from tabletop.report.pack.role_sheets import role_sheets
from tabletop.report.pack.sign_in_sheet import sign_in_sheet
from tabletop.report.pack.situation_manual import situation_manual
from tabletop.report.paper import has
from tabletop.scenario.scenario import Scenario

FOR_PLAYERS: tuple[Callable[[Scenario], Document | None], ...] = (
    invitation,
    situation_manual,
    role_sheets,
    decision_cards,
    decision_sheets,
    individual_sheet,
    peer_form,
    feedback_form,
    sign_in_sheet,
)
"""The documents for players; they contain nothing that is still to come."""
FOR_CONTROLLERS: tuple[Callable[[Scenario], Document | None], ...] = (
    briefing_deck,
    module_sheets,
    inject_cards,
    contingency_cards,
    controllers_guide,
    msel_pages,
    evaluation_guide,
)


PLAYERS, CONTROLLERS = "players", "controllers"
FOLDERS = {PLAYERS: FOR_PLAYERS, CONTROLLERS: FOR_CONTROLLERS}
"""The folders of a pack: the first can be sent to players as it is."""


def documents(scenario: Scenario) -> tuple[Document, ...]:
    """Every document of a scenario with an exercise plan, those for players first."""
    return tuple(document for folder in FOLDERS for document in documents_of(scenario, folder))


def documents_of(scenario: Scenario, folder: str) -> Iterator[Document]:
    """The documents in a folder of the pack, each in the language of the scenario's texts."""
    for make in FOLDERS[folder]:
        document = make(scenario)
        if document is not None:
            yield replace(document, language=scenario.language)


def printable() -> tuple[str, ...]:
    """The formats that can be written here: PDF where typst is installed."""
    return ("pdf", "html") if has("typst") else ("html",)


def pack_files(
    scenario: Scenario,
    name: str,
    *,
    formats: Collection[str] = ("pdf", "html"),
    paper: str = "a4",
    large: bool = False,
) -> dict[str, bytes]:
    """The files of the pack, by their paths in it; the same scenario gives the same bytes.

    `large` is large print, for those who read small letters with difficulty.
    `name` is what errors call the scenario. Raises TabletopError if it says nothing about playing it,
    and for PDF where typst is missing.
    """
    playable(scenario, name)
    files = {
        f"{CONTROLLERS}/msel{ending}": list_file(scenario, name, ending, paper=paper)
        for ending in (".xlsx", ".csv")
    }
    for folder in FOLDERS:
        for document in documents_of(scenario, folder):
            place = f"{folder}/{document.name}"
            if "pdf" in formats:
                files[f"{place}.pdf"] = as_pdf(document, paper, large=large)
            if "html" in formats:
                files[f"{place}.html"] = as_html(document, paper, large=large).encode()
    return files
