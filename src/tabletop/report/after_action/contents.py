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
from tabletop.report.after_action.matter import Matter
from tabletop.report.after_action.words import moment

INTERIM = "interim report"
FINAL = "after-action report and improvement plan"


def contents(
    matter: Matter, figures: Iterable[str] = (), findings: Mapping[str, str] | None = None
) -> Report:
    """Everything that a report says. `figures` are names; `findings` says what each shows."""
    made = (
        overview.about(matter),
        overview.overview(matter),
        overview.purposes(matter),
        evaluation.objectives(matter),
        evaluation.improvement(matter),
        participants.participants(matter),
        moves.moves(matter),
        moves.hidden(matter),
        luck.luck(matter),
        predicted.predictions(matter),
        why.why(matter),
        epilogue.epilogue(matter),
        _pictures(figures, findings or {}),
        injects.injects(matter),
        rulings.rulings(matter),
        voices.notes(matter),
        voices.hot_wash(matter),
        log_pages.log(matter),
    )
    entries = matter.entries
    dated = bool(entries) and is_dated(matter.state)
    return Report(
        exercise=matter.plan.title or matter.scenario.title,
        kind=INTERIM if matter.is_interim else FINAL,
        sections=tuple(section for section in made if section is not None),
        lines=matter.disclosed.numbers,
        begun=moment(matter.state.started_at) if dated else None,
        written=moment(entries[-1].at) if dated else None,
    )


def _pictures(names: Iterable[str], findings: Mapping[str, str]) -> Section | None:
    pictures = tuple(
        Picture(name, number, " ".join(findings.get(name, name.replace("_", " ")).split()))
        for number, name in enumerate(names, start=1)
    )
    return Section("figures", "Figures", pictures, new_page=True) if pictures else None
