"""An evaluator's page: its routes, and what it shows."""

from functools import partial
from typing import Any

from starlette.responses import Response

from tabletop.exercise.acts import LogEntry
from tabletop.exercise.exercise import Request as ActRequest
from tabletop.exercise.roles import Role
from tabletop.serve.classroom import Classroom
from tabletop.serve.doors import Pass
from tabletop.serve.evaluating import EVALUATORS, OfAnEvaluator
from tabletop.serve.live import Look, Regions
from tabletop.serve.pages.common import answered
from tabletop.serve.pages.seated import ActingPage
from tabletop.serve.views.evaluator import Evaluator, evaluator

REGIONS = ("head", "objectives", "respond", "remark", "plan", "lines", "decisions")


class NotesPage(ActingPage):
    """What each evaluator's browser shows."""

    role = Role.EVALUATOR
    asks = EVALUATORS

    def __init__(self, classroom: Classroom) -> None:
        super().__init__(classroom)
        self._rendered: dict[str, tuple[Evaluator, Regions]] = {}

    def whole(self, one: Pass, now: Look) -> dict[str, Any]:
        """Also what ratings and notes can be about."""
        state = self._classroom.state
        return {
            **super().whole(one, now),
            "objectives": state.plan.objectives,
            "teams": state.teams,
        }

    async def do(self, one: Pass, asked: OfAnEvaluator) -> Response:
        """An act under the evaluator's own function."""
        return await answered(self._classroom, one, partial(self._done, one, asked))

    async def _done(self, one: Pass, asked: OfAnEvaluator) -> LogEntry:
        key = f"{one.device}:{asked.key}"
        return await self._classroom.do(ActRequest(one.device, asked.act(), Role.EVALUATOR, key))

    def look(self, one: Pass) -> Look | None:
        """What an evaluator has written, and what can be written now."""
        classroom = self._classroom
        if not classroom.doors.is_good(one):
            return None
        view = evaluator(classroom.state, classroom.exercise.entries, one.device)
        known = self._rendered.get(one.device)
        if known is None or known[0] != view:
            regions = {name: classroom.renderer.html(f"notes_{name}.html", view=view) for name in REGIONS}
            known = self._rendered[one.device] = view, regions
        return Look(classroom.state.lines, known[1], classroom.beat())
