"""The lobby, and EndEx: who plays, and what everybody should know before and after."""

from dataclasses import dataclass
from typing import ClassVar

from tabletop.exercise.state import State
from tabletop.report.room.fitting import WIDTH, Fitted, fitting, heading
from tabletop.report.room.rows import Who, everybody
from tabletop.report.room.view import View
from tabletop.report.situation import CONTENT_NOTE

TILE = 262.0
"""Pixels of a name on its tile."""


@dataclass(frozen=True)
class Tile:
    """A table, and how many devices sit at it."""

    who: Who
    seats: int


@dataclass(frozen=True)
class Lobby(View):
    """The tables that play."""

    template: ClassVar[str] = "lobby.html"
    note: Fitted
    tiles: tuple[Tile, ...]


def lobby(state: State) -> Lobby:
    """Who plays, before StartEx."""
    title = state.plan.title or state.scenario.title
    note = state.plan.content_note.strip() or state.scenario.content_note.strip() or CONTENT_NOTE
    seated = [seat.team for seat in state.seats.by_device.values()]
    high = 210.0 if len(state.teams) <= 12 else 150.0
    return Lobby(
        heading(title),
        "A teaching model: it predicts nothing. All tables meet the same world, with the same luck.",
        fitting(note, WIDTH, high, (32, 28)),
        tuple(Tile(who, seated.count(who.name)) for who in everybody(state.teams, TILE)),
    )


@dataclass(frozen=True)
class End(View):
    """After EndEx."""

    template: ClassVar[str] = "end.html"
    lines: tuple[str, ...]


def end(state: State) -> End:
    """Thanks, and the secret with which anybody can check the luck."""
    assert state.opened is not None
    return End(
        "EndEx. Thank you.",
        "The exercise is over.",
        (
            "Please fill in the feedback form.",
            f"The luck of this world was drawn with the secret {state.opened.secret}.",
        ),
    )
