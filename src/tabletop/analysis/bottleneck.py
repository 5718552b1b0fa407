"""Bottlenecks: where the work of a mix piles up."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from tabletop.analysis.estimate import Estimate, Quantity, estimate
from tabletop.analysis.outcomes import Column
from tabletop.measures import MEASURES, POOL_MEASURES

P = TypeVar("P")

BUSY = 0.85
"""Utilisation below which no pool is called a bottleneck."""


@dataclass(frozen=True)
class Bottleneck:
    """The busiest `pool` of a mix, with its load."""

    pool: str
    utilisation: Estimate
    """The share of staff time that is at work."""
    wait: Estimate
    """The mean wait in days of the items that left the queue."""


def bottleneck(columns: Mapping[str, Column], empty: Collection[str] = ()) -> Bottleneck | None:
    """The pool of one mix with the highest utilisation, ties by mean wait; None below 85 %.

    Pools with unlimited staff, or none at all, have no utilisation and are no bottleneck here; nor are
    those that the mix leaves `empty`, where staff of the warm-up finish what they had begun.
    """
    return busiest(
        (
            Bottleneck(pool, *(_estimate(columns, name) for name in (names.utilisation, names.wait)))
            for pool, names in POOL_MEASURES.items()
            if pool not in empty
        ),
        lambda pool: (pool.utilisation.value, pool.wait.value),
    )


def _estimate(columns: Mapping[str, Column], name: str) -> Estimate:
    return estimate(columns[name], Quantity.of(MEASURES[name]))


def is_busy(utilisation: float | None) -> bool:
    """Whether staff is at work so much of the time that work piles up."""
    return utilisation is not None and utilisation >= BUSY


def busiest(pools: Iterable[P], load: Callable[[P], tuple[float | None, float | None]]) -> P | None:
    """The pool with the highest utilisation, ties by mean wait and then the first; None if none is busy.

    The load of a pool is its utilisation and its mean wait, None where there is none.
    """
    busy = [pool for pool in pools if is_busy(load(pool)[0])]
    return max(busy, key=lambda pool: tuple(part or 0.0 for part in load(pool)), default=None)
