"""Rules that only new lines obey: logs of earlier versions hold lines that they refuse."""

from tabletop.exercise.acts import Act, Predict, Skip
from tabletop.exercise.decision_rules import check_whole
from tabletop.exercise.refused import Code, Refused
from tabletop.exercise.state import State


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
        case _:
            pass
