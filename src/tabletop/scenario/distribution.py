"""Distributions over a range of an uncertain condition, for those who have a source for one."""

from math import log
from typing import Annotated, Any, Self

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from tabletop.engine.frozen import Amount, Frozen
from tabletop.scenario.words import number

Two = Annotated[
    tuple[Amount, ...],
    Field(strict=False, json_schema_extra={"minItems": 2, "maxItems": 2, "unit": "the condition's own unit"}),
]


class Distribution(Frozen):
    """How probable each value of a range is, by its source: one family, cut off at the range's ends."""

    uniform: bool | None = Field(default=None, description="true: every value alike.")
    triangular: Amount | None = Field(
        default=None,
        description="The most probable value.",
        json_schema_extra={"unit": "the condition's own unit"},
    )
    normal: Two | None = Field(default=None, description="Mean and standard deviation, as [20, 5].")
    lognormal: Two | None = Field(
        default=None,
        description="Median, and the ratio by which a standard deviation multiplies it, as [20, 2].",
    )
    beta: Two | None = Field(
        default=None, description="The two shapes of a beta stretched over the range, as [2, 5]."
    )

    @model_validator(mode="after")
    def _is_one_family(self) -> Self:
        families = [name for name in type(self).model_fields if getattr(self, name) not in (None, False)]
        if len(families) != 1:
            here = f"here are {' and '.join(families)}" if families else "here is none"
            raise ValueError(f"write one of uniform, triangular, normal, lognormal and beta; {here}")
        pair = getattr(self, self.family)
        if self.family in ("normal", "lognormal", "beta"):
            if len(pair) != 2:
                raise ValueError(f"{self.family}: write two numbers, as [20, 5]")
            if pair[1] <= 0 or (self.family != "normal" and pair[0] <= 0):
                raise ValueError(f"{self.family}: {number(min(pair))} is not above 0")
            if self.family == "lognormal" and pair[1] <= 1:
                raise ValueError(f"lognormal: {number(pair[1])}: the ratio is above 1, as [20, 2]")
        return self

    @model_serializer(mode="wrap")
    def _as_a_file_writes_it(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {key: value for key, value in dump(self).items() if value is not None}

    @property
    def family(self) -> str:
        """Its family."""
        return next(name for name in type(self).model_fields if getattr(self, name) not in (None, False))

    def objection(self, low: float, high: float) -> str | None:
        """Why it does not go with a range; None if it does."""
        if self.triangular is not None and not low <= self.triangular <= high:
            return f"triangular: {number(self.triangular)} is outside [{number(low)}, {number(high)}]"
        if self.lognormal is not None and low <= 0:
            return f"lognormal: the range begins at {number(low)}; it has to begin above 0"
        if self.cumulated(high, low, high) - self.cumulated(low, low, high) <= LEAST:
            return f"{self.family}: next to nothing of it lies in [{number(low)}, {number(high)}]"
        return None

    def value(self, share: float, low: float, high: float) -> float:
        """The value below which a share of it lies, of what lies between the ends."""
        first, last = self.cumulated(low, low, high), self.cumulated(high, low, high)
        return min(high, max(low, self._quantile(first + share * (last - first), low, high)))

    def share(self, value: float, low: float, high: float) -> float:
        """The share of it that lies below a value, of what lies between the ends."""
        first, last = self.cumulated(low, low, high), self.cumulated(high, low, high)
        return (self.cumulated(value, low, high) - first) / (last - first)

    def cumulated(self, value: float, low: float, high: float) -> float:
        """The share of all of it below a value."""
        from scipy import special  # noqa: PLC0415 (0.25 s to import)

        if self.normal is not None:
            mean, deviation = self.normal
            return float(special.ndtr((value - mean) / deviation))
        if self.lognormal is not None:
            median, ratio = self.lognormal
            return float(special.ndtr(log(value / median) / log(ratio)))
        along = (value - low) / (high - low)
        if self.beta is not None:
            first, second = self.beta
            return float(special.betainc(first, second, along))
        if self.triangular is None:
            return along
        top = (self.triangular - low) / (high - low)
        if along <= top:
            return along**2 / top if top else 0.0
        return 1 - (1 - along) ** 2 / (1 - top)

    def _quantile(self, share: float, low: float, high: float) -> float:
        from scipy import special  # noqa: PLC0415 (0.25 s to import)

        if self.normal is not None:
            mean, deviation = self.normal
            return mean + deviation * float(special.ndtri(share))
        if self.lognormal is not None:
            median, ratio = self.lognormal
            return float(median * ratio ** float(special.ndtri(share)))
        if self.beta is not None:
            first, second = self.beta
            return low + (high - low) * float(special.betaincinv(first, second, share))
        if self.triangular is None:
            return low + (high - low) * share
        top = (self.triangular - low) / (high - low)
        along = (share * top) ** 0.5 if share <= top else 1 - ((1 - share) * (1 - top)) ** 0.5
        return float(low + (high - low) * along)


LEAST = 1e-6
"""Share of a distribution that has to lie in the range."""
