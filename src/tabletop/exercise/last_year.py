"""The last year in numbers: what players could observe in the year before StartEx."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tabletop.exercise.luck import seed_of
from tabletop.exercise.predictions import middle_range
from tabletop.exercise.reveal import measures_shown
from tabletop.exercise.state import State
from tabletop.exercise.why import pools
from tabletop.interim import Interim
from tabletop.measures import COST, value
from tabletop.scenario.policy import LEVERS
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import number
from tabletop.simulation import read_warm_up

YEAR = 365.0
WORLDS = 40
"""Replications of the scenario's seed from which the range on paper is taken."""


@dataclass(frozen=True)
class PoolYear:
    """The load of a pool of staff: 10th and 90th percentiles over worlds; None where no world has any."""

    pool: str
    pillar: str
    staff: float | None
    """How many there are; None if without limit."""
    utilisation: tuple[float, float] | None
    wait: tuple[float, float] | None
    """In days."""


@dataclass(frozen=True)
class LastYear:
    """The end of the warm-up: its length, and what was observed in it."""

    days: float
    ranges: dict[str, tuple[float, float]]
    """By observable measure: the 10th and 90th percentile over worlds; of one world, twice its value.

    A measure that is missing in every world is left out.
    """
    worlds: int
    pools: tuple["PoolYear", ...] = ()
    """Every pool of staff, in the order of the pillars."""

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
    return LastYear(min(YEAR, scenario.warm_up_days), ranges, len(read), tuple(_pools(scenario, read)))


def _pools(scenario: Scenario, read: Sequence[Interim]) -> Iterator[PoolYear]:
    policy = scenario.policies(scenario.baseline)[0][1]
    for states in zip(*map(pools, read), strict=True):
        one, lever = states[0], LEVERS[states[0].pool]
        yield PoolYear(
            one.pool,
            one.pillar,
            lever.of(policy),
            _range([state.utilisation for state in states]),
            _range([state.wait for state in states]),
        )


def _range(values: Iterable[float | None]) -> tuple[float, float] | None:
    known = [one for one in values if one is not None]
    return middle_range(known) if known else None
