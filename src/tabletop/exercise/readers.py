"""Readers: who looks at an exercise, and how far the reveal of a move has gone for them."""

from dataclasses import dataclass
from enum import StrEnum

from tabletop.exercise.roles import Role


@dataclass(frozen=True)
class Reader:
    """Somebody who reads, in a role; a player reads for a team."""

    role: Role
    team: str = ""

    @property
    def directs(self) -> bool:
        """Whether it is a controller or an evaluator, from whom only the secret is kept."""
        return self.role in (Role.CONTROLLER, Role.EVALUATOR)


EVERYBODY = Reader(Role.PROJECTOR)
"""Whoever looks at the projector, or into a report."""


class Step(StrEnum):
    """A step of a reveal, in this order; the controller goes on by `Show("reveal baseline")`."""

    OWN = "own"
    """Each team sees its own outcome."""
    BASELINE = "baseline"
    """Everybody sees the baseline's too."""
    ALL = "all"
    """Everybody sees every team's."""

    @property
    def place(self) -> int:
        """0 for the first."""
        return list(Step).index(self)
