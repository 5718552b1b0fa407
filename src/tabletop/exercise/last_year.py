"""The last year in numbers: what players could observe in the year before StartEx."""

from collections.abc import Iterable
from dataclasses import dataclass

from tabletop.exercise.luck import seed_of
from tabletop.exercise.predictions import middle_range
from tabletop.exercise.reveal import measures_shown
from tabletop.exercise.state import State
from tabletop.measures import COST, value
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import number
from tabletop.simulation import read_warm_up

YEAR = 365.0
WORLDS = 40
"""Replications of the scenario's seed from which the range on paper is taken."""


@dataclass(frozen=True)
class LastYear:
    """The end of the warm-up: its length, and what was observed in it."""

    days: float
    ranges: dict[str, tuple[float, float]]
    """By observable measure: the 10th and 90th percentile over worlds; of one world, twice its value.

    A measure that is missing in every world is left out.
    """
    worlds: int

    @property
    def title(self) -> str:
        """What it is the time of: "Last year in numbers", or how long it was."""
        if self.days == YEAR:
            return "Last year in numbers"
        return f"The last {number(self.days)} days in numbers"


def last_year_played(state: State, replication: int) -> LastYear | None:
    """The last year of the world that is played, once an exercise has a secret."""
    assert state.opened is not None
    seed = seed_of(state.scenario.seed, state.opened.secret)
    return last_year(state.scenario.model_copy(update={"seed": seed}), [replication])


def last_year(scenario: Scenario, replications: Iterable[int] = range(WORLDS)) -> LastYear | None:
    """The last 365 days of the warm-up, or all of a shorter one; None if there is none.

    Of the measures of the exercise that players can observe, without costs, in these replications of the
    scenario's seed. Until StartEx every mix is the baseline.
    """
    names = [name for name in measures_shown(State.of(scenario)) if name != COST]
    read = [interim for one in replications if (interim := read_warm_up(scenario, one, -YEAR)) is not None]
    if not read:
        return None
    ranges = {}
    for name in names:
        known = [found for one in read if (found := value(one.parts[name])) is not None]
        if known:
            ranges[name] = middle_range(known)
    return LastYear(min(YEAR, scenario.warm_up_days), ranges, len(read))
