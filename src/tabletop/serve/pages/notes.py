"""An evaluator's page: its routes, and what it shows."""

from functools import partial

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from tabletop.exercise.acts import LogEntry
from tabletop.exercise.exercise import Request as ActRequest
from tabletop.exercise.roles import Role
from tabletop.serve.classroom import Classroom
from tabletop.serve.doors import Pass
from tabletop.serve.evaluating import EVALUATORS, OfAnEvaluator
from tabletop.serve.live import Look, Regions
from tabletop.serve.pages.common import admitted, answered, body_of, live, not_seated
from tabletop.serve.views.evaluator import Evaluator, evaluator

REGIONS = ("head", "objectives", "respond", "remark", "plan", "lines", "decisions")


class NotesPage:
    """What each evaluator's browser shows."""

    def __init__(self, classroom: Classroom) -> None:
        self._classroom = classroom
        self._rendered: dict[str, tuple[Evaluator, Regions]] = {}

    @property
    def routes(self) -> list[Route]:
        """The page, its live channel, and its acts."""
        return [
            Route("/notes", self._get),
            Route("/notes/live", self._live),
            Route("/notes/act", self._act, methods=["POST"]),
        ]

    async def _get(self, request: Request) -> Response:
        classroom = self._classroom
        one = admitted(request, classroom, Role.EVALUATOR)
        if one is None or (now := self._look(one)) is None:
            return not_seated(classroom)
        page = classroom.renderer.page(
            "notes.html",
            regions=now.regions,
            line=now.line,
            beat=now.beat,
            room=classroom.doors.code,
            device=one.device,
            objectives=classroom.state.plan.objectives,
            teams=classroom.state.teams,
        )
        return HTMLResponse(page)

    async def _live(self, request: Request) -> Response:
        one = admitted(request, self._classroom, Role.EVALUATOR)
        if one is None:
            return JSONResponse({"refused": self._classroom.words.not_seated}, 401)
        self._classroom.doors.note_sign_of_life(one)
        return live(request, self._classroom, one, partial(self._look, one))

    async def _act(self, request: Request) -> Response:
        one = admitted(request, self._classroom, Role.EVALUATOR)
        if one is None:
            return JSONResponse({"refused": self._classroom.words.not_seated, "code": "who"}, 401)
        asked = await body_of(request, EVALUATORS)
        if isinstance(asked, JSONResponse):
            return asked
        return await answered(self._classroom, one, partial(self._done, one, asked))

    async def _done(self, one: Pass, asked: OfAnEvaluator) -> LogEntry:
        key = f"{one.device}:{asked.key}"
        return await self._classroom.do(ActRequest(one.device, asked.act(), Role.EVALUATOR, key))

    def _look(self, one: Pass) -> Look | None:
        classroom = self._classroom
        if not classroom.doors.is_good(one):
            return None
        view = evaluator(classroom.state, classroom.exercise.entries, one.device)
        known = self._rendered.get(one.device)
        if known is None or known[0] != view:
            regions = {name: classroom.renderer.html(f"notes_{name}.html", view=view) for name in REGIONS}
            known = self._rendered[one.device] = view, regions
        return Look(classroom.state.lines, known[1], classroom.beat())
