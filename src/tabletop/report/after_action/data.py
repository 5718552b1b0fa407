"""The data of a report: log, decisions, outcomes, predictions and events list, as programs read them."""

from collections.abc import Iterator

from tabletop.exercise.adjudication import BASELINE, Adjudication
from tabletop.exercise.msel_played import played
from tabletop.exercise.predictions import middle_range
from tabletop.measures import MEASURES
from tabletop.plots.table import Table
from tabletop.report.after_action.decided import Decided
from tabletop.report.after_action.grades import grades, individual
from tabletop.report.after_action.injects import fired
from tabletop.report.after_action.predicted import predicted
from tabletop.report.after_action.report_input import ReportInput
from tabletop.report.msel.as_csv import msel_csv
from tabletop.report.msel.columns import COLUMNS, NAMES
from tabletop.spreadsheet import WORKBOOK, Cell, Sheet, workbook

LOG = ("line", "at", "minute", "move", "by", "act", "entry")
OUTCOMES = (
    "stretch", "start", "end", "team", "measure", "realised", "mean", "p10", "p90", "unit", "seen",
    "world", "policy", "interaction",
)  # fmt: skip
DECISIONS = (
    "move", "day", "team", "entry", "plays", "takes_back", "steps", "in_play", "yearly_cost", "budget",
    "revision", "silent", "overspent", "minute", "line",
)  # fmt: skip
PREDICTIONS = (
    "move", "team", "measure", "low", "high", "happened", "within", "score", "model_low", "model_high",
    "model_score", "unit", "minute", "line",
)  # fmt: skip


def tables(inputs: ReportInput) -> dict[str, bytes]:
    """The files, by name. `entry` holds a whole line of the log, as it is read back.

    The events list as it was played holds the controllers' columns, and so comes with the hot wash.
    """
    found = {
        "log": Table.of(LOG, _log(inputs)),
        "outcomes": Table.of(OUTCOMES, _outcomes(inputs)),
        "decisions": Table.of(DECISIONS, _decisions(inputs)),
        "predictions": Table.of(PREDICTIONS, _predictions(inputs)),
        "grades": grades(inputs),
    }
    if inputs.sheets:
        found["individual"] = individual(inputs)
    made = {f"{name}.csv": table.csv().encode() for name, table in found.items()}
    made["log.jsonl"] = "".join(f"{entry.model_dump_json()}\n" for entry in inputs.entries).encode()
    sheets = {name: table.sheet() for name, table in found.items()}
    if not inputs.is_interim:
        rows = played(inputs.state, fired(inputs))
        made["msel.csv"] = msel_csv(rows).encode()
        sheets["msel"] = Sheet(NAMES, [[column.of(row) for column in COLUMNS] for row in rows])
    return {**made, WORKBOOK: workbook(sheets)}


def _log(inputs: ReportInput) -> Iterator[tuple[Cell, ...]]:
    for entry in inputs.entries:
        when = inputs.moments[entry.number]
        move = when.move + 1 if when.move >= 0 else None
        whole = entry.model_dump_json()
        yield entry.number, entry.at, when.minute, move, entry.by, entry.act.act, whole


def _outcomes(inputs: ReportInput) -> Iterator[tuple[Cell, ...]]:
    stretches = {f"move {move + 1}": inputs.outcomes.moves[move] for move in inputs.moves}
    if inputs.whole is not None:
        stretches["whole"] = inputs.whole
    if inputs.outcomes.epilogue is not None:
        stretches["epilogue"] = inputs.outcomes.epilogue
    for name, found in stretches.items():
        for team in (BASELINE, *found.teams):
            for measure in MEASURES:
                if inputs.outcomes.may_show(measure):
                    keys = (name, found.start, found.end, team or "baseline", measure)
                    yield *keys, *_values(inputs, found, team, measure)


def _values(inputs: ReportInput, found: Adjudication, team: str, measure: str) -> tuple[Cell, ...]:
    outcome, one = found.outcomes[team], MEASURES[measure]
    seen = "observable" if one.observable else "hidden"
    if inputs.is_interim:
        return outcome.value(measure), None, None, None, one.unit, seen, None, None, None
    values = outcome.values(measure)
    low, high = middle_range(values) if values else (None, None)
    parts = found.split(team, measure)
    split = (None, None, None) if parts is None else (parts.world, parts.policy, parts.interaction)
    return outcome.value(measure), outcome.mean(measure), low, high, one.unit, seen, *split


def _decisions(inputs: ReportInput) -> Iterator[tuple[Cell, ...]]:
    if inputs.plan.decision_form is None:
        return
    for move in inputs.moves:
        for team in inputs.state.teams:
            one = Decided.of(inputs.state, team, move)
            said = one.decision
            yield (
                move + 1,
                inputs.plan.moves[move].day,
                team,
                None if said is None else said.line,
                None if said is None else " ".join(said.plays),
                None if said is None else " ".join(said.takes_back),
                None if said is None else " ".join(f"{lever}={step}" for lever, step in said.steps),
                " ".join(one.hand.codes),
                one.hand.yearly_cost(),
                inputs.state.budget(move),
                one.revision,
                said is None,
                one.is_overspent,
                None if one.line is None else inputs.minute(one.line),
                one.line,
            )


def _predictions(inputs: ReportInput) -> Iterator[tuple[Cell, ...]]:
    for one in predicted(inputs):
        unit, when = MEASURES[one.measure].unit, inputs.minute(one.line)
        scores: tuple[Cell, ...] = (None,) * 6
        if (scored := one.scored) is not None:
            scores = (
                scored.happened,
                scored.is_hit,
                scored.score,
                scored.models_low,
                scored.models_high,
                scored.models_score,
            )
        yield one.move + 1, one.team, one.measure, one.low, one.high, *scores, unit, when, one.line
