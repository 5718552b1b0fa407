"""The exercise plan: how a scenario is played in a room, as its file states it."""

from typing import Literal

from pydantic import Field
from pydantic.config import JsonDict

from tabletop.engine.frozen import Frozen, NonNegative
from tabletop.scenario.decision_form import DecisionForm, Pillar
from tabletop.scenario.moves import MOST_INJECTS, Move
from tabletop.scenario.names import Name
from tabletop.scenario.planning import Planning
from tabletop.scenario.policy import Budget
from tabletop.scenario.staging import Staging

_MINUTES: JsonDict = {"unit": "minutes"}
RESERVED = ("controller", "baseline")
"""Names that no team can have: those of the controller and of the baseline."""


class Objective(Frozen):
    """What the exercise is to show or to practise."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$", description="Name of this objective, unique here.")
    text: str = Field(min_length=1, max_length=300, description="The objective, in a sentence.")
    measures: tuple[str, ...] = Field(
        default=(), strict=False, max_length=10, description="The measures that speak to it."
    )
    capability_target: str = Field(
        default="", max_length=300, description="How well it should be done, for evaluators."
    )
    critical_tasks: tuple[str, ...] = Field(
        default=(), strict=False, max_length=12, description="What players do to meet it."
    )
    core_capabilities: tuple[str, ...] = Field(
        default=(),
        strict=False,
        max_length=12,
        description="Those of the exercise's core capabilities that it exercises.",
    )
    sources: tuple[str, ...] = Field(
        default=(), strict=False, max_length=12, description="The plans and texts that it is rated by."
    )


class Role(Frozen):
    """A part that players take: it holds the cards of its pillars."""

    name: Name = Field(description="Name for people, unique here.")
    says: str = Field(default="", max_length=500, description="What it stands for, in a sentence.")
    pillars: tuple[Pillar, ...] = Field(
        min_length=1, max_length=5, strict=False, description="The pillars whose cards it holds."
    )
    wants: str = Field(default="", max_length=300, description="What the person wants by EndEx.")
    keeps: str = Field(default="", max_length=300, description="What the person may not give up.")
    asks: tuple[str, ...] = Field(
        default=(), strict=False, max_length=6, description="What the person asks the others in each move."
    )


class Realised(Frozen):
    """Which world is played, declared before anybody decides: by its rank under the baseline."""

    near: Literal["lower quartile", "median", "upper quartile"] = Field(
        default="median", description="The rank that it is nearest to."
    )
    of: str = Field(description="The measure that is ranked.")


class ExercisePlan(Frozen):
    """How a scenario is played by teams, in moves."""

    title: str = Field(default="", max_length=120, description="Name; by default the scenario's title.")
    purpose: str = Field(default="", max_length=1000, description="Why it is held.")
    scope: str = Field(
        default="", max_length=1000, description="Who takes part, for how long, at what level."
    )
    mission_area: str = Field(default="Prevention", max_length=120, description="As planners name it.")
    core_capabilities: tuple[str, ...] = Field(
        default=(), strict=False, max_length=12, description="What is exercised."
    )
    threat_or_hazard: str = Field(
        default="Abstract hostile projects", max_length=200, description="In abstract words."
    )
    sponsor: str = Field(default="", max_length=200, description="Who holds it.")
    point_of_contact: str = Field(default="", max_length=200, description="An office, not a person's name.")
    participating_organizations: tuple[str, ...] = Field(
        default=(), strict=False, max_length=40, description="Who is invited."
    )
    planning: Planning = Field(
        default=Planning(), description="Where and when, who, and by which rules: all of it optional."
    )
    objectives: tuple[Objective, ...] = Field(
        default=(), strict=False, max_length=10, description="What it is to show or to practise."
    )
    duration_minutes: float = Field(
        ge=1, le=2880, description="From the first word to the last.", json_schema_extra=_MINUTES
    )
    brief_minutes: NonNegative = Field(
        default=10.0, le=600, description="Welcome, rules and situation.", json_schema_extra=_MINUTES
    )
    hot_wash_minutes: NonNegative = Field(
        default=15.0, le=600, description="All talk over what was seen.", json_schema_extra=_MINUTES
    )
    feedback_minutes: NonNegative = Field(
        default=5.0, le=600, description="Participants fill in the form.", json_schema_extra=_MINUTES
    )
    moves: tuple[Move, ...] = Field(
        strict=False, min_length=1, max_length=12, description="The rounds, by their days."
    )
    injects: tuple[Staging, ...] = Field(
        default=(),
        strict=False,
        max_length=MOST_INJECTS,
        description="How injects reach the players, and injects that exist only in the exercise.",
    )
    roles: tuple[Role, ...] = Field(
        default=(), strict=False, max_length=10, description="The parts within each team."
    )
    teams: tuple[Name, ...] = Field(
        default=("Team 1", "Team 2"),
        strict=False,
        min_length=1,
        max_length=30,
        description="The teams' names.",
    )
    budget: Budget | None = Field(
        default=None,
        description="What a team's mix may cost; by default the scenario's budget.",
        json_schema_extra={"unit": "cost units a year"},
    )
    decision_form: DecisionForm | None = Field(
        default=None, description="What teams decide; without one they only predict."
    )
    predictions: tuple[str, ...] = Field(
        strict=False,
        min_length=1,
        max_length=2,
        description="The measures of which teams predict a range: counts, or trust_mean.",
    )
    realised: Realised | None = Field(
        default=None, description="Which world is played; by default replication 0."
    )
    epilogue_days: NonNegative = Field(
        default=0.0,
        le=36_500,
        description="How long the final mixes run on after EndEx.",
        json_schema_extra={"unit": "days"},
    )
    content_note: str = Field(
        default="",
        max_length=2000,
        description="What a player may find distressing; by default the scenario's note.",
    )
    ground_rules: tuple[str, ...] = Field(
        default=(), strict=False, max_length=20, description="How players treat each other and the exercise."
    )
    assumptions_and_artificialities: tuple[str, ...] = Field(
        default=(),
        strict=False,
        max_length=20,
        description="What is taken for granted, and what is not real.",
    )
    debrief_questions: tuple[str, ...] = Field(
        default=(), strict=False, max_length=20, description="What the hot wash talks over."
    )

    @property
    def planned_minutes(self) -> float:
        """What the parts add up to."""
        total = self.brief_minutes
        for move in self.moves:
            total += move.minutes.total
        return total + self.hot_wash_minutes + self.feedback_minutes

    def begins(self, move: int) -> float:
        """The planned minute, since StartEx, at which a move (0 for the first) begins."""
        minute = self.brief_minutes
        for earlier in self.moves[:move]:
            minute += earlier.minutes.total
        return minute

    def move_of(self, day: float) -> int:
        """The move (0 for the first) in whose window a day lies."""
        return max((place for place, move in enumerate(self.moves) if move.day <= day), default=0)
