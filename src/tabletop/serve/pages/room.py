"""The controller's monitor: its routes, and what it shows."""

import asyncio
from functools import partial

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from tabletop.exercise.acts import LogEntry
from tabletop.exercise.exercise import Request as ActRequest
from tabletop.exercise.roles import CONTROLLER, Role
from tabletop.serve.address import qr
from tabletop.serve.asked import CONTROLLERS, Door, OfTheController, TakeOut
from tabletop.serve.classroom import Classroom
from tabletop.serve.doors import Pass
from tabletop.serve.live import Look, Regions
from tabletop.serve.pages.common import admitted, answered, body_of, live, not_seated
from tabletop.serve.views.monitor import Monitor, monitor
from tabletop.serve.views.showing import OnScreen, on_screen

REGIONS = ("head", "next", "teams", "aside")


class RoomPage:
    """What every controller's browser shows."""

    def __init__(self, classroom: Classroom) -> None:
        self._classroom = classroom
        self._rendered: tuple[Monitor, Regions] | None = None
        self._shown: tuple[OnScreen, Regions] | None = None
        self._picture = qr(classroom.join_address)

    @property
    def routes(self) -> list[Route]:
        """The page, its live channel, and its acts."""
        return [
            Route("/room", self._get),
            Route("/room/live", self._live),
            Route("/room/act", self._act, methods=["POST"]),
        ]

    async def _get(self, request: Request) -> Response:
        one = admitted(request, self._classroom, Role.CONTROLLER)
        if one is None or (now := self._look(one)) is None:
            return not_seated(self._classroom)
        page = self._classroom.renderer.page(
            "room.html",
            regions={**now.regions, "qr": self._picture},
            names=REGIONS,
            line=now.line,
            beat=now.beat,
            room=self._classroom.doors.code,
            device=one.device,
            address=self._classroom.join_address,
        )
        return HTMLResponse(page)

    async def _live(self, request: Request) -> Response:
        one = admitted(request, self._classroom, Role.CONTROLLER)
        if one is None:
            return JSONResponse({"refused": self._classroom.words.not_seated}, 401)
        self._classroom.doors.note_sign_of_life(one)
        return live(request, self._classroom, one, partial(self._look, one))

    async def _act(self, request: Request) -> Response:
        classroom = self._classroom
        one = admitted(request, classroom, Role.CONTROLLER)
        if one is None:
            return JSONResponse({"refused": classroom.words.not_seated, "code": "who"}, 401)
        asked = await body_of(request, CONTROLLERS)
        if isinstance(asked, JSONResponse):
            return asked
        if isinstance(asked, Door):
            classroom.doors.is_open = asked.is_open
            classroom.bell.ring()
            return JSONResponse({"line": classroom.state.lines})
        return await answered(classroom, one, partial(self._done, one, asked))

    async def _done(self, one: Pass, asked: OfTheController) -> LogEntry:
        assert not isinstance(asked, Door)
        if isinstance(asked, TakeOut):
            # the token first: what is on its way from that phone is refused already
            await asyncio.to_thread(self._classroom.doors.take_away, asked.device)
        key = f"{one.device}:{asked.key}"
        return await self._classroom.do(ActRequest(CONTROLLER, asked.act(), Role.CONTROLLER, key))

    def _look(self, one: Pass) -> Look | None:
        classroom = self._classroom
        if not classroom.doors.is_good(one):
            return None
        view = monitor(
            classroom.state,
            here=classroom.here,
            progress=classroom.simulation.progress,
            failed=classroom.simulation.failed,
            door_is_open=classroom.doors.is_open,
        )
        if self._rendered is None or self._rendered[0] != view:
            regions = {name: classroom.renderer.html(f"room_{name}.html", view=view) for name in REGIONS}
            self._rendered = view, regions
        return Look(classroom.state.lines, {**self._rendered[1], **self._show()}, classroom.beat())

    def _show(self) -> Regions:
        """What the projector shows, and can show."""
        classroom, screen = self._classroom, self._classroom.screen
        waits = screen.page is not None and screen.page.waits
        now = on_screen(classroom.state, waits=waits, failed=screen.failed)
        if self._shown is None or self._shown[0] != now:
            self._shown = now, {"show": classroom.renderer.html("room_show.html", view=now)}
        return self._shown[1]
