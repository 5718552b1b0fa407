"""The executive summary, one page: what it was, what policies did, calibration, and what evaluators saw."""

from collections.abc import Iterator, Sequence

from tabletop.exercise.acts import LogEntry, Observe
from tabletop.exercise.predictions import LEVEL
from tabletop.report.after_action.predicted import predicted
from tabletop.report.after_action.report_input import ReportInput
from tabletop.report.after_action.words import BLANK, counted, minute
from tabletop.report.document.blocks import Block, Listing, Picture, Text, say
from tabletop.report.document.document import Section
from tabletop.report.document.statement import Run, Said
from tabletop.scenario.words import number

NAME = "policy_effects"
"""The figure that stands here, and not among the others."""
MOST = 3
"""Strengths, and areas for improvement."""


def summary(inputs: ReportInput, pictures: Sequence[Picture] = ()) -> Section:
    """The summary; ratings and observations only from the hot wash on."""
    blocks: list[Block] = [say(_what(inputs), " ".join(inputs.plan.purpose.split()))]
    blocks += pictures
    blocks.append(_calibration(inputs))
    if not inputs.is_interim:
        for kind, heading in (("strength", "Strengths"), ("area for improvement", "Areas for improvement")):
            blocks += _observed(inputs, kind, heading)
    return Section("Executive summary", tuple(blocks), id="summary")


def _what(inputs: ReportInput) -> str:
    plan = inputs.plan
    moves, teams = counted(len(inputs.moves), "move"), counted(len(inputs.state.teams), "team")
    until = inputs.outcomes.moves[-1].end if inputs.outcomes.moves else 0.0
    held = f", at {plan.planning.place}" if plan.planning.place else ""
    if not inputs.entries or inputs.state.start is None:
        return f"{plan.title or inputs.scenario.title} has not been held yet."
    lasted = minute(inputs.minute(inputs.last.number))
    return (
        f"{teams[0].upper()}{teams[1:]} played {moves} over {number(until)} days of the scenario in {lasted} "
        f"minutes{held}."
    )


def _calibration(inputs: ReportInput) -> Text:
    """Of how many 80 % ranges held what happened, beside how many should."""
    scored = [one for one in predicted(inputs) if one.scored is not None]
    if not scored:
        return say("Nobody has predicted anything in a move that is revealed.")
    held = sum(one.scored.is_hit for one in scored if one.scored is not None)
    should = f"{LEVEL * len(scored):.0f}"
    lines = tuple(inputs.revealed(move) for move in sorted({one.move for one in scored}))
    return Text(
        (
            Said(
                (
                    Run("Calibration: ", "strong"),
                    f"ranges that teams were 80 % sure of: held {held} of {len(scored)} ({should} should).",
                ),
                lines,
            ),
        )
    )


def _observed(inputs: ReportInput, kind: str, heading: str) -> Iterator[Block]:
    """The first observations of a kind, objective by objective in turn."""
    by_objective: dict[str, list[tuple[LogEntry, Observe]]] = {one.id: [] for one in inputs.plan.objectives}
    for entry, act in inputs.acts(Observe):
        if act.kind == kind:
            by_objective.setdefault(act.objective, []).append((entry, act))
    most = max(map(len, by_objective.values()), default=0)
    every = [seen[nth] for nth in range(most) for seen in by_objective.values() if nth < len(seen)]
    few = f", {MOST} of {len(every)}" if len(every) > MOST else ""
    yield Text((Said((Run(f"{heading}{few}:", "strong"),)),))
    yield Listing(tuple(Said(act.observation, (entry.number,)) for entry, act in every[:MOST]) or (BLANK,))
