"""Secret links: what follows the `#` reaches the server only in the body of a request, and no log."""

from pydantic import Field, TypeAdapter
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from tabletop.engine.frozen import Frozen
from tabletop.errors import TabletopError
from tabletop.serve.classroom import Classroom
from tabletop.serve.pages.common import PAGES, body_of, with_cookie


class Secret(Frozen):
    """The secret of a link."""

    secret: str = Field(min_length=1, max_length=100)


SECRETS = TypeAdapter(Secret)


class LinkPage:
    """Where the controller's link leads: its script exchanges the secret for a seat."""

    def __init__(self, classroom: Classroom) -> None:
        self._classroom = classroom

    @property
    def routes(self) -> list[Route]:
        """The page, and the exchange."""
        return [
            Route("/in", self._get, methods=["GET"]),
            Route("/in", self._post, methods=["POST"]),
        ]

    async def _get(self, _: Request) -> Response:
        return HTMLResponse(self._classroom.renderer.page("in.html"))

    async def _post(self, request: Request) -> Response:
        classroom = self._classroom
        who = request.client.host if request.client else ""
        if not classroom.limits.secrets.allows(who):
            return JSONResponse({"refused": classroom.words.too_many_tries}, 429)
        asked = await body_of(request, SECRETS)
        if isinstance(asked, JSONResponse):
            return asked
        role = classroom.doors.role_of(asked.secret)
        if role is None:
            return JSONResponse({"refused": classroom.words.link_fails}, 403)
        try:
            token, _ = classroom.doors.take_seat(role)
        except TabletopError as error:  # who has the secret may know where the disk is full
            return JSONResponse({"refused": str(error)}, 503)
        response = JSONResponse({"to": f"/{PAGES[role]}"})
        with_cookie(response, request, classroom, role, token)
        return response
