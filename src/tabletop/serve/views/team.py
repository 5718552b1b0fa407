"""The page of a team: what one of its phones shows, whatever the phase."""

from collections.abc import Mapping
from dataclasses import dataclass

from tabletop.exercise.reveal import Shown
from tabletop.exercise.state import Phase, State
from tabletop.exercise.whole import Whole
from tabletop.serve.views.deciding import Deciding, deciding
from tabletop.serve.views.hot_wash import HotWash, hot_wash
from tabletop.serve.views.predicting import RangeAsked, predicting
from tabletop.serve.views.revealed import Calibration, Revealed, calibration, revealed
from tabletop.serve.views.situation import Situation, situation


@dataclass(frozen=True)
class Brief:
    """What is read before the first move."""

    content_note: str
    summary: str
    ground_rules: tuple[str, ...]
    roles: tuple[tuple[str, str], ...]
    """Name, and what it stands for."""


@dataclass(frozen=True)
class TeamView:
    """What a phone of a team shows."""

    team: str
    number: int
    """Of the table, as the projector has it; 1 for the first."""
    device: str
    since: int
    """The line of the log since which this part has been on, and the device at the table."""
    title: str
    phase: Phase
    is_paused: bool
    is_reopened: bool
    """Whether decisions are open again that were locked before."""
    day: float
    until: float
    """The day on which the present move ends."""
    brief: Brief | None
    """Before the first move."""
    situation: Situation | None
    deciding: Deciding | None
    predicting: tuple[RangeAsked, ...]
    revealed: Revealed | None
    calibration: Calibration | None
    """Of its own ranges by now, while it predicts and once it has seen what came of it."""
    hot_wash: HotWash | None
    debrief_questions: tuple[str, ...]
    """In the hot wash."""
    may_keep: bool
    """Whether there is a page to keep."""


def team_view(
    state: State,
    reveals: Mapping[int, Shown],
    team: str,
    device: str,
    whole: Whole | None = None,
) -> TeamView:
    """What a device of a team may see now; `reveals` are those of moves, by move, as far as simulated.

    `whole` is what is known from the hot wash on.
    """
    plan, scenario = state.plan, state.scenario
    is_before = state.phase in (Phase.PLANNED, Phase.LOBBY, Phase.BRIEF)
    return TeamView(
        team=team,
        number=state.teams.index(team) + 1,
        device=device,
        since=state.since(device),
        title=plan.title or scenario.title,
        phase=state.phase,
        is_paused=state.is_paused,
        is_reopened=state.is_reopened,
        day=state.present.day if state.move >= 0 else 0.0,
        until=state.ends(max(state.move, 0)),
        brief=Brief(
            content_note=plan.content_note or scenario.content_note,
            summary=scenario.summary if state.phase is Phase.BRIEF else "",
            ground_rules=plan.ground_rules,
            roles=tuple((role.name, role.says) for role in plan.roles),
        )
        if is_before
        else None,
        situation=situation(state, team),
        deciding=deciding(state, team, device),
        predicting=predicting(state, team),
        revealed=revealed(state, reveals.get(state.move), team),
        calibration=calibration(state, reveals, team)
        if state.phase in (Phase.LOCKED, Phase.REVEALED)
        else None,
        hot_wash=hot_wash(state, whole, team) if state.phase is Phase.HOT_WASH else None,
        debrief_questions=(plan.debrief_questions or scenario.discussion)
        if state.phase is Phase.HOT_WASH
        else (),
        may_keep=state.phase is Phase.ENDED and whole is not None,
    )
