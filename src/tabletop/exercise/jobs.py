"""Jobs: what is simulated beside the class, and in which order; another process does them."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from functools import partial

from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.interim_cache import Progress
from tabletop.exercise.state import State

Work = Callable[[Adjudicator, Progress], object]


class Worth(IntEnum):
    """The order in which jobs are done: what a class waits for first."""

    REALISED = 1
    """The world that is played, of a move that is locked."""
    SPREAD = 2
    """The other worlds of that move."""
    FIGURES = 3
    """Drawing; whoever draws hands it in."""
    AHEAD = 4
    """To the very end, as decided so far: the baseline before the first move, the hot wash after the last."""
    SO_FAR = 5
    """The world that is played, of what has been submitted by now."""


@dataclass(frozen=True)
class Job:
    """Something to be done in another process; a newer one of the same worth takes the place of an older."""

    worth: Worth
    work: Work
    """Can be sent to another process; what it returns, too."""


@dataclass(frozen=True)
class Progressed:
    """How far a job is, in runs."""

    worth: Worth
    done: int
    total: int


@dataclass(frozen=True)
class Finished:
    """A job is done; the readings are in the cache on disk."""

    worth: Worth
    result: object = None


@dataclass(frozen=True)
class Failed:
    """A job could not be done."""

    worth: Worth
    why: str
    is_mistake: bool
    """Whether it is a mistake of the user's, as a full disk, and none of the program's."""


Event = Progressed | Finished | Failed


def worlds(state: State) -> Job:
    """Which world is played, where that depends on what the baseline comes to in each."""
    return Job(Worth.REALISED, partial(_worlds, state))


def realised(state: State, move: int) -> Job:
    """The outcomes of a move (0 for the first) in the world that is played."""
    return Job(Worth.REALISED, partial(_adjudicate, state, move, spread=False))


def spread(state: State, move: int) -> Job:
    """The outcomes of a move in the other worlds."""
    return Job(Worth.SPREAD, partial(_adjudicate, state, move, spread=True))


def ahead(state: State) -> Job:
    """All courses as they stand, to the end of the epilogue."""
    return Job(Worth.AHEAD, partial(_prepare, state))


def so_far(state: State) -> Job:
    """The outcomes of the present move as it is decided by now, in the world that is played."""
    return Job(Worth.SO_FAR, partial(_adjudicate, state, state.move, spread=False))


def _worlds(state: State, adjudicator: Adjudicator, progress: Progress) -> None:
    adjudicator.worlds(state, progress)


def _adjudicate(
    state: State, move: int, adjudicator: Adjudicator, progress: Progress, *, spread: bool
) -> None:
    adjudicator.adjudicate(state, move, spread=spread, progress=progress)


def _prepare(state: State, adjudicator: Adjudicator, progress: Progress) -> None:
    adjudicator.prepare(state, progress)
