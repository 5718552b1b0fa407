"""The rules for devices: which sit where, and which may act for a team."""

from tabletop.exercise import acts
from tabletop.exercise.decision_rules import check_role
from tabletop.exercise.refused import Code, Refused
from tabletop.exercise.roles import CONTROLLER
from tabletop.exercise.state import State
from tabletop.scenario.words import nearest

Seated = acts.Join | acts.Leave | acts.Remove | acts.MoveSeat | acts.TakePen


def check(state: State, act: Seated) -> None:
    """Raise Refused, with the reason, if a seat cannot be taken, left or moved, or a pen taken."""
    match act:
        case acts.Join():
            check_role(state, act.role)
            # in a log of format 1 a device could join again and again
            if state.had_lobby and (team := state.seats.team_of(act.device)) is not None:
                code = Code.DONE if team == act.team else Code.FORM
                raise Refused(f"{act.device} sits with {team} already", code)
        case acts.Leave():
            check_seat(state, act.team, act.device)
        case acts.Remove():
            _check_known(state, act.device)
        case acts.MoveSeat():
            _check_known(state, act.device)
            if act.team not in state.teams:
                raise Refused(f"{act.team or 'no name'}: no such team{nearest(act.team, state.teams)}")
            if state.seats.team_of(act.device) == act.team:
                raise Refused(f"{act.device} sits with {act.team} already", Code.DONE)
        case acts.TakePen():
            check_seat(state, act.team, act.device)
            if state.opened is None or not state.opened.pen:
                raise Refused("there is no pen in this exercise; every device decides for its team")
            if state.seats.pen(act.team) == act.device:
                raise Refused(f"{act.device} has the pen of {act.team} already", Code.DONE)


def check_device(state: State, by: str, act: acts.Draft | acts.Submit | acts.Predict) -> None:
    """Refuse what comes from a device that has no seat with the team, or decides without its pen."""
    if by == CONTROLLER or not act.device or not state.had_lobby:
        return
    check_seat(state, act.team, act.device)
    assert state.opened is not None
    pen = state.seats.pen(act.team)
    if isinstance(act, acts.Submit) and state.opened.pen and pen != act.device:
        raise Refused(f"the pen of {act.team} is with {pen}; take it first", Code.WHO)


def check_seat(state: State, team: str, device: str) -> None:
    """Raise Refused if a device does not sit with a team."""
    if state.seats.team_of(device) != team:
        raise Refused(f"{device or 'no device'} has no seat with {team}; join first", Code.WHO)


def _check_known(state: State, device: str) -> None:
    if state.seats.team_of(device) is None:
        raise Refused(f"{device or 'no device'}: no such device{nearest(device, state.seats.by_device)}")
