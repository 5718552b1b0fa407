"""The rules of an exercise: which act can be done in which state, and why another cannot."""

import re
from collections.abc import Sequence

from tabletop.exercise import decision_rules, inject_rules
from tabletop.exercise.acts import (
    Act,
    Add,
    BeginMove,
    Draft,
    End,
    HotWash,
    Improve,
    Join,
    Lock,
    Note,
    Observe,
    Override,
    Pause,
    Predict,
    Rate,
    Release,
    Remark,
    Respond,
    Resume,
    Reveal,
    Skip,
    Start,
    Submit,
)
from tabletop.exercise.decision_rules import check_role
from tabletop.exercise.inject_rules import check_team
from tabletop.exercise.refused import Refused
from tabletop.exercise.state import Phase, State
from tabletop.scenario.exercise_plan import RESERVED, TEAM_NAME
from tabletop.scenario.words import nearest, shown

CONTROLLER = "controller"
MOST_TEAMS = 30

WHEN: dict[type, tuple[Phase, ...]] = {
    Start: (Phase.PLANNED,),
    BeginMove: (Phase.BRIEF, Phase.REVEALED),
    Draft: (Phase.OPEN,),
    Submit: (Phase.OPEN,),
    Lock: (Phase.OPEN,),
    Predict: (Phase.LOCKED,),
    Reveal: (Phase.LOCKED,),
    Release: (Phase.BRIEF, Phase.OPEN, Phase.REVEALED),
    Skip: (Phase.BRIEF, Phase.OPEN, Phase.REVEALED),
    Add: (Phase.BRIEF, Phase.OPEN, Phase.REVEALED),
    HotWash: (Phase.REVEALED,),
    Remark: (Phase.HOT_WASH,),
    End: (Phase.HOT_WASH,),
}
"""The phases in which an act can be done; the others can be done from StartEx on."""
AFTER_ENDEX = (Note, Rate, Observe, Improve, Respond)
"""What evaluators may still write down when the exercise is over."""
WHILE_PAUSED = (Resume, Join, Note, Draft)
TEAMS_OWN = (Join, Draft, Submit, Predict)
"""What a team does for itself, or the controller for it."""
EVALUATORS_OWN = (Note, Rate, Observe, Improve, Respond, Remark)
"""What evaluators do as well as controllers."""


def check(state: State, by: str, act: Act) -> None:
    """Raise Refused, with the reason, if an act cannot be done now."""
    _check_phase(state, act)
    _check_who(state, by, act)
    match act:
        case Submit() | Draft() | Predict():
            decision_rules.check(state, act)
        case Release() | Skip() | Add() | Override():
            inject_rules.check(state, act)
        case Note() | Respond() | Remark() | Rate() | Observe():
            _check_kept(state, act)
        case _:
            _check_course(state, act)


def _check_course(state: State, act: Act) -> None:
    """What leads from one phase to the next."""
    match act:
        case Start():
            check_teams(act.teams)
        case Join():
            check_role(state, act.role)
        case BeginMove():
            _check_next(state, act)
        case Pause() if state.is_paused:
            raise Refused("the exercise stands still already")
        case Resume() if not state.is_paused:
            raise Refused("the exercise does not stand still")
        case HotWash() if state.move + 1 < len(state.plan.moves):
            name = state.plan.moves[state.move + 1].name
            raise Refused(f"move {state.move + 2}, {name}, is still to come; the hot wash follows the last")
        case _:
            pass


def _check_kept(state: State, act: Note | Respond | Remark | Rate | Observe) -> None:
    """What is written down for the reports."""
    if isinstance(act, Note | Respond | Remark) and act.team:
        check_team(state, act.team)
    if isinstance(act, Note | Rate | Observe):
        known = [one.id for one in state.plan.objectives]
        if act.objective not in known and (act.objective or not isinstance(act, Note)):
            raise Refused(f"{act.objective or 'no name'}: no such objective{nearest(act.objective, known)}")
    if isinstance(act, Respond) and act.inject not in state.standing:
        raise Refused(f"{act.inject}: no such inject{nearest(act.inject, state.standing)}")
    if isinstance(act, Observe):
        for line in act.reference:
            if line > state.lines:
                raise Refused(f"reference: line {line} is not in the log, which has {state.lines}")


def _check_phase(state: State, act: Act) -> None:
    said = act.act.replace("_", " ")
    phases = WHEN.get(type(act))
    if phases is None:
        over = state.phase is Phase.ENDED and not isinstance(act, AFTER_ENDEX)
        if over or state.phase is Phase.PLANNED:
            raise Refused(f"{said}: not {state.phase}")
    elif state.phase not in phases:
        where = (
            f"move {state.move + 1} is {state.phase}" if _in_move(state) else f"the exercise is {state.phase}"
        )
        raise Refused(f"{said}: {where}; it is possible when {' or '.join(_told(p) for p in phases)}")
    if state.is_paused and not isinstance(act, WHILE_PAUSED):
        raise Refused(f"{said}: the exercise stands still; resume it first")


def _in_move(state: State) -> bool:
    return state.phase in (Phase.OPEN, Phase.LOCKED, Phase.REVEALED)


def _told(phase: Phase) -> str:
    return f"a move is {phase}" if phase in (Phase.OPEN, Phase.LOCKED, Phase.REVEALED) else f"it is {phase}"


def _check_who(state: State, by: str, act: Act) -> None:
    said = act.act.replace("_", " ")
    if isinstance(act, TEAMS_OWN):
        check_team(state, act.team)
        if by not in (act.team, CONTROLLER):
            raise Refused(f"{said}: {by} cannot do this for {act.team}")
    elif by in state.teams or (by != CONTROLLER and not isinstance(act, EVALUATORS_OWN)):
        raise Refused(f"{said}: this is the controller's to do, not {by}'s")


def check_teams(teams: Sequence[str]) -> None:
    """Raise Refused for names that teams cannot have."""
    names = [team.casefold() for team in teams]
    if len(names) > MOST_TEAMS:
        raise Refused(f"{len(names)} teams; at most {MOST_TEAMS} can play")
    for team in teams:
        if not re.fullmatch(TEAM_NAME, team) or not team.isprintable():
            raise Refused(
                f"{shown(team)}: not a name for a team; write 1 to 40 characters on one line, "
                "without blanks around them"
            )
        if team.casefold() in RESERVED:
            raise Refused(f"{team}: stands for something else here; name the team otherwise")
        if names.count(team.casefold()) > 1:
            raise Refused(f"{team}: two teams of that name; names are unique")


def _check_next(state: State, act: BeginMove) -> None:
    moves = len(state.plan.moves)
    if state.move + 1 == moves:
        raise Refused("that was the last move; the hot wash follows")
    if act.move != state.move + 2:
        raise Refused(f"move {act.move}: the next move is {state.move + 2} of {moves}")
