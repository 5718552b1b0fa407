"""What the effects of single cards are: periods, measures, and what a class can see of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tabletop.analysis.contrast import Contrast
from tabletop.scenario.choices import Choice
from tabletop.scenario.scenario import Scenario


class Sight(StrEnum):
    """What a class can see of a card at a reveal; the first that applies."""

    NOT_YET = "does not work yet"
    SHOWS = "shows"
    SMALL = "less than δ"
    UNDECIDED = "undecided"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Period:
    """A stretch of days of which something is shown, and the measures that are shown of it."""

    name: str
    start: float
    end: float
    measures: tuple[str, ...]
    move: int | None = None
    """The move (0 for the first) at whose reveal it is shown; None for the hot wash and the epilogue."""


@dataclass(frozen=True)
class Effect:
    """A card's effect in one measure of one period: card minus baseline, paired over worlds."""

    measure: str
    contrast: Contrast
    """The mean difference, with an interval that holds together with all others of the exercise at 95 %."""
    delta: float
    """The smallest difference that matters; 0 where any does."""
    spread: float
    """The standard deviation of the baseline's outcome over worlds."""
    visible: int
    """The worlds in which it differs by δ or more."""

    @property
    def sight(self) -> Sight:
        """What it shows on average over worlds."""
        one = self.contrast
        if not one.differing or one.difference is None:
            return Sight.NOTHING
        if one.interval is not None and one.interval.excludes_zero():
            return Sight.SHOWS if abs(one.difference) >= self.delta * (1 - 1e-9) else Sight.SMALL
        if one.is_equal and one.is_judged:
            return Sight.SHOWS if abs(one.difference) >= self.delta * (1 - 1e-9) else Sight.SMALL
        if one.interval is not None and self.delta and one.interval.lies_within(self.delta):
            return Sight.NOTHING
        return Sight.UNDECIDED

    @property
    def size(self) -> float:
        """Its mean in units of δ; of the baseline's spread where there is no δ."""
        unit = self.delta or self.spread
        return abs(self.contrast.difference or 0.0) / unit if unit else 0.0


@dataclass(frozen=True)
class CardEffect:
    """What a card alone does in one period, by measure."""

    choice: Choice
    period: Period
    effects: tuple[Effect, ...]
    visible: int
    """The worlds in which it differs by δ or more in at least one of the measures."""
    worlds: int

    @property
    def sight(self) -> Sight:
        """The clearest that it shows in any measure."""
        if self.choice.works_from >= self.period.end:
            return Sight.NOT_YET
        seen = {one.sight for one in self.effects}
        return next((one for one in Sight if one in seen), Sight.NOTHING)

    @property
    def leading(self) -> Effect | None:
        """Its largest effect in units of δ, of those that are as clear as any; None if it has none."""
        alike = [one for one in self.effects if one.sight is self.sight and one.contrast.differing]
        return max(alike, key=lambda one: one.size, default=None)


@dataclass(frozen=True)
class CardEffects:
    """The effects of every card of an exercise, in every period."""

    scenario: Scenario
    choices: tuple[Choice, ...]
    periods: tuple[Period, ...]
    """The reveals, in order; then the hot wash, and the epilogue if there is one."""
    effects: tuple[CardEffect, ...]
    """By period, then by card."""
    dominated: Mapping[str, str]
    """Cards that another one beats, and that card: it costs no more, is better in a measure by δ or more, is
    surely worse in none, and surely not worse by δ, from StartEx on and in the epilogue, hidden measures
    included."""
    elsewhere: Mapping[str, tuple[str, ...]]
    """For cards that show in no period: the measures beyond the exercise's own in which they would at a
    reveal, the largest effect in units of δ first."""
    worlds: int
    intervals_together: int

    def of(self, code: str) -> tuple[CardEffect, ...]:
        """The effects of one card, by period."""
        return tuple(one for one in self.effects if one.choice.code == code)

    def at(self, period: Period) -> tuple[CardEffect, ...]:
        """The effects of all cards in one period."""
        return tuple(one for one in self.effects if one.period == period)
