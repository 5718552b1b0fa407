"""The projector's page: what the room sees; whoever shows it can do nothing with it."""

from functools import partial

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from tabletop.exercise.roles import Role
from tabletop.report.document.language import direction
from tabletop.serve.classroom import Classroom
from tabletop.serve.doors import Pass
from tabletop.serve.live import Look, Regions
from tabletop.serve.pages.common import admitted, live, not_seated
from tabletop.serve.pages.whatif import ClassWhatIfPage


class ProjectorPage:
    """What every projector shows."""

    def __init__(self, classroom: Classroom, what_if: ClassWhatIfPage) -> None:
        self._classroom = classroom
        self._what_if = what_if
        self._rendered: tuple[object, Regions] | None = None

    @property
    def routes(self) -> list[Route]:
        """The page, its style, and its live channel."""
        return [
            Route("/projector", self._get),
            Route("/projector/style.css", self._style),
            Route("/projector/live", self._live),
        ]

    async def _get(self, request: Request) -> Response:
        one = self._admitted(request)
        if one is None or (now := self._look(one)) is None:
            return not_seated(self._classroom)
        language = self._classroom.exercise.scenario.language
        page = self._classroom.renderer.page(
            "projector.html",
            regions=now.regions,
            beat=now.beat,
            room=self._classroom.doors.code,
            language=language,
            direction=direction(language),
        )
        return HTMLResponse(page)

    async def _live(self, request: Request) -> Response:
        one = self._admitted(request)
        if one is None:
            return JSONResponse({"refused": self._classroom.words.not_seated}, 401)
        self._classroom.doors.note_sign_of_life(one)
        return live(request, self._classroom, one, partial(self._look, one))

    async def _style(self, _: Request) -> Response:
        style = await self._classroom.screen.style()
        return Response(style, headers={"Cache-Control": "no-cache"}, media_type="text/css")

    def _admitted(self, request: Request) -> Pass | None:
        """Who somebody is: a projector, or the controller, who sees all that it shows anyway."""
        return admitted(request, self._classroom, Role.PROJECTOR) or admitted(
            request, self._classroom, Role.CONTROLLER
        )

    def _look(self, one: Pass) -> Look | None:
        classroom = self._classroom
        if not classroom.doors.is_good(one):
            return None
        if (asked := self._what_if.screen()) is not None:
            return Look(classroom.state.lines, {"screen": asked}, classroom.beat())
        screen = classroom.screen
        seen = screen.failed if screen.page is None else screen.page
        if self._rendered is None or self._rendered[0] != seen:
            html = classroom.renderer.html("projector_waits.html", failed=screen.failed)
            self._rendered = seen, {"screen": html if screen.page is None else screen.page.screen()}
        return Look(screen.line, self._rendered[1], classroom.beat())
