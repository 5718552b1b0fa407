"""What a measure has come to so far, move by move, as a figure of outcomes draws it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tabletop.exercise.adjudication import Adjudication
from tabletop.exercise.outcomes import ExerciseOutcomes
from tabletop.plots.spread import Spread, spread


@dataclass(frozen=True)
class Point:
    """What a team, or the baseline under `BASELINE`, has come to from StartEx to a day."""

    team: str
    day: float
    realised: float | None
    """In the world that is played."""
    others: Spread
    """In the other worlds, with the same decisions."""


@dataclass(frozen=True)
class CumulativeOutcomes:
    """One measure, move by move."""

    measure: str
    days: tuple[float, ...]
    """On which the revealed moves end."""
    teams: tuple[str, ...]
    points: tuple[Point, ...]
    worlds: int
    """How many other worlds there are."""

    @classmethod
    def of(cls, outcomes: ExerciseOutcomes) -> "Iterator[CumulativeOutcomes]":
        """One for each measure that is predicted or primary, as far as it may be shown."""
        if not outcomes.so_far:
            return
        for name in dict.fromkeys((*outcomes.state.plan.predictions, *outcomes.primary)):
            yield cls.about(name, outcomes.so_far)

    @classmethod
    def about(cls, measure: str, so_far: Sequence[Adjudication]) -> "CumulativeOutcomes":
        """One measure, from what has come of the moves since StartEx."""
        return cls(
            measure=measure,
            days=tuple(stretch.end for stretch in so_far),
            teams=so_far[-1].teams,
            points=tuple(
                Point(team, stretch.end, outcome.value(measure), spread(outcome.values(measure)))
                for stretch in so_far
                for team, outcome in stretch.outcomes.items()
            ),
            worlds=len(so_far[-1].baseline.others),
        )

    @property
    def name(self) -> str:
        """What its files are called."""
        return f"outcomes_{self.measure}"

    def path(self, team: str) -> list[Point]:
        """A team's points, by day."""
        return [point for point in self.points if point.team == team]
