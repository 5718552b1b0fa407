"""What pages share: who somebody is, by the cookie of their page, and the answers to acts."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse

from tabletop.errors import TabletopError
from tabletop.exercise.acts import LogEntry
from tabletop.exercise.refused import Refused
from tabletop.exercise.roles import Role
from tabletop.serve.classroom import Classroom
from tabletop.serve.doors import LIFETIME, Pass
from tabletop.serve.live import Bell, Look, stream

PAGES = {
    Role.PLAYER: "team",
    Role.CONTROLLER: "room",
    Role.PROJECTOR: "projector",
    Role.EVALUATOR: "notes",
}
"""The page of each role, by its path; one browser may have a seat of each."""
T = TypeVar("T")


def cookie_name(classroom: Classroom, role: Role) -> str:
    """The cookie of a role's seat: of this exercise alone, whatever else is served from the same host."""
    name = f"{PAGES[role]}-{classroom.doors.code}"
    # with the prefix a browser takes it over TLS alone, for this host alone and for every path
    return f"__Host-{name}" if classroom.is_secure else name


def with_cookie(response: Response, classroom: Classroom, role: Role, token: str) -> None:
    """Hand a token out; scripts cannot read it, and no other page's form brings it along."""
    response.set_cookie(
        cookie_name(classroom, role),
        token,
        max_age=int(LIFETIME),
        httponly=True,
        samesite="lax",
        secure=classroom.is_secure,
    )


def admitted(request: Request, classroom: Classroom, role: Role) -> Pass | None:
    """Who somebody is, in a role; None without a seat that is good."""
    if classroom.is_over_for(role):
        return None
    return classroom.doors.admit(request.cookies.get(cookie_name(classroom, role), ""), role)


def not_seated(classroom: Classroom) -> HTMLResponse:
    """The page of somebody without a seat."""
    page = classroom.renderer.page(
        "message.html", title=classroom.words.join_title, says=classroom.words.not_seated, to=""
    )
    return HTMLResponse(page, 401)


async def body_of(request: Request, kinds: TypeAdapter[T]) -> T | JSONResponse:
    """What is asked for; or the answer, if it is nothing that can be."""
    if request.headers.get("content-type") != "application/json":
        return JSONResponse({"refused": "write application/json", "code": "form"}, 415)
    try:
        return kinds.validate_json(await request.body())
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        return JSONResponse({"refused": f"{place}: {first['msg']}", "code": "form"}, 422)


async def answered(
    classroom: Classroom, one: Pass, doing: Callable[[], Awaitable[LogEntry | None]]
) -> Response:
    """The answer to an act: its line, or why it cannot be done; a seat does not do too many at once.

    What is done without a line of its own is answered with the last one.
    """
    if not classroom.limits.acts.allows(one.digest):
        return JSONResponse({"refused": classroom.words.too_many_tries, "code": "limit"}, 429)
    try:
        entry = await doing()
    except Refused as refused:
        return JSONResponse({"refused": str(refused), "code": refused.code}, 409)
    except TabletopError as error:
        # where it lies on the disk is for whoever can do something about it
        why = str(error) if one.role is Role.CONTROLLER else classroom.words.not_written
        return JSONResponse({"refused": why, "code": "disk"}, 503)
    return JSONResponse({"line": classroom.state.lines if entry is None else entry.number})


def live(request: Request, classroom: Classroom, one: Pass, look: Callable[[], Look | None]) -> Response:
    """The live channel of a page of the class; its browser counts as here as long as it is open."""
    if not _is_once(request) and not classroom.has_room_for_a_channel:
        return JSONResponse({"refused": classroom.words.too_many_tries}, 429)
    return streamed(request, look, classroom.bell, partial(classroom.channel, one))


def streamed(
    request: Request,
    look: Callable[[], Look | None],
    bell: Bell,
    channel: Callable[[], AbstractContextManager[asyncio.Event]],
) -> Response:
    """A live channel, until what `channel` gives is set; with `once=1` what the page shows now.

    The latter is for where no channel stays open.
    """
    if _is_once(request):
        now = look()
        if now is None:
            return JSONResponse({"gone": True}, 410)
        return JSONResponse({"regions": now.regions, **now.clock})

    async def events() -> AsyncIterator[str]:
        with channel() as over:
            async for event in stream(look, bell):
                yield event
                if over.is_set():
                    return

    headers: dict[str, Any] = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(events(), media_type="text/event-stream", headers=headers)


def _is_once(request: Request) -> bool:
    return request.query_params.get("once") == "1"
