"""The contents of a report: its sections in their order."""

from collections.abc import Iterable
from dataclasses import replace

from tabletop.exercise.moments import is_dated
from tabletop.report.after_action import (
    epilogue,
    evaluation,
    injects,
    log_pages,
    luck,
    moves,
    overview,
    participants,
    predicted,
    rulings,
    voices,
    why,
)
from tabletop.report.after_action.report_input import ReportInput
from tabletop.report.document.blocks import Picture
from tabletop.report.document.document import Document, Section

INTERIM = "interim report"
FINAL = "after-action report and improvement plan"


def contents(inputs: ReportInput, pictures: Iterable[Picture] = ()) -> Document:
    """All sections of a report; `pictures` are numbered here."""
    made = (
        overview.about(inputs),
        overview.overview(inputs),
        overview.purposes(inputs),
        evaluation.objectives(inputs),
        evaluation.improvement(inputs),
        participants.participants(inputs),
        moves.moves(inputs),
        moves.hidden(inputs),
        luck.luck(inputs),
        predicted.predictions(inputs),
        why.why(inputs),
        epilogue.epilogue(inputs),
        _pictures(pictures),
        injects.injects(inputs),
        rulings.rulings(inputs),
        voices.notes(inputs),
        voices.hot_wash(inputs),
        log_pages.log(inputs),
    )
    entries = inputs.entries
    dated = bool(entries) and is_dated(inputs.state)
    return Document(
        name="report",
        title=inputs.plan.title or inputs.scenario.title,
        subtitle=INTERIM if inputs.is_interim else FINAL,
        audience="",
        sections=tuple(section for section in made if section is not None),
        lists_sections=True,
        begun=inputs.date(inputs.state.started_at) if dated else None,
        written=inputs.date(entries[-1].at) if dated else None,
    )


def _pictures(pictures: Iterable[Picture]) -> Section | None:
    numbered = tuple(
        replace(one, alt=f"Figure {n}: {one.alt}", caption=f"Figure {n}: {one.alt}")
        for n, one in enumerate(pictures, start=1)
    )
    return Section("Figures", numbered, id="figures", new_page=True) if numbered else None
