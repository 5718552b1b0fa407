"""Rules that only new lines obey: logs of earlier versions hold lines that they refuse."""

from collections.abc import Sequence

from tabletop.exercise.acts import Act, Open, Predict, Respond, Skip, Start
from tabletop.exercise.decision_rules import check_whole
from tabletop.exercise.refused import Code, Refused
from tabletop.exercise.state import Phase, State, Status
from tabletop.scenario import team_names
from tabletop.scenario.words import shown


def check(state: State, act: Act) -> None:
    """Raise Refused, with the reason, if an act that the rules allow is not done any more."""
    match act:
        case Skip(inject=name) if state.was_read_out(name):
            line = state.inject_status[name].line
            raise Refused(
                f"{name} has been read out (line {line}), and cannot be skipped; what is to be left out is "
                "skipped before its move begins",
                Code.DONE,
            )
        case Predict(measure=name, low=low, high=high):
            check_whole(name, low, high)
        case Open(teams=teams):
            check_names(teams)
        case Start(teams=teams) if teams is not None:
            check_names(teams)
        case Respond(inject=name):
            _check_response(state, name)
        case _:
            pass


def check_names(teams: Sequence[str]) -> None:
    """Raise Refused for names that are right, and of which somebody who types could not say what is meant."""
    for place, wrong in team_names.objections(teams):
        raise Refused(f"{shown(teams[place])} {wrong}")


def _check_response(state: State, name: str) -> None:
    """Nobody responds to what nobody was told."""
    one, standing = state.inject(name), state.inject_status[name]
    if standing.status is Status.SKIPPED:
        raise Refused(f"{name} was left out (line {standing.line}), and nobody can have responded to it")
    if one.inject.when is not None:
        # in whose world it happened is told at a reveal
        ended = state.move - (state.phase in (Phase.OPEN, Phase.LOCKED))
        if one.move > ended:
            raise Refused(
                f"{name} happens by itself; it can be responded to once move {one.move + 1} is revealed",
                Code.PHASE,
            )
    elif standing.status is not Status.RELEASED:
        raise Refused(
            f"{name} has not been released, and nobody can have responded to it; "
            + (f"release it first: release {name}" if one.waits else f"its move is {one.move + 1}"),
            Code.PHASE,
        )
