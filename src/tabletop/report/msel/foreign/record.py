"""Record: every change that is made to what stands in a foreign list, in words."""

from dataclasses import dataclass, field

from tabletop.report.msel.refusals import Place
from tabletop.scenario.words import shown


@dataclass
class Record:
    """The changes, in the order in which they are made."""

    lines: list[str] = field(default_factory=list)

    def say(self, place: Place, says: str) -> None:
        """Something about a place."""
        self.lines.append(": ".join(part for part in (place.within, says) if part))

    def cell(self, place: Place, before: str, after: str) -> None:
        """What became of a cell."""
        self.say(place, f"{shown(before)} → {after}")
