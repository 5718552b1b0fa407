"""The input of a report: the part of an exercise that may be shown by now, with its outcomes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from functools import cached_property
from typing import Self, TypeVar

from tabletop.exercise.acts import Act, BeginMove, HotWash, Lock, LogEntry, Reveal
from tabletop.exercise.adjudication import Adjudication, Adjudicator
from tabletop.exercise.disclosure import Disclosed, disclosed
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.interim_cache import Progress
from tabletop.exercise.moments import Moment, is_dated, moments, offset_here
from tabletop.exercise.outcomes import ExerciseOutcomes, outcomes_of
from tabletop.exercise.sheet_line import SheetLine
from tabletop.exercise.sheets import kept as kept_sheets
from tabletop.exercise.state import State
from tabletop.report.after_action.words import minute as whole_minutes
from tabletop.report.document.blocks import Column
from tabletop.scenario.exercise_plan import ExercisePlan
from tabletop.scenario.scenario import Scenario

A = TypeVar("A", bound=Act)


@dataclass(frozen=True)
class ReportInput:
    """Everything that a report uses; nothing in it is still to be withheld."""

    disclosed: Disclosed
    state: State
    """The state after the lines that may be shown; while the exercise is on, up to the last reveal."""
    outcomes: ExerciseOutcomes
    moments: Mapping[int, Moment]
    """When each line was written, by its number."""
    offset: timedelta
    """What the clocks of the room were ahead of UTC."""
    sheets: tuple[SheetLine, ...] = ()
    """What was filled in on paper, and taken in."""

    @classmethod
    def of(
        cls,
        exercise: Exercise,
        adjudicator: Adjudicator,
        progress: Progress | None = None,
        *,
        offset: timedelta | None = None,
    ) -> Self:
        """The input for the report of an exercise; simulates what is missing.

        `offset` is by default that of this machine's clocks, at StartEx.
        """
        found = disclosed(exercise.scenario, exercise.entries)
        kept = tuple(entry for entry in found.state.kept if entry.number in found.numbers)
        return cls(
            disclosed=found,
            state=replace(found.state, kept=kept),
            outcomes=outcomes_of(found.state, adjudicator, progress),
            moments=moments(exercise.scenario, exercise.entries),
            offset=offset_here(found.state) if offset is None else offset,
            sheets=kept_sheets(exercise.folder, found.state),
        )

    def date(self, seconds: float) -> datetime:
        """A moment, in seconds since 1970, as the clocks of the room showed it."""
        return datetime.fromtimestamp(seconds, timezone(self.offset))

    @property
    def entries(self) -> tuple[LogEntry, ...]:
        """The lines of the log that may be shown."""
        return self.disclosed.entries

    @property
    def scenario(self) -> Scenario:
        """The scenario that was played."""
        return self.state.scenario

    @property
    def plan(self) -> ExercisePlan:
        """The exercise plan of the scenario."""
        return self.state.plan

    @property
    def is_interim(self) -> bool:
        """Whether the report is an interim one, without hidden measures."""
        return not self.outcomes.may_see_hidden

    @property
    def whole(self) -> Adjudication | None:
        """The outcomes of the exercise from StartEx to EndEx; None before the hot wash."""
        return None if self.is_interim else self.outcomes.so_far[-1]

    @property
    def moves(self) -> range:
        """The moves that are revealed, 0 for the first."""
        return range(len(self.outcomes.moves))

    def minute(self, line: int) -> float:
        """Minutes since StartEx at which a line was written."""
        return self.moments[line].minute

    @property
    def clocks(self) -> bool:
        """Whether clock times stand beside minutes: an exercise was held, or its plan says when it starts."""
        return is_dated(self.state) or bool(self.plan.planning.start_time)

    def when(self, line: int) -> str:
        """The minute at which a line was written, and the clock: '12 (14:25)'.

        The clock of an exercise that was held is what the room's clocks showed, pauses and all. One that was
        played on a logical clock has the planned start and the minutes since, or none.
        """
        minute, at = self.minute(line), self.moments[line].at
        if not is_dated(self.state):
            clock = self.plan.planning.clock(minute)
        else:
            is_same_day = self.date(at).date() == self.date(self.state.started_at).date()
            clock = f"{self.date(at):%H:%M}" if is_same_day else f"{self.date(at):%Y-%m-%d %H:%M}"
        return f"{whole_minutes(minute)} ({clock})" if clock else whole_minutes(minute)

    @property
    def minute_column(self) -> Column:
        """The column in which tables say when a line was written."""
        return Column("Minute (clock)", 2, number=True) if self.clocks else Column("Minute", 1, number=True)

    def acts(self, kind: type[A]) -> Iterator[tuple[LogEntry, A]]:
        """The lines of one kind that may be shown, each with its act."""
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
