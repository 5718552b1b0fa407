"""The room's screen: what the projector shows, drawn beside the phones whenever it has changed."""

from dataclasses import replace
from typing import TYPE_CHECKING

from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.exercise import Exercise
from tabletop.exercise.state import Phase, State
from tabletop.report.room.entrance import Entrance
from tabletop.report.room.showing import PlainScreen, showing
from tabletop.serve.live import Bell
from tabletop.serve.simulation import Simulation

if TYPE_CHECKING:  # its letters are measured by what draws figures, which takes seconds to import
    from tabletop.report.room.page import RoomPage

LOOK_SECONDS = 5.0
"""Between two looks where no bell is rung."""


class RoomScreen:
    """The page that the room sees, as of the last line that changed it; it simulates nothing itself.

    It is drawn in the thread in which all is read that has been simulated.
    """

    def __init__(self, exercise: Exercise, simulation: Simulation, bell: Bell, entrance: Entrance) -> None:
        self._exercise = exercise
        self._simulation = simulation
        self._bell = bell
        self.entrance = entrance
        """Where phones come in: what is drawn follows it."""
        self.page: RoomPage | None = None
        """None until it is drawn for the first time, and where it could not be."""
        self.line = 0
        """Of the log, up to which it is drawn."""
        self.failed = ""
        """Why it could not be drawn; empty if it could."""

    async def run(self) -> None:
        """Draw whatever is to be seen, until it is cancelled."""
        drawn: tuple[State, int, Entrance] | None = None
        while True:
            state = self._exercise.state
            wanted = _seen_of(state), self._simulation.finished, self.entrance
            if wanted == drawn:
                self.line = state.lines
                await self._bell.wait(LOOK_SECONDS)
                continue
            await self._draw(state)
            self.line, drawn = state.lines, wanted
            self._bell.ring()

    async def style(self) -> str:
        """The style of all screens."""
        return await self._simulation.read(_style)

    async def _draw(self, state: State) -> None:
        at = self._exercise.now()
        try:
            self.page = await self._simulation.read(
                lambda adjudicator: _page(state, adjudicator, at, self.entrance)
            )
            self.failed = ""
        except Exception as fault:  # noqa: BLE001 (a class is not stopped by its screen)
            self.page, self.failed = None, f"{type(fault).__name__}: {fault}"


def _page(state: State, adjudicator: Adjudicator, at: float, entrance: Entrance) -> "RoomPage":
    from tabletop.report.room.page import room_page  # noqa: PLC0415 (slow, as above)

    return room_page(state, adjudicator, at, entrance)


def _style(_: Adjudicator) -> str:
    from tabletop.report.room.page import room_style  # noqa: PLC0415 (slow, as above)

    return room_style()


def _seen_of(state: State) -> State:
    """A state without what the screen does not depend on, so that not every tap draws it anew."""
    seen = replace(state, drafts={}, kept=(), lines=0)
    screen = showing(state).screen
    if screen is not PlainScreen.LOBBY:
        seen = replace(seen, seats=State(state.scenario).seats)
    if state.phase in (Phase.OPEN, Phase.LOCKED) and screen is not PlainScreen.STATUS:
        seen = replace(seen, submissions={}, predictions={})
    return seen
