"""The base of all data in scenario files: strict and immutable; levers and conditions as its fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan
from typing import Annotated, Any, NoReturn, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema


class ReadOnly(dict[Any, Any]):
    """A mapping that stays as it is; a copy of it, `dict(mapping)`, may be changed."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("this mapping belongs to immutable data; change a copy of it, as dict(mapping)")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[type, tuple[dict[Any, Any]]]:
        return type(self), (dict(self),)


class Frozen(BaseModel):
    """Strict, immutable data: unknown keys are errors, `true` is not 1, "0.5" is not 0.5."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, allow_inf_nan=False, use_attribute_docstrings=False
    )

    def model_post_init(self, _: Any, /) -> None:
        """Close the mappings, which pydantic leaves open."""
        _close(self)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with other values, unchecked; see pydantic."""
        copy = super().model_copy(update=update, deep=deep)
        _close(copy)
        return copy


def _close(model: BaseModel) -> None:
    """Make the mappings among the fields of a model read-only."""
    for name, value in model.__dict__.items():
        if type(value) is dict:
            model.__dict__[name] = ReadOnly(value)


SMALLEST, LARGEST = 1e-9, 1e9
"""What an amount that is divided by is at least, and any amount at most: what is made of them is finite."""


@dataclass(frozen=True, slots=True)
class _AtMost:
    """The upper limit of a number whose field states none."""

    high: float

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        found: Any = handler(source)
        assert found["type"] == "float"
        bounded: CoreSchema = found if "le" in found else {**found, "le": self.high}
        return bounded


Share = Annotated[float, Field(ge=0, le=1)]
"""A share or a probability."""
Positive = Annotated[float, Field(ge=SMALLEST), _AtMost(LARGEST)]
NonNegative = Annotated[float, Field(ge=0), _AtMost(LARGEST)]
Amount = Annotated[float, Field(ge=-LARGEST, le=LARGEST)]
"""A number that may be below 0."""
Staff = Annotated[int, Field(ge=0, le=1_000_000)] | None
"""Whole people; None is unlimited, and free."""


def _is_a_number(value: float) -> float:
    if isnan(value):
        raise ValueError("not a number; write a number, .inf or -.inf")
    return value


Unbounded = Annotated[float, Field(allow_inf_nan=True), AfterValidator(_is_a_number)]
"""A number that may be infinite: a threshold that nothing reaches, or certainty in log-odds."""

ASSUMPTION = "assumption"


def lever(default: float | None, says: str, *, unit: str, cost: float, expects: str) -> Any:
    """A setting that a policy mix chooses.

    `cost` is in cost units a year per person or per full unit of the lever; `expects` names the
    measure that the lever first moves when it rises, and the direction ("trust_mean -").
    """
    return Field(
        default=default,
        description=says,
        json_schema_extra={"unit": unit, "cost": cost, "expects": expects, "source": ASSUMPTION},
    )


def condition(default: Any, says: str, *, unit: str, source: str = ASSUMPTION, **limits: Any) -> Any:
    """A circumstance that no policy mix can set, with unit, source and limits."""
    return Field(
        default=default,
        description=says,
        json_schema_extra={"unit": unit, "source": source},
        **limits,
    )
