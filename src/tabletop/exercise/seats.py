"""Seats: the devices of each team, and which of them holds its pen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self


@dataclass(frozen=True)
class Seat:
    """A device at a table."""

    team: str
    role: str
    line: int
    """Of the log, which gave it this seat."""


@dataclass(frozen=True)
class Seats:
    """All seats, by device, in the order in which they were taken."""

    by_device: Mapping[str, Seat] = field(default_factory=dict)
    pens: Mapping[str, str] = field(default_factory=dict)
    """By team: the device whose decision counts; a team without devices has none."""

    def of(self, team: str) -> tuple[str, ...]:
        """The devices of a team."""
        return tuple(device for device, seat in self.by_device.items() if seat.team == team)

    def team_of(self, device: str) -> str | None:
        """The team that a device sits with; None if it has no seat."""
        seat = self.by_device.get(device)
        return None if seat is None else seat.team

    def pen(self, team: str) -> str | None:
        """The device that holds a team's pen."""
        return self.pens.get(team)

    def taken(self, device: str, seat: Seat) -> Self:
        """After a device has taken a seat, and left the one that it had; the first of a team gets its pen."""
        without = self.left(device)
        by_device = {**without.by_device, device: seat}
        return type(self)(by_device, {seat.team: device, **without.pens})

    def left(self, device: str) -> Self:
        """After a device has left its seat; its pen goes to the team's next one."""
        by_device = {name: seat for name, seat in self.by_device.items() if name != device}
        without = type(self)(by_device, {team: held for team, held in self.pens.items() if held != device})
        team = self.team_of(device)
        if team is None or self.pen(team) != device or not without.of(team):
            return without
        return type(self)(by_device, {**without.pens, team: without.of(team)[0]})

    def with_pen(self, team: str, device: str) -> Self:
        """After a device has taken its team's pen."""
        return type(self)(self.by_device, {**self.pens, team: device})
