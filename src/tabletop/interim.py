"""Interim readings: the measures of a run up to just before a day, and between two such days."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self

from tabletop.measures import MEASURES, Reading, readings
from tabletop.world import Tally, Window


@dataclass(frozen=True)
class Interim:
    """The readings of a part of a run: from `start` to just before `end`, in days."""

    start: float
    end: float
    parts: Mapping[str, Reading]
    """Numerator and denominator of every measure, as a run has them."""
    tally: Mapping[str, float]
    """All counts: the fields of `world.Tally`."""
    fired: Mapping[str, float]
    """The injects that happened, by their ids, and the day on which each did."""

    @classmethod
    def of(cls, window: Window, fired: Mapping[str, float]) -> Self:
        """The reading of a window, and of the injects that happened until its end."""
        return cls(window.start, window.end, readings(window), counted(window.tally), fired)

    def since(self, earlier: "Interim") -> "Interim":
        """The readings between the end of an earlier one, of the same run and `start`, and this end."""
        assert earlier.start == self.start
        assert earlier.end < self.end
        return Interim(
            start=earlier.end,
            end=self.end,
            parts={name: self._part_since(name, earlier) for name in self.parts},
            tally={name: value - earlier.tally[name] for name, value in self.tally.items()},
            fired={name: day for name, day in self.fired.items() if name not in earlier.fired},
        )

    def _part_since(self, name: str, earlier: "Interim") -> Reading:
        numerator, denominator = self.parts[name]
        before, under = earlier.parts[name]
        match MEASURES[name].kind:
            case "level":
                return numerator, denominator
            case "count" | "total":
                return numerator - before, 1.0
            case "ratio":
                return numerator - before, denominator - under
            case "average":
                days, earlier_days = self.end - self.start, earlier.end - earlier.start
                return (numerator * days - before * earlier_days) / (days - earlier_days), 1.0


UNREPORTED = ("traces", "uncaptured", "guilty_freed")
"""Counts that a run does not report: traces that nobody could capture are not all counted, and the guilty
who were freed are the sum of two other counts."""


def counted(tally: Tally) -> dict[str, float]:
    """The counts of a tally that are complete."""
    return {name: getattr(tally, name) for name in _REPORTED}


_REPORTED = tuple(field.name for field in fields(Tally) if field.name not in UNREPORTED)
