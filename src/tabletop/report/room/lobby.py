"""The lobby, and EndEx: who plays, and what everybody should know before and after."""

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from tabletop.exercise.state import State
from tabletop.report.room.columns import ONE_COLUMN
from tabletop.report.room.entrance import Entrance
from tabletop.report.room.fitting import WIDTH, Fitted, fitting, heading
from tabletop.report.room.rows import Who, everybody
from tabletop.report.room.view import View
from tabletop.report.situation import CONTENT_NOTE

TILE = 262.0
"""Pixels of a name on its tile."""
BESIDE, TILE_BESIDE, LINE_BESIDE = 696.0, 180.0, 500.0
"""Pixels beside the picture of an address, of a name on its tile there, and of one on a line of its own."""
LINES_BESIDE = 4
"""Tables that have a line each beside the picture."""


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
    picture: Markup | None
    """Of the address, where phones can come in."""
    address: Fitted | None
    lines: ClassVar[int] = LINES_BESIDE


def lobby(state: State, entrance: Entrance | None = None) -> Lobby:
    """Who plays, and where phones come in, if they can."""
    title = state.plan.title or state.scenario.title
    note = state.plan.content_note.strip() or state.scenario.content_note.strip() or CONTENT_NOTE
    seated = [seat.team for seat in state.seats.by_device.values()]
    few = len(state.teams) <= ONE_COLUMN
    wide, high, tile = WIDTH, 210.0 if few else 150.0, TILE
    if entrance is not None:
        in_lines = len(state.teams) <= LINES_BESIDE
        wide, high, tile = BESIDE, 160.0, LINE_BESIDE if in_lines else TILE_BESIDE
    return Lobby(
        heading(title),
        "A teaching model: it predicts nothing. All tables meet the same world, with the same luck.",
        fitting(note, wide, high, (32, 28)),
        tuple(Tile(who, seated.count(who.name)) for who in everybody(state.teams, tile)),
        None if entrance is None else Markup(entrance.picture),  # noqa: S704 (drawn here, of an address of ours)
        None if entrance is None else fitting(entrance.address, BESIDE, 60.0, (46, 40, 34, 28)),
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
            f"The luck of this world follows from the secret {state.opened.secret}.",
            "With the report anybody can simulate it again.",
        ),
    )
