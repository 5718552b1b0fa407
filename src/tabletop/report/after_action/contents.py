"""The contents of a report: its sections in their order."""

from collections.abc import Iterable, Mapping

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
from tabletop.report.after_action.blocks import Picture, Report, Section
from tabletop.report.after_action.report_input import ReportInput
from tabletop.report.after_action.words import moment

INTERIM = "interim report"
FINAL = "after-action report and improvement plan"


def contents(
    inputs: ReportInput, figures: Iterable[str] = (), findings: Mapping[str, str] | None = None
) -> Report:
    """Everything that a report says. `figures` are names; `findings` says what each shows."""
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
        _pictures(figures, findings or {}),
        injects.injects(inputs),
        rulings.rulings(inputs),
        voices.notes(inputs),
        voices.hot_wash(inputs),
        log_pages.log(inputs),
    )
    entries = inputs.entries
    dated = bool(entries) and is_dated(inputs.state)
    return Report(
        exercise=inputs.plan.title or inputs.scenario.title,
        kind=INTERIM if inputs.is_interim else FINAL,
        sections=tuple(section for section in made if section is not None),
        lines=inputs.disclosed.numbers,
        begun=moment(inputs.state.started_at) if dated else None,
        written=moment(entries[-1].at) if dated else None,
    )


def _pictures(names: Iterable[str], findings: Mapping[str, str]) -> Section | None:
    pictures = tuple(
        Picture(name, number, " ".join(findings.get(name, name.replace("_", " ")).split()))
        for number, name in enumerate(names, start=1)
    )
    return Section("figures", "Figures", pictures, new_page=True) if pictures else None
