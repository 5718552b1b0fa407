"""An evaluator's page: the evaluation guide, what teams have decided, and what has been written so far."""

from collections.abc import Sequence
from dataclasses import dataclass

from tabletop.exercise import acts
from tabletop.exercise.acts import LogEntry
from tabletop.exercise.state import Phase, State
from tabletop.serve.views.forms import is_possible
from tabletop.serve.views.recent import Line, recent


@dataclass(frozen=True)
class ObjectiveRow:
    """An objective, as the evaluation guide has it."""

    id: str
    text: str
    target: str
    tasks: tuple[str, ...]
    expected: tuple[str, ...]
    """What players are expected to do about it, in the moves that have begun."""
    ratings: tuple[tuple[str, str], ...]
    """Who has rated it, and how; each at last."""
    own: str
    """This evaluator's own rating; empty if there is none."""


@dataclass(frozen=True)
class TeamDecision:
    """What a team has decided, move by move."""

    team: str
    moves: tuple[str, ...]
    """The entry of each move that has begun; empty where nothing was submitted."""


@dataclass(frozen=True)
class ToldInject:
    """An inject that players have been told."""

    id: str
    title: str
    message: str


@dataclass(frozen=True)
class Evaluator:
    """What an evaluator's page shows."""

    title: str
    by: str
    phase: Phase
    move: int
    """0 for the first; −1 before it."""
    moves: int
    move_name: str
    day: float
    situation: str
    is_paused: bool
    injects: tuple[ToldInject, ...]
    decisions: tuple[TeamDecision, ...]
    objectives: tuple[ObjectiveRow, ...]
    improvements: tuple[acts.Improve, ...]
    lines: tuple[Line, ...]
    """The last lines of the log, to refer to."""
    may_write: bool
    """Whether StartEx has been."""
    may_remark: bool
    may_improve: bool
    """Whether the hot wash has begun, where improvements are talked over."""


def evaluator(state: State, entries: Sequence[LogEntry], by: str) -> Evaluator:
    """What an evaluator may see: what players have been told, decisions and the guide; nothing hidden.

    Nothing of drafts, and of injects what players have been told.
    """
    is_in_move = state.phase in (Phase.OPEN, Phase.LOCKED, Phase.REVEALED)
    return Evaluator(
        title=state.plan.title or state.scenario.title,
        by=by,
        phase=state.phase,
        move=state.move,
        moves=len(state.plan.moves),
        move_name=state.present.name if is_in_move else "",
        day=state.present.day if state.move >= 0 else 0.0,
        situation=state.present.situation if is_in_move else "",
        is_paused=state.is_paused,
        injects=tuple(
            ToldInject(one.inject.id, one.inject.title, one.inject.message)
            for one in state.injects
            if state.was_read_out(one.inject.id)
        ),
        decisions=tuple(_decisions(state, team) for team in state.teams),
        objectives=_objectives(state, by),
        improvements=tuple(entry.act for entry in state.kept if isinstance(entry.act, acts.Improve)),
        lines=recent(state, entries),
        may_write=state.phase not in (Phase.PLANNED, Phase.LOBBY),
        may_remark=is_possible(state, acts.Remark),
        may_improve=state.phase in (Phase.HOT_WASH, Phase.ENDED),
    )


def _decisions(state: State, team: str) -> TeamDecision:
    said = (state.submissions.get((team, move)) for move in range(state.move + 1))
    return TeamDecision(team, tuple("" if one is None else one.decision.line for one in said))


def _objectives(state: State, by: str) -> tuple[ObjectiveRow, ...]:
    begun = state.plan.moves[: state.move + 1]
    rows = []
    for one in state.plan.objectives:
        given: dict[str, str] = {}
        for entry in state.kept:
            if isinstance(entry.act, acts.Rate) and entry.act.objective == one.id:
                given[entry.by] = entry.act.rating
        rows.append(
            ObjectiveRow(
                id=one.id,
                text=one.text,
                target=one.capability_target,
                tasks=one.critical_tasks,
                expected=tuple(
                    expected.action
                    for move in begun
                    for expected in move.expected_actions
                    if one.id in _named(expected.objective)
                ),
                ratings=tuple(given.items()),
                own=given.get(by, ""),
            )
        )
    return tuple(rows)


def _named(objectives: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return (objectives,) if isinstance(objectives, str) else objectives or ()
