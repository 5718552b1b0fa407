"""The contents of a report: its sections in their order."""

from collections.abc import Iterable
from dataclasses import replace

from tabletop.exercise.moments import is_dated
from tabletop.report.after_action import (
    capabilities,
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
    summary,
    voices,
    why,
)
from tabletop.report.after_action.report_input import ReportInput
from tabletop.report.document.blocks import Picture
from tabletop.report.document.document import Document, Section
from tabletop.report.document.statement import text_of

INTERIM = "interim report"
FINAL = "after-action report and improvement plan"


def contents(inputs: ReportInput, pictures: Iterable[Picture] = ()) -> Document:
    """All sections of a report; `pictures` are numbered here."""
    numbered = tuple(
        replace(one, alt=f"Figure {n}: {one.alt}", caption=f"Figure {n}: {one.alt}")
        for n, one in enumerate(pictures, start=1)
    )
    first = [one for one in numbered if one.name == summary.NAME]
    body = (
        summary.summary(inputs, first),
        overview.about(inputs),
        overview.overview(inputs),
        overview.purposes(inputs),
        capabilities.capabilities(inputs),
        evaluation.objectives(inputs),
        evaluation.improvement(inputs),
        participants.participants(inputs),
        moves.moves(inputs),
        moves.hidden(inputs),
        predicted.predictions(inputs),
        rulings.rulings(inputs),
        voices.hot_wash(inputs),
    )
    appendix = (
        luck.luck(inputs),
        predicted.every_prediction(inputs),
        why.why(inputs),
        epilogue.epilogue(inputs),
        moves.every_outcome(inputs),
        _pictures(tuple(one for one in numbered if one not in first)),
        injects.injects(inputs),
        voices.notes(inputs),
        log_pages.log(inputs),
    )
    behind = [section for section in appendix if section is not None]
    made = (*body, *(_appended(section, place) for place, section in enumerate(behind)))
    entries = inputs.entries
    dated = bool(entries) and is_dated(inputs.state)
    return Document(
        name="report",
        title=inputs.plan.title or inputs.scenario.title,
        subtitle=INTERIM if inputs.is_interim else FINAL,
        audience="",
        sections=tuple(section for section in made if section is not None),
        lists_sections=True,
        language=inputs.scenario.language,
        begun=inputs.date(inputs.state.started_at) if dated else None,
        written=inputs.date(entries[-1].at) if dated else None,
    )


def _appended(section: Section, place: int) -> Section:
    """A section of the appendix; the first begins a page."""
    return replace(section, title=f"Appendix: {text_of(section.title)}", new_page=place == 0)


def _pictures(numbered: tuple[Picture, ...]) -> Section | None:
    return Section("Figures", numbered, id="figures") if numbered else None
