"""Estimates for the pools of a mix: utilisation, waits and queues, over its finished replications."""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from math import isfinite
from typing import NamedTuple

from tabletop.analysis.basis import Basis
from tabletop.analysis.estimate import Estimate, Quantity, estimate
from tabletop.analysis.interval import FEW_WORLDS
from tabletop.analysis.outcomes import Column
from tabletop.measures import MEASURES, POOL_MEASURES, PoolReport, Reading
from tabletop.pools import POOLS

_NOTHING = PoolReport(None, None, None, {}, {}, 0.0, 0, 0, 0, 0.0, 0.0)
"""An empty report, from which the names of the statistics are taken."""


_STAFF, _ITEMS = (
    Quantity.of(MEASURES[name])
    for name in (POOL_MEASURES["analysts"].utilisation, POOL_MEASURES["analysts"].wait)
)
"""What is averaged is the same for every pool."""


class Statistic(NamedTuple):
    """One number about a pool: a ratio of sums, or a mean over the replications that report it."""

    name: str
    unit: str
    is_ratio: bool
    quantity: Quantity


class PoolEstimate(NamedTuple):
    """A statistic of a pool, with its interval."""

    pool: str
    statistic: str
    unit: str
    estimate: Estimate


def pool_estimates(reports: Iterable[Mapping[str, PoolReport]]) -> Iterator[PoolEstimate]:
    """Every statistic of every pool, with 95 % intervals, from the reports of replications in their order.

    Utilisation and waits are ratios of sums; all else is a mean of what each replication reports
    (where it reports anything: see `n`). Unlimited staff has no utilisation. Without any report every
    statistic is there, and missing.
    """
    found: dict[str, dict[Statistic, tuple[array[float], array[float]]]] = {
        pool: {statistic: (array("d"), array("d")) for statistic, _ in _readings(pool, _NOTHING)}
        for pool in POOLS
    }
    replications = 0
    for of_run in reports:
        replications += 1
        for pool in POOLS:
            for statistic, reading in _readings(pool, of_run[pool]):
                numerators, denominators = found[pool][statistic]
                if reading is not None:
                    numerators.append(reading[0])
                    denominators.append(reading[1])
    for pool, statistics in found.items():
        for statistic, parts in statistics.items():
            column = Column(tuple(parts[0]), tuple(parts[1]), is_ratio=statistic.is_ratio)
            estimated = _said_of(estimate(column, statistic.quantity), replications)
            yield PoolEstimate(pool, statistic.name, statistic.unit, estimated)


def _said_of(estimated: Estimate, replications: int) -> Estimate:
    """An estimate from those of the replications that report anything; where they are few, it says so."""
    if not 0 < estimated.n < min(replications, FEW_WORLDS):
        return estimated
    basis = Basis(replications, estimated.n, is_ratio=True)
    return replace(estimated, basis=basis)


def _readings(pool: str, report: PoolReport) -> Iterator[tuple[Statistic, Reading | None]]:
    """Every statistic in one replication; None where it reports nothing."""
    is_limited = isfinite(report.staff_days)
    yield (
        Statistic("utilisation", "share", is_ratio=True, quantity=_STAFF),
        (report.busy_days, report.staff_days) if is_limited else None,
    )
    yield Statistic("wait", "days", is_ratio=True, quantity=_ITEMS), _waited(report, report.waits_by_class)
    for kind in POOLS[pool].classes or ():
        wait = Statistic(f"wait, {kind.title}", "days", is_ratio=True, quantity=_ITEMS)
        yield wait, _waited(report, (kind,))
        of_class = report.waits_by_class.get(kind)
        yield _mean(f"wait, {kind.title}, 90th percentile", "days", of_class.p90 if of_class else None)
    yield _mean("wait, 90th percentile", "days", report.p90_wait)
    yield _mean("queue", "items", report.mean_queue)
    yield _mean("queue, peak", "items", report.peak_queue)
    yield _mean("arrivals", "items", report.arrivals, is_count=True)
    yield _mean("lapses", "items", report.lapses, is_count=True)
    yield _mean("busy", "person-days", report.busy_days)
    yield _mean("staffed", "person-days", report.staff_days if is_limited else None)


def _mean(
    name: str, unit: str, value: float | None, *, is_count: bool = False
) -> tuple[Statistic, Reading | None]:
    statistic = Statistic(name, unit, is_ratio=False, quantity=Quantity(is_count=is_count))
    return statistic, None if value is None else (float(value), 1.0)


def _waited(report: PoolReport, kinds: Iterable[int]) -> Reading:
    """Total wait, and number of items, of some classes."""
    total, number = 0.0, 0
    for kind in kinds:
        if waits := report.waits_by_class.get(kind):
            total += waits.mean * waits.items
            number += waits.items
    return total, float(number)
