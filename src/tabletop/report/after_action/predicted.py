"""Predictions: each team's 80 % ranges, the outcomes and the scores, separate from the teams' results."""

from collections.abc import Iterator
from dataclasses import dataclass

from tabletop.analysis.words import figure
from tabletop.exercise.predictions import LEVEL, Scored
from tabletop.exercise.values import formatted, ranged, titled
from tabletop.report.after_action.report_input import ReportInput
from tabletop.report.document.blocks import Block, Column, Row, Table, say
from tabletop.report.document.document import Section
from tabletop.report.document.statement import Said

SENTENCE = (
    "The score is the range's width, plus ten times the distance by which what happened lay outside it, in "
    "widths of the baseline's own 10–90 % range; less is better, and nobody gains by quoting a range that "
    "they do not believe."
)


@dataclass(frozen=True)
class Predicted:
    """One prediction of a revealed move."""

    move: int
    team: str
    measure: str
    line: int
    low: float
    high: float
    scored: Scored | None
    """None if the measure turned out to be missing."""


def predicted(inputs: ReportInput) -> Iterator[Predicted]:
    """Every prediction of a revealed move: by move, team in the given order, and measure."""
    said = inputs.state.predictions
    for move in inputs.moves:
        for team in inputs.state.teams:
            for measure in inputs.plan.predictions:
                if (one := said.get((team, move, measure))) is None:
                    continue
                scored = inputs.outcomes.moves[move].scored(team, measure, one.low, one.high)
                yield Predicted(move, team, measure, one.line, one.low, one.high, scored)


def predictions(inputs: ReportInput) -> Section:
    """What teams expected of the coming window of the world that is played: a row for each team."""
    every = [*predicted(inputs)]
    columns = (
        Column("Team", 4),
        Column("Ranges", 2, number=True),
        Column("Held", 2, number=True),
        Column("Should hold", 2, number=True),
        Column("Mean score", 2, number=True),
        Column("Model's own", 2, number=True),
    )
    blocks: tuple[Block, ...] = (say("Nobody predicted anything in a move that is revealed."),)
    if every:
        revealed = tuple(inputs.revealed(move) for move in sorted({one.move for one in every}))
        rows = tuple(_calibrated(team, every) for team in inputs.state.teams)
        blocks = (
            say(
                "After decisions were locked and before the reveal, teams said between what two values a "
                "measure would lie in the move's days, at 80 %.",
                SENTENCE,
            ),
            Table(Said("Ranges that held what happened", revealed), columns, rows),
        )
    return Section("Predictions", blocks, id="predictions")


def _calibrated(team: str, every: list[Predicted]) -> Row:
    scored = [one.scored for one in every if one.team == team and one.scored is not None]
    if not scored:
        return (team, "0", "–", "–", "–", "–")
    return (
        team,
        str(len(scored)),
        str(sum(one.is_hit for one in scored)),
        f"{LEVEL * len(scored):.1f}",
        figure(sum(one.score for one in scored) / len(scored), decimals=2),
        figure(sum(one.models_score for one in scored) / len(scored), decimals=2),
    )


def every_prediction(inputs: ReportInput) -> Section | None:
    """Every prediction with its score, move by move; None without any."""
    every = [*predicted(inputs)]
    if not every:
        return None
    columns = (
        Column("Team", 3),
        Column("Measure", 3),
        Column("Range", 3, number=True),
        Column("Happened", 2, number=True),
        Column("Within", 1),
        Column("Score", 2, number=True),
        Column("Model's own range", 3, number=True),
        Column("Its score", 2, number=True),
    )
    blocks: tuple[Block, ...] = (
        say(
            "The model's own range is the middle 80 % of the other worlds under the team's mix. Scores "
            "say how well a team knew what it did not know; they say nothing about its policy.",
        ),
        *(
            Table(
                Said(f"Move {move + 1}: {inputs.plan.moves[move].name}", (inputs.revealed(move),)),
                columns,
                tuple(_row(one) for one in every if one.move == move),
            )
            for move in sorted({one.move for one in every})
        ),
    )
    return Section("Every prediction", blocks, id="predicted")


def _row(one: Predicted) -> Row:
    range_ = Said(ranged(one.measure, one.low, one.high), (one.line,))
    begin = (one.team, titled(one.measure), range_)
    if (scored := one.scored) is None:
        return (*begin, "missing", "–", "–", "–", "–")
    return (
        *begin,
        formatted(one.measure, scored.happened),
        "yes" if scored.is_hit else "no",
        figure(scored.score, decimals=2),
        ranged(one.measure, scored.models_low, scored.models_high),
        figure(scored.models_score, decimals=2),
    )
