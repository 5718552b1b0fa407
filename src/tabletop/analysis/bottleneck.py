"""Bottlenecks: where the work of a mix piles up."""

from collections.abc import Mapping
from dataclasses import dataclass

from tabletop.analysis.estimate import Estimate, estimate
from tabletop.analysis.outcomes import Column
from tabletop.world import POOLS

BUSY = 0.85
"""Utilisation below which no pool is called a bottleneck."""


@dataclass(frozen=True)
class Bottleneck:
    """The pool that holds a mix up, with what shows it."""

    pool: str
    utilisation: Estimate
    """Share of staff time at work."""
    wait: Estimate
    """Mean wait in days, of the items that left the queue."""


def bottleneck(columns: Mapping[str, Column]) -> Bottleneck | None:
    """The pool of one mix with the highest utilisation, ties by mean wait; None below 85 %.

    Pools with unlimited staff, or none at all, have no utilisation and are no bottleneck here.
    """
    found: Bottleneck | None = None
    for pool in POOLS:
        utilisation = estimate(columns[f"utilisation_{pool}"], highest=1.0)
        if utilisation.value is None or utilisation.value < BUSY:
            continue
        candidate = Bottleneck(pool, utilisation, estimate(columns[f"wait_{pool}"]))
        if found is None or _load(candidate) > _load(found):
            found = candidate
    return found


def _load(pool: Bottleneck) -> tuple[float, float]:
    return pool.utilisation.value or 0.0, pool.wait.value or 0.0
