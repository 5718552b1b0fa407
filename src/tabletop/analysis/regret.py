"""Regret: how far a mix is behind the best of the mixes, in one measure, variant by variant.

Whoever picks the best on the same luck on which it is judged finds too much regret; whoever picks on one half
of the worlds and judges on the other finds too little, because the pick may be wrong. The truth lies between,
on average. The largest regret of many variants is chosen by luck as well: it is told from fresh luck alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tabletop.analysis.interval import CONFIDENCE, Interval
from tabletop.analysis.mean_interval import mean_interval
from tabletop.analysis.moments import Moments

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

WORST = 3
"""Variants of each mix that are run again on luck of their own."""


@dataclass(frozen=True)
class Regret:
    """How far a `mix` is behind the best, on average over `variants`."""

    mix: str
    low: float
    """With the best picked on one half of the worlds and judged on the other: too small on average."""
    high: float
    """With the best picked and judged on the same worlds: too large on average."""
    best_in: int
    """In so many variants its mean is the best, or as good as the best."""
    variants: int


@dataclass(frozen=True)
class Worst:
    """The regret of a `mix` in one of the variants in which it seemed largest, from fresh luck."""

    mix: str
    variant: str
    behind: str
    """The mix that was the best on the study's own luck."""
    seen: float
    """On that luck."""
    fresh: float
    interval: Interval | None
    """Those of one mix and measure hold together."""


def regrets(table: "Numbers", mixes: Sequence[str]) -> tuple[Regret, ...]:
    """The regret of each mix, on average.

    `table` is mixes × variants × worlds, so that more is better.
    """
    import numpy as np

    means = table.mean(axis=2)
    same = means.max(axis=0) - means
    halves = (table[:, :, 0::2].mean(axis=2), table[:, :, 1::2].mean(axis=2)) if table.shape[2] > 1 else ()
    split = np.zeros(means.shape)
    for picks, judges in (halves, halves[::-1]) if halves else ():
        best = picks.argmax(axis=0)
        split += (judges[best, np.arange(means.shape[1])] - judges) / 2
    return tuple(
        Regret(
            mix,
            float(split[place].mean()),
            float(same[place].mean()),
            int((same[place] <= 0).sum()),
            means.shape[1],
        )
        for place, mix in enumerate(mixes)
    )


def worst_of(table: "Numbers", place: int) -> list[tuple[int, int, float]]:
    """The variants in which a mix seems furthest behind, each with the best mix there and the regret seen."""
    means = table.mean(axis=2)
    same = means.max(axis=0) - means[place]
    order = sorted(range(len(same)), key=lambda one: (-same[one], one))[:WORST]
    return [(one, int(means[:, one].argmax()), float(same[one])) for one in order if same[one] > 0]


def fresh_interval(differences: Sequence[float], *, together: int) -> tuple[float, Interval | None]:
    """The mean regret in fresh worlds, and its interval, which holds together with others of them."""
    moments = Moments.of(list(differences))
    return moments.mean, mean_interval(moments, 1 - (1 - CONFIDENCE) / together)
