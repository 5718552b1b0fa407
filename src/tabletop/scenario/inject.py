"""Injects: scripted changes of conditions, and story events."""

from typing import Literal, Self

from pydantic import Field, model_validator

from tabletop.engine.frozen import Amount, Frozen, NonNegative, Positive
from tabletop.world import SHOCKABLE

Value = float | bool
"""What a condition that an inject changes can be."""


class Effect(Frozen):
    """A change of one condition: exactly one of set, add and multiply."""

    on: str = Field(
        max_length=200,
        description="Path of a condition, as 'background.community', "
        f"or {' or '.join(map(repr, SHOCKABLE))} itself: a shock.",
    )
    set: Amount | bool | None = Field(
        default=None, description="The new value.", json_schema_extra={"unit": "the condition's own unit"}
    )
    add: Amount | None = Field(
        default=None,
        description="Added to the value.",
        json_schema_extra={"unit": "the condition's own unit"},
    )
    multiply: Amount | None = Field(
        default=None, description="The value is multiplied by this.", json_schema_extra={"unit": "ratio"}
    )
    for_days: Positive | None = Field(
        default=None,
        description="How long; by default until the end.",
        json_schema_extra={"unit": "days"},
    )

    @model_validator(mode="after")
    def _is_one_change(self) -> Self:
        given = [name for name in ("set", "add", "multiply") if getattr(self, name) is not None]
        if len(given) != 1:
            here = f"here are {' and '.join(given)}" if given else "here is none"
            raise ValueError(f"write exactly one of set, add and multiply; {here}")
        if self.on in SHOCKABLE and self.for_days is not None:
            then = f"{self.on} {SHOCKABLE[self.on].afterwards}"
            raise ValueError(f"for_days: a shock to {self.on} happens at once, and {then}; remove it")
        return self

    @property
    def change(self) -> Literal["set", "add", "multiply"]:
        """Which of the three it is."""
        if self.set is not None:
            return "set"
        return "add" if self.add is not None else "multiply"

    def applied_to(self, value: Value | None) -> Value:
        """What becomes of a value; a null can only be set."""
        if self.set is not None:
            return self.set
        assert value is not None, f"{self.on} is null"
        if self.add is not None:
            return value + self.add
        assert self.multiply is not None
        return value * self.multiply


class When(Frozen):
    """A trigger: a counted measure reaches a number."""

    measure: str = Field(description="A counted measure, as 'incidents'.")
    reaches: Positive = Field(
        description="The count at which the inject fires, once.", json_schema_extra={"unit": "count"}
    )


class Inject(Frozen):
    """A scripted change of conditions or a story event at a stated time."""

    id: str = Field(
        pattern=r"^[a-z][a-z0-9_-]{0,39}$", description="Name of this inject, unique in the file."
    )
    day: NonNegative = Field(
        default=0.0,
        description="Day it happens; with `when`, the earliest.",
        json_schema_extra={"unit": "days"},
    )
    title: str = Field(min_length=1, max_length=120, description="Headline for the players.")
    message: str = Field(default="", max_length=4000, description="What the players read.")
    when: When | None = Field(default=None, description="Waits for a count instead of a day.")
    effects: tuple[Effect, ...] = Field(
        default=(),
        strict=False,
        max_length=20,
        description="What it changes; nothing, if it is only a story.",
    )
