"""Planned minutes: the parts of an exercise, and what they add up to."""

from dataclasses import dataclass
from typing import Self

from tabletop.scenario.exercise_plan import ExercisePlan
from tabletop.scenario.words import number


@dataclass(frozen=True)
class PlannedMinutes:
    """How long the parts of an exercise take, in minutes."""

    brief: float
    moves: tuple[float, ...]
    hot_wash: float
    feedback: float

    @classmethod
    def of(cls, plan: ExercisePlan) -> Self:
        """Those of a plan."""
        moves = tuple(move.minutes.total for move in plan.moves)
        return cls(plan.brief_minutes, moves, plan.hot_wash_minutes, plan.feedback_minutes)

    @property
    def total(self) -> float:
        """Minutes from the first word to the last."""
        total = self.brief
        for minutes in (*self.moves, self.hot_wash, self.feedback):
            total += minutes
        return round(total, 9)

    def __str__(self) -> str:
        """The sum, as '10 brief + 4 × 15 + 15 hot wash + 5 feedback'."""
        each = [number(round(minutes, 9)) for minutes in self.moves]
        alike = len(each) > 1 and len(set(each)) == 1
        moves = f"{len(each)} × {each[0]}" if alike else " + ".join(each)
        parts = [
            f"{number(self.brief)} brief",
            moves,
            f"{number(self.hot_wash)} hot wash",
            f"{number(self.feedback)} feedback",
        ]
        return " + ".join(part for part in parts if part)


def in_words(plan: ExercisePlan) -> str:
    """The minutes of a plan that adds up, as '90 minutes = 10 brief + 4 × 15 + …'."""
    return f"{number(plan.duration_minutes)} minutes = {PlannedMinutes.of(plan)}"
