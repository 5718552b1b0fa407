"""The what-if page: sliders of levers, and bands that follow; in a class for the controller, or alone."""

import asyncio
from contextlib import nullcontext
from functools import partial

from pydantic import Field, TypeAdapter
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from tabletop.engine.frozen import Frozen
from tabletop.errors import TabletopError
from tabletop.exercise.roles import Role
from tabletop.exercise.state import Phase
from tabletop.serve.classroom import Classroom
from tabletop.serve.doors import Pass
from tabletop.serve.limits import Limit
from tabletop.serve.live import Bell, Look, Regions
from tabletop.serve.pages.common import admitted, body_of, live, not_seated, streamed
from tabletop.serve.rendering import Renderer
from tabletop.serve.views.whatif import AnswerView, Axis, answer_view, controls
from tabletop.serve.whatif import Setup, WhatIf
from tabletop.serve.words import Words

REGIONS = ("answer", "numbers")
QUESTIONS = (40, 2.0)
"""At most so many from one browser, in so many seconds."""


class Asked(Frozen):
    """Settings by lever; what is left out is as in the mix."""

    settings: dict[str, float] = Field(max_length=25)


class Mirror(Frozen):
    """Whether the projector shows what is asked."""

    is_on: bool


ASKED = TypeAdapter(Asked)
MIRROR = TypeAdapter(Mirror)


class WhatIfPage:
    """The page of one what-if, whoever may see it."""

    def __init__(self, asked: WhatIf, renderer: Renderer, words: Words, bell: Bell) -> None:
        self.asked = asked
        self._renderer = renderer
        self._words = words
        self._bell = bell
        self._axes: dict[str, Axis] = {}
        self._rendered: tuple[AnswerView, Regions] | None = None
        self._limit = Limit(*QUESTIONS)

    @property
    def routes(self) -> list[Route]:
        """The page alone, without a class."""
        return [
            Route("/", self._get),
            Route("/whatif", self._get),
            Route("/whatif/live", self._live),
            Route("/whatif/ask", self._ask, methods=["POST"]),
        ]

    def page(self, back: str = "", *, is_mirrored: bool = False) -> HTMLResponse:
        """The page as a whole; `back` is where a link leads that leaves it."""
        if not self.asked.asked:
            self.asked.ask({})
        setup = self.asked.setup
        page = self._renderer.page(
            "whatif.html",
            regions=self.regions(),
            view=controls(self.asked),
            setup=setup,
            asked=self.asked.asked,
            back=back,
            is_mirrored=is_mirrored,
        )
        return HTMLResponse(page)

    def screen(self) -> str:
        """The newest answer as the room sees it."""
        view = answer_view(self.asked, self._words.what_if, self._axes)
        return self._renderer.html("projector_whatif.html", view=view)

    def regions(self) -> Regions:
        """What is known of the newest question: as pictures, and as numbers."""
        view = answer_view(self.asked, self._words.what_if, self._axes)
        if self._rendered is None or self._rendered[0] != view:
            regions = {name: self._renderer.html(f"whatif_{name}.html", view=view) for name in REGIONS}
            self._rendered = view, regions
        return self._rendered[1]

    def look(self) -> Look:
        """What the page shows now."""
        return Look(self.asked.asked, self.regions(), {"left": None, "minute": None, "stands": False})

    async def ask(self, request: Request, who: str) -> Response:
        """Ask a question; its number, by which the answer is known."""
        if not self._limit.allows(who):
            return JSONResponse({"refused": self._words.too_many_tries, "code": "limit"}, 429)
        asked = await body_of(request, ASKED)
        if isinstance(asked, JSONResponse):
            return asked
        try:
            number = self.asked.ask(asked.settings)
        except TabletopError as mistake:
            return JSONResponse({"refused": str(mistake), "code": "form"}, 422)
        return JSONResponse({"asked": number})

    async def _get(self, _: Request) -> Response:
        return self.page()

    async def _live(self, request: Request) -> Response:
        return streamed(request, self.look, self._bell, lambda: nullcontext(asyncio.Event()))

    async def _ask(self, request: Request) -> Response:
        return await self.ask(request, "")


class ClassWhatIfPage:
    """The same for the controller of a class, before StartEx and after EndEx."""

    def __init__(self, classroom: Classroom) -> None:
        self._classroom = classroom
        self._page: WhatIfPage | None = None
        self._is_mirrored = False

    @property
    def routes(self) -> list[Route]:
        """The page, its live channel, and questions."""
        return [
            Route("/whatif", self._get),
            Route("/whatif/live", self._live),
            Route("/whatif/ask", self._ask, methods=["POST"]),
            Route("/whatif/mirror", self._mirror, methods=["POST"]),
        ]

    def screen(self) -> str | None:
        """What the projector shows of it; None if the room is not to see it, or nothing may be asked."""
        if not self._is_mirrored or self._classroom.what_if is None or not self._classroom.may_ask_what_if:
            return None
        return self._opened().screen()

    async def _get(self, request: Request) -> Response:
        classroom = self._classroom
        if admitted(request, classroom, Role.CONTROLLER) is None:
            return not_seated(classroom)
        words = classroom.words.what_if
        if not classroom.may_ask_what_if:
            return self._message(words.closed)
        try:
            return self._opened().page(back="/room", is_mirrored=self._is_mirrored)
        except TabletopError as error:
            return self._message(words.cannot.format(why=error))

    async def _live(self, request: Request) -> Response:
        classroom = self._classroom
        one = admitted(request, classroom, Role.CONTROLLER)
        if one is None:
            return JSONResponse({"refused": classroom.words.not_seated}, 401)
        if (refusal := self._refusal()) is not None:
            return refusal
        classroom.doors.note_sign_of_life(one)
        return live(request, classroom, one, partial(self._look, one))

    async def _ask(self, request: Request) -> Response:
        classroom = self._classroom
        one = admitted(request, classroom, Role.CONTROLLER)
        if one is None:
            return JSONResponse({"refused": classroom.words.not_seated, "code": "who"}, 401)
        if (refusal := self._refusal()) is not None:
            return refusal
        return await self._opened().ask(request, one.digest)

    async def _mirror(self, request: Request) -> Response:
        classroom = self._classroom
        if admitted(request, classroom, Role.CONTROLLER) is None:
            return JSONResponse({"refused": classroom.words.not_seated, "code": "who"}, 401)
        if (refusal := self._refusal()) is not None:
            return refusal
        asked = await body_of(request, MIRROR)
        if isinstance(asked, JSONResponse):
            return asked
        self._is_mirrored = asked.is_on
        classroom.bell.ring()
        return JSONResponse({"is_on": asked.is_on})

    def _opened(self) -> WhatIfPage:
        """The page, made anew if the exercise was played since.

        Raises TabletopError if nothing can be asked of the scenario.
        """
        classroom = self._classroom
        if self._page is None or classroom.what_if is not self._page.asked:
            # the worlds are the scenario's own: those of the exercise follow from its secret
            hidden = classroom.state.phase is Phase.ENDED
            asked = WhatIf(
                Setup.of(classroom.exercise.scenario, hidden=hidden),
                changed=classroom.bell.ring,
                beside_a_class=True,
            )
            classroom.what_if = asked
            self._page = WhatIfPage(asked, classroom.renderer, classroom.words, classroom.bell)
        return self._page

    def _look(self, one: Pass) -> Look | None:
        classroom = self._classroom
        if not classroom.doors.is_good(one) or not classroom.may_ask_what_if:
            return None
        return self._opened().look()

    def _refusal(self) -> JSONResponse | None:
        """Why nothing can be asked now, or of this scenario; None where something can."""
        words = self._classroom.words.what_if
        if not self._classroom.may_ask_what_if:
            return JSONResponse({"refused": words.closed, "code": "phase"}, 409)
        try:
            self._opened()
        except TabletopError as error:
            return JSONResponse({"refused": words.cannot.format(why=error), "code": "form"}, 409)
        return None

    def _message(self, says: str) -> HTMLResponse:
        words = self._classroom.words
        page = self._classroom.renderer.page("message.html", title=words.what_if.title, says=says, to="/room")
        return HTMLResponse(page, 409)
