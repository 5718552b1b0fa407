"""Claims: statements about a scenario's mixes that a test can contradict."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, SerializerFunctionWrapHandler, field_validator, model_serializer, model_validator

from tabletop.engine.frozen import Amount, Frozen, NonNegative
from tabletop.scenario.survives import Survives, Turn
from tabletop.scenario.words import number

Weight = Annotated[Amount, Field(json_schema_extra={"unit": "weight"})]


class Claim(Frozen):
    """A statement about a difference between policy mixes, with the condition under which it is supported."""

    that: str = Field(min_length=1, max_length=200, description="The claim, in a sentence for people.")
    measure: str = Field(description="The measure in which the difference shows.")
    mix: str | None = Field(default=None, description="The mix that the claim is about.")
    versus: str | None = Field(default=None, description="The mix that it is compared with.")
    contrast: dict[str, Weight] | None = Field(
        default=None,
        min_length=1,
        max_length=200,
        description="In place of mix and versus: mixes with weights that sum to 0, as for 'the second adds "
        "less than the first'.",
    )
    is_: Literal["higher", "lower"] = Field(
        alias="is", description="Whether the difference is above or below 0."
    )
    by: NonNegative = Field(
        default=0.0,
        description="By more than this.",
        json_schema_extra={"unit": "the measure's own unit"},
    )
    days: tuple[NonNegative, ...] | None = Field(
        default=None,
        strict=False,
        description="Only what is counted in [from, to), as [365, 730]; for counted measures.",
        json_schema_extra={"minItems": 2, "maxItems": 2, "unit": "days"},
    )
    survives: Survives | None = Field(
        default=None,
        description="Under which other conditions its direction is shown, too; tested by `tabletop check "
        "--survives`.",
    )
    turns_at: tuple[Turn, ...] = Field(
        default=(),
        strict=False,
        max_length=20,
        description="Conditions under which it no longer holds, each alone; tested by the same.",
    )

    @field_validator("days")
    @classmethod
    def _are_two_in_order(cls, days: tuple[float, ...] | None) -> tuple[float, ...] | None:
        if days is not None and (len(days) != 2 or days[0] >= days[1]):
            raise ValueError("write two days, from and to, the first before the second, as [365, 730]")
        return days

    @model_validator(mode="after")
    def _says_what_is_compared(self) -> Self:
        pair = self.mix is not None and self.versus is not None
        if self.contrast is not None and (self.mix is not None or self.versus is not None):
            raise ValueError("contrast stands in place of mix and versus; here are both: remove one")
        if self.contrast is None and not pair:
            raise ValueError("write mix and versus, or contrast: which mixes are compared?")
        return self

    @model_serializer(mode="wrap")
    def _as_a_file_writes_it(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        data = dump(self)
        return {
            "is" if key == "is_" else key: value for key, value in data.items() if value not in (None, (), [])
        }

    @property
    def weights(self) -> dict[str, float]:
        """The weight of every mix that the claim is about."""
        if self.contrast is not None:
            return self.contrast
        assert self.mix is not None
        assert self.versus is not None
        return {self.mix: 1.0, self.versus: -1.0}

    @property
    def compared(self) -> str:
        """The contrast as a sum: 'two − 2 × one + none'."""
        terms = []
        for name, weight in self.weights.items():
            times = "" if abs(weight) == 1 else f"{number(abs(weight))} × "
            sign = "− " if weight < 0 else "+ "
            terms.append(f"{sign}{times}{name}")
        told = " ".join(terms)
        return told.removeprefix("+ ") if told.startswith("+") else f"−{told[2:]}"

    @property
    def expected(self) -> str:
        """The condition under which the claim is supported, in words."""
        threshold = f"{self.is_} by more than {number(self.by)}" if self.by else self.is_
        during = f", days {number(self.days[0])} to {number(self.days[1])}" if self.days else ""
        return f"{self.measure}, {self.compared}: {threshold}{during}"

    @property
    def sign(self) -> int:
        """The sign, 1 or −1, by which the difference is multiplied so that larger supports the claim."""
        return 1 if self.is_ == "higher" else -1

    @property
    def span(self) -> tuple[float, float] | None:
        """The days [from, to) that are counted; None for the whole exercise."""
        return None if self.days is None else (self.days[0], self.days[1])


class Check(Frozen):
    """How the claims are tested: replications and seed of a sample of their own."""

    replications: int = Field(
        ge=20,
        le=1_000_000,
        description="Replications of every mix that a claim is about; fewer could support nothing.",
        json_schema_extra={"unit": "replications"},
    )
    variant_replications: int | None = Field(
        default=None,
        ge=20,
        le=1_000_000,
        description="Replications in each variant of `survives` and `turns_at`; by default as many.",
        json_schema_extra={"unit": "replications"},
    )
    seed: int = Field(
        ge=0,
        lt=2**63,
        description="Seed of the claims' own, first used once they are written; tune on other seeds.",
        json_schema_extra={"unit": "number"},
    )
