"""The situation of a team: the move, and the injects that its players may read by now."""

from dataclasses import dataclass

from tabletop.exercise.disclosure import receives
from tabletop.exercise.readers import Reader
from tabletop.exercise.roles import Role
from tabletop.exercise.state import Phase, State, Status
from tabletop.scenario.staged import StagedInject


@dataclass(frozen=True)
class Told:
    """An inject, as players receive it."""

    id: str
    day: float
    title: str
    message: str
    sender: str
    mode: str
    is_new: bool
    """Whether it came in the present move."""


@dataclass(frozen=True)
class Situation:
    """What a team knows in a move."""

    move: int
    """1 for the first."""
    moves: int
    name: str
    day: float
    text: str
    questions: tuple[str, ...]
    injects: tuple[Told, ...]
    """The newest first."""


def situation(state: State, team: str) -> Situation | None:
    """The situation of a team; None before the first move."""
    if state.move < 0:
        return None
    move = state.present
    known = [one for one in state.injects if _is_known(state, one, team)]
    return Situation(
        move=state.move + 1,
        moves=len(state.plan.moves),
        name=move.name,
        day=move.day,
        text=move.situation,
        questions=move.questions,
        injects=tuple(
            _told(state, one)
            for one in sorted(known, key=lambda one: -state.inject_status[one.inject.id].day)
        ),
    )


def _is_known(state: State, one: StagedInject, team: str) -> bool:
    """Whether players of a team may read an inject: released, of a day that has come, and for them.

    What waits for a count happens in each team's own world, and is told with its outcome.
    """
    standing = state.inject_status[one.inject.id]
    return (
        standing.status is Status.RELEASED
        and one.inject.when is None
        and receives(one, Reader(Role.PLAYER, team))
        and standing.day <= today(state)
    )


def today(state: State) -> float:
    """The last day of which players may know."""
    if state.phase in (Phase.HOT_WASH, Phase.ENDED):
        return state.scenario.horizon_days
    return state.ends(state.move) if state.phase is Phase.REVEALED else state.present.day


def _told(state: State, one: StagedInject) -> Told:
    standing = state.inject_status[one.inject.id]
    return Told(
        id=one.inject.id,
        day=standing.day,
        title=one.inject.title,
        message=one.inject.message,
        sender=one.staging.sender,
        mode=one.staging.mode,
        is_new=standing.day >= state.present.day,
    )
