"""What pages share: who somebody is, by the cookie of their page, and the answers to acts."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack
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
from tabletop.serve.live import Look, stream

PAGES = {Role.PLAYER: "team", Role.CONTROLLER: "room", Role.PROJECTOR: "projector"}
"""The page of each role, by its path; one browser may have a seat of each."""
T = TypeVar("T")


def cookie_name(classroom: Classroom, role: Role) -> str:
    """The cookie of a role's seat: of this exercise alone, whatever else is served from the same host."""
    return f"{PAGES[role]}-{classroom.doors.code}"


def with_cookie(response: Response, request: Request, classroom: Classroom, role: Role, token: str) -> None:
    """Hand a token out; scripts cannot read it, and no other page's form brings it along."""
    response.set_cookie(
        cookie_name(classroom, role),
        token,
        max_age=int(LIFETIME),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def admitted(request: Request, classroom: Classroom, role: Role) -> Pass | None:
    """Who somebody is, in a role; None without a seat."""
    return classroom.doors.admit(request.cookies.get(cookie_name(classroom, role), ""), role)


def not_seated(classroom: Classroom) -> HTMLResponse:
    """The page of somebody without a seat."""
    page = classroom.renderer.page(
        "message.html", title=classroom.words.join_title, says=classroom.words.not_seated, to="/"
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


async def answered(classroom: Classroom, one: Pass, doing: Callable[[], Awaitable[LogEntry]]) -> Response:
    """The answer to an act: its line, or why it cannot be done; a seat does not do too many at once."""
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
    return JSONResponse({"line": entry.number})


def live(request: Request, classroom: Classroom, one: Pass, look: Callable[[], Look | None]) -> Response:
    """The live channel of a page; with `once=1` what it shows now, for where no channel stays open."""
    if request.query_params.get("once") == "1":
        now = look()
        if now is None:
            return JSONResponse({"gone": True}, 410)
        return JSONResponse({"regions": now.regions, **now.clock})

    async def events() -> AsyncIterator[str]:
        with ExitStack() as stack:
            stack.enter_context(classroom.present(one))
            async for event in stream(look, classroom.bell):
                yield event

    headers: dict[str, Any] = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(events(), media_type="text/event-stream", headers=headers)
