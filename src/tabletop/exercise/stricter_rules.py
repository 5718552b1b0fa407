"""Rules that only new lines obey: logs of earlier versions hold lines that they refuse."""

from tabletop.exercise.acts import Act, Predict, Skip
from tabletop.exercise.refused import Code, Refused
from tabletop.exercise.state import State
from tabletop.measures import MEASURES
from tabletop.scenario.words import number


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
        case Predict(measure=name, low=low, high=high) if MEASURES[name].unit == "count":
            if not (low.is_integer() and high.is_integer()):
                raise Refused(
                    f"{MEASURES[name].title} is a count, of whole numbers; here are {number(low)} to "
                    f"{number(high)}"
                )
        case _:
            pass
