"""The page on which a phone joins a table; it works without scripts, and looking at it takes no seat."""

import asyncio
from contextlib import suppress
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from tabletop.errors import TabletopError
from tabletop.exercise.refused import Refused
from tabletop.exercise.roles import Role
from tabletop.exercise.state import Phase
from tabletop.serve.classroom import Classroom
from tabletop.serve.limits import SLOW_SECONDS
from tabletop.serve.pages.common import admitted, with_cookie
from tabletop.serve.views.lobby import lobby

FORM = "application/x-www-form-urlencoded"


class JoinPage:
    """Where the QR code leads."""

    def __init__(self, classroom: Classroom) -> None:
        self._classroom = classroom

    @property
    def routes(self) -> list[Route]:
        """The root leads here too, but needs the code."""
        return [
            Route("/", self._root),
            Route("/j/{code}", self._get, methods=["GET"]),
            Route("/j/{code}", self._post, methods=["POST"]),
        ]

    async def _root(self, request: Request) -> Response:
        if admitted(request, self._classroom, Role.PLAYER) is not None:
            return RedirectResponse("/team", 303)
        return self._message(self._classroom.words.wrong_code, 404)

    async def _get(self, request: Request) -> Response:
        return await self._wrong_code(request) or self._page(request)

    async def _post(self, request: Request) -> Response:
        classroom = self._classroom
        if (refusal := await self._wrong_code(request) or self._refusal(request)) is not None:
            return refusal
        team = parse_qs((await request.body()).decode("utf-8", "replace")).get("team", [""])[0]
        known = admitted(request, classroom, Role.PLAYER)
        if known is not None and classroom.team_of(known) == team:
            return RedirectResponse("/team", 303)
        try:
            token, _ = await classroom.seat(team)
            if known is not None:  # only now: whoever cannot sit elsewhere stays
                with suppress(TabletopError):
                    await classroom.leave(known)
        except Refused as refused:
            return self._page(request, str(refused), 409)
        except TabletopError:  # where it lies on the disk is not for a phone
            return self._page(request, classroom.words.join_not_written, 503)
        response = RedirectResponse("/team", 303)
        with_cookie(response, classroom, Role.PLAYER, token)
        return response

    async def _wrong_code(self, request: Request) -> Response | None:
        """The answer to a wrong room code; None to the right one, but where too many wrong ones came from."""
        words, limits = self._classroom.words, self._classroom.limits
        who = request.client.host if request.client else ""
        if limits.codes.is_reached(who):  # the right one too, or trying would go on telling them apart
            return self._message(words.too_many_tries, 429)
        if str(request.path_params["code"]).upper() == self._classroom.doors.code:
            return None
        limits.codes.allows(who)
        if not limits.codes_in_all.allows(""):
            await asyncio.sleep(SLOW_SECONDS)
        return self._message(words.wrong_code, 404)

    def _refusal(self, request: Request) -> Response | None:
        """Why somebody cannot join, before it is read where."""
        classroom = self._classroom
        if not classroom.limits.joins.allows(""):
            return self._message(classroom.words.too_many_tries, 429)
        if request.headers.get("content-type", "").partition(";")[0] != FORM:
            return self._message(classroom.words.wrong_code, 415)
        if not self._may_join:
            return self._page(request, classroom.words.join_closed, 409)
        return None

    @property
    def _may_join(self) -> bool:
        return self._classroom.door_is_open and self._classroom.state.phase is not Phase.ENDED

    def _page(self, request: Request, says: str = "", status: int = 200) -> Response:
        known = admitted(request, self._classroom, Role.PLAYER)
        sits_with = None if known is None else self._classroom.team_of(known)
        page = self._classroom.renderer.page(
            "join.html",
            view=lobby(self._classroom.state),
            says=says,
            may_join=self._may_join,
            sits_with=sits_with,
            device="" if known is None else known.device,
        )
        return HTMLResponse(page, status)

    def _message(self, says: str, status: int) -> Response:
        page = self._classroom.renderer.page(
            "message.html", title=self._classroom.words.join_title, says=says, to=""
        )
        return HTMLResponse(page, status)
