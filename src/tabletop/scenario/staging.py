"""Staging: how an inject reaches the players, and injects that exist only in an exercise."""

from typing import Annotated, Any, Self

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from tabletop.engine.frozen import Frozen, NonNegative
from tabletop.scenario.inject import Effect, When
from tabletop.scenario.names import Name
from tabletop.scenario.policy import LARGEST_BUDGET

OWN = ("title", "message", "day", "contingency", "when", "effects", "budget")
"""Fields that only an inject of the exercise's own may have here."""
UNSAID = ("planned_minute", "recipients", "attachments", "thread", "options", "source_id")
"""Fields that a file leaves out where they say nothing."""
LONGEST_NOTES = 6_000
FARTHEST_MINUTE = 100_800
"""Ten weeks: a planned minute further from StartEx is a mistaken date."""
Objectives = str | Annotated[tuple[str, ...], Field(strict=False, min_length=1, max_length=10)] | None
"""The id of an objective, or a list of several."""


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
    recipient: str = Field(default="All players", min_length=1, max_length=300, description="Who it is for.")
    recipients: tuple[Name, ...] = Field(
        default=(),
        strict=False,
        max_length=30,
        description="The teams or roles that receive it, in place of `recipient`: a message without effects.",
    )
    expected_response: str = Field(
        default="", max_length=4000, description="What players are expected to do; for controllers."
    )
    objective: Objectives = Field(
        default=None, description="The objective that it serves, by its id, or a list of several."
    )
    controller: str = Field(default="Controller", min_length=1, max_length=120, description="Who sees to it.")
    notes: str = Field(default="", max_length=LONGEST_NOTES, description="For controllers.")
    planned_minute: float | None = Field(
        default=None,
        ge=-FARTHEST_MINUTE,
        le=FARTHEST_MINUTE,
        description="When it is planned, since StartEx and below 0 before it; by default with the situation "
        "of its move, or with the reveal if its day is a later one.",
        json_schema_extra={"unit": "minutes"},
    )
    attachments: tuple[Annotated[str, Field(max_length=500, pattern=r"^\S(.*\S)?$")], ...] = Field(
        default=(),
        strict=False,
        max_length=20,
        description="What is handed out with it: names of files, or addresses.",
    )
    thread: str = Field(default="", max_length=120, description="The storyline that it belongs to.")
    options: str = Field(
        default="",
        max_length=4000,
        description="Of a list that branches: what teams may choose, and what follows, in words for the "
        "controller.",
    )
    source_id: str = Field(
        default="", max_length=120, description="What it is called in the list that it was imported from."
    )

    @model_serializer(mode="wrap")
    def _as_a_file_writes_it(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        # what an inject of the scenario has there must not stand here, not even at its default
        return {
            key: value for key, value in dump(self).items() if key not in (*OWN, *UNSAID) or self._says(key)
        }

    def _says(self, name: str) -> bool:
        return bool(getattr(self, name) != type(self).model_fields[name].default)

    @model_validator(mode="after")
    def _waits_for_one_thing(self) -> Self:
        if self.contingency and self.when is not None:
            raise ValueError("contingency and when: it waits for the controller or for a count; remove one")
        return self

    @model_validator(mode="after")
    def _is_a_message_to_some(self) -> Self:
        if self.recipients and (self.effects or self.budget is not None):
            raise ValueError(
                "recipients: it changes something, and so reaches every team; remove its recipients, or the "
                "effects and the budget"
            )
        if self.recipients and self.recipient != type(self).model_fields["recipient"].default:
            raise ValueError("recipient and recipients: both say who it is for; remove one")
        return self

    @property
    def objectives(self) -> tuple[str, ...]:
        """The ids of the objectives that it serves."""
        return as_objectives(self.objective)


def as_objectives(objective: Objectives) -> tuple[str, ...]:
    """Ids of objectives, as a file states them, one by one."""
    return () if objective is None else (objective,) if isinstance(objective, str) else objective


class ExpectedAction(Frozen):
    """What players should be seen to do in a move, and evaluators look for."""

    action: str = Field(min_length=1, max_length=4000, description="What is expected, in a sentence.")
    by: str = Field(default="All players", min_length=1, max_length=300, description="Who is expected to.")
    objective: Objectives = Field(
        default=None, description="The objective that it shows, by its id, or a list of several."
    )
    notes: str = Field(default="", max_length=LONGEST_NOTES, description="For controllers and evaluators.")

    @model_serializer(mode="wrap")
    def _as_a_file_writes_it(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {key: value for key, value in dump(self).items() if key != "notes" or value}

    @property
    def objectives(self) -> tuple[str, ...]:
        """The ids of the objectives that it shows."""
        return as_objectives(self.objective)
