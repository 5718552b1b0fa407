"""The application: all routes behind the guard, as long as the classroom is at work."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from functools import partial
from hashlib import sha256

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from tabletop.serve.classroom import Classroom
from tabletop.serve.guard import Guard
from tabletop.serve.pages.export import ExportPage
from tabletop.serve.pages.join import JoinPage
from tabletop.serve.pages.keep import KeepPage
from tabletop.serve.pages.links import LinkPage
from tabletop.serve.pages.notes import NotesPage
from tabletop.serve.pages.preflight import Checks, PreflightPage
from tabletop.serve.pages.projector import ProjectorPage
from tabletop.serve.pages.room import RoomPage
from tabletop.serve.pages.team import TeamPage
from tabletop.serve.pages.whatif import ClassWhatIfPage, WhatIfPage
from tabletop.serve.rendering import static

SMALLEST_ZIPPED = 1000
"""Bytes of an answer below which zipping it saves nothing."""


def routes(classroom: Classroom, checks: Checks = tuple) -> list[Route]:
    """Every address that is served."""
    what_if = ClassWhatIfPage(classroom)
    pages = (
        JoinPage(classroom),
        LinkPage(classroom),
        TeamPage(classroom),
        RoomPage(classroom),
        NotesPage(classroom),
        PreflightPage(classroom, checks),
        ProjectorPage(classroom, what_if),
        KeepPage(classroom),
        ExportPage(classroom),
        what_if,
    )
    return [*(route for page in pages for route in page.routes), Route("/static/{name}", _static)]


def app(classroom: Classroom, *, origins: Collection[str], checks: Checks = tuple) -> Guard:
    """The application of a classroom, which answers under these origins.

    The guard is around everything, so that an answer to a failure has its headers too.
    """
    zipped = Middleware(GZipMiddleware, minimum_size=SMALLEST_ZIPPED)  # not the live channel
    lifespan = partial(_lifespan, classroom)
    return Guard(
        Starlette(routes=routes(classroom, checks), middleware=[zipped], lifespan=lifespan), origins=origins
    )


def what_if_app(page: WhatIfPage, *, origins: Collection[str]) -> Guard:
    """The application of a what-if without a class; it begins to simulate before anybody looks."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        page.asked.ask({})
        try:
            yield
        finally:
            page.asked.close()

    routes = [*page.routes, Route("/static/{name}", _static)]
    return Guard(Starlette(routes=routes, lifespan=lifespan), origins=origins)


@asynccontextmanager
async def _lifespan(classroom: Classroom, _: Starlette) -> AsyncIterator[None]:
    async with classroom.at_work():
        yield


async def _static(request: Request) -> Response:
    """A script or the style; only names that are ours are looked up."""
    found = static().get(request.path_params["name"])
    if found is None:
        return PlainTextResponse("There is no such file.", 404)
    content, kind = found
    tag = f'"{sha256(content).hexdigest()[:16]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content, headers={**headers, "Content-Type": kind})
