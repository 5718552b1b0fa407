"""Pages for those who have a seat: the page, its live channel, and its acts, the same way for each role."""

from abc import ABC, abstractmethod
from functools import partial
from typing import Any, ClassVar

from pydantic import TypeAdapter
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from tabletop.exercise.roles import Role
from tabletop.serve.classroom import Classroom
from tabletop.serve.doors import Pass
from tabletop.serve.live import Look
from tabletop.serve.pages.common import PAGES, admitted, body_of, live, not_seated


class SeatedPage(ABC):
    """The page of a role, `<page>.html` with its regions, and the channel that keeps it as it is now."""

    role: ClassVar[Role]

    def __init__(self, classroom: Classroom) -> None:
        self._classroom = classroom

    @property
    def name(self) -> str:
        """Of the page: its path, and its template."""
        return PAGES[self.role]

    @property
    def routes(self) -> list[Route]:
        """The page, and its live channel."""
        return [Route(f"/{self.name}", self._get), Route(f"/{self.name}/live", self._live)]

    @abstractmethod
    def look(self, one: Pass) -> Look | None:
        """What a seat's page shows now; None once its seat was taken away."""

    def whole(self, one: Pass, now: Look) -> dict[str, Any]:
        """All that the template shows."""
        return {
            "regions": now.regions,
            "line": now.line,
            "beat": now.beat,
            "room": self._classroom.doors.code,
            "device": one.device,
        }

    def admitted(self, request: Request) -> Pass | None:
        """Whoever has a seat of this role."""
        return admitted(request, self._classroom, self.role)

    async def _get(self, request: Request) -> Response:
        one = self.admitted(request)
        if one is None or (now := self.look(one)) is None:
            return not_seated(self._classroom)
        page = self._classroom.renderer.page(f"{self.name}.html", **self.whole(one, now))
        return HTMLResponse(page)

    async def _live(self, request: Request) -> Response:
        one = self.admitted(request)
        if one is None:
            return JSONResponse({"refused": self._classroom.words.not_seated}, 401)
        self._classroom.doors.note_sign_of_life(one)
        return live(request, self._classroom, one, partial(self.look, one))


class ActingPage(SeatedPage):
    """A page whose seats act."""

    asks: ClassVar[TypeAdapter[Any]]
    """What can be asked for."""

    @property
    def routes(self) -> list[Route]:
        """The page, its live channel, and its acts."""
        return [*super().routes, Route(f"/{self.name}/act", self._act, methods=["POST"])]

    @abstractmethod
    async def do(self, one: Pass, asked: Any) -> Response:
        """The answer to what a seat asks for."""

    def nobody(self) -> Response:
        """The answer to somebody without a seat who asks for something."""
        return JSONResponse({"refused": self._classroom.words.not_seated, "code": "who"}, 401)

    async def _act(self, request: Request) -> Response:
        one = self.admitted(request)
        if one is None:
            return self.nobody()
        asked = await body_of(request, self.asks)
        return asked if isinstance(asked, JSONResponse) else await self.do(one, asked)
