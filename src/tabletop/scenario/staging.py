"""Staging: how an inject reaches the players, and injects that exist only in an exercise."""

from typing import Any, Self

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from tabletop.engine.frozen import Frozen, NonNegative
from tabletop.scenario.inject import Effect, When
from tabletop.scenario.policy import LARGEST_BUDGET

OWN = ("title", "message", "day", "contingency", "when", "effects", "budget")
"""Fields that only an inject of the exercise's own may have here."""


class Staging(Frozen):
    """An inject as the controllers' list of events has it.

    For an inject of the scenario it describes how players receive it. Any other inject is the
    exercise's own: it has a title and a message here, and does not act in `tabletop run`.
    """

    id: str = Field(
        pattern=r"^[a-z][a-z0-9_-]{0,39}$",
        description="Name of an inject of the scenario, or of one that exists only in the exercise.",
    )
    title: str = Field(default="", max_length=120, description="Headline for the players.")
    message: str = Field(default="", max_length=4000, description="What the players read or hear.")
    day: NonNegative | None = Field(
        default=None,
        description="Day it happens; by default the day of its move.",
        json_schema_extra={"unit": "days"},
    )
    contingency: bool = Field(
        default=False, description="Whether it is held back until the controller needs it."
    )
    when: When | None = Field(
        default=None, description="A trigger: a count at which it happens by itself, team by team."
    )
    effects: tuple[Effect, ...] = Field(
        default=(), strict=False, max_length=20, description="What it changes, for every team."
    )
    budget: float | None = Field(
        default=None,
        ge=-LARGEST_BUDGET,
        le=LARGEST_BUDGET,
        description="Added to the budget from the move's day on; below 0 for a cut.",
        json_schema_extra={"unit": "cost units a year"},
    )
    mode: str = Field(default="Briefing", min_length=1, max_length=80, description="How players receive it.")
    sender: str = Field(
        default="Exercise control",
        min_length=1,
        max_length=120,
        description="Who it is from, in the exercise.",
    )
    recipient: str = Field(default="All players", min_length=1, max_length=120, description="Who it is for.")
    expected_response: str = Field(
        default="", max_length=1000, description="What players are expected to do; for controllers."
    )
    objective: str | None = Field(default=None, description="The objective that it serves, by its id.")
    controller: str = Field(default="Controller", min_length=1, max_length=120, description="Who sees to it.")
    notes: str = Field(default="", max_length=2000, description="For controllers.")

    @model_serializer(mode="wrap")
    def _as_a_file_writes_it(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        # what an inject of the scenario has there must not stand here, not even at its default
        return {key: value for key, value in dump(self).items() if key not in OWN or self._says(key)}

    def _says(self, name: str) -> bool:
        return bool(getattr(self, name) != type(self).model_fields[name].default)

    @model_validator(mode="after")
    def _waits_for_one_thing(self) -> Self:
        if self.contingency and self.when is not None:
            raise ValueError("contingency and when: it waits for the controller or for a count; remove one")
        return self


class ExpectedAction(Frozen):
    """What players should be seen to do in a move, and evaluators look for."""

    action: str = Field(min_length=1, max_length=500, description="What is expected, in a sentence.")
    by: str = Field(default="All players", min_length=1, max_length=120, description="Who is expected to.")
    objective: str | None = Field(default=None, description="The objective that it shows, by its id.")
