"""The tables of an experiment, as CSV: LF, fixed order of rows, shortest form of floats, no times."""

import csv
import io
from collections.abc import Iterable, Sequence
from math import inf, isfinite

from tabletop.analysis.compare import Comparison
from tabletop.analysis.estimate import Estimate, Interval, estimate
from tabletop.analysis.outcomes import Column
from tabletop.experiment.results import Results
from tabletop.measures import MEASURES, PoolReport
from tabletop.pillars.sharing import Direction
from tabletop.subjects import Channel
from tabletop.world import POOLS

CLASSES: dict[str, dict[int, str]] = {
    "analysts": {channel: channel.key for channel in Channel},
    "liaison_officers": {Direction.IN: "items in", Direction.OUT: "items out"},
}
"""The classes of work of the pools that have any."""

Cell = str | int | float | bool | None


def runs(results: Results) -> str:
    """Every measure of every run; a run that failed has one row, with its error."""
    rows: list[Sequence[Cell]] = [
        (row.mix, row.replication, row.measure, row.value, row.numerator, row.denominator, row.unit, None)
        for row in results.rows()
    ]
    rows += [(f.mix, f.replication, None, None, None, None, None, f.error) for f in results.failures]
    return _csv(("mix", "replication", "measure", "value", "numerator", "denominator", "unit", "error"), rows)


def comparison(compared: Comparison) -> str:
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
            )
            contrast = contrasts.get((name, mix))
            if contrast is None:
                rows.append((*known, *[None] * 12))
                continue
            rows.append(
                (
                    *known,
                    contrast.baseline,
                    contrast.difference,
                    *_ends(contrast.interval),
                    None if contrast.interval is None else contrast.interval.confidence,
                    "Bonferroni" if contrast.primary else "unadjusted",
                    contrast.delta,
                    contrast.differing,
                    contrast.few_worlds_differ,
                    contrast.verdict.value,
                    contrast.more,
                    contrast.in_words(),
                )
            )
    estimates = ("measure", "unit", "direction", "primary", "mix", "replications", "mean", "low", "high")
    differences = ("baseline", "difference", "difference_low", "difference_high", "confidence", "adjustment")
    verdicts = ("delta", "differing", "few_worlds_differ", "verdict", "more_replications", "in_words")
    return _csv((*estimates, *differences, *verdicts), rows)


def pools(results: Results) -> str:
    """What every pool of every mix did: means over its finished replications, with 95 % intervals.

    Utilisation and waits are ratios of sums; all else is a mean of what each replication reports
    (where it reports anything: see `replications`). Unlimited staff has no utilisation.
    """
    rows: list[Sequence[Cell]] = []
    for mix in results.mixes:
        finished = [run for (name, _), run in results.runs.items() if name == mix]
        for pool in POOLS:
            reports = [run.pools[pool] for run in finished]
            for statistic, unit, column in _statistics(pool, reports):
                estimated: Estimate = estimate(column, highest=1.0 if unit == "share" else inf)
                ends = _ends(estimated.interval)
                rows.append((mix, pool, statistic, estimated.value, *ends, estimated.n, unit))
    return _csv(("mix", "pool", "statistic", "mean", "low", "high", "replications", "unit"), rows)


def _statistics(pool: str, reports: list[PoolReport]) -> Iterable[tuple[str, str, Column]]:
    limited = [report for report in reports if isfinite(report.staff_days)]
    yield "utilisation", "share", _ratio([(r.busy_days, r.staff_days) for r in limited])
    yield "wait", "days", _ratio([_waited(r, r.waits_by_class) for r in reports])
    for kind, name in CLASSES.get(pool, {}).items():
        yield f"wait, {name}", "days", _ratio([_waited(r, (kind,)) for r in reports])
        of_class = [report.waits_by_class.get(kind) for report in reports]
        yield f"wait, {name}, 90th percentile", "days", _each([w.p90 if w else None for w in of_class])
    yield "wait, 90th percentile", "days", _each([r.p90_wait for r in reports])
    yield "queue", "items", _each([r.mean_queue for r in reports])
    yield "queue, peak", "items", _each([r.peak_queue for r in reports])
    yield "arrivals", "items", _each([r.arrivals for r in reports])
    yield "lapses", "items", _each([r.lapses for r in reports])
    yield "busy", "person-days", _each([r.busy_days for r in reports])
    yield "staffed", "person-days", _each([r.staff_days for r in limited])


def _waited(report: PoolReport, kinds: Iterable[int]) -> tuple[float, float]:
    """Total wait, and number of items, of some classes."""
    total, number = 0.0, 0
    for kind in kinds:
        if waits := report.waits_by_class.get(kind):
            total += waits.mean * waits.items
            number += waits.items
    return total, float(number)


def _ratio(parts: list[tuple[float, float]]) -> Column:
    return Column(tuple(n for n, _ in parts), tuple(d for _, d in parts), is_ratio=True)


def _each(values: list[float | None]) -> Column:
    told = tuple(float(value) for value in values if value is not None)
    return Column(told, (1.0,) * len(told))


def _ends(interval: Interval | None) -> tuple[float | None, float | None]:
    return (None, None) if interval is None else (interval.low, interval.high)


def _csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return text.getvalue()


def _written(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case float():
            return repr(cell)
        case _:
            return str(cell)
