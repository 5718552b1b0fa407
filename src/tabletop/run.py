"""A run: what one replication of one policy mix came to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from tabletop.engine.journal import Journal
from tabletop.interim import Interim, counted
from tabletop.measures import PoolReport, Reading, readings, value
from tabletop.pools import POOLS
from tabletop.scenario.scenario import Scenario
from tabletop.series import Series
from tabletop.world import Window


@dataclass(frozen=True)
class Run:
    """What one replication of one policy mix came to."""

    scenario_title: str
    mix: str
    replication: int
    seed: int
    measures: Mapping[str, float | None]
    """Every measure by its name; None where its denominator is 0."""
    parts: Mapping[str, Reading]
    """Numerator and denominator of every measure; the denominator of what is no ratio is 1."""
    pools: Mapping[str, PoolReport]
    """Every pool of staff by its name."""
    tally: Mapping[str, float]
    """What happened in the exercise, count by count: the fields of `world.Tally`, but for the traces
    left and not captured, which are only counted where some policy could get hold of them."""
    series: Series
    """How the exercise went, month by month."""
    interims: tuple[Interim, ...]
    """What it had come to just before each of the days that were asked for; never kept in a folder."""
    events: int
    """Events processed, the warm-up's included; a journal adds some."""
    traces: int
    """Traces that somebody got hold of, the warm-up's included."""
    journal: Journal | None
    """What happened step by step, the warm-up included, if it was asked for."""
    engine: str = field(default="simpy", compare=False)
    """Which engine made it; it changes nothing else."""

    @classmethod
    def of(
        cls,
        window: Window,
        *,
        scenario: Scenario,
        mix: str,
        replication: int,
        seed: int,
        series: Series,
        interims: tuple[Interim, ...],
        events: int,
        traces: int,
        journal: Journal | None,
        engine: str = "simpy",
    ) -> Self:
        """The run whose exercise was this window."""
        parts = readings(window)
        return cls(
            scenario_title=scenario.title,
            mix=mix,
            replication=replication,
            seed=seed,
            measures={name: value(reading) for name, reading in parts.items()},
            parts=parts,
            tally=counted(window.tally),
            series=series,
            interims=interims,
            pools={name: PoolReport.of(window.pools[name], window.days) for name in POOLS},
            events=events,
            traces=traces,
            journal=journal,
            engine=engine,
        )
