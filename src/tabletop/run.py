"""A run: what one replication of one policy mix came to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from tabletop.engine.journal import Journal
from tabletop.interim import Interim, counted
from tabletop.measures import MEASURES, PoolReport, Reading, readings, value
from tabletop.notebook import html_table
from tabletop.pools import POOLS
from tabletop.scenario.scenario import Scenario
from tabletop.series import Series
from tabletop.world import Window


@dataclass(frozen=True, repr=False)
class Run:
    """The outcome of a `replication` of a `mix`, of the scenario with `scenario_title`, under a `seed`."""

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
    """All counts of the run: the fields of `world.Tally` that are reported (`interim.UNREPORTED`)."""
    series: Series
    """How the run developed, month by month, and on the `series_days` asked for."""
    interims: tuple[Interim, ...]
    """The readings just before each of the `interim_days` asked for; a results folder does not keep them."""
    events: int
    """Number of events processed, the warm-up's included; with a journal there are some more."""
    traces: int
    """Number of traces captured, the warm-up's included."""
    journal: Journal | None
    """Every step of the run, the warm-up included; None unless it was asked for."""
    engine: str = field(default="simpy", compare=False)
    """Which engine made it; it changes nothing else."""

    def __repr__(self) -> str:
        place = f"replication {self.replication}, seed {self.seed}"
        return f"<Run of {self.mix} in {self.scenario_title!r}: {place}, {self.events:,} events>"

    def _repr_html_(self) -> str:
        """Every measure, as a notebook shows it."""
        return html_table(
            f"{self.scenario_title}, {self.mix}: replication {self.replication}, one world of many",
            ("measure", "value", "unit"),
            (
                (MEASURES[name].title, ("missing" if value is None else f"{value:.4g}", MEASURES[name].unit))
                for name, value in self.measures.items()
            ),
        )

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
