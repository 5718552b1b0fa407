"""Switch points: between which values of one condition a statement about a contrast turns round."""

from collections.abc import Sequence
from dataclasses import dataclass

from tabletop.analysis.statements import LEVEL, Difference, Statement

SHOWN, OPEN, REFUTED = 1, 0, -1


@dataclass(frozen=True)
class Switch:
    """A `statement` is shown on one side of the bracket from `low` to `high`, its opposite on the other."""

    statement: Statement
    low: float
    high: float
    """Values of the condition between which it turns round, the lower first."""
    begins: bool
    """Whether the statement holds above the bracket; else it holds below."""


def sides(statement: Statement, line: Sequence[Difference]) -> tuple[int, ...]:
    """At each value, whether the statement is shown, refuted, or neither; one-sided at 97.5 % each."""
    found = []
    for one in line:
        if one.doubt(statement.sign, statement.threshold) <= LEVEL:
            found.append(SHOWN)
        elif statement.opposite_doubt(one) <= LEVEL:
            found.append(REFUTED)
        else:
            found.append(OPEN)
    return tuple(found)


def switches(statement: Statement, values: Sequence[float], line: Sequence[Difference]) -> tuple[Switch, ...]:
    """Every change of a statement along a line of ascending values; there may be none, or several.

    It turns between the last value at which it is shown, or refuted, and the next at which the opposite is.
    Nothing is assumed of what lies between the values.
    """
    found: list[Switch] = []
    last: tuple[int, float] | None = None
    for side, value in zip(sides(statement, line), values, strict=True):
        if side == OPEN:
            continue
        if last is not None and last[0] != side:
            found.append(Switch(statement, last[1], value, begins=side == SHOWN))
        last = side, value
    return tuple(found)
