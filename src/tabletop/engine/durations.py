"""Durations: families of positive random amounts, and their inverse transforms."""

from math import exp, log, log1p, sqrt
from typing import Any, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, field_validator, model_validator

from tabletop.engine.frozen import Frozen, NonNegative

Family = Literal["exponential", "lognormal", "gamma", "constant"]

DEFAULT_CV = 0.6
"""Coefficient of variation of a lognormal or gamma duration that states none (an assumption)."""
SMALLEST_CV = 0.001
"""Below it, quantiles of a gamma lose their last digits, and below 1e-8 all of them."""


class Duration(Frozen):
    """How long something takes: a mean in days, a family and its coefficient of variation.

    A plain number is that many days, constant. A mean of 0 is instant. Other positive amounts that
    are distributed so (severity, visibility) restate the mean, with their own unit.
    """

    family: Family = Field(default="lognormal", description="Shape of the distribution.")
    mean: NonNegative = Field(
        le=1_000_000, description="Mean; 0 is instant.", json_schema_extra={"unit": "days"}
    )
    cv: float | None = Field(
        default=None,
        ge=0,
        le=20,
        description="Coefficient of variation (default 0.6); not for exponential or constant.",
        json_schema_extra={"unit": "ratio"},
    )

    @model_validator(mode="before")
    @classmethod
    def _number_is_constant(cls, data: Any) -> Any:
        if isinstance(data, int | float) and not isinstance(data, bool):
            return {"family": "constant", "mean": data}
        return data

    @field_validator("cv")
    @classmethod
    def _cv_is_none_or_some(cls, cv: float | None) -> float | None:
        if cv is not None and 0 < cv < SMALLEST_CV:
            raise ValueError(f"{cv:g} is below {SMALLEST_CV:g}, which nobody can tell from 0; write 0")
        return cv

    @model_validator(mode="after")
    def _cv_fits_family(self) -> Self:
        if self.cv is not None and self.family in ("exponential", "constant"):
            raise ValueError(f"cv: a duration of family '{self.family}' takes no cv; remove it")
        return self

    @property
    def spread(self) -> float:
        """The coefficient of variation in force."""
        if self.family == "constant":
            return 0.0
        if self.family == "exponential":
            return 1.0
        return DEFAULT_CV if self.cv is None else self.cv

    def unit(self, uniform: float) -> float:
        """The quantile at `uniform`, in (0, 1), of this duration scaled to mean 1."""
        return self.units(np.array([uniform]))[0]

    def units(self, uniforms: NDArray[np.float64]) -> list[float]:
        """The quantiles at `uniforms` (1-D, in (0, 1)) of this duration scaled to mean 1.

        Bits do not depend on how the uniforms are split into calls: `math` does what NumPy's
        vector units would do differently from one processor to the next.
        """
        cv = self.spread
        if cv == 0:
            return [1.0] * len(uniforms)
        if self.family == "exponential":
            return [-log1p(-u) for u in uniforms.tolist()]
        if self.family == "gamma":
            from scipy.special import gammaincinv

            shape = 1 / (cv * cv)
            return [x / shape for x in gammaincinv(shape, uniforms).tolist()]
        from scipy.special import ndtri

        variance = log(1 + cv * cv)
        sigma = sqrt(variance)
        return list(map(exp, (sigma * ndtri(uniforms) - variance / 2).tolist()))


def exponential(mean: float) -> Duration:
    """An exponential duration."""
    return Duration(family="exponential", mean=mean)


def lognormal(mean: float, cv: float = DEFAULT_CV) -> Duration:
    """A lognormal duration."""
    return Duration(family="lognormal", mean=mean, cv=cv)


def gamma(mean: float, cv: float) -> Duration:
    """A gamma duration."""
    return Duration(family="gamma", mean=mean, cv=cv)


def constant(mean: float) -> Duration:
    """A duration that is always the same."""
    return Duration(family="constant", mean=mean)
