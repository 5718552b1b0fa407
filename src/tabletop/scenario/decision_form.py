"""The decision form: what a team may change in a move, as cards or as levers with named steps."""

from typing import Annotated, Any, Literal, Self

from pydantic import (
    Field,
    SerializerFunctionWrapHandler,
    StringConstraints,
    model_serializer,
    model_validator,
)

from tabletop.engine.frozen import Amount, Frozen, NonNegative
from tabletop.scenario.policy import LEVERS, Policy

Pillar = Literal["detection", "reporting", "interdiction", "prosecution", "sharing"]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{0,3}$")]
"""What stands on a card and is typed, as D3."""


class Adjustment(Frozen):
    """What a card does to one lever: exactly one of add and set."""

    add: Amount | None = Field(
        default=None, description="Added to its setting.", json_schema_extra={"unit": "the lever's own unit"}
    )
    set: Amount | None = Field(
        default=None,
        description="Its new setting; null where the lever may be null.",
        json_schema_extra={"unit": "the lever's own unit"},
    )

    @model_validator(mode="after")
    def _is_one_change(self) -> Self:
        given = [name for name in ("add", "set") if name in self.model_fields_set]
        if len(given) != 1 or (given == ["add"] and self.add is None):
            raise ValueError("write exactly one of add and set, as {add: 0.2} or {set: 3}")
        return self

    @model_serializer(mode="wrap")
    def _as_a_file_writes_it(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {key: value for key, value in dump(self).items() if key in self.model_fields_set}

    def applied_to(self, setting: float | None) -> float | None:
        """The lever's setting once the card works; nothing can be added to unlimited staff."""
        if "set" in self.model_fields_set:
            return self.set
        assert self.add is not None
        return None if setting is None else setting + self.add


class Card(Frozen):
    """One decision that a team can make in a line of a few characters."""

    code: Code = Field(description="What stands on the card and is typed, as D3.")
    title: str = Field(min_length=1, max_length=80, description="Name of the decision.")
    says: str = Field(min_length=1, max_length=300, description="What it is about, in one sentence.")
    pillar: Pillar = Field(description="The pillar whose role holds the card.")
    changes: dict[str, Adjustment] = Field(
        min_length=1, max_length=25, description="What it does, by lever: {add: x} or {set: x}."
    )
    lead_days: NonNegative = Field(
        default=0.0,
        le=3650,
        description="From the move's day until it works; it costs from the move's day.",
        json_schema_extra={"unit": "days"},
    )
    excludes: tuple[Code, ...] = Field(
        default=(), strict=False, max_length=30, description="Cards that cannot be in play beside it."
    )
    from_move: int = Field(
        default=1,
        ge=1,
        le=20,
        description="The first move in which it can be played.",
        json_schema_extra={"unit": "move"},
    )
    times: int = Field(
        default=1,
        ge=1,
        le=10,
        description="How many of it may be in play at once.",
        json_schema_extra={"unit": "cards"},
    )

    def settings(self, policy: Policy) -> dict[str, float | None]:
        """The levers that it changes, at what it alone makes of their settings in a policy."""
        return {name: change.applied_to(LEVERS[name].of(policy)) for name, change in self.changes.items()}


class DecisionForm(Frozen):
    """What is the teams' to decide; what it does not list keeps the baseline."""

    cards: tuple[Card, ...] = Field(
        default=(), strict=False, max_length=40, description="The cards; 10 to 14 fit a class."
    )
    most_a_move: int = Field(
        default=3,
        ge=1,
        le=20,
        description="How many cards a team may play in one move; taking cards back is free.",
        json_schema_extra={"unit": "cards"},
    )
    levers: dict[str, dict[str, Amount | None]] = Field(
        default={},
        max_length=25,
        description="In place of cards, for experts: levers with three to five named steps each.",
    )

    @model_validator(mode="after")
    def _is_one_form(self) -> Self:
        if bool(self.cards) == bool(self.levers):
            here = "here are both" if self.cards else "here is neither"
            raise ValueError(f"write cards or levers; {here}")
        return self

    def card(self, code: str) -> Card | None:
        """The card of that code, whatever the case of its letters; None if there is none."""
        return next((card for card in self.cards if card.code == code.upper()), None)
