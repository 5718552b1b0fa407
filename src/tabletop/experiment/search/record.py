"""What a search leaves in its folder: its stages as they end, and its tables."""

from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from ruamel.yaml import YAML

from tabletop.experiment.folder import TABLES, as_json
from tabletop.experiment.identity import digest, experiment_hash, mix_digest
from tabletop.experiment.robustness.variants import amount_in_words
from tabletop.experiment.search import sentences, table_columns
from tabletop.experiment.search.candidates import Steps
from tabletop.experiment.search.moves import Space
from tabletop.experiment.search.result import Search
from tabletop.experiment.search.screening import Goal, Stage
from tabletop.experiment.tables import csv_lines
from tabletop.measures import MEASURES
from tabletop.outputs import Content
from tabletop.scenario.scenario import Scenario
from tabletop.spreadsheet import WORKBOOK, Sheet, workbook
from tabletop.version import MODEL_VERSION

RECORD = "search.json"
"""What was proposed, who was kept, and what came of it."""


def as_record(
    scenario: Scenario,
    space: Space,
    goal: Goal,
    candidates: Mapping[str, Steps],
    stages: Sequence[Stage],
    finished: Mapping[str, Any] | None = None,
) -> str:
    """The candidates, who was kept at every stage so far, and the numbers that decided it, as JSON.

    `finished` is what came of it, once it is; a digest shows whether anything was changed since.
    """
    settings = {move.lever: move for move in space.moves}
    told = {
        "model_version": MODEL_VERSION,
        "written": experiment_hash(scenario),
        "mixes": {mix: mix_digest(scenario, mix) for mix in scenario.policy_mixes},
        "title": scenario.title,
        "seed": scenario.seed,
        "budget": scenario.budget,
        "aims": list(goal.aims),
        "constraints": dict(goal.constraints),
        "candidates": {
            name: {lever: settings[lever].setting(taken) for lever, taken in steps.items()}
            for name, steps in candidates.items()
        },
        "stages": [
            {
                "worlds": one.worlds,
                "differences": {name: list(scores) for name, scores in one.scores.items()},
                "constraint_shown_broken": list(one.broken),
                "kept": list(one.kept),
            }
            for one in stages
        ],
        "finished": finished,
    }
    return as_json({**told, "digest": digest(told)})


def texts(found: Search) -> dict[str, Content]:
    """The tables of a finished search, and its finalists as mixes that a file could have."""
    tables = sheets(found)
    return {
        **{f"{TABLES}/{name}.csv": csv_lines(sheet) for name, sheet in tables.items()},
        WORKBOOK: workbook(tables),
        "finalists.yaml": [finalists_yaml(found)],
        RECORD: [
            as_record(
                found.scenario, found.space, found.goal, found.candidates, found.stages, _finished(found)
            )
        ],
    }


def _finished(found: Search) -> dict[str, Any]:
    """What a page says of a search: its sentences, and a row for each contender and aim."""
    return {
        "fresh_worlds": len(found.fresh.replications),
        "in_words": sentences.in_words(found),
        "mixes": [
            {
                "mix": mix,
                "cost": found.mixes.yearly_cost(mix),
                "place": sentences.place_in_words(found, mix),
                "constraints": sentences.constraints_in_words(found, mix),
                "moves": sentences.moves_in_words(found, mix),
                "aims": [sentences.aim_in_words(found, mix, aim) for aim in found.goal.aims],
            }
            for mix in found.contenders
        ],
    }


def finalists_yaml(found: Search) -> str:
    """The finalists that were proposed, as `policy_mixes` of a scenario file."""
    mixes = {
        name: found.mixes.policy_mixes[name].model_dump(exclude_unset=True)
        for name in found.finalists
        if name in found.candidates
    }
    text = StringIO()
    YAML().dump({"policy_mixes": mixes}, text)
    return text.getvalue()


def sheets(found: Search) -> dict[str, Sheet]:
    """Candidates, finalists, levers in common, what each lever is worth, and finalists in variants."""
    made = {
        table_columns.CANDIDATES: _candidates,
        table_columns.FINALISTS: _finalists,
        table_columns.LEVERS: _levers,
        table_columns.PARTS: _parts,
        table_columns.OTHER_CONDITIONS: _other_conditions,
        table_columns.VARIANT_ROWS: _variants,
    }
    return {table.name: make(found) for table, make in made.items()}


def _levers(found: Search) -> Sheet:
    return table_columns.LEVERS.sheet(
        [(o.lever, o.way, o.chosen, o.of_chosen, o.every, o.of_every, o.p, o.p_adjusted) for o in found.moved]
    )


def _candidates(found: Search) -> Sheet:
    levers = [move.lever for move in found.space.moves]
    rows: list[tuple[Any, ...]] = []
    for name in found.stages[0].scores:
        shifts = found.shifts(name)
        stage = max(n for n, one in enumerate(found.stages) if name in one.scores)
        last = found.stages[stage]
        rows.append(
            (
                name, found.mixes.yearly_cost(name), stage + 1, last.worlds, name in found.finalists,
                name in last.broken, *last.scores[name], *(shifts.get(lever, 0.0) for lever in levers),
            )
        )  # fmt: skip
    aims = [f"{aim}_difference" for aim in found.goal.aims]
    return table_columns.CANDIDATES.sheet(rows, {"<aim>_difference": aims, "<lever>": levers})


def _finalists(found: Search) -> Sheet:
    rows: list[tuple[Any, ...]] = []
    beaten = {one.mix: one.beaten_by for one in found.front}
    for mix in found.contenders:
        looked, place = found.screened(mix), found.place(mix)
        for measure in (*found.goal.aims, *found.goal.constraints):
            contrast, unit = found.comparison.contrast(measure, mix), MEASURES[measure].unit
            ends, is_aim = contrast.interval, measure in found.goal.aims
            at = looked[-1] if looked and is_aim else None
            rows.append(
                (
                    mix, mix in found.finalists, found.mixes.yearly_cost(mix), measure, unit,
                    "aim" if is_aim else "constraint", at[0] if at else None,
                    at[1][found.goal.aims.index(measure)] if at else None, contrast.n, contrast.difference,
                    *((None,) * 3 if ends is None else (ends.low, ends.high, ends.confidence)),
                    contrast.delta, None if is_aim else found.constraint(mix, measure),
                    contrast.verdict.value, contrast.in_words("world"),
                    "constraint broken" if place is None else place.value, " ".join(beaten.get(mix, ())),
                )
            )  # fmt: skip
    return table_columns.FINALISTS.sheet(rows)


def _parts(found: Search) -> Sheet:
    rows = []
    for one in found.parts:
        for aim, contrast in one.contrasts.items():
            ends = contrast.interval
            rows.append(
                (
                    one.finalist, one.lever, one.saved, aim, MEASURES[aim].unit, contrast.difference,
                    *((None,) * 3 if ends is None else (ends.low, ends.high, ends.confidence)),
                    contrast.verdict.value, contrast.in_words("world"),
                )
            )  # fmt: skip
    return table_columns.PARTS.sheet(rows)


def _other_conditions(found: Search) -> Sheet:
    """In how many variants each statement holds, and all limits are kept; its head alone if none was run."""
    rows: list[tuple[Any, ...]] = []
    study = found.conditions
    for mix in study.others if study else ():
        assert study is not None
        rows += [
            (mix, aim, one.statement.says, one.variants, one.seen, one.low, one.high)
            for aim in found.goal.aims
            for one in study.counts(aim, mix)
        ]
        if (kept := study.satisfied(mix)) is not None:
            rows.append((mix, None, "keeps all limits", kept.variants, kept.seen, kept.low, kept.high))
    return table_columns.OTHER_CONDITIONS.sheet(rows)


def _variants(found: Search) -> Sheet:
    """Every contrast with the baseline in every variant; its head alone if none was run."""
    rows: list[tuple[Any, ...]] = []
    study = found.conditions
    for position, one in enumerate(study.variants if study else ()):
        assert study is not None
        values = "; ".join(
            f"{of.title}: {amount_in_words(of, value)}"
            for of, value in zip(study.ranges.uncertain, one.values, strict=True)
        )
        for contrast in study.comparison(one).contrasts:
            ends = contrast.interval
            span = (None, None) if ends is None else (ends.low, ends.high)
            rows.append(
                (
                    position, one.label, values, contrast.measure, contrast.mix, contrast.n,
                    contrast.difference, *span, contrast.verdict.value,
                )
            )  # fmt: skip
    return table_columns.VARIANT_ROWS.sheet(rows)
