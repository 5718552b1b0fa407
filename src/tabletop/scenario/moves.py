"""Moves: the rounds of an exercise, from the situation to the reveal."""

from pydantic import Field
from pydantic.config import JsonDict

from tabletop.engine.frozen import Frozen, NonNegative
from tabletop.scenario.staging import ExpectedAction

_MINUTES: JsonDict = {"unit": "minutes"}
MOST_INJECTS = 500
"""Injects of an exercise, and of a move."""


class Minutes(Frozen):
    """How long the parts of a move take."""

    situation: NonNegative = Field(
        default=3.0, le=600, description="The controller tells what has happened.", json_schema_extra=_MINUTES
    )
    discussion: NonNegative = Field(
        default=7.0, le=600, description="Teams talk it over.", json_schema_extra=_MINUTES
    )
    decision: NonNegative = Field(
        default=2.0, le=600, description="Teams decide and predict.", json_schema_extra=_MINUTES
    )
    reveal: NonNegative = Field(
        default=3.0, le=600, description="Everybody sees what came of it.", json_schema_extra=_MINUTES
    )

    @property
    def total(self) -> float:
        """Minutes from the move's beginning to its end."""
        return self.situation + self.discussion + self.decision + self.reveal


class Move(Frozen):
    """One round: from its day on, the decisions taken in it rule."""

    name: str = Field(min_length=1, max_length=80, description="Name for people.")
    day: NonNegative = Field(description="Day on which it starts.", json_schema_extra={"unit": "days"})
    situation: str = Field(min_length=1, max_length=4000, description="What the controller reads out.")
    questions: tuple[str, ...] = Field(
        default=(), strict=False, max_length=12, description="What the teams discuss."
    )
    injects: tuple[str, ...] = Field(
        default=(),
        strict=False,
        max_length=MOST_INJECTS,
        description="The injects released in it, by their ids, in this order.",
    )
    expected_actions: tuple[ExpectedAction, ...] = Field(
        default=(), strict=False, max_length=100, description="What evaluators look for."
    )
    look_for: str = Field(
        default="", max_length=2000, description="For controllers: what to listen for, and what to ask."
    )
    minutes: Minutes = Field(default=Minutes(), description="How long its parts take.")
