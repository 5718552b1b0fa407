"""The exercise: a log, the state computed from it, and the one way to change both."""

from collections.abc import Callable
from pathlib import Path
from time import time
from typing import Self

from tabletop.errors import TabletopError
from tabletop.exercise import rules
from tabletop.exercise.acts import Act, LogEntry
from tabletop.exercise.log import Log
from tabletop.exercise.refused import Refused
from tabletop.exercise.state import State
from tabletop.scenario.load import loads
from tabletop.scenario.scenario import Scenario

Moment = Callable[[], float]
"""Returns the time, in seconds."""


class Exercise:
    """One exercise in progress, or over; made by `new` or `open`."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.folder = log.path.parent
        self.scenario = _scenario_of(log)
        self.state = _state_of(self.scenario, log)

    @classmethod
    def new(cls, folder: Path, *, text: str, name: str) -> Self:
        """An exercise of the scenario in a text, in a folder of its own; TabletopError if it has no plan."""
        playable(loads(text, name), name)
        return cls(Log.new(folder, scenario=text, name=name))

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The exercise in a folder, in its last state; raises TabletopError if there is none."""
        return cls(Log.open(folder))

    @property
    def entries(self) -> tuple[LogEntry, ...]:
        """The lines of its log."""
        return self.log.entries

    def now(self) -> float:
        """The moment, in seconds; that of the last line, where the clock was set back behind it."""
        return max(time(), self.entries[-1].at if self.entries else 0.0)

    @property
    def seconds_behind(self) -> float:
        """How far the clock of this machine is behind the last line; 0, as a rule."""
        return self.now() - time() if self.entries else 0.0

    def do(self, by: str, act: Act, *, at: float | None = None) -> LogEntry:
        """Do an act: check it, write it to the log, and only then change the state.

        `at` is the moment, by default now. Raises Refused, with the reason, for what cannot be done
        in the present state; then nothing has changed.
        """
        rules.check(self.state, by, act)
        entry = self.log.append(self.now() if at is None else at, by, act)
        self.state = self.state.after(entry)
        return entry


def _scenario_of(log: Log) -> Scenario:
    """The scenario that a log plays; it was right when the exercise was begun."""
    try:
        return playable(loads(log.scenario, log.name), log.name)
    except TabletopError as error:
        first = str(error).partition("\n")[0]
        raise TabletopError(f"{log.path}: damaged: the scenario in it cannot be played: {first}") from None


def _state_of(scenario: Scenario, log: Log) -> State:
    """The state after all lines of a log, each of which the rules allowed when it was written."""
    state = State.of(scenario)
    for entry in log.entries:
        try:
            rules.check(state, entry.by, entry.act)
        except Refused as refused:
            raise TabletopError(
                f"{log.path}: damaged: line {entry.number} cannot have happened: {refused}"
            ) from None
        state = state.after(entry)
    return state


def playable(scenario: Scenario, name: str) -> Scenario:
    """The scenario; raises TabletopError if it has no exercise plan."""
    if scenario.exercise is None:
        raise TabletopError(f"{name}: no `exercise:` block; the scenario says nothing about playing it")
    return scenario
