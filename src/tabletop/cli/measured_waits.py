"""Waits of an exercise, measured: how long its runs take on this machine, and when they have to be there."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from time import perf_counter
from typing import Self

from tabletop.analysis.words import plural
from tabletop.compiled.choice import takes_compiled
from tabletop.exercise.courses import Courses
from tabletop.exercise.interim_cache import InterimCache
from tabletop.scenario.scenario import Scenario
from tabletop.simulation import Simulation

MEASUREMENTS, SAMPLE = 5, 2
"""How often replications of the baseline are timed, and how many at once."""


@dataclass(frozen=True)
class Wait:
    """What is simulated for one part of the exercise."""

    name: str
    runs: int
    shortest: float
    longest: float
    """Seconds by the fastest and the slowest measurement, if no two teams decide the same; other programs at
    work on the machine add to it."""
    at_hand: float
    """Seconds in which nobody waits for it."""
    while_: str
    """What goes on in that time."""
    most: float
    """Seconds from which on the class stands still."""


@dataclass(frozen=True)
class Waits:
    """The pace of this machine on a scenario, for so many teams, other worlds and workers."""

    scenario: Scenario
    teams: int
    others: int
    workers: int
    paces: tuple[float, ...]
    """Seconds a simulated day of one run, in one process, by each measurement; the baseline's, which teams'
    mixes are near."""
    bytes_a_run: int
    """What is kept of a run on disk: its readings, and with the compiled engine its states."""

    @classmethod
    def measured(cls, scenario: Scenario, *, teams: int, others: int, workers: int) -> Self:
        """Time runs of the baseline, several times; the first, which loads what is needed, does not count."""
        plan = scenario.exercise
        assert plan is not None
        decided = [move.day for move in plan.moves]
        days = [*decided[1:], scenario.horizon_days]
        if plan.epilogue_days:
            days.append(scenario.horizon_days + plan.epilogue_days)
        courses, cache = Courses(scenario, {}, decided), InterimCache()
        cache.make(courses, [0], days)
        simulated, paces = SAMPLE * (scenario.warm_up_days + days[-1]), []
        for first in range(1, MEASUREMENTS * SAMPLE, SAMPLE):
            began = perf_counter()
            cache.make(courses, range(first, first + SAMPLE), days)
            paces.append((perf_counter() - began) / simulated)
        size = cache.size // (MEASUREMENTS * SAMPLE + 1)
        return cls(scenario, teams, others, workers, tuple(paces), size)

    @property
    def workers_in_words(self) -> str:
        """What they run on: "2 workers"."""
        return plural(self.workers, "worker")

    @property
    def bytes_needed(self) -> int:
        """What all runs take on disk, if no two teams decide the same."""
        return self.bytes_a_run * (self.others + 1) * (self.teams + 1)

    def each(self) -> Iterator[Wait]:
        """The waits, part by part."""
        plan, worlds = self.scenario.exercise, self.others + 1
        assert plan is not None
        end = self.scenario.horizon_days
        brief = plan.brief_minutes * 60
        whole = self._seconds(worlds, self.scenario.warm_up_days + end)
        yield Wait("baseline", worlds, *whole, brief, "in the brief", 2 * brief)
        if plan.decision_form is None:
            return
        goes_on = takes_compiled("auto", Simulation)  # from the state on the move's day
        for place, move in enumerate(plan.moves):
            until = plan.moves[place + 1].day if place + 1 < len(plan.moves) else end
            begun = move.day > 0 and goes_on
            days = until - move.day if begun else until + self.scenario.warm_up_days
            parts = move.minutes
            yield Wait(
                f"move {place + 1}",
                worlds * self.teams,
                *self._seconds(worlds * self.teams, days),
                parts.decision * 60,
                "while teams decide and predict",
                (parts.decision + parts.reveal) * 60,
            )
        if plan.epilogue_days:
            days = plan.epilogue_days + (0 if goes_on else end + self.scenario.warm_up_days)
            runs, wash = worlds * (self.teams + 1), plan.hot_wash_minutes * 60
            yield Wait("epilogue", runs, *self._seconds(runs, days), wash / 3, "early in the hot wash", wash)

    def _seconds(self, runs: int, days: float) -> tuple[float, float]:
        """Least and most seconds of so many runs of so many days each, shared by the workers."""
        each = ceil(runs / self.workers) * days
        return each * min(self.paces), each * max(self.paces)
