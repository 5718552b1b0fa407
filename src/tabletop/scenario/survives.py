"""Where a claim survives, and where it turns round: the conditions under which a file says so."""

from typing import Annotated, Any, Self

from pydantic import Field, SerializerFunctionWrapHandler, field_validator, model_serializer, model_validator

from tabletop.engine.frozen import Amount, Frozen
from tabletop.scenario.uncertain import VERBS, Ends, Path
from tabletop.scenario.words import number

FEWEST_POINTS, MOST_POINTS = 8, 4096
"""Points of all ranges at once, a power of two."""
LARGEST_FACTOR = 10


class Each(Frozen):
    """That every number of the conditions is moved alone, to either end; a share by its odds."""

    multiply: Ends = Field(description="What each number is multiplied by, as [0.5, 2].")

    @field_validator("multiply")
    @classmethod
    def _are_below_and_above_one(cls, ends: tuple[float, ...]) -> tuple[float, ...]:
        if len(ends) != 2 or not 1 / LARGEST_FACTOR <= ends[0] < 1 < ends[1] <= LARGEST_FACTOR:
            told = ", ".join(map(number, ends))
            raise ValueError(
                f"[{told}]: write two factors, from 0.1 to below 1 and from above 1 to 10, as [0.5, 2]"
            )
        return ends

    @property
    def ends(self) -> tuple[float, float]:
        """The two factors."""
        low, high = self.multiply
        return low, high


class Survives(Frozen):
    """Where else a claim's direction is shown: each number moved alone, or points of all ranges."""

    each: Each | None = Field(default=None, description="Every number of the conditions at both ends, alone.")
    except_: tuple[Path, ...] = Field(
        default=(),
        alias="except",
        strict=False,
        max_length=100,
        description="Conditions, or groups of them, that `each` leaves as they are.",
    )
    in_: int | None = Field(
        default=None,
        ge=1,
        alias="in",
        description="In so many variants at least.",
        json_schema_extra={"unit": "variants"},
    )
    of: int | None = Field(
        default=None,
        ge=FEWEST_POINTS,
        le=MOST_POINTS,
        description="Of so many points of all ranges of `uncertain`, a power of two.",
        json_schema_extra={"unit": "variants"},
    )

    @model_validator(mode="after")
    def _is_one_of_the_two(self) -> Self:
        counted = self.in_ is not None or self.of is not None
        if (self.each is not None) == counted:
            here = "both are here" if counted else "neither is here"
            raise ValueError(f"write either each: {{multiply: [0.5, 2]}}, or in: 60 and of: 64; {here}")
        if self.except_ and self.each is None:
            raise ValueError("except: goes with each; a range that is not to move is left out of uncertain")
        if counted and (self.in_ is None or self.of is None):
            raise ValueError("write both: in how many variants, and of how many, as in: 60, of: 64")
        if self.in_ is not None and self.of is not None:
            if self.of & (self.of - 1):
                following = 1 << self.of.bit_length()
                raise ValueError(
                    f"of: {self.of}: points are spread evenly only in powers of two; write {following}"
                )
            if self.in_ > self.of:
                raise ValueError(f"in: {self.in_} of {self.of}: more than there are")
        return self

    @model_serializer(mode="wrap")
    def _as_a_file_writes_it(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        data = {key.removesuffix("_"): value for key, value in dump(self).items()}
        return {key: value for key, value in data.items() if value is not None and value != ()}


class Turn(Frozen):
    """A condition under which a claim no longer holds: exactly one of set, add, multiply and odds."""

    on: Path = Field(description="Path of the condition, as an inject names it.")
    set: Annotated[Amount | None, Field(json_schema_extra={"unit": "the condition's own unit"})] = Field(
        default=None, description="The value itself."
    )
    add: Annotated[Amount | None, Field(json_schema_extra={"unit": "the condition's own unit"})] = Field(
        default=None, description="What is added to the value."
    )
    multiply: Annotated[Amount | None, Field(json_schema_extra={"unit": "ratio"})] = Field(
        default=None, description="What the value is multiplied by."
    )
    odds: Annotated[Amount | None, Field(json_schema_extra={"unit": "ratio"})] = Field(
        default=None, description="What the odds of a share are multiplied by."
    )

    @model_validator(mode="after")
    def _is_one_change(self) -> Self:
        given = [verb for verb in VERBS if getattr(self, verb) is not None]
        if len(given) != 1:
            here = f"here are {' and '.join(given)}" if given else "here is none"
            raise ValueError(f"write exactly one of {', '.join(VERBS[:-1])} and {VERBS[-1]}; {here}")
        return self

    @model_serializer(mode="wrap")
    def _as_a_file_writes_it(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {key: value for key, value in dump(self).items() if value is not None}

    @property
    def verb(self) -> str:
        """Which of the four it is."""
        return next(verb for verb in VERBS if getattr(self, verb) is not None)

    @property
    def changes(self) -> dict[str, Any]:
        """What `Scenario.vary` takes for it."""
        amount = getattr(self, self.verb)
        return {self.on: amount if self.verb == "set" else (self.verb, amount)}

    @property
    def in_words(self) -> str:
        """The condition and what it becomes, as 'detection.d_prime × 2'."""
        amount = getattr(self, self.verb)
        match self.verb:
            case "multiply":
                return f"{self.on} × {number(amount)}"
            case "odds":
                return f"{self.on}, odds × {number(amount)}"
            case "add":
                return f"{self.on} {'+' if amount >= 0 else '−'} {number(abs(amount))}"
        return f"{self.on} {number(amount)}"
