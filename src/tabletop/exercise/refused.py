"""Refusals: an act that cannot be done now, and why; it changes nothing."""

from enum import StrEnum

from tabletop.errors import TabletopError


class Code(StrEnum):
    """Why an act is refused, for a program: whether to keep it, to drop it, or to ask again."""

    PHASE = "phase"
    """It cannot be done in this phase, but perhaps in another."""
    PAUSED = "paused"
    """The exercise is paused: it can be done once that is over."""
    STALE = "stale"
    """It was decided on something that has changed since."""
    BUDGET = "budget"
    """The mix would cost more than the budget."""
    FORM = "form"
    """What was entered does not fit: no such card, a range that cannot be."""
    WHO = "who"
    """It is somebody else's to do."""
    CLOSED = "closed"
    """The exercise is over."""
    DONE = "done"
    """It has been done already, by whomever."""


class Refused(TabletopError):
    """An act is not possible in the present state of the exercise; nothing has changed."""

    def __init__(self, message: str, code: Code = Code.FORM) -> None:
        super().__init__(message)
        self.code = code
