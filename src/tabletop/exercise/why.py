"""Causes: for each pillar, the bottleneck, and the stage at which plots were lost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tabletop.analysis.bottleneck import busiest, is_busy
from tabletop.exercise.adjudication import Outcome
from tabletop.interim import Interim
from tabletop.measures import POOL_MEASURES, value
from tabletop.scenario.policy import LEVERS, PILLARS


@dataclass(frozen=True)
class PoolState:
    """The load of a pool of staff in a period; None where it has no value."""

    pool: str
    pillar: str
    utilisation: float | None
    """Share of staff time at work."""
    wait: float | None
    """Mean wait in days, of the items that left the queue."""
    queue: float
    """Items waiting, on average over time."""

    @property
    def has_nobody(self) -> bool:
        """Whether work waits where nobody is: staff without limit lets nothing wait."""
        return self.utilisation is None and self.queue > 0

    @property
    def is_busy(self) -> bool:
        """Whether it is at work so much of the time that work piles up."""
        return is_busy(self.utilisation)


def load_in_words(utilisation: float | None) -> str:
    """A load in per cent, which never reads as busy where it is not, nor the other way round."""
    if utilisation is None:
        return "–"
    whole = round(100 * utilisation)
    if is_busy(whole / 100) == is_busy(utilisation):
        return f"{whole} %"
    # one digit more, cut and not rounded
    return f"{int(1000 * utilisation) / 10:.1f} %"


def pools(reading: Interim) -> tuple[PoolState, ...]:
    """Every pool, in the order of the pillars."""
    found = [
        PoolState(
            pool,
            LEVERS[pool].pillar,
            value(reading.parts[names.utilisation]),
            value(reading.parts[names.wait]),
            value(reading.parts[names.queue]) or 0.0,
        )
        for pool, names in POOL_MEASURES.items()
    ]
    return tuple(sorted(found, key=lambda one: PILLARS.index(one.pillar)))


def bottleneck(reading: Interim, pillar: str | None = None) -> PoolState | None:
    """The busiest pool, of one pillar or of all, ties by wait; None if none is busy enough to be one."""
    return busiest_of(one for one in pools(reading) if pillar in (None, one.pillar))


def busiest_of(found: Iterable[PoolState]) -> PoolState | None:
    """The busiest of some pools, ties by wait; None if none is busy enough to be a bottleneck."""
    return busiest(found, lambda one: (one.utilisation, one.wait))


def unstaffed(reading: Interim, pillar: str | None = None) -> tuple[PoolState, ...]:
    """The pools, of one pillar or of all, where work waits for nobody."""
    return tuple(one for one in pools(reading) if one.has_nobody and pillar in (None, one.pillar))


@dataclass(frozen=True)
class Loss:
    """A stage at which plots were lost: the furthest that their traces had reached when they matured."""

    field: str
    """In the tally."""
    pillar: str
    """Whose stage it is; "" where no pillar had anything to see."""
    reason: str


LOSSES = (
    Loss("missed_untraced", "", "it left no trace at all"),
    Loss("missed_uncaptured", "detection", "its traces were not captured, reported or passed on"),
    Loss("missed_screened_out", "reporting", "its traces were screened out"),
    Loss("missed_lapsed", "detection", "its traces lapsed before anybody looked"),
    Loss("missed_filed", "detection", "it was on file, below the threshold for a case"),
    Loss("missed_handover", "detection", "its case was on its way to the teams"),
    Loss("missed_waiting", "interdiction", "its case waited for a team"),
    Loss("missed_investigated", "interdiction", "a team was at work on it, too late"),
    Loss("missed_lost", "interdiction", "it had been lost sight of"),
)
"""Every way in which a plot can mature without being stopped in time, along the flow."""


@dataclass(frozen=True)
class Lost:
    """Plots lost at one stage."""

    loss: Loss
    realised: int
    """In the world that is played."""
    mean: float | None
    """On average over the others; None until they are simulated."""


def lost(outcome: Outcome) -> tuple[Lost, ...]:
    """Plots carried out, or foiled only at the last moment, by the stage that their traces had reached."""
    tally: Mapping[str, float] = outcome.realised.tally
    return tuple(
        Lost(
            loss,
            int(tally[loss.field]),
            outcome.mean_count(loss.field) if outcome.others else None,
        )
        for loss in LOSSES
    )
