"""The tables of a study, in a fixed order of rows; `table_columns` says what their columns hold."""

from collections.abc import Iterable, Iterator
from typing import Any

from tabletop.experiment.robustness import table_columns
from tabletop.experiment.robustness.deciding import Decided, candidates, decided
from tabletop.experiment.robustness.study import Robustness
from tabletop.experiment.robustness.variants import amount_in_words, ends_in_words, own_range_in_words
from tabletop.experiment.tables import csv_lines
from tabletop.scenario.uncertain import Uncertain
from tabletop.spreadsheet import Cell, Sheet

LONGEST_HEAD = 80
"""Letters of a column's head that names paths."""


def texts(study: Robustness) -> dict[str, Iterable[str]]:
    """Every table as CSV, by the name of its file.

    One without rows has its head alone: else a folder kept what an earlier command found, as the largest
    regret.
    """
    return {f"tables/{name}.csv": csv_lines(sheet) for name, sheet in sheets(study).items()}


def as_data(study: Robustness) -> dict[str, Any]:
    """Every table as lists of mappings."""
    return {
        name: [dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows]
        for name, sheet in sheets(study).items()
    }


def sheets(study: Robustness) -> dict[str, Sheet]:
    """Every table, by its name."""
    made = {
        table_columns.RANGES: ranges,
        table_columns.VARIANT_ROWS: variants,
        table_columns.VERDICTS: verdicts,
        table_columns.COUNTS: counts,
        table_columns.SWITCH_POINTS: switch_points,
        table_columns.SHARES: shares,
        table_columns.RULES: rules,
        table_columns.BOXES: boxes,
        table_columns.REGRET: regret,
        table_columns.LARGEST_REGRET: largest_regret,
        table_columns.LIMITS: limits,
    }
    return {table.name: make(study) for table, make in made.items()}


def ranges(study: Robustness) -> Sheet:
    """Every path that an uncertain condition moves, with its range as people read it."""
    rows: list[tuple[Cell, ...]] = []
    for one, own in zip(study.ranges.uncertain, study.ranges.own, strict=True):
        written = amount_in_words(one, one.at(own))
        rows += [(one.title, path, own_range_in_words(one), written, one.source) for path in one.paths]
        with_it = [(path, ends_in_words(of)) for of in one.also for path in of.paths]
        rows += [(one.title, path, range_, None, one.source) for path, range_ in with_it]
    return table_columns.RANGES.sheet(rows)


def variants(study: Robustness) -> Sheet:
    """Every variant with the value of each uncertain condition, as people read it."""
    rows: list[tuple[Cell, ...]] = [
        (
            position,
            one.label,
            one.kind,
            one.hash,
            *(
                amount_in_words(of, value)
                for of, value in zip(study.ranges.uncertain, one.values, strict=True)
            ),
        )
        for position, one in enumerate(study.variants)
    ]
    return table_columns.VARIANT_ROWS.sheet(rows, {"<condition>": [*map(_head, study.ranges.uncertain)]})


def _head(one: Uncertain) -> str:
    """The name of a condition or, where it has none, every path that moves, if a head has room for them."""
    paths = ", ".join(one.everything())
    return one.title if one.name or len(paths) > LONGEST_HEAD else paths


def verdicts(study: Robustness) -> Sheet:
    """Every contrast in every variant."""
    rows: list[tuple[Cell, ...]] = []
    for position, one in enumerate(study.variants):
        for contrast in study.comparison(one).contrasts:
            interval = contrast.interval
            ends = (None, None) if interval is None else (interval.low, interval.high)
            rows.append(
                (
                    position, one.label, contrast.measure, contrast.mix, contrast.n, contrast.differing,
                    contrast.difference, *ends, contrast.delta, contrast.verdict.value,
                )
            )  # fmt: skip
    return table_columns.VERDICTS.sheet(rows)


def counts(study: Robustness) -> Sheet:
    """In how many points each statement holds, with the bounds."""
    rows: list[tuple[Cell, ...]] = [
        (measure, mix, one.statement.says, one.variants, one.seen, one.low, one.high, one.more)
        for measure in study.measures
        for mix in study.others
        for one in study.counts(measure, mix)
    ]
    return table_columns.COUNTS.sheet(rows)


def switch_points(study: Robustness) -> Sheet:
    """Where statements turn round along a line."""
    rows: list[tuple[Cell, ...]] = []
    for place, condition in enumerate(study.ranges.uncertain):
        if not any(one.kind == "line" for one in study.line(place)):
            continue
        for measure in study.measures:
            for mix in study.others:
                rows += [
                    (
                        condition.title, measure, mix, one.statement.says,
                        "begins" if one.begins else "ends",
                        condition.at(one.low), condition.at(one.high),
                    )
                    for one in study.switches(place, measure, mix)
                ]  # fmt: skip
    return table_columns.SWITCH_POINTS.sheet(rows)


def shares(study: Robustness) -> Sheet:
    """What each condition explains of each contrast, where that can be told."""
    rows: list[tuple[Cell, ...]] = []
    for measure in study.measures:
        for mix in study.others:
            found = study.shares(measure, mix)
            if found is None:
                continue
            spread = (found.spread.conditions, found.spread.shared, found.spread.own)
            if not found.of:
                rows.append((measure, mix, *[None] * 7, *spread, found.told))
            rows += [
                (
                    measure, mix, one.condition, one.share, one.interval.low, one.interval.high, one.slope,
                    one.slope_interval.low, one.slope_interval.high, *spread, None,
                )
                for one in found.of
            ]  # fmt: skip
    return table_columns.SHARES.sheet(rows)


def rules(study: Robustness) -> Sheet:
    """The rule of one threshold for each contrast, with its checks; `told` says whether it passed them."""
    names = candidates(study)
    rows: list[tuple[Cell, ...]] = []
    for measure, mix, found in _decided(study):
        if found.rule is not None:
            rule, checks = found.rule.rule, found.rule.checks
            rows.append(
                (
                    measure, mix, found.statement.says, names[rule.place],
                    "above" if rule.holds_above else "below", rule.threshold, checks.accuracy,
                    checks.majority, checks.doubt, checks.stable, found.is_told_by_rule,
                )
            )  # fmt: skip
    return table_columns.RULES.sheet(rows)


def boxes(study: Robustness) -> Sheet:
    """The ends of the box for each contrast, a row for each condition that it restricts."""
    rows: list[tuple[Cell, ...]] = []
    for measure, mix, found in _decided(study):
        if found.box is None or found.inside is None:
            continue
        one, inside = found.box, found.inside
        shuffled = (None, None) if one.shuffled is None else one.shuffled
        rows += [
            (
                measure, mix, found.statement.says, study.ranges.titles[place], max(low, 0.0),
                min(high, 1.0), inside.variants, inside.seen, inside.low, one.coverage, one.density,
                *shuffled, one.checks.accuracy, one.checks.majority, one.checks.doubt, one.checks.stable,
                found.is_told_by_box,
            )
            for place, low, high in one.box.ends
        ]  # fmt: skip
    return table_columns.BOXES.sheet(rows)


def regret(study: Robustness) -> Sheet:
    """How far each mix is behind the best, on average over the points, and in how many it is best."""
    rows: list[tuple[Cell, ...]] = [
        (measure, one.mix, one.low, one.high, one.best_in, one.variants)
        for measure in study.measures
        for one in study.regret(measure)
    ]
    return table_columns.REGRET.sheet(rows)


def largest_regret(study: Robustness) -> Sheet:
    """The points in which each mix seems furthest behind, on fresh luck."""
    rows: list[tuple[Cell, ...]] = [
        (
            measure, mix, one.variant, one.behind, one.seen, one.fresh,
            *((None, None) if one.interval is None else (one.interval.low, one.interval.high)),
        )
        for measure in study.measures
        for mix in study.mixes
        for one in study.worst(measure, mix)
    ]  # fmt: skip
    return table_columns.LARGEST_REGRET.sheet(rows)


def limits(study: Robustness) -> Sheet:
    """In how many points each mix keeps all limits."""
    rows: list[tuple[Cell, ...]] = [
        (mix, found.variants, found.seen, found.low, found.high)
        for mix in study.others
        if (found := study.satisfied(mix)) is not None
    ]
    return table_columns.LIMITS.sheet(rows)


def _decided(study: Robustness) -> Iterator[tuple[str, str, Decided]]:
    for measure in study.measures:
        for mix in study.others:
            found = decided(study, measure, mix) if study.points else None
            if found is not None:
                yield measure, mix, found
