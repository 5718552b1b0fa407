"""The situation of a scenario in words: what it is about, what differs, what happens when."""

from dataclasses import dataclass
from typing import Self

from tabletop.scenario.explain import Event, Told, timeline, told_conditions
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.words import number

CONTENT_NOTE = (
    "This page counts abstract hostile projects, abstract harm and innocent people troubled. It names no "
    "real place, group, person, belief or method."
)
"""Shown where a scenario has no note of its own."""


@dataclass(frozen=True)
class Message:
    """What an inject tells the participants."""

    title: str
    told: tuple[str, ...]


@dataclass(frozen=True)
class Situation:
    """A scenario as its page tells it."""

    title: str
    content_note: str
    summary: tuple[str, ...]
    objectives: tuple[str, ...]
    window: str
    """Which days count, and what comes before them."""
    different: tuple[Told, ...]
    """Conditions that differ from the model's defaults."""
    usual: tuple[Told, ...]
    """Those among the defaults that matter most."""
    events: tuple[Event, ...]
    messages: tuple[Message, ...]
    claims: tuple[tuple[str, str], ...]
    """What a class is meant to see, each with what must be found for it to hold."""
    discussion: tuple[str, ...]
    debrief: tuple[str, ...]

    @classmethod
    def of(cls, scenario: Scenario) -> Self:
        """The situation of a scenario."""
        told = told_conditions(scenario)
        return cls(
            title=scenario.title,
            content_note=scenario.content_note.strip() or CONTENT_NOTE,
            summary=paragraphs(scenario.summary),
            objectives=scenario.learning_objectives,
            window=(
                f"Days 0 to {number(scenario.horizon_days)} count. Before them lie "
                f"{number(scenario.warm_up_days)} days of warm-up under {scenario.baseline}, so that every "
                "mix starts from the same history."
            ),
            different=tuple(condition for condition in told if condition.differs),
            usual=tuple(condition for condition in told if not condition.differs),
            events=tuple(timeline(scenario)),
            messages=tuple(
                Message(inject.title, paragraphs(inject.message))
                for inject in scenario.injects
                if inject.message.strip()
            ),
            claims=tuple((claim.that, claim.expected) for claim in scenario.claims),
            discussion=scenario.discussion,
            debrief=paragraphs(scenario.debrief),
        )


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, which blank lines divide."""
    parts = (" ".join(part.split()) for part in text.replace("\r\n", "\n").split("\n\n"))
    return tuple(part for part in parts if part)
