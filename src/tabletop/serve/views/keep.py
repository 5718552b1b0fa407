"""A team's page to keep: what it knew, decided, expected and got, move by move, and the hot wash."""

from dataclasses import dataclass

from tabletop.exercise.state import Phase, State
from tabletop.exercise.whole import Whole
from tabletop.serve.views.hot_wash import HotWash, hot_wash
from tabletop.serve.views.revealed import Revealed, of_move


@dataclass(frozen=True)
class Kept:
    """A move of a team."""

    number: int
    """1 for the first."""
    name: str
    situation: str
    decided: str
    """As it was submitted; empty if nothing was."""
    in_play: tuple[str, ...]
    """The cards or levers in play once it had decided."""
    outcome: Revealed


@dataclass(frozen=True)
class Keep:
    """All that a team takes home."""

    title: str
    team: str
    number: int
    """Of the table, 1 for the first."""
    content_note: str
    moves: tuple[Kept, ...]
    decides: bool
    hot_wash: HotWash
    debrief_questions: tuple[str, ...]


def keep(state: State, whole: Whole | None, team: str) -> Keep | None:
    """What a team may keep; None before EndEx, or while it is not simulated."""
    wash = hot_wash(state, whole, team)
    if state.phase is not Phase.ENDED or whole is None or wash is None:
        return None
    plan, scenario = state.plan, state.scenario
    moves = []
    for place, (move, shown) in enumerate(zip(plan.moves, whole.moves, strict=True)):
        submitted = state.submissions.get((team, place))
        moves.append(
            Kept(
                number=place + 1,
                name=move.name,
                situation=move.situation,
                decided="" if submitted is None else submitted.decision.line,
                in_play=state.hand(team, place).codes,
                outcome=of_move(state, shown, team),
            )
        )
    return Keep(
        title=plan.title or scenario.title,
        team=team,
        number=state.teams.index(team) + 1,
        content_note=plan.content_note or scenario.content_note,
        moves=tuple(moves),
        decides=plan.decision_form is not None,
        hot_wash=wash,
        debrief_questions=plan.debrief_questions or scenario.discussion,
    )
