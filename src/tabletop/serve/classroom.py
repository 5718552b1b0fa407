"""The classroom: an exercise that is served, and what all of its pages share."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from time import monotonic

from tabletop.errors import TabletopError
from tabletop.exercise import rules, stricter_rules
from tabletop.exercise.acts import End, Join, Leave, LogEntry, Open
from tabletop.exercise.exercise import Exercise, Request
from tabletop.exercise.luck import drawn_secret
from tabletop.exercise.moments import seconds_left
from tabletop.exercise.refused import Refused
from tabletop.exercise.roles import CONTROLLER, Role
from tabletop.exercise.state import Phase, State
from tabletop.report.room.entrance import Entrance
from tabletop.serve.address import qr
from tabletop.serve.desk import Desk
from tabletop.serve.doors import Doors, Full, Pass
from tabletop.serve.limits import MOST_STREAMS, STREAMS_A_SEAT, Limits
from tabletop.serve.live import Bell
from tabletop.serve.rendering import Renderer
from tabletop.serve.screen import RoomScreen
from tabletop.serve.simulation import Simulation
from tabletop.serve.way_in import Way
from tabletop.serve.whatif import WhatIf
from tabletop.serve.words import ENGLISH

AWAY_SECONDS = 15.0
"""After its last page was closed a device counts as away: one that opens its channel anew is not."""
AFTER_ENDEX = 30 * 60.0
"""Seconds after EndEx for which seats are good; a controller's longer, to download what there is."""
CATCH_UP_SECONDS = 5.0
"""Between two looks at what an evaluator's program may have written."""


class Classroom:
    """One exercise, its doors, its desk and its bench; everything a page is made of."""

    def __init__(
        self,
        exercise: Exercise,
        doors: Doors,
        *,
        workers: int,
        address: str,
        ways: Callable[[], tuple[Way, ...]] = tuple,
        opening: Open | None = None,
    ) -> None:
        self.exercise = exercise
        self.doors = doors
        self._opening = opening
        self.address = address
        """Where phones reach it, as `http://192.168.0.7:8000`."""
        self.ways = ways
        """Where they could be led instead by now."""
        self.reach: Callable[[Way], Awaitable[object]] = _reached_already
        """Sees to it that the server is reached by a way; raises TabletopError where that cannot be."""
        self.words = ENGLISH
        self.renderer = Renderer(ENGLISH, language=exercise.scenario.language)
        self.bell = Bell()
        self.desk = Desk(exercise, self.bell.ring)
        self.simulation = Simulation(exercise, workers=workers, changed=self.bell.ring)
        self.screen = RoomScreen(exercise, self.simulation, self.bell, self._entrance)
        self.limits = Limits()
        self.what_if: WhatIf | None = None
        """What the controller asks of the scenario, once the page was opened."""
        self._open: Counter[str] = Counter()
        self._channels: dict[str, list[asyncio.Event]] = {}
        """By seat: those that are open, the oldest first."""
        self._left: dict[str, float] = {}
        self._used = {*doors.devices}
        """The devices of which a page was looked at; of those from before the server began nobody knows."""

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Write, simulate and look after the log, as long as pages are served."""
        work = (self.desk.work(), self.simulation.run(), self.screen.run(), self._catch_up())
        tasks = [asyncio.create_task(each) for each in work]
        tasks.append(asyncio.create_task(self._close_what_if()))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self.simulation.close()
            if self.what_if is not None:
                self.what_if.close()

    @property
    def state(self) -> State:
        """The state as it is on disk."""
        return self.exercise.state

    @property
    def door_is_open(self) -> bool:
        """Whether players can take seats: nobody can before the controller opens the door."""
        return self.doors.is_open and self.state.phase is not Phase.PLANNED

    async def set_door(self, key: str, *, is_open: bool) -> None:
        """Open or close the door. To open it for the first time is an act of the exercise, with a key.

        Raises Refused, or TabletopError where it cannot be written.
        """
        if is_open and self.state.phase is Phase.PLANNED and self._opening is not None:
            await self.do(Request(CONTROLLER, self._opening, Role.CONTROLLER, key))
        self.doors.is_open = is_open
        self.bell.ring()

    @property
    def is_secure(self) -> bool:
        """Whether browsers reach it over TLS."""
        return self.address.startswith("https://")

    @property
    def join_address(self) -> str:
        """What the QR code leads to."""
        return f"{self.address}/j/{self.doors.code}"

    @property
    def here(self) -> frozenset[str]:
        """The devices of which a page is open and in reach, or was a moment ago."""
        recently = monotonic() - AWAY_SECONDS
        return frozenset(
            device
            for device, pages in self._open.items()
            if pages > 0 or self._left.get(device, 0.0) > recently
        )

    @contextmanager
    def present(self, one: Pass) -> Iterator[None]:
        """Count a page as open."""
        self._open[one.device] += 1
        self.bell.ring()
        try:
            yield
        finally:
            self._open[one.device] -= 1
            self._left[one.device] = monotonic()
            self.bell.ring()

    @property
    def has_room_for_a_channel(self) -> bool:
        """Whether one more live channel can be opened."""
        return sum(map(len, self._channels.values())) < MOST_STREAMS

    @contextmanager
    def channel(self, one: Pass) -> Iterator[asyncio.Event]:
        """A live channel of a seat, as what says that it has to end.

        Of too many of one seat the oldest ends: it may have been lost on its way without anybody noticing.
        """
        own, mine = self._channels.setdefault(one.digest, []), asyncio.Event()
        own.append(mine)
        if len(own) > STREAMS_A_SEAT:
            own.pop(0).set()
        try:
            with self.present(one):
                yield mine
        finally:
            if mine in own:
                own.remove(mine)

    def is_over_for(self, role: Role) -> bool:
        """Whether the exercise has been over for so long that a role's seats are good no more."""
        if self.state.phase is not Phase.ENDED or role is Role.CONTROLLER:
            return False
        ended = next(entry.at for entry in reversed(self.exercise.entries) if isinstance(entry.act, End))
        return self.exercise.now() - ended > AFTER_ENDEX

    @property
    def _entrance(self) -> Entrance:
        return Entrance(qr(self.join_address), self.join_address)

    async def lead_to(self, address: str) -> bool:
        """Lead phones to another address of this machine from now on; whether it is one.

        Raises TabletopError where it cannot be served.
        """
        way = next((one for one in self.ways() if one.address == address), None)
        if way is None:
            return False
        await self.reach(way)
        self.address = address
        self.screen.entrance = self._entrance
        self.bell.ring()
        return True

    def team_of(self, one: Pass) -> str | None:
        """The team of a player's device; None if it was taken out."""
        return self.state.seats.team_of(one.device)

    def note_use(self, one: Pass) -> None:
        """Note that somebody looks at a page of a device."""
        self._used.add(one.device)

    def beat(self) -> dict[str, object]:
        """What changes all the time, for the clocks of a page."""
        state, now = self.state, self.exercise.now()
        left = seconds_left(state, now)
        has_begun = state.phase not in (Phase.PLANNED, Phase.LOBBY)
        return {
            "left": None if left is None else round(left, 1),
            "minute": int(state.minute(now)) if has_begun else None,
            "stands": state.is_paused,
        }

    async def do(self, request: Request) -> LogEntry:
        """Have an act done; raises Refused, or TabletopError where it cannot be written."""
        return await self.desk.do(request)

    async def seat(self, team: str) -> tuple[str, Pass]:
        """A new seat with a team: its token, and what that admits to.

        Where all are taken, one gives way that nobody has ever used: one student's script could take all.
        Raises Refused, or TabletopError where it cannot be written.
        """
        try:
            token, one = await asyncio.to_thread(self.doors.take_seat, Role.PLAYER)
        except Full:
            unused = self.doors.unused(self._used, AWAY_SECONDS)
            if unused is None:
                raise
            await self.leave(unused)
            token, one = await asyncio.to_thread(self.doors.take_seat, Role.PLAYER)
        try:
            await self.do(Request(team, Join(team=team, device=one.device)))
        except TabletopError:
            await asyncio.to_thread(self.doors.take_away, one.device)
            raise
        return token, one

    async def leave(self, one: Pass) -> None:
        """Give a seat up; raises TabletopError where that cannot be written."""
        team = self.team_of(one)
        if team is not None:
            with suppress(Refused):
                await self.do(Request(team, Leave(team=team, device=one.device)))
        await asyncio.to_thread(self.doors.take_away, one.device)
        self.bell.ring()

    @property
    def may_ask_what_if(self) -> bool:
        """Not from StartEx to EndEx: it would be an oracle."""
        return self.state.phase in (Phase.PLANNED, Phase.LOBBY, Phase.ENDED)

    async def _close_what_if(self) -> None:
        """End its process once the exercise begins: it is large, and nobody may ask it."""
        while True:
            await self.bell.wait(CATCH_UP_SECONDS)
            if self.what_if is not None and not self.may_ask_what_if:
                self.what_if.close()
                self.what_if = None

    async def _catch_up(self) -> None:
        """Take up what other programs write, as `tabletop evaluate` does."""
        while True:
            await asyncio.sleep(CATCH_UP_SECONDS)
            lines = self.state.lines
            with suppress(TabletopError):
                await asyncio.to_thread(self.exercise.catch_up)
            if self.state.lines != lines:
                self.bell.ring()


def names_in(entries: Sequence[LogEntry]) -> frozenset[str]:
    """Every device and evaluator that a log knows."""
    devices = (entry.act.device for entry in entries if isinstance(entry.act, Join))
    return frozenset((*devices, *(entry.by for entry in entries)))


async def _reached_already(_: Way) -> None:
    """Nothing has to be done where a server is reached under every address that it has."""


def opening(state: State, *, teams: tuple[str, ...], others: int, pen: bool) -> Open | None:
    """The act that opens the door of an exercise; None if that has been done. Raises Refused if it cannot."""
    if state.phase is not Phase.PLANNED:
        return None
    act = Open(secret=drawn_secret(), teams=teams or state.teams, others=others, pen=pen)
    rules.check(state, CONTROLLER, act)
    stricter_rules.check(state, act)
    return act
