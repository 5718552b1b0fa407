"""Uncertain conditions: ranges of what a file assumes, each a straight line from one end to the other."""

from collections.abc import Iterator
from math import exp, log
from typing import Annotated, Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from tabletop.engine.frozen import ASSUMPTION, Amount, Frozen
from tabletop.scenario.distribution import Distribution
from tabletop.scenario.words import number, shown

Path = Annotated[str, Field(min_length=1, max_length=200)]
Paths = Annotated[tuple[Path, ...], Field(strict=False, max_length=20)]
Ends = Annotated[
    tuple[Amount, ...],
    Field(
        strict=False,
        json_schema_extra={"minItems": 2, "maxItems": 2, "unit": "the condition's own unit, or a ratio"},
    ),
]
MOST_CHOICES = 20
VERBS = ("set", "add", "multiply", "odds")
RATIOS = ("multiply", "odds")
"""Changes whose range is spread evenly on the log scale unless the file says otherwise."""
_BEFORE_A_NOUN = {"a", "an", "the", "my", "our", "own", "only", "just", "pure", "mere"}


class Movement(Frozen):
    """A range of what becomes of some conditions: exactly one of set, add, multiply and odds."""

    on: Path | Paths = Field(
        description="Path of a condition, as an inject names it, or of a group, a price or an inject; "
        "or a list of paths that move together. '*' stands for every partner.",
    )
    set: Ends | None = Field(default=None, description="The value itself, from one end to the other.")
    add: Ends | None = Field(default=None, description="What is added to the value.")
    multiply: Ends | None = Field(default=None, description="What the value is multiplied by.")
    odds: Ends | None = Field(
        default=None, description="What the odds of a share are multiplied by; it stays in [0, 1]."
    )

    @property
    def paths(self) -> tuple[str, ...]:
        """What moves."""
        return (self.on,) if isinstance(self.on, str) else self.on

    @property
    def verb(self) -> str:
        """Which of the four it is."""
        return next((verb for verb in VERBS if getattr(self, verb) is not None), "choices")

    @property
    def ends(self) -> tuple[float, float]:
        """Where the range begins and ends."""
        low, high = getattr(self, self.verb)
        return low, high

    @field_validator("on", mode="before")
    @classmethod
    def _is_a_path_or_some(cls, on: Any) -> Any:
        is_list = isinstance(on, list | tuple) and all(isinstance(path, str) for path in on)
        if not (isinstance(on, str) or is_list):
            raise ValueError(
                f"{shown(on)} is no path; write one, as threat.formation_rate, or a list of paths"
            )
        return on

    @field_validator(*VERBS)
    @classmethod
    def _are_two(cls, ends: tuple[float, ...] | None) -> tuple[float, ...] | None:
        if ends is not None and len(ends) != 2:
            raise ValueError("write two ends, the lower first, as [0.5, 2]")
        return ends

    def _check_verb(self, further: tuple[str, ...]) -> None:
        known = (*VERBS, *further)
        given = [verb for verb in known if getattr(self, verb) is not None]
        if len(given) != 1:
            here = f"here are {' and '.join(given)}" if given else "here is none"
            raise ValueError(f"write exactly one of {', '.join(known[:-1])} and {known[-1]}; {here}")
        if not self.paths:
            raise ValueError("on: empty; name a condition, as 'threat.formation_rate'")


class Together(Movement):
    """What moves with the same draw as the condition that it stands under, in its own direction."""

    @model_validator(mode="after")
    def _is_one_movement(self) -> Self:
        self._check_verb(())
        if self.ends[0] == self.ends[1]:
            raise ValueError(f"{self.verb}: both ends are {number(self.ends[0])}; write two values")
        if self.verb in RATIOS and min(self.ends) <= 0:
            raise ValueError(f"{self.verb}: {number(min(self.ends))}: a factor is above 0")
        return self


class Uncertain(Movement):
    """A condition whose value a file gives as a range, or as a choice of values."""

    choices: tuple[Any, ...] | None = Field(
        default=None,
        strict=False,
        max_length=MOST_CHOICES,
        description="In place of a range: values that it could have.",
        json_schema_extra={"unit": "list"},
    )
    scale: Literal["log", "linear"] | None = Field(
        default=None,
        description="On which scale the range is spread evenly: by default log for multiply and odds.",
    )
    distribution: Distribution | None = Field(
        default=None,
        description="How probable each value is, as {triangular: 0.02}; its source is no assumption.",
    )
    name: str | None = Field(
        default=None, min_length=1, max_length=40, description="What tables and figures call it."
    )
    also: tuple[Together, ...] = Field(
        default=(), strict=False, max_length=20, description="What moves with it."
    )
    source: str = Field(
        default=ASSUMPTION, min_length=1, max_length=400, description="Where the range comes from."
    )

    @model_validator(mode="after")
    def _is_one_range(self) -> Self:
        self._check_verb(("choices",))
        if self.choices is not None:
            if len(self.choices) < 2:
                raise ValueError("choices: write two values at least, one of them the file's own")
            if self.scale is not None:
                raise ValueError("scale: choices have none; remove it")
            if self.distribution is not None:
                raise ValueError("distribution: goes with a range, not with choices; remove it")
            if self.also:
                raise ValueError("also: goes with a range, not with choices; write the cases out")
            return self
        low, high = self.ends
        if low == high:
            raise ValueError(f"{self.verb}: both ends are {number(low)}; write a lower and a higher one")
        if low > high:
            raise ValueError(
                f"{self.verb}: [{number(low)}, {number(high)}]: the lower end comes first; "
                f"write [{number(high)}, {number(low)}]"
            )
        if self.verb in RATIOS and low <= 0:
            raise ValueError(f"{self.verb}: {number(low)}: a factor is above 0")
        if self.scale == "log" and low <= 0:
            raise ValueError(f"scale: a log scale needs ends above 0; here is {number(low)}")
        if self.distribution is not None:
            self._check_distribution(self.distribution)
        return self

    def _check_distribution(self, distribution: Distribution) -> None:
        low, high = self.ends
        said = (word for word in self.source.lower().split() if word not in _BEFORE_A_NOUN)
        if next(said, "assumption").startswith("assum"):
            raise ValueError(
                "distribution: its source is an assumption; write where the distribution comes from, or a "
                "range without it"
            )
        if self.scale is not None or self.verb == "odds" or self.also:
            other = "also" if self.also else "scale" if self.scale is not None else "odds"
            raise ValueError(f"distribution: does not go with {other}; write set, add or multiply alone")
        if (wrong := distribution.objection(low, high)) is not None:
            raise ValueError(f"distribution: {wrong}")

    @property
    def title(self) -> str:
        """What it is called: the first of its paths, if it has no name."""
        alone = len(self.paths) == 1 and not self.also
        return self.name or self.paths[0] + ("" if alone else " and others")

    @property
    def is_log(self) -> bool:
        """Whether the range is spread evenly on the log scale."""
        if self.distribution is not None:
            return False
        return self.scale == "log" or (self.scale is None and self.verb in RATIOS)

    def at(self, share: float) -> Any:
        """The value, or the change, at a share of the way from the lower end (0) to the higher (1)."""
        if self.choices is not None:
            return self.choices[self.case(share)]
        if self.distribution is not None:
            return self.ends[round(share)] if share in (0, 1) else self.distribution.value(share, *self.ends)
        return _between(self.ends, share, is_log=self.is_log)

    def case(self, share: float) -> int:
        """Which of the choices stands at a share of the way: each has a part of the same width."""
        count = len(self.choices or ())
        return min(int(share * count), count - 1)

    def changes(self, share: float) -> dict[str, Any]:
        """What `Scenario.vary` takes for the point at such a share of the way, `also` included."""
        value = self.at(share)
        found = dict.fromkeys(self.paths, value if self.verb in ("set", "choices") else (self.verb, value))
        for one in self.also:
            moved = _between(one.ends, share, is_log=one.verb in RATIOS)
            found |= dict.fromkeys(one.paths, moved if one.verb == "set" else (one.verb, moved))
        return found

    def everything(self) -> Iterator[str]:
        """Every path that moves."""
        yield from self.paths
        for one in self.also:
            yield from one.paths


def _between(ends: tuple[float, float], share: float, *, is_log: bool) -> float:
    """A point of a range; the ends themselves are exact."""
    low, high = ends
    if share in (0, 1):
        return high if share else low
    return exp(log(low) + share * (log(high) - log(low))) if is_log else low + share * (high - low)
