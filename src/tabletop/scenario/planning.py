"""What planners settle about an exercise beside its course: where and when, who, and by which rules."""

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field, StringConstraints
from pydantic.config import JsonDict

from tabletop.engine.frozen import Frozen

_PEOPLE: JsonDict = {"unit": "people"}
Line = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Term = Annotated[str, StringConstraints(min_length=1, max_length=80)]


class Participants(Frozen):
    """How many people are planned for, by what they do."""

    players: int | None = Field(
        default=None, ge=1, le=2000, description="Who decides.", json_schema_extra=_PEOPLE
    )
    observers: int | None = Field(
        default=None, ge=0, le=2000, description="Who watches.", json_schema_extra=_PEOPLE
    )
    facilitators: int | None = Field(
        default=None, ge=0, le=200, description="Controllers and facilitators.", json_schema_extra=_PEOPLE
    )
    evaluators: int | None = Field(
        default=None, ge=0, le=200, description="Who notes and rates.", json_schema_extra=_PEOPLE
    )

    @property
    def stated(self) -> tuple[tuple[str, int], ...]:
        """Those that the file states, in words, with how many there are."""
        named = (
            ("Players", self.players),
            ("Observers", self.observers),
            ("Facilitators", self.facilitators),
            ("Evaluators", self.evaluators),
        )
        return tuple((name, count) for name, count in named if count is not None)

    @property
    def in_words(self) -> str:
        """Those that are stated: "players 12, evaluators 1"."""
        return ", ".join(f"{name.lower()} {count}" for name, count in self.stated)

    @property
    def total(self) -> int:
        """All that the file states."""
        return sum(count for _, count in self.stated)


class Assignment(Frozen):
    """Who of those who run the exercise does what."""

    who: str = Field(min_length=1, max_length=120, description="A function, not a person's name.")
    does: str = Field(min_length=1, max_length=500, description="What is asked of it.")


class Planning(Frozen):
    """What planners settle; what is left out is left out of the documents, or a blank to fill in."""

    place: str = Field(default="", max_length=300, description="Where it is held.")
    dates: str = Field(default="", max_length=120, description="When it is held, as people write it.")
    start_time: str = Field(
        default="",
        pattern=r"^(([01]\d|2[0-3]):[0-5]\d)?$",
        description="The clock at StartEx, as 09:30: documents then show clock times beside minutes.",
    )
    participants: Participants = Field(
        default=Participants(), description="How many people it is planned for."
    )
    evaluation: str = Field(default="", max_length=2000, description="How the exercise is evaluated.")
    handling: str = Field(
        default="", max_length=1000, description="Who may have its documents, and what becomes of them."
    )
    references: tuple[Line, ...] = Field(
        default=(), strict=False, max_length=40, description="Plans and texts that it rests on."
    )
    glossary: dict[Term, Line] = Field(
        default={}, max_length=60, description="Terms that players may not know, with their meaning."
    )
    assignments: tuple[Assignment, ...] = Field(
        default=(), strict=False, max_length=40, description="Who of those who run it does what."
    )
    communications: str = Field(
        default="", max_length=1000, description="How those who run it reach each other."
    )
    safety: str = Field(default="", max_length=1000, description="What is done if somebody is unwell.")
    stop_word: str = Field(
        default="", max_length=60, description="The word by which anybody stops the exercise at once."
    )
    evaluator_contact: str = Field(
        default="", max_length=200, description="Whom evaluators ask: an office, not a person's name."
    )
    support_contact: str = Field(
        default="", max_length=200, description="Whom participants can turn to if something stays with them."
    )

    def clock(self, minute: float) -> str:
        """The clock at a minute since StartEx, to the minute; nothing where no start is stated."""
        if not self.start_time:
            return ""
        begins = datetime.strptime(self.start_time, "%H:%M")  # noqa: DTZ007 (a clock on a wall)
        return f"{begins + timedelta(minutes=minute):%H:%M}"
