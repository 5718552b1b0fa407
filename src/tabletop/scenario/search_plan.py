"""What a search for policy mixes may move: levers, their steps and bounds, and what is left alone."""

from typing import Self

from pydantic import Field, model_validator

from tabletop.engine.frozen import Amount, Frozen, Positive
from tabletop.scenario.words import number


class SearchedLever(Frozen):
    """How a search moves one lever from the baseline's setting."""

    step: Positive | None = Field(
        default=None,
        description="A move is a whole number of these; by default one person, 0.05 of a share, 10 days.",
        json_schema_extra={"unit": "the lever's own unit"},
    )
    low: Amount | None = Field(
        default=None,
        description="Not below this; by default as low as the lever goes.",
        json_schema_extra={"unit": "the lever's own unit"},
    )
    high: Amount | None = Field(
        default=None,
        description="Not above this; by default as high as the lever goes, and the budget.",
        json_schema_extra={"unit": "the lever's own unit"},
    )
    cut: bool = Field(default=True, description="Whether it may be set below the baseline.")

    @model_validator(mode="after")
    def _bounds_are_in_order(self) -> Self:
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise ValueError(
                f"low is {number(self.low)} and high {number(self.high)}; write the lower bound as low, and "
                "two that differ"
            )
        return self


class SearchPlan(Frozen):
    """What `tabletop search` may move; by default every lever with a cost, by its default step."""

    levers: dict[str, SearchedLever] = Field(
        default={},
        max_length=100,
        description="Levers with a step or bounds of their own, by name; one without a cost is moved only if "
        "named.",
    )
    keep: tuple[str, ...] = Field(
        default=(), strict=False, max_length=100, description="Levers that are left as in the baseline."
    )
