"""The tables of an experiment, in a fixed order of rows.

As CSV: LF, shortest form of floats, no times, and no text that a spreadsheet takes for a formula.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from math import isfinite

from tabletop.analysis.best import Best, Candidate
from tabletop.analysis.bootstrap_intervals import RatioIntervals
from tabletop.analysis.compare import Comparison
from tabletop.analysis.estimate import Estimate
from tabletop.analysis.interval import Interval
from tabletop.analysis.tails import Tail, bound
from tabletop.experiment import table_columns
from tabletop.experiment.pools import pool_estimates
from tabletop.experiment.results import Results
from tabletop.measures import MEASURES
from tabletop.spreadsheet import Cell, Sheet, guarded


def runs(results: Results) -> Sheet:
    """Every measure of every run; a run that failed has one row, with its error."""
    rows = (
        (row.mix, row.replication, row.measure, row.value, row.numerator, row.denominator, row.unit, None)
        for row in results.rows()
    )
    failures = ((f.mix, f.replication, None, None, None, None, None, f.error) for f in results.failures)
    return table_columns.RUNS.sheet(chain[Sequence[Cell]](rows, failures))


def comparison(compared: Comparison, intervals: RatioIntervals) -> Sheet:
    """Estimates of every mix, and its contrast with the baseline, measure by measure."""
    contrasts = {(c.measure, c.mix): c for c in compared.contrasts}
    rows: list[Sequence[Cell]] = []
    for name, by_mix in compared.estimates.items():
        for mix, estimated in by_mix.items():
            known: tuple[Cell, ...] = (
                name,
                MEASURES[name].unit,
                MEASURES[name].direction,
                name in compared.primary,
                mix,
                estimated.n,
                estimated.value,
                *_ends(estimated.interval),
                *_basis(estimated),
                *_ends(intervals.estimates.get((name, mix))),
            )
            contrast = contrasts.get((name, mix))
            if contrast is None:
                rows.append((*known, *[None] * 16))
                continue
            rows.append(
                (
                    *known,
                    contrast.baseline,
                    contrast.difference,
                    *_ends(contrast.interval),
                    _method(contrast.interval),
                    *_ends(intervals.contrasts.get((name, mix))),
                    None if contrast.interval is None else contrast.interval.confidence,
                    "Bonferroni" if contrast.primary else "unadjusted",
                    contrast.delta,
                    contrast.differing,
                    contrast.few_worlds_differ,
                    contrast.is_skewed,
                    contrast.verdict.value,
                    contrast.more,
                    contrast.in_words(),
                )
            )
    return table_columns.COMPARISON.sheet(rows)


def pools(results: Results) -> Sheet:
    """Every statistic of every pool of every mix; see `pool_estimates`."""
    rows = (
        (
            mix,
            pool,
            statistic,
            estimated.value,
            *_ends(estimated.interval),
            estimated.n,
            unit,
            *_basis(estimated),
        )
        for mix in results.mixes
        for pool, statistic, unit, estimated in pool_estimates(results.runs.pools(mix))
    )
    return table_columns.POOLS.sheet(rows)


def best(sets: Iterable[Best]) -> Sheet:
    """How far each mix is from the best of the others, by measure; in `low` and `high` more is better."""
    rows: list[Sequence[Cell]] = []
    for one in sets:
        unit = MEASURES[one.measure].unit
        known = (one.measure, unit, one.direction, one.delta, one.n, one.confidence)
        for candidate in one.candidates:
            numbers = (candidate.value, *_bounds(candidate), candidate.bounds.among_best)
            ends = (candidate.as_good_within_delta, candidate.differing)
            rows += [(*known, mix, *numbers, *ends) for mix in candidate.mixes]
        rows += [(*known, mix, *[None] * 6) for mix in one.lacking]
    return table_columns.BEST.sheet(rows)


def worst_tenth(found: Iterable[Tail]) -> Sheet:
    """Where the worst tenth of each mix's worlds begins, by measure; an end that is empty is unbounded."""
    rows = [
        (
            one.measure, MEASURES[one.measure].unit, one.mix, one.quantile.n, bound(one.measure),
            one.quantile.value, *_bounded(one.quantile.interval),
            one.difference, *_bounded(one.interval),
        )
        for one in found
    ]  # fmt: skip
    return table_columns.WORST_TENTH.sheet(rows)


def _bounds(candidate: Candidate) -> tuple[float | None, float | None]:
    return _finite(candidate.bounds.low), _finite(candidate.bounds.high)


def _bounded(interval: Interval | None) -> tuple[float | None, float | None]:
    return (None, None) if interval is None else (_finite(interval.low), _finite(interval.high))


def _finite(end: float) -> float | None:
    return end if isfinite(end) else None


def _basis(estimated: Estimate) -> tuple[str | None, str]:
    """How the interval was made, and what is to be known beside it."""
    return _method(estimated.interval), estimated.basis.in_words()


def _method(interval: Interval | None) -> str | None:
    return None if interval is None else interval.method.value


def _ends(interval: Interval | None) -> tuple[float | None, float | None]:
    return (None, None) if interval is None else (interval.low, interval.high)


def csv_lines(sheet: Sheet) -> Iterator[str]:
    """The lines of a table, each made when it is asked for."""
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    for row in chain[Sequence[Cell]]([sheet.columns], sheet.rows):
        writer.writerow([_written(cell) for cell in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _written(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case float():
            return repr(float(cell))
        case str():
            return guarded(cell)
        case _:
            return str(cell)
