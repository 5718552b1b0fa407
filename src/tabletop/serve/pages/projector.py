"""The projector's page: what the room sees; whoever shows it can do nothing with it."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tabletop.exercise.roles import Role
from tabletop.exercise.state import Phase
from tabletop.report.document.language import direction
from tabletop.serve.classroom import Classroom
from tabletop.serve.doors import Pass
from tabletop.serve.live import Look, Regions
from tabletop.serve.pages.common import admitted
from tabletop.serve.pages.seated import SeatedPage
from tabletop.serve.pages.whatif import ClassWhatIfPage


class ProjectorPage(SeatedPage):
    """What every projector shows."""

    role = Role.PROJECTOR

    def __init__(self, classroom: Classroom, what_if: ClassWhatIfPage) -> None:
        super().__init__(classroom)
        self._what_if = what_if
        self._rendered: tuple[object, Regions] | None = None

    @property
    def routes(self) -> list[Route]:
        """The page, its live channel, and its style."""
        return [*super().routes, Route("/projector/style.css", self._style)]

    def whole(self, one: Pass, now: Look) -> dict[str, Any]:
        """Also the language of the scenario: its words are the largest."""
        language = self._classroom.exercise.scenario.language
        return {**super().whole(one, now), "language": language, "direction": direction(language)}

    async def _style(self, _: Request) -> Response:
        style = await self._classroom.screen.style()
        return Response(style, headers={"Cache-Control": "no-cache"}, media_type="text/css")

    def admitted(self, request: Request) -> Pass | None:
        """A projector, or the controller, who sees all that it shows anyway."""
        return super().admitted(request) or admitted(request, self._classroom, Role.CONTROLLER)

    def look(self, one: Pass) -> Look | None:
        """The screen that the room sees; that of a what-if, where the controller mirrors it."""
        classroom = self._classroom
        if not classroom.doors.is_good(one):
            return None
        if (asked := self._what_if.screen()) is not None:
            return Look(classroom.state.lines, {"screen": asked}, classroom.beat())
        screen = classroom.screen
        if classroom.state.phase is Phase.PLANNED:
            says = classroom.words.screen_no_door
            html = classroom.renderer.html("projector_waits.html", says=says)
            return Look(classroom.state.lines, {"screen": html}, classroom.beat())
        seen = screen.failed if screen.page is None else screen.page
        if self._rendered is None or self._rendered[0] != seen:
            says = classroom.words.screen_fault if screen.failed else classroom.words.screen_coming
            html = classroom.renderer.html("projector_waits.html", says=says)
            self._rendered = seen, {"screen": html if screen.page is None else screen.page.screen()}
        return Look(screen.line, self._rendered[1], classroom.beat())
