"""Secret links: what follows the `#` reaches the server only in the body of a request, and no log."""

import asyncio

from pydantic import Field, TypeAdapter
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from tabletop.engine.frozen import Frozen
from tabletop.errors import TabletopError
from tabletop.exercise.roles import Role
from tabletop.serve.address import qr
from tabletop.serve.classroom import Classroom
from tabletop.serve.doors import Full
from tabletop.serve.pages.common import PAGES, admitted, body_of, with_cookie


class Secret(Frozen):
    """The secret of a link."""

    secret: str = Field(min_length=1, max_length=100)


class Wanted(Frozen):
    """Whom a new link is for."""

    role: Role = Field(strict=False)


SECRETS = TypeAdapter(Secret)
WANTED = TypeAdapter(Wanted)
LINKED = tuple(role for role in PAGES if role is not Role.PLAYER)
"""The roles that come in by a link: players come in by the room's code."""


class LinkPage:
    """Where a secret link leads: its script exchanges the secret for a seat. Controllers make new links."""

    def __init__(self, classroom: Classroom) -> None:
        self._classroom = classroom

    @property
    def routes(self) -> list[Route]:
        """The page, the exchange, and new links."""
        return [
            Route("/in", self._get, methods=["GET"]),
            Route("/in", self._post, methods=["POST"]),
            Route("/room/link", self._new, methods=["POST"]),
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
            token, _ = classroom.doors.take_seat(role, here=classroom.here)
        except Full as full:
            return JSONResponse({"refused": classroom.words.all_in.format(most=full.most)}, 409)
        except TabletopError as error:  # who has the secret may know where the disk is full
            return JSONResponse({"refused": str(error)}, 503)
        classroom.bell.ring()  # a page whose seat was taken over ends
        response = JSONResponse({"to": f"/{PAGES[role]}"})
        with_cookie(response, classroom, role, token)
        return response

    async def _new(self, request: Request) -> Response:
        """A new link in place of the one before; it is told this once, and kept nowhere but as a digest."""
        classroom = self._classroom
        one = admitted(request, classroom, Role.CONTROLLER)
        if one is None:
            return JSONResponse({"refused": classroom.words.not_seated}, 401)
        if not classroom.limits.acts.allows(one.digest):
            return JSONResponse({"refused": classroom.words.too_many_tries}, 429)
        asked = await body_of(request, WANTED)
        if isinstance(asked, JSONResponse):
            return asked
        if asked.role not in LINKED:
            return JSONResponse({"refused": classroom.words.link_fails}, 422)
        try:
            secret = await asyncio.to_thread(classroom.doors.new_link, asked.role)
        except TabletopError as error:
            return JSONResponse({"refused": str(error)}, 503)
        link = f"{classroom.address}/in#{secret}"
        html = classroom.renderer.page("link.html", role=asked.role, link=link, regions={"qr": qr(link)})
        return JSONResponse({"html": html})
