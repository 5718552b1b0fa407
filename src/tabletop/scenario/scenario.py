"""The scenario: everything that a file says, and nothing that chance decides."""

import reprlib
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from tabletop.engine.frozen import Frozen, NonNegative, Positive
from tabletop.engine.memo import remembered
from tabletop.errors import TabletopError, known_name
from tabletop.notebook import html_table
from tabletop.scenario.claim import Check, Claim
from tabletop.scenario.conditions import Conditions
from tabletop.scenario.exercise_plan import ExercisePlan
from tabletop.scenario.inject import Inject
from tabletop.scenario.limits import Limit
from tabletop.scenario.names import MixName
from tabletop.scenario.policy import Budget, Policy, PolicyMix
from tabletop.scenario.priors import Beliefs, prior_log_odds
from tabletop.scenario.search_plan import SearchPlan
from tabletop.scenario.uncertain import Uncertain
from tabletop.scenario.words import number

Language = Annotated[str, StringConstraints(pattern=r"^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,3}$")]
"""A language tag of RFC 5646, as 'en', 'pt-BR' or 'sr-Latn'."""
SHORTEST = 0.1
"""Days: the shortest horizon; figures a day and a year are over it."""


class Interest(Frozen):
    """How a scenario judges differences in a measure."""

    delta: Positive = Field(
        description="Smallest difference that matters.", json_schema_extra={"unit": "the measure's own unit"}
    )
    primary: bool = Field(default=True, description="Whether conclusions are drawn on it.")


class Source(Frozen):
    """Where a number of the file comes from."""

    path: str = Field(description="What it is about: a path in the file, as 'conditions.threat.preparation'.")
    says: str = Field(min_length=1, description="The citation, or 'assumption' and the reason.")


class Scenario(Frozen):
    """An abstract training scenario: what its file states, and the defaults of what that leaves out."""

    title: str = Field(min_length=1, max_length=120, description="Name for people.")
    question: str = Field(
        default="",
        max_length=75,
        description="What the comparison is to answer, in one line; the page begins with it.",
    )
    language: Language = Field(
        default="en", description="The language of the file's own texts, as 'en', 'fr' or 'ar'."
    )
    summary: str = Field(default="", max_length=4000, description="The situation in a few sentences.")
    learning_objectives: tuple[str, ...] = Field(
        default=(), strict=False, description="What a class should be able to do afterwards."
    )
    content_note: str = Field(
        default="", max_length=2000, description="What a reader may find distressing; shown first."
    )
    seed: int = Field(
        default=1, ge=0, lt=2**63, description="Seed of all luck.", json_schema_extra={"unit": "number"}
    )
    replications: int = Field(
        default=100,
        ge=1,
        le=1_000_000,
        description="How many are simulated by default.",
        json_schema_extra={"unit": "replications"},
    )
    horizon_days: float = Field(
        default=1095.0,
        ge=SHORTEST,
        le=36_500,
        description="Day of EndEx; StartEx is day 0.",
        json_schema_extra={"unit": "days"},
    )
    warm_up_days: NonNegative = Field(
        default=730.0,
        le=36_500,
        description="Days under the baseline before StartEx, not counted.",
        json_schema_extra={"unit": "days"},
    )
    conditions: Conditions = Field(default=Conditions(), description="What no policy mix can set.")
    beliefs: Literal["as_written"] | Beliefs | None = Field(
        default=None,
        description="Analysts' priors: those of the file's own conditions even where a variant has others "
        "(as_written), or log-odds by channel; by default they follow the conditions.",
    )
    injects: tuple[Inject, ...] = Field(
        default=(), strict=False, max_length=200, description="Scripted changes and story events."
    )
    uncertain: tuple[Uncertain, ...] = Field(
        default=(),
        strict=False,
        max_length=100,
        description="Ranges of what the file assumes, tried by `tabletop robust`; no run depends on them.",
    )
    policy_mixes: dict[MixName, PolicyMix] = Field(
        min_length=1, max_length=200, description="The mixes to compare, by name."
    )
    baseline: str = Field(
        description="The mix that the others are compared with; it is in force during the warm-up."
    )
    measures: dict[str, Interest] = Field(min_length=1, description="The measures of interest and their δ.")
    limits: dict[str, Limit] = Field(
        default={},
        max_length=20,
        description="What a mix has to keep, by primary measure; `tabletop robust` counts the variants in "
        "which all of it is kept.",
    )
    costs: dict[str, NonNegative] = Field(
        default={},
        description="What a person, or a full unit of a lever, costs where not the default.",
        json_schema_extra={"unit": "cost units a year"},
    )
    budget: Budget | None = Field(
        default=None,
        description="What a mix may cost.",
        json_schema_extra={"unit": "cost units a year"},
    )
    search: SearchPlan | None = Field(
        default=None,
        description="What `tabletop search` may move, within the budget; no run depends on it.",
    )
    claims: tuple[Claim, ...] = Field(
        default=(),
        strict=False,
        max_length=50,
        description="What a class is meant to see, each tested by `tabletop check`.",
    )
    check: Check | None = Field(default=None, description="How the claims are tested; claims need one.")
    discussion: tuple[str, ...] = Field(
        default=(), strict=False, max_length=20, description="Questions to talk about, after a run."
    )
    debrief: str = Field(
        default="", max_length=6000, description="The mechanism behind the results, to be read afterwards."
    )
    exercise: ExercisePlan | None = Field(
        default=None, description="How it is played by teams; `tabletop run` does not read it."
    )
    sources: tuple[Source, ...] = Field(
        default=(),
        strict=False,
        description="Where the file's numbers come from; those not named are assumptions.",
    )

    def policies(self, mix: str) -> tuple[tuple[float, Policy], ...]:
        """The settings of a mix with all that it inherits: (first day, policy), by day from 0 on.

        Raises UnknownName for a mix that does not exist.
        """
        return _policies(self.policy_mixes, self.baseline, known_name("policy mix", mix, self.policy_mixes))

    def cost(self, mix: str, *, until: float | None = None) -> float:
        """What a mix costs from StartEx to EndEx, or to the day `until`, in cost units.

        Raises UnknownName for a mix that does not exist, TabletopError for a day outside the exercise.
        """
        end = self.horizon_days if until is None else until
        if not 0 < end <= self.horizon_days:
            raise TabletopError(
                f"until: {end!r}: must be a day above 0 and up to EndEx, day {self.horizon_days:g}"
            )
        return self._mean_cost(mix, end) * end / 365

    def yearly_cost(self, mix: str) -> float:
        """Cost units a year that a mix costs, on average from StartEx to EndEx."""
        return self._mean_cost(mix, self.horizon_days)

    def _mean_cost(self, mix: str, end: float) -> float:
        """Cost units a year on average from StartEx to a day."""
        stretches = [(day, policy) for day, policy in self.policies(mix) if day < end]
        if len(stretches) == 1:
            return stretches[0][1].yearly_cost(self.costs)
        total = 0.0
        ends = [*(day for day, _ in stretches[1:]), end]
        for (day, policy), stop in zip(stretches, ends, strict=True):
            total += policy.yearly_cost(self.costs) * (stop - day)
        return total / end

    def priors(self) -> dict[str, float]:
        """By channel, the log-odds that analysts give a trace before anybody has looked at it."""
        if isinstance(self.beliefs, Beliefs):
            return self.beliefs.model_dump()
        return prior_log_odds(self.conditions)

    def under(self, conditions: Conditions) -> "Scenario":
        """The same scenario under other conditions; its priors stay if `beliefs` says `as_written`."""
        if not isinstance(conditions, Conditions):
            raise TabletopError(
                f"conditions: {reprlib.repr(conditions)}: must be Conditions; `vary` takes paths and values"
            )
        beliefs = Beliefs(**self.priors()) if self.beliefs == "as_written" else self.beliefs
        return self.model_copy(update={"conditions": conditions, "beliefs": beliefs})

    def vary(self, changes: Mapping[str, Any]) -> "Scenario":
        """The same scenario with other values at some paths, checked like a file.

        A path names a condition as an inject does (`threat.formation_rate`), a lever of a mix
        (`status_quo/detection.analysts`), or anything else as the file has it (`horizon_days`,
        `measures.incidents.delta`); of a list, an entry by its name or id. A value is what a file could have
        there, or a change of what is there: `("multiply", 2)`, `("add", 0.1)` or `("odds", 0.5)`, of a
        duration's mean, and of every number of a group. '*' stands for every entry of a list,
        `injects.ID.happens` for whether an inject happens; of `sharing.partners` a list of names says which
        there are. A lever so set holds from day 0 until the mix changes it, also in mixes that inherit it. Of
        new conditions the priors stay if `beliefs` says `as_written`; the ranges of `uncertain`, which are
        about the written values, are left out. Raises ScenarioError, with a path and what would be right, for
        each path that leads nowhere and each value that does not fit.
        """
        from tabletop.scenario.vary import varied  # noqa: PLC0415 (checks know what they check)

        return varied(self, changes)

    def __repr__(self) -> str:
        mixes = f"policy mixes {', '.join(self.policy_mixes)}"
        luck = f"{self.replications} replications, seed {self.seed}"
        return f"<Scenario {self.title!r}: {mixes}; {number(self.horizon_days)} days; {luck}>"

    __str__ = __repr__

    def _repr_html_(self) -> str:
        """The mixes, as a notebook shows them."""
        return html_table(
            f"{self.title}: {number(self.horizon_days)} days, {self.replications} replications by default",
            ("policy mix", "title", "cost units a year"),
            (
                (name if name != self.baseline else f"{name} (baseline)", (mix.title, f"{cost:.1f}"))
                for name, mix in self.policy_mixes.items()
                for cost in (self.yearly_cost(name),)
            ),
        )

    @property
    def primary_measures(self) -> tuple[str, ...]:
        """Names of the measures on which conclusions are drawn, in the order of the file."""
        return tuple(name for name, interest in self.measures.items() if interest.primary)


@remembered
def _policies(mixes: dict[str, PolicyMix], baseline: str, mix: str) -> tuple[tuple[float, Policy], ...]:
    written = mixes[mix]
    parent = None if mix == baseline else written.base or baseline
    inherited = ((0.0, Policy()),) if parent is None else _policies(mixes, baseline, parent)
    stretches = [(day, written.over(policy)) for day, policy in inherited]
    for change in sorted(written.changes, key=lambda c: c.day):
        before = [s for s in stretches if s[0] < change.day]
        after = [s for s in stretches if s[0] > change.day]
        at = next((policy for day, policy in reversed(stretches) if day <= change.day))
        stretches = [*before, (change.day, change.over(at)), *((day, change.over(p)) for day, p in after)]
    return tuple(stretches)
