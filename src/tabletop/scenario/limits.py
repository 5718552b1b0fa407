"""Limits of measures: what a mix has to keep in every variant, read by `tabletop robust`."""

from typing import Any, Literal, Self

from pydantic import Field, SerializerFunctionWrapHandler, field_validator, model_serializer, model_validator

from tabletop.engine.frozen import Amount, Frozen
from tabletop.scenario.words import shown


class Limit(Frozen):
    """What a measure has to be at least, or at most: itself, or its difference from the baseline."""

    at_least: Amount | None = Field(
        default=None, description="Its lower limit.", json_schema_extra={"unit": "the measure's own unit"}
    )
    at_most: Amount | None = Field(
        default=None, description="Its upper limit.", json_schema_extra={"unit": "the measure's own unit"}
    )
    against: Literal["baseline"] | None = Field(
        default=None, description="baseline: the limit is of the difference from the baseline."
    )

    @field_validator("against", mode="before")
    @classmethod
    def _is_the_baseline(cls, against: Any) -> Any:
        if against not in (None, "baseline"):
            raise ValueError(f"{shown(against)}: write against: baseline, or leave it out")
        return against

    @model_validator(mode="after")
    def _is_one_limit(self) -> Self:
        if (self.at_least is None) == (self.at_most is None):
            here = "here are both" if self.at_least is not None else "here is neither"
            raise ValueError(f"write at_least or at_most, as {{at_most: -1, against: baseline}}; {here}")
        return self

    @model_serializer(mode="wrap")
    def _as_a_file_writes_it(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {key: value for key, value in dump(self).items() if value is not None}

    @property
    def sign(self) -> int:
        """1 where more is within the limit, −1 where less is."""
        return 1 if self.at_least is not None else -1

    @property
    def value(self) -> float:
        """The limit itself."""
        return self.at_least if self.at_least is not None else self.at_most or 0.0
