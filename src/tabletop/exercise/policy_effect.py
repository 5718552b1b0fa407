"""The effect of a team's decisions in one measure: in the world that is played, and over the other worlds."""

from dataclasses import dataclass, replace

from tabletop.analysis.contrast import Contrast, ContrastVerdict, contrast, judge
from tabletop.analysis.interval import CONFIDENCE, Interval
from tabletop.analysis.moments import Moments
from tabletop.exercise.adjudication import Adjudication, Outcome
from tabletop.exercise.columns import column_of
from tabletop.exercise.luck import Split
from tabletop.exercise.predictions import middle_range
from tabletop.exercise.visible import visible_difference
from tabletop.measures import MEASURES
from tabletop.scenario.scenario import Scenario


@dataclass(frozen=True)
class Course:
    """One measure of a team, or of the baseline, in a period; None where it is missing."""

    realised: float | None
    """In the world that is played."""
    values: tuple[float | None, ...]
    """In each of the other worlds, in their order; empty until they are simulated."""
    mean: float | None
    """Over the other worlds; of a ratio, the ratio of sums. None until they are simulated."""

    @property
    def band(self) -> tuple[float, float] | None:
        """From the 10th to the 90th percentile over the other worlds: the range of luck, no interval."""
        known = [one for one in self.values if one is not None]
        return middle_range(known) if known else None


@dataclass(frozen=True)
class PolicyEffect:
    """A team's outcome in one measure of a period beside the baseline's in the same worlds."""

    measure: str
    own: Course
    baseline: Course
    delta: float
    """The smallest difference that a class can see, in the measure's unit; 0 where any is."""
    split: Split | None
    """What happened minus the baseline's mean, as world luck, policy and how they met; None where one of
    them is missing, or the other worlds are not simulated."""
    contrast: Contrast | None
    """The mean paired difference over the other worlds; None until they are simulated.

    Its interval holds together with those of all other teams in this measure, at 95 %. Its verdict is
    about δ, as in experiments.
    """

    @property
    def realised(self) -> float | None:
        """The team's outcome minus the baseline's in the world that is played."""
        if self.own.realised is None or self.baseline.realised is None:
            return None
        return self.own.realised - self.baseline.realised

    @property
    def is_equal(self) -> bool:
        """Whether the team's outcome is the baseline's, in the world that is played."""
        return self.own.realised == self.baseline.realised

    @property
    def is_visible(self) -> bool:
        """Whether it differs by δ or more in the world that is played."""
        away = abs(self.realised or 0.0)
        return away > 0 and away >= self.delta * (1 - 1e-9)

    @property
    def in_deltas(self) -> float:
        """The size of the difference in the world that is played, in units of δ."""
        return self._in_deltas(self.realised)

    @property
    def mean_in_deltas(self) -> float:
        """The size of the mean difference over the other worlds, in units of δ."""
        return self._in_deltas(None if self.contrast is None else self.contrast.difference)

    def _in_deltas(self, difference: float | None) -> float:
        """Where any difference is visible, the baseline's spread is the unit, or the difference itself."""
        if not difference:
            return 0.0
        known = [one for one in self.baseline.values if one is not None]
        unit = self.delta or (Moments.of(known).deviation if known else 0.0)
        return abs(difference) / unit if unit else 1.0


def policy_effect(
    scenario: Scenario, found: Adjudication, team: str, measure: str, *, is_baseline: bool
) -> PolicyEffect:
    """The effect of a team's decisions in a measure; `is_baseline` says that it has decided nothing yet."""
    own, base = found.outcomes[team], found.baseline
    usual = _course(base, measure)
    # the mean over the other worlds would change δ once they are simulated
    delta = visible_difference(scenario, measure, usual.realised or 0.0)
    return PolicyEffect(
        measure=measure,
        own=_course(own, measure),
        baseline=usual,
        delta=delta,
        split=found.split(team, measure) if base.others else None,
        contrast=_contrast(found, team, measure, delta, is_baseline=is_baseline) if base.others else None,
    )


def _course(outcome: Outcome, measure: str) -> Course:
    others = column_of(outcome.others, measure).each()
    return Course(outcome.value(measure), others, outcome.mean(measure) if others else None)


def _contrast(found: Adjudication, team: str, measure: str, delta: float, *, is_baseline: bool) -> Contrast:
    direction = MEASURES[measure].direction
    made = contrast(
        column_of(found.outcomes[team].others, measure),
        column_of(found.baseline.others, measure),
        measure=measure,
        mix=team,
        baseline="the baseline",
        direction=direction,
        delta=delta or None,
        together=len(found.teams),
        same_policy=is_baseline,
    )
    if made.verdict is not ContrastVerdict.UNADJUSTED:
        return made
    # without δ, whatever is told from nothing is a difference
    ends = made.interval or Interval(made.difference or 0.0, made.difference or 0.0, CONFIDENCE)
    return replace(made, verdict=judge(ends, 0.0, direction, made.differing))
