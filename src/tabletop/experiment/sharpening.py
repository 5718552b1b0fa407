"""Sharpening: what levers at other settings would change, over a few worlds first and then over more.

The worlds are always the same ones, in the same order: what moves from one answer to the next is policy.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock

from tabletop.analysis.compare import compare
from tabletop.analysis.contrast import Contrast
from tabletop.analysis.outcomes import Column, Outcomes
from tabletop.compiled.choice import takes_compiled
from tabletop.engine.percentile import percentile
from tabletop.experiment.machine import cores
from tabletop.experiment.preview import LEAST_WORLDS, Readings, columns_of
from tabletop.experiment.sliders import WHAT_IF, what_if
from tabletop.experiment.world import World
from tabletop.scenario.scenario import Scenario
from tabletop.simulation import Simulation

WORLDS = (LEAST_WORLDS, 60, 200)
"""Over so many worlds each question is answered, one after the other."""
KEPT = 60
"""The first so many worlds keep their luck; that of 200 takes a gigabyte in a large scenario."""
LOW, HIGH = 0.1, 0.9
"""The levels of a band's ends."""


@dataclass(frozen=True)
class Band:
    """The outcomes of a measure over worlds: 10 %, median and 90 %, each of them one that occurred."""

    low: float
    median: float
    high: float
    worlds: int
    """In which the measure is not missing."""

    @classmethod
    def of(cls, column: Column) -> "Band | None":
        """The band of a column; None where the measure is missing in every world."""
        values = sorted(value for value in column.each() if value is not None)
        if not values:
            return None
        low, median, high = (percentile(values, p) for p in (LOW, 0.5, HIGH))
        return cls(low, median, high, len(values))


@dataclass(frozen=True)
class Finding:
    """One measure under the settings that were asked for, beside the baseline in the same worlds."""

    measure: str
    ours: Band | None
    baseline: Band | None
    contrast: Contrast
    """How the means differ; its interval holds for this question alone, and not for all that were asked."""


@dataclass(frozen=True)
class Answer:
    """What a question comes to over so many `worlds`, by measure."""

    worlds: int
    findings: tuple[Finding, ...]


Told = Callable[[int, int, bool], object]
"""Is given worlds done, of how many, and whether they are those of the baseline."""


class Sharpening:
    """The worlds of a scenario, and the baseline in as many of them as have been needed."""

    def __init__(
        self, scenario: Scenario, *, mix: str, measures: Sequence[str], seed: int, told: Told
    ) -> None:
        self._scenario = scenario
        self._mix = mix
        self._measures = measures
        self._seed = seed
        self._told = told
        self._kept: dict[int, World] = {}
        self._baseline: list[Readings] = []
        self.is_compiled = takes_compiled("auto", Simulation)
        """Whether the compiled engine is at work; without it everything takes some twenty times as long."""
        # SimPy's engine is Python: a second thread would only get in its way
        self._threads = ThreadPoolExecutor(cores() if self.is_compiled else 1)

    def answers(
        self, settings: Mapping[str, float], *, is_wanted: Callable[[], bool] = lambda: True
    ) -> Iterator[Answer]:
        """Answers over more and more worlds; the first comes in any case, and then as long as it is wanted.

        Raises TabletopError for a setting that a lever cannot have.
        """
        asked = what_if(self._scenario, self._mix, settings)
        ours: list[Readings] = []
        for worlds in WORLDS:
            goes_on = is_wanted if ours else lambda: True
            if not self._extend(self._baseline, self._scenario.baseline, self._scenario, worlds, goes_on):
                return
            if not self._extend(ours, WHAT_IF, asked, worlds, goes_on):
                return
            yield Answer(worlds, self._findings(asked, ours))

    def _findings(self, asked: Scenario, ours: list[Readings]) -> tuple[Finding, ...]:
        scenario, baseline = self._scenario, self._scenario.baseline
        columns = {
            baseline: columns_of(self._baseline[: len(ours)], scenario),
            WHAT_IF: columns_of(ours, scenario),
        }
        is_same = asked.policies(WHAT_IF) == scenario.policies(baseline)
        compared = compare(
            Outcomes(tuple(range(len(ours))), columns),
            baseline=baseline,
            interests=scenario.measures,
            same_policy=(WHAT_IF,) if is_same else (),
        )
        return tuple(
            Finding(
                name,
                Band.of(columns[WHAT_IF][name]),
                Band.of(columns[baseline][name]),
                compared.contrast(name, WHAT_IF),
            )
            for name in self._measures
        )

    def _extend(
        self,
        known: list[Readings],
        mix: str,
        scenario: Scenario,
        worlds: int,
        goes_on: Callable[[], bool],
    ) -> bool:
        """Simulate a mix in the worlds up to so many that are not known; False if that is given up."""
        coming, lock = iter(range(len(known), worlds)), Lock()
        made: dict[int, Readings] = {}

        def work(_: int) -> None:
            while True:
                with lock:
                    place = next(coming, None) if goes_on() else None
                if place is None:
                    return
                found = self._world(place).readings(scenario, mix, shares_warm_up=True)
                with lock:
                    made[place] = found
                    self._told(len(known) + len(made), worlds, known is self._baseline)

        for _ in self._threads.map(work, range(cores())):
            pass  # what was raised in a thread is raised here
        if len(known) + len(made) < worlds:
            return False
        known += [made[place] for place in sorted(made)]
        return True

    def _world(self, place: int) -> World:
        if place >= KEPT:
            return World(self._scenario, self._seed, place)
        if place not in self._kept:
            self._kept[place] = World(self._scenario, self._seed, place)
        return self._kept[place]
