"""Policy mixes: named lever settings over all five pillars."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, ValidationError

from tabletop.engine.frozen import SMALLEST, Frozen, Positive
from tabletop.errors import TabletopError
from tabletop.pillars.detection import Levers as DetectionLevers
from tabletop.pillars.interdiction import Levers as InterdictionLevers
from tabletop.pillars.prosecution import Levers as ProsecutionLevers
from tabletop.pillars.reporting import Levers as ReportingLevers
from tabletop.pillars.sharing import Levers as SharingLevers

LARGEST_BUDGET = 1e15
"""Cost units a year: a million people, each at the most that a person may cost."""
Budget = Annotated[float, Field(ge=SMALLEST, le=LARGEST_BUDGET)]
PILLARS = ("detection", "reporting", "interdiction", "prosecution", "sharing")


class Policy(Frozen):
    """A setting for every lever, pillar by pillar; what is left out has its default."""

    detection: DetectionLevers = Field(
        default=DetectionLevers(), description="Intelligence gathering and analysis."
    )
    reporting: ReportingLevers = Field(default=ReportingLevers(), description="Community engagement.")
    interdiction: InterdictionLevers = Field(default=InterdictionLevers(), description="Security measures.")
    prosecution: ProsecutionLevers = Field(default=ProsecutionLevers(), description="Legal framework.")
    sharing: SharingLevers = Field(default=SharingLevers(), description="International cooperation.")

    def over(self, base: "Policy") -> "Policy":
        """`base`, changed in those levers that this policy sets explicitly."""
        pillars = {}
        for pillar in PILLARS:
            written = getattr(self, pillar)
            update = {name: getattr(written, name) for name in written.model_fields_set}
            pillars[pillar] = getattr(base, pillar).model_copy(update=update)
        return Policy(**pillars)

    def yearly_cost(self, costs: Mapping[str, float]) -> float:
        """Cost units a year of all levers at their settings; unlimited staff is free.

        `costs` are the prices that differ from the levers' own, by lever, per person or full unit.
        """
        total = 0.0
        for lever in LEVERS.values():
            total += lever.price(costs) * (lever.of(self) or 0.0)
        return total

    def added_cost(self, settings: Mapping[str, float | None], costs: Mapping[str, float]) -> float:
        """Cost units a year that other settings of some levers add to this policy's; below 0 if they save."""
        total = 0.0
        for name, setting in settings.items():
            lever = LEVERS[name]
            total += lever.price(costs) * ((setting or 0.0) - (lever.of(self) or 0.0))
        return total


@dataclass(frozen=True)
class Lever:
    """A lever: its `name`, its `pillar`, its `unit`, and in a sentence (`says`) what it does."""

    name: str
    pillar: str
    says: str
    unit: str
    default: float | None
    """The model's setting, in `unit`; None is unlimited staff."""
    cost: float
    """Cost units a year for one person, or for a full unit of the lever."""
    low: float
    """The lowest setting that it can have."""
    high: float | None
    """The highest; None if there is no limit."""
    is_staff: bool
    """Whether it is a number of people, which is whole and may be unlimited."""
    measure: str
    """The measure that it is expected to move first when it rises."""
    direction: int
    """How that measure then moves: 1 up, −1 down."""

    def of(self, policy: Policy) -> float | None:
        """This lever's setting in a policy, in `unit`; None is unlimited staff."""
        setting: float | None = getattr(getattr(policy, self.pillar), self.name)
        return setting

    def price(self, costs: Mapping[str, float]) -> float:
        """Cost units a year per person or full unit: that of `costs`, or else the lever's own."""
        return costs.get(self.name, self.cost)

    def people(self, policy: Policy) -> int | None:
        """The number of people authorised in the pool of this name; None is unlimited."""
        staff: int | None = getattr(getattr(policy, self.pillar), self.name)
        return staff

    def set(self, policy: Policy, value: float | None) -> Policy:
        """The policy with this lever at `value`; raises TabletopError for a value outside its range."""
        data = policy.model_dump()
        data[self.pillar][self.name] = value
        try:
            return Policy.model_validate(data)
        except ValidationError:
            what = "a whole number" if self.is_staff else "a number"
            limits = (
                f" of {self.low:g} or more" if self.high is None else f" from {self.low:g} to {self.high:g}"
            )
            raise TabletopError(
                f"{self.name}: {value!r}: must be {what}{limits}{', or None' * self.is_staff}"
            ) from None


def _levers() -> Iterator[Lever]:
    for pillar in PILLARS:
        group = Policy.model_fields[pillar].annotation
        assert group is not None
        schema = group.model_json_schema()["properties"]
        for name, field in group.model_fields.items():
            extra: Any = field.json_schema_extra
            limits = next(o for o in schema[name].get("anyOf", [schema[name]]) if o["type"] != "null")
            measure, sign = extra["expects"].split()
            yield Lever(
                name=name,
                pillar=pillar,
                says=field.description or "",
                unit=extra["unit"],
                default=field.default,
                cost=float(extra["cost"]),
                low=limits["minimum"],
                high=None if limits["type"] == "integer" else limits["maximum"],
                is_staff=limits["type"] == "integer",
                measure=measure,
                direction={"+": 1, "-": -1}[sign],
            )


LEVERS: dict[str, Lever] = {lever.name: lever for lever in _levers()}
"""Every lever by its name; names are unique over all pillars."""
assert len(LEVERS) == sum(len(getattr(Policy(), pillar).model_dump()) for pillar in PILLARS)


class Change(Policy):
    """Levers that a mix sets from a stated day on."""

    day: Positive = Field(
        description="Day from which these settings hold.", json_schema_extra={"unit": "days"}
    )


class PolicyMix(Policy):
    """A policy that has a name: what it sets from day 0 on, beyond its base, and what it changes later."""

    title: str = Field(default="", max_length=120, description="Name for people.")
    summary: str = Field(
        default="", max_length=2000, description="The idea of this mix, in a sentence or two."
    )
    base: str | None = Field(default=None, description="The mix it inherits from; by default the baseline.")
    changes: tuple[Change, ...] = Field(
        default=(),
        strict=False,
        max_length=100,
        description="What it sets on later days, each change over the one before.",
    )
