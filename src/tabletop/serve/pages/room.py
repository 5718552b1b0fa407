"""The controller's monitor: its routes, and what it shows."""

import asyncio
from functools import partial
from typing import Any

from starlette.responses import Response

from tabletop.exercise.acts import LogEntry, Remove, Show
from tabletop.exercise.exercise import Request as ActRequest
from tabletop.exercise.log_words import in_words
from tabletop.exercise.refused import Code, Refused
from tabletop.exercise.roles import CONTROLLER, Role
from tabletop.report.room.showing import announced, has_come
from tabletop.scenario.targets import all_targets
from tabletop.serve.address import qr
from tabletop.serve.asked import Door, TakeOut
from tabletop.serve.classroom import Classroom
from tabletop.serve.directing import CONTROLLERS, OfADesk, Overtaken, unless_overtaken
from tabletop.serve.doors import Pass
from tabletop.serve.live import Look
from tabletop.serve.pages.common import answered
from tabletop.serve.pages.links import LINKED
from tabletop.serve.pages.seated import ActingPage
from tabletop.serve.views.forms import forms, is_possible
from tabletop.serve.views.monitor import monitor
from tabletop.serve.views.recent import clock, recent
from tabletop.serve.views.showing import OnScreen, on_screen

REGIONS = {"head": 0, "next": 0, "teams": 0, "aside": 0, "forms": 1, "log": 2, "show": 3}
"""By name: which of the four views a region shows."""


class RoomPage(ActingPage):
    """What every controller's browser shows."""

    role = Role.CONTROLLER
    asks = CONTROLLERS

    def __init__(self, classroom: Classroom) -> None:
        super().__init__(classroom)
        self._rendered: dict[str, tuple[object, str]] = {}
        self._turn = asyncio.Lock()
        """One controller's act after another, so that the second knows of the first."""
        self._done_by: dict[int, str] = {}
        """By line of the log: the desk that wrote it, as long as this server runs."""

    def whole(self, one: Pass, now: Look) -> dict[str, Any]:
        """Also the code for phones, and who can be let in by a link."""
        return {
            **super().whole(one, now),
            "regions": {**now.regions, "qr": qr(self._classroom.join_address)},
            "address": self._classroom.join_address,
            "roles": LINKED,
            "targets": all_targets(),
        }

    async def do(self, one: Pass, asked: OfADesk) -> Response:
        """An act of the exercise; or the door, which is one for the first time only."""
        classroom = self._classroom
        if isinstance(asked, Door):
            return await answered(classroom, one, partial(self._door, one, asked))
        return await answered(classroom, one, partial(self._done, one, asked))

    async def _door(self, one: Pass, asked: Door) -> None:
        async with self._turn:
            await self._classroom.set_door(f"{one.device}:{asked.key}", is_open=asked.is_open)

    async def _done(self, one: Pass, asked: OfADesk) -> LogEntry:
        assert not isinstance(asked, Door)
        classroom, key = self._classroom, f"{one.device}:{asked.key}"
        if isinstance(asked, TakeOut) and self._can_be_taken_out(asked.device):
            # the token first: what is on its way from that phone is refused already
            await asyncio.to_thread(classroom.doors.take_away, asked.device)
        async with self._turn:
            making = unless_overtaken(asked, classroom.exercise.entries[asked.line :])
            try:
                entry = await classroom.do(ActRequest(CONTROLLER, making, Role.CONTROLLER, key))
            except Overtaken as overtaken:
                raise self._told(one, overtaken) from None
            self._done_by.setdefault(entry.number, one.device)
            await self._show_at_once(entry, key)
        return entry

    async def _show_at_once(self, entry: LogEntry, key: str) -> None:
        """Have the projector show what an act has brought to everybody, if its day has come.

        A request that is repeated does not show it once more: the controller may have gone on.
        """
        classroom = self._classroom
        what = announced(classroom.state, entry)
        if what is not None and has_come(classroom.state, what):
            await classroom.do(ActRequest(CONTROLLER, Show(what=what), Role.CONTROLLER, f"{key}:shown"))

    def _can_be_taken_out(self, device: str) -> bool:
        """Whether it is a phone at a table: not a seat that came in by a link, and not after EndEx."""
        state = self._classroom.state
        return is_possible(state, Remove) and state.seats.team_of(device) is not None

    def _told(self, one: Pass, overtaken: Overtaken) -> Refused:
        """When something was done, from which desk, and what."""
        words, by = self._classroom.words.room, overtaken.by
        at = clock(self._classroom.state, by.at)
        if overtaken.code is Code.STALE:
            return Refused(words.since_then.format(time=at, what=in_words(by.act)), Code.STALE)
        here = self._done_by.get(by.number) == one.device
        return Refused((words.done_here if here else words.done_elsewhere).format(time=at), Code.DONE)

    def look(self, one: Pass) -> Look | None:
        """All that is gone on with, who is in, and what can be done."""
        classroom = self._classroom
        if not classroom.doors.is_good(one):
            return None
        state = classroom.state
        desk = monitor(
            state,
            here=classroom.here,
            progress=classroom.simulation.progress,
            failed=classroom.simulation.failed,
            door_is_open=classroom.door_is_open,
        )
        views = (desk, forms(state), recent(state, classroom.exercise.entries), self._screen())
        return Look(
            state.lines,
            {name: self._html(name, views[which]) for name, which in REGIONS.items()},
            classroom.beat(),
        )

    def _screen(self) -> OnScreen:
        """What the projector shows, and can show."""
        screen = self._classroom.screen
        waits = screen.page is not None and screen.page.waits
        return on_screen(self._classroom.state, waits=waits, failed=screen.failed)

    def _html(self, name: str, view: object) -> str:
        """A region; one whose view is as before is not rendered again."""
        before = self._rendered.get(name)
        if before is None or before[0] != view:
            before = self._rendered[name] = (
                view,
                self._classroom.renderer.html(f"room_{name}.html", view=view),
            )
        return before[1]
