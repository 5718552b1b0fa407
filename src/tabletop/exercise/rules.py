"""The rules of an exercise: which act can be done in which state, and why another cannot."""

from collections.abc import Sequence

from tabletop.exercise import acts, decision_rules, inject_rules, seat_rules
from tabletop.exercise.act_rules import DURING, RULES, By
from tabletop.exercise.acts import Act
from tabletop.exercise.inject_rules import check_team
from tabletop.exercise.refused import Code, Refused
from tabletop.exercise.roles import CONTROLLER, Role, role_of
from tabletop.exercise.state import Phase, State
from tabletop.scenario import names
from tabletop.scenario.exercise_plan import RESERVED
from tabletop.scenario.words import nearest, shown

MOST_TEAMS = 30
MOST_READINGS = 250_000
"""Readings of an exercise, one for each world, move, and team or the baseline: about 1 GB."""


def check(state: State, by: str, act: Act, role: Role | None = None) -> None:
    """Raise Refused, with the reason, if an act cannot be done now; `role` is by default the name's."""
    _check_phase(state, act)
    _check_who(state, by, role, act)
    match act:
        case acts.Submit() | acts.Draft() | acts.Predict():
            seat_rules.check_device(state, by, act)
            decision_rules.check(state, act)
        case acts.Join() | acts.Leave() | acts.Remove() | acts.MoveSeat() | acts.TakePen():
            seat_rules.check(state, act)
        case acts.Release() | acts.Skip() | acts.Add() | acts.Override():
            inject_rules.check(state, act)
        case acts.Note() | acts.Respond() | acts.Remark() | acts.Rate() | acts.Observe():
            _check_kept(state, act)
        case _:
            _check_course(state, act)


def _check_course(state: State, act: Act) -> None:
    """Refuse an act that leads to another phase, if that cannot follow now."""
    match act:
        case acts.Open():
            _check_opening(state, act)
        case acts.Start():
            _check_start(state, act)
        case acts.BeginMove():
            _check_next(state, act)
        case acts.Pause() if state.is_paused:
            raise Refused("the exercise is paused already", Code.DONE)
        case acts.Resume() if not state.is_paused:
            raise Refused("the exercise does not stand still", Code.DONE)
        case acts.HotWash() if state.move + 1 < len(state.plan.moves):
            name = state.plan.moves[state.move + 1].name
            raise Refused(
                f"move {state.move + 2}, {name}, is still to come; the hot wash follows the last", Code.PHASE
            )
        case _:
            pass


def _check_kept(state: State, act: acts.Note | acts.Respond | acts.Remark | acts.Rate | acts.Observe) -> None:
    """Refuse an entry for the reports that names something unknown."""
    if isinstance(act, acts.Note | acts.Respond | acts.Remark) and act.team:
        check_team(state, act.team)
    if isinstance(act, acts.Note | acts.Rate | acts.Observe):
        known = [one.id for one in state.plan.objectives]
        if act.objective not in known and (act.objective or not isinstance(act, acts.Note)):
            raise Refused(f"{act.objective or 'no name'}: no such objective{nearest(act.objective, known)}")
    if isinstance(act, acts.Respond) and act.inject not in state.inject_status:
        raise Refused(f"{act.inject}: no such inject{nearest(act.inject, state.inject_status)}")
    if isinstance(act, acts.Observe):
        for line in act.reference:
            if line > state.lines:
                raise Refused(f"reference: line {line} is not in the log, which has {state.lines}")


def _check_phase(state: State, act: Act) -> None:
    said, rule = act.act.replace("_", " "), RULES[type(act)]
    if state.phase not in rule.when:
        code = _code(state, act)
        if set(rule.when) >= set(DURING):
            raise Refused(f"{said}: not {state.phase}", code)
        where = (
            f"move {state.move + 1} is {state.phase}" if _in_move(state) else f"the exercise is {state.phase}"
        )
        possible = " or ".join(_in_words(phase) for phase in rule.when)
        raise Refused(f"{said}: {where}; it is possible when {possible}", code)
    if state.is_paused and not rule.while_paused:
        raise Refused(f"{said}: the exercise is paused; resume it first", Code.PAUSED)


def _code(state: State, act: Act) -> Code:
    """Why an act cannot be done in this phase: it was done, all is over, or the phase is another."""
    if state.phase is RULES[type(act)].leads_to and getattr(act, "move", state.move + 1) == state.move + 1:
        return Code.DONE
    return Code.CLOSED if state.phase is Phase.ENDED else Code.PHASE


def _in_move(state: State) -> bool:
    return state.phase in (Phase.OPEN, Phase.LOCKED, Phase.REVEALED)


def _in_words(phase: Phase) -> str:
    return f"a move is {phase}" if phase in (Phase.OPEN, Phase.LOCKED, Phase.REVEALED) else f"it is {phase}"


def _check_who(state: State, by: str, given: Role | None, act: Act) -> None:
    said, of = act.act.replace("_", " "), RULES[type(act)].by
    if of is By.TEAM:
        team: str = vars(act)["team"]  # whatever a team does says for which
        check_team(state, team)
        if by not in (team, CONTROLLER):
            raise Refused(f"{said}: {by} cannot do this for {team}", Code.WHO)
    role = role_of(by, state.teams) if given is None else given
    if (role is Role.PLAYER) != (by in state.teams) or (role is Role.CONTROLLER) != (by == CONTROLLER):
        raise Refused(f"{said}: {by} is no {role}", Code.WHO)
    may = {By.TEAM: Role, By.EVALUATOR: (Role.EVALUATOR, Role.CONTROLLER), By.CONTROLLER: (Role.CONTROLLER,)}
    if role not in may[of]:
        raise Refused(f"{said}: this is the controller's to do, not {by}'s", Code.WHO)


def check_teams(teams: Sequence[str]) -> None:
    """Raise Refused for names that teams cannot have."""
    if len(teams) > MOST_TEAMS:
        raise Refused(f"{len(teams)} teams; at most {MOST_TEAMS} can play")
    seen: dict[str, str] = {}
    for team in teams:
        if (wrong := names.objection(team)) is not None:
            raise Refused(f"{shown(team)} {wrong}")
        look = names.appearance(team)
        if look in RESERVED:
            raise Refused(f"{team}: stands for something else here; name the team otherwise")
        if (first := seen.setdefault(look, team)) is not team:
            like = "" if first == team else f", and '{first}' looks like it"
            raise Refused(f"{team}: two teams of that name{like}; names are unique")


def _check_start(state: State, act: acts.Start) -> None:
    opening = act.opening
    if opening is not None and state.phase is Phase.LOBBY:
        raise Refused("start: the lobby has decided teams, secret and other worlds; leave them out")
    if opening is None and state.phase is Phase.PLANNED:
        raise Refused("start: the exercise has not been opened; open it first", Code.PHASE)
    if opening is not None:
        _check_opening(state, opening)


def _check_opening(state: State, act: acts.Open) -> None:
    check_teams(act.teams)
    _check_readings(state, act)


def _check_readings(state: State, act: acts.Open) -> None:
    """That what is simulated can be held in memory, and in a replay bundle."""
    a_world = (len(act.teams) + 1) * len(state.plan.moves)
    if (act.others + 1) * a_world > MOST_READINGS:
        raise Refused(
            f"{act.others:,} other worlds, with {len(act.teams)} teams and {len(state.plan.moves)} moves: a "
            f"replay bundle would hold too much; at most {MOST_READINGS // a_world - 1:,} other worlds"
        )


def _check_next(state: State, act: acts.BeginMove) -> None:
    moves = len(state.plan.moves)
    if state.move + 1 == moves:
        raise Refused("that was the last move; the hot wash follows", Code.PHASE)
    if act.move != state.move + 2:
        raise Refused(f"move {act.move}: the next move is {state.move + 2} of {moves}")
