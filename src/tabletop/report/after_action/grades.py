"""Participation, not results: what each team, and each numbered sheet, took part in."""

from collections.abc import Iterable, Iterator

from tabletop.exercise.acts import Note, Respond
from tabletop.exercise.disclosure import is_addressed
from tabletop.exercise.predictions import LEVEL, Scored
from tabletop.exercise.sheet_line import SheetLine, of_kind
from tabletop.exercise.state import Status
from tabletop.plots.table import Table
from tabletop.report.after_action.injects import fired
from tabletop.report.after_action.predicted import predicted
from tabletop.report.after_action.report_input import ReportInput
from tabletop.spreadsheet import Cell

GRADES = (
    "team", "moves", "decisions", "decisions_with_reason", "predictions", "predictions_possible", "held",
    "should_hold", "mean_width", "mean_score", "injects_answered", "notes", "sheets",
)  # fmt: skip
INDIVIDUAL = (
    "team", "sheet", "predictions", "held", "should_hold", "mean_width", "mean_score", "reflections",
    "words_of_reflection", "peer_forms", "peer_points",
)  # fmt: skip


def grades(inputs: ReportInput) -> Table:
    """A row for each team; widths and scores are in widths of the baseline's own range.

    Reasons stand on paper: without sheets that were taken in, their number is missing.
    """
    return Table.of(GRADES, [_team(inputs, team) for team in inputs.state.teams])


def individual(inputs: ReportInput) -> Table:
    """A row for each numbered sheet that was taken in."""
    sheets = dict.fromkeys((line.team, line.sheet) for line in inputs.sheets if line.sheet)
    return Table.of(INDIVIDUAL, [_sheet(inputs, team, sheet) for team, sheet in sheets])


def _team(inputs: ReportInput, team: str) -> tuple[Cell, ...]:
    moves = [*inputs.moves]
    decided = [move for move in moves if (team, move) in inputs.state.submissions]
    own = [line for line in inputs.sheets if line.team == team]
    reasons = {line.move for line in of_kind(own, "reason") if line.text and line.move is not None}
    scored = [one.scored for one in predicted(inputs) if one.team == team]
    has_form = inputs.plan.decision_form is not None
    return (
        team,
        len(moves),
        len(decided) if has_form else None,
        len([move for move in decided if move + 1 in reasons]) if inputs.sheets and has_form else None,
        len(scored),
        len(moves) * len(inputs.plan.predictions),
        *_calibration(scored),
        len({act.inject for _, act in inputs.acts(Respond) if _answered(inputs, act, team)}),
        None if inputs.is_interim else sum(act.team == team for _, act in inputs.acts(Note)),
        len({line.sheet for line in own if line.sheet}),
    )


def _answered(inputs: ReportInput, act: Respond, team: str) -> bool:
    """Whether a response is this team's, or everybody's, to an inject that reached the team."""
    state = inputs.state
    one = state.inject(act.inject)
    if one.inject.when is None:
        happened = state.inject_status[act.inject].status is Status.RELEASED
    else:
        happened = act.inject in fired(inputs).get(team, {})
    return act.team in ("", team) and happened and is_addressed(one, team, state.teams)


def _sheet(inputs: ReportInput, team: str, sheet: str) -> tuple[Cell, ...]:
    own = [line for line in inputs.sheets if (line.team, line.sheet) == (team, sheet)]
    scored = [*_scored(inputs, of_kind(own, "prediction"))]
    texts = [line.text for line in of_kind(own, "reflection") if line.text]
    points = [line.points for line in of_kind(own, "peer") if line.points is not None]
    return (
        team,
        sheet,
        len(scored),
        *_calibration(scored),
        len(texts),
        sum(len(text.split()) for text in texts),
        len(points),
        sum(points) / len(points) if points else None,
    )


def _scored(inputs: ReportInput, lines: Iterable[SheetLine]) -> Iterator[Scored | None]:
    """Predictions of moves that are revealed."""
    for line in lines:
        assert line.move is not None
        assert line.low is not None
        assert line.high is not None
        if line.move - 1 in inputs.moves:
            found = inputs.outcomes.moves[line.move - 1]
            yield found.scored(line.team, line.item, line.low, line.high)


def _calibration(scored: Iterable[Scored | None]) -> tuple[Cell, Cell, Cell, Cell]:
    """Held, should hold, mean width and mean score of what happened; nothing without any."""
    known = [one for one in scored if one is not None]
    if not known:
        return 0, None, None, None
    return (
        sum(one.is_hit for one in known),
        LEVEL * len(known),
        sum((one.high - one.low) / one.scale for one in known) / len(known),
        sum(one.score for one in known) / len(known),
    )
