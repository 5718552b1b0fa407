"""Pools with nobody there: what came to them, and what became of it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from tabletop.analysis.estimate import Estimate, Quantity, estimate
from tabletop.analysis.interval_words import interval_in_words, with_interval
from tabletop.analysis.outcomes import Column
from tabletop.analysis.words import figure
from tabletop.measures import PoolReport
from tabletop.pools import POOLS


@dataclass(frozen=True)
class Unstaffed:
    """A `pool` that has nobody in any replication, though work comes to it or is left there."""

    pool: str
    arrivals: Estimate
    """Items that came, a replication."""
    lapses: Estimate
    """Items that waited too long, a replication."""

    def in_words(self) -> str:
        """What a report says of it: 'nobody there, 1,417 arrived, all lapsed'."""
        arrived, lapsed = self.arrivals.value or 0.0, self.lapses.value or 0.0
        if not arrived:
            return f"nobody there, none arrived, what waited lapsed: {with_interval(self.lapses)} a world"
        left = arrived - lapsed
        if left <= 0:
            fate = "all lapsed"
        elif lapsed <= 0:
            fate = "none was served"
        elif lapsed > left:
            fate = f"all lapsed but {_amount(left)}"
        else:
            fate = f"{_amount(lapsed)} lapsed, none was served"
        return f"nobody there, {_amount(arrived)} arrived, {fate} (a world; arrivals {self._spread()})"

    def _spread(self) -> str:
        return interval_in_words(self.arrivals)


def unstaffed(
    reports: Iterable[Mapping[str, PoolReport]], empty: Collection[str] = ()
) -> tuple[Unstaffed, ...]:
    """The pools of one mix without a day of staff in any replication, where something came or lapsed.

    Those that the mix leaves `empty` are among them, although staff of the warm-up may finish an item there.
    """
    arrivals: dict[str, list[float]] = {pool: [] for pool in POOLS}
    lapses: dict[str, list[float]] = {pool: [] for pool in POOLS}
    staffed = dict.fromkeys(POOLS, 0.0)
    for of_run in reports:
        for pool, report in of_run.items():
            arrivals[pool].append(float(report.arrivals))
            lapses[pool].append(float(report.lapses))
            staffed[pool] += report.staff_days
    return tuple(
        Unstaffed(pool, _mean(arrivals[pool]), _mean(lapses[pool]))
        for pool in POOLS
        if (pool in empty or not staffed[pool]) and any((*arrivals[pool], *lapses[pool]))
    )


def _mean(counts: list[float]) -> Estimate:
    return estimate(Column(tuple(counts), (1.0,) * len(counts)), Quantity(is_count=True))


def _amount(value: float) -> str:
    return figure(value, decimals=0 if value >= 100 else 1)
