"""The inputs of a report: what of an exercise may be told by now, and what came of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self, TypeVar

from tabletop.exercise.acts import Act, BeginMove, HotWash, Lock, LogEntry, Reveal
from tabletop.exercise.adjudication import Adjudication, Adjudicator
from tabletop.exercise.disclosure import Disclosed, disclosed
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.interim_cache import Progress
from tabletop.exercise.moments import Moment, moments
from tabletop.exercise.outcomes import ExerciseOutcomes, outcomes_of
from tabletop.exercise.state import State
from tabletop.scenario.exercise_plan import ExercisePlan
from tabletop.scenario.scenario import Scenario

A = TypeVar("A", bound=Act)


@dataclass(frozen=True)
class ReportInput:
    """All that a report is made of; there is nothing in it that may not be told."""

    disclosed: Disclosed
    state: State
    """What follows from the lines that are told, up to the last reveal while the exercise is on."""
    outcomes: ExerciseOutcomes
    moments: Mapping[int, Moment]
    """When each line was written, by its number."""

    @classmethod
    def of(cls, exercise: Exercise, adjudicator: Adjudicator, progress: Progress | None = None) -> Self:
        """What may be told of an exercise; simulates what is missing."""
        found = disclosed(exercise.scenario, exercise.entries)
        kept = tuple(entry for entry in found.state.kept if entry.number in found.numbers)
        return cls(
            disclosed=found,
            state=replace(found.state, kept=kept),
            outcomes=outcomes_of(found.state, adjudicator, progress),
            moments=moments(exercise.scenario, exercise.entries),
        )

    @property
    def entries(self) -> tuple[LogEntry, ...]:
        """The lines that may be told."""
        return self.disclosed.entries

    @property
    def scenario(self) -> Scenario:
        """The scenario that was played."""
        return self.state.scenario

    @property
    def plan(self) -> ExercisePlan:
        """What the file says about playing it."""
        return self.state.plan

    @property
    def is_interim(self) -> bool:
        """Whether it is too early to tell what was hidden."""
        return not self.outcomes.may_see_hidden

    @property
    def whole(self) -> Adjudication | None:
        """What came of the exercise from StartEx to EndEx; None before the hot wash."""
        return None if self.is_interim else self.outcomes.so_far[-1]

    @property
    def moves(self) -> range:
        """The moves that are revealed, 0 for the first."""
        return range(len(self.outcomes.moves))

    def minute(self, line: int) -> float:
        """Minutes since StartEx at which a line was written."""
        return self.moments[line].minute

    def acts(self, kind: type[A]) -> Iterator[tuple[LogEntry, A]]:
        """The lines of one kind that may be told, each with its act."""
        for entry in self.entries:
            if isinstance(entry.act, kind):
                yield entry, entry.act

    def began(self, move: int) -> int:
        """The line that began a move (0 for the first)."""
        return self._turns[BeginMove, move]

    def locked(self, move: int) -> int:
        """The line that closed a move's decisions."""
        return self._turns[Lock, move]

    def revealed(self, move: int) -> int:
        """The line that revealed a move."""
        return self._turns[Reveal, move]

    @property
    def hot_wash(self) -> tuple[int, ...]:
        """The line that opened the hot wash; none before it."""
        return tuple(entry.number for entry, _ in self.acts(HotWash))

    @cached_property
    def _turns(self) -> dict[tuple[type, int], int]:
        """The lines by which each move went on."""
        return {
            (type(entry.act), self.moments[entry.number].move): entry.number
            for entry in self.entries
            if isinstance(entry.act, BeginMove | Lock | Reveal)
        }
