"""The export, for the controller: a report of what has been revealed by now, and after EndEx everything."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from tabletop.errors import TabletopError
from tabletop.exercise.roles import Role
from tabletop.exercise.state import Phase
from tabletop.serve.classroom import Classroom
from tabletop.serve.pages.common import admitted, not_seated


class ExportPage:
    """What is taken away from a class."""

    def __init__(self, classroom: Classroom) -> None:
        self._classroom = classroom

    @property
    def routes(self) -> list[Route]:
        """The file."""
        return [Route("/export.zip", self._get, methods=["GET"])]

    async def _get(self, request: Request) -> Response:
        classroom = self._classroom
        words = classroom.words
        one = admitted(request, classroom, Role.CONTROLLER)
        if one is None or not classroom.doors.is_good(one):
            return not_seated(classroom)
        if classroom.state.phase in (Phase.PLANNED, Phase.LOBBY):
            return self._told(words.export_not_yet, 409)
        if not classroom.limits.acts.allows(one.digest):
            return self._told(words.too_many_tries, 429)
        try:
            made = await classroom.simulation.export()
        except TabletopError as error:
            return self._told(words.export_fails.format(why=error), 503)
        named = quote(f"{classroom.exercise.folder.name}.zip", safe="")
        headers = {"Content-Disposition": f"attachment; filename=\"export.zip\"; filename*=UTF-8''{named}"}
        return Response(made, media_type="application/zip", headers=headers)

    def _told(self, says: str, status: int) -> Response:
        words = self._classroom.words
        page = self._classroom.renderer.page("message.html", title=words.export, says=says, to="/room")
        return HTMLResponse(page, status)
