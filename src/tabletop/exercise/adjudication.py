"""Adjudication: the outcomes of all teams' decisions, simulated on the same luck."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tabletop.analysis.interval import FEW_WORLDS
from tabletop.analysis.words import plural
from tabletop.exercise.acts import Open
from tabletop.exercise.courses import Courses
from tabletop.exercise.hand import Hand
from tabletop.exercise.interim_cache import InterimCache, Progress
from tabletop.exercise.luck import Split, mean_of, nearest_to, rank, seed_of, split
from tabletop.exercise.predictions import Scored, middle_range, scale_of
from tabletop.exercise.state import State
from tabletop.interim import Interim
from tabletop.measures import COST, MEASURES, Reading, value
from tabletop.scenario.exercise_plan import Realised
from tabletop.scenario.scenario import Scenario

BASELINE = ""
"""The name of the baseline among the teams."""


@dataclass(frozen=True)
class Outcome:
    """The outcome of one team's mix, or of the baseline, in a period of days."""

    realised: Interim
    """In the world that is played."""
    others: tuple[Interim, ...]
    """In the other replications, in order; empty until they have been simulated."""
    cost: float
    """Cost units, the same in every world: a card costs from its move's day."""

    def value(self, measure: str) -> float | None:
        """A measure in the world that is played."""
        return self.cost if measure == COST else value(self.realised.parts[measure])

    def values(self, measure: str) -> list[float]:
        """A measure in those of the other replications in which it is not missing."""
        if measure == COST:
            return [self.cost] * len(self.others)
        found = (value(other.parts[measure]) for other in self.others)
        return [one for one in found if one is not None]

    def mean(self, measure: str) -> float | None:
        """A measure's mean over the other replications; of a ratio, the ratio of sums."""
        if measure == COST:
            return self.cost
        readings: list[Reading] = [other.parts[measure] for other in self.others]
        return mean_of(readings)

    def mean_count(self, name: str) -> float:
        """A count of the tally, on average over the other replications."""
        total = 0.0
        for other in self.others:
            total += other.tally[name]
        return total / len(self.others)


@dataclass(frozen=True)
class Adjudication:
    """The outcomes of a period of the exercise, for every team and the baseline."""

    start: float
    end: float
    """The period: days from `start` to just before `end`."""
    outcomes: Mapping[str, Outcome]
    """By team; the baseline under `BASELINE`."""
    realised: int
    """The replication that is played."""

    @property
    def baseline(self) -> Outcome:
        """The outcome of deciding nothing."""
        return self.outcomes[BASELINE]

    @property
    def teams(self) -> tuple[str, ...]:
        """The teams, in their order."""
        return tuple(name for name in self.outcomes if name != BASELINE)

    @property
    def other_worlds(self) -> str:
        """In how many other worlds every mean is taken: "100 other worlds", "only 6 other worlds"."""
        number = len(self.baseline.others)
        return f"{'only ' if number < FEW_WORLDS else ''}{plural(number, 'other world')}"

    def split(self, team: str, measure: str) -> Split | None:
        """A team's outcome minus the baseline's mean, split into luck, policy and their interaction."""
        own, base = self.outcomes[team], self.baseline
        return split(own.value(measure), base.value(measure), own.mean(measure), base.mean(measure))

    def rank(self, measure: str) -> tuple[float, int] | None:
        """How many of the other worlds lie below the one that is played, under the baseline; of how many."""
        own, among = self.baseline.value(measure), self.baseline.values(measure)
        return None if own is None else (rank(among, own), len(among))

    def harsher_than(self, measure: str) -> tuple[float, int] | None:
        """How many of the other worlds are milder in a measure with a preferred direction; of how many."""
        found = self.rank(measure)
        if found is None:
            return None
        below, number = found
        return (number - below if MEASURES[measure].direction > 0 else below), number

    def scored(self, team: str, measure: str, low: float, high: float) -> Scored | None:
        """A team's prediction against what happened; None if the measure is missing."""
        happened = self.outcomes[team].value(measure)
        if happened is None:
            return None
        base = middle_range(self.baseline.values(measure))
        model = middle_range(self.outcomes[team].values(measure))
        scale = scale_of(*base, is_share=MEASURES[measure].unit == "share")
        return Scored(low, high, happened, scale, *model)


@dataclass
class Adjudicator:
    """Simulates what an exercise needs; the same state gives the same bits."""

    histories: InterimCache
    _chosen: dict[tuple[str, int, Realised], int] = field(default_factory=dict)
    """By what decides it: the world that is played, where a plan wants one of a certain rank."""

    def worlds(self, state: State, progress: Progress | None = None) -> tuple[int, tuple[int, ...]]:
        """The replication that is played, and the others.

        It is the first, unless the plan declares its rank under the baseline: then as many baselines
        as are needed are simulated as planned, before anything is decided.
        """
        assert state.opened is not None
        every, wanted = range(state.opened.others + 1), state.plan.realised
        chosen = 0 if wanted is None else self._nearest(state, state.opened, wanted, progress)
        return chosen, tuple(r for r in every if r != chosen)

    def _nearest(self, state: State, opened: Open, wanted: Realised, progress: Progress | None) -> int:
        """The replication that stands where a plan wants it, under the baseline as planned."""
        every, end = range(opened.others + 1), state.scenario.horizon_days
        courses = Courses(_seeded(State.of(state.scenario), opened.secret), {}, _decision_days(state))
        key = (courses.key(courses.baseline, end)(0), opened.others, wanted)
        if key not in self._chosen:
            self.histories.make(courses, every, days_of(state), progress)
            readings = self.histories.readings(courses, courses.baseline, every, end)
            values = [value(reading.parts[wanted.of]) for reading in readings]
            self._chosen[key] = nearest_to([0.0 if v is None else v for v in values], wanted.near)
        return self._chosen[key]

    def adjudicate(
        self, state: State, move: int, *, spread: bool = True, progress: Progress | None = None
    ) -> Adjudication:
        """The outcomes of a move (0 for the first), from its day to that of the next.

        Without `spread`, only in the world that is played: quick, and without means.
        """
        start, end = state.plan.moves[move].day, state.ends(move)
        return self._stretch(state, move, start, end, spread=spread, progress=progress)

    def so_far(
        self, state: State, move: int, *, spread: bool = True, progress: Progress | None = None
    ) -> Adjudication:
        """The outcomes from StartEx to the end of a move (0 for the first)."""
        return self._stretch(state, move, 0.0, state.ends(move), spread=spread, progress=progress)

    def epilogue(self, state: State, *, progress: Progress | None = None) -> Adjudication | None:
        """The outcomes of the final mixes after EndEx, if the plan has an epilogue."""
        days, end = state.plan.epilogue_days, state.scenario.horizon_days
        if not days:
            return None
        last = len(state.plan.moves) - 1
        return self._stretch(state, last, end, end + days, spread=True, progress=progress)

    def prepare(self, state: State, progress: Progress | None = None) -> None:
        """Simulate all teams as they have decided so far to the very end, with a reading at every move.

        Where all decisions are known, one run serves every move. Before the first, it is the
        baseline that is simulated.
        """
        realised, others = self.worlds(state, progress)
        courses, _ = _courses(state, state.move)
        self.histories.make(courses, sorted({realised, *others}), days_of(state), progress)

    def _stretch(
        self,
        state: State,
        move: int,
        start: float,
        end: float,
        *,
        spread: bool,
        progress: Progress | None,
    ) -> Adjudication:
        realised, others = self.worlds(state, progress)
        courses, course_of = _courses(state, move)
        days = [start, end] if start > 0 else [end]
        self.histories.make(courses, [realised], days, progress)
        if spread:
            self.histories.make(courses, others, days, progress)

        def read(course: str, replications: Sequence[int]) -> tuple[Interim, ...]:
            until = self.histories.readings(courses, course, replications, end)
            if start <= 0:
                return until
            earlier = self.histories.readings(courses, course, replications, start)
            return tuple(late.since(early) for late, early in zip(until, earlier, strict=True))

        outcomes = {
            name: Outcome(
                realised=read(course, [realised])[0],
                others=read(course, others) if spread else (),
                cost=_cost(hand, start, end),
            )
            for name, (course, hand) in course_of.items()
        }
        return Adjudication(start, end, outcomes, realised)


def days_of(state: State) -> list[float]:
    """The days on which a period ends: every move's except day 0, EndEx, and the end of the epilogue."""
    end = state.scenario.horizon_days
    ends = [state.ends(move) for move in range(len(state.plan.moves))]
    return [*ends, end + state.plan.epilogue_days] if state.plan.epilogue_days else ends


def _courses(state: State, move: int) -> tuple[Courses, dict[str, tuple[str, Hand]]]:
    """The courses that are simulated at the end of a move, and which of them each team follows."""
    assert state.opened is not None
    scenario = _seeded(state, state.opened.secret)
    course_of = {BASELINE: (scenario.baseline, Hand(state.scenario))}
    mixes = {}
    for number, team in enumerate(state.teams, start=1):
        hand = state.hand(team, move)
        name = scenario.baseline
        if hand.played:
            name = f"team-{number}"
            mixes[name] = hand.mix()
        course_of[team] = (name, hand)
    return Courses(scenario, mixes, _decision_days(state)), course_of


def _decision_days(state: State) -> list[float]:
    """The days on which the moves begin."""
    return [move.day for move in state.plan.moves]


def _seeded(state: State, secret: str) -> Scenario:
    """The scenario with the exercise's luck and the injects in force."""
    seed = seed_of(state.scenario.seed, secret)
    return state.scenario.model_copy(update={"seed": seed, "injects": state.injects_in_force()})


def _cost(hand: Hand, start: float, end: float) -> float:
    return hand.cost_until(end) - (hand.cost_until(start) if start > 0 else 0.0)
