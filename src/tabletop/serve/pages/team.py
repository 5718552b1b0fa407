"""The page of a team's phone: its routes, and what it shows."""

from dataclasses import replace
from functools import partial

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from tabletop.exercise.exercise import Request as ActRequest
from tabletop.exercise.reveal import Shown
from tabletop.exercise.roles import Role
from tabletop.serve.asked import PLAYERS
from tabletop.serve.classroom import Classroom
from tabletop.serve.doors import Pass
from tabletop.serve.live import Look, Regions
from tabletop.serve.pages.common import admitted, answered, body_of, live, not_seated
from tabletop.serve.views.team import TeamView, team_view

REGIONS = ("head", "before", "main", "after", "foot")


class TeamPage:
    """What the phones of all teams show; a view that is as before is not rendered again."""

    def __init__(self, classroom: Classroom) -> None:
        self._classroom = classroom
        self._views: dict[str, tuple[int, Shown | None, TeamView]] = {}
        self._rendered: dict[str, tuple[TeamView, Regions]] = {}

    @property
    def routes(self) -> list[Route]:
        """The page, its live channel, and its acts."""
        return [
            Route("/team", self._get),
            Route("/team/live", self._live),
            Route("/team/act", self._act, methods=["POST"]),
        ]

    async def _get(self, request: Request) -> Response:
        one = admitted(request, self._classroom, Role.PLAYER)
        if one is None or (now := self._look(one)) is None:
            return not_seated(self._classroom)
        page = self._classroom.renderer.page(
            "team.html",
            regions=now.regions,
            names=REGIONS,
            line=now.line,
            beat=now.beat,
            room=self._classroom.doors.code,
            device=one.device,
            title=f"{self._classroom.team_of(one)}",
        )
        return HTMLResponse(page)

    async def _live(self, request: Request) -> Response:
        one = admitted(request, self._classroom, Role.PLAYER)
        if one is None:
            return JSONResponse({"refused": self._classroom.words.not_seated}, 401)
        self._classroom.doors.note_sign_of_life(one)
        return live(request, self._classroom, one, partial(self._look, one))

    async def _act(self, request: Request) -> Response:
        classroom = self._classroom
        one = admitted(request, classroom, Role.PLAYER)
        team = None if one is None else classroom.team_of(one)
        if one is None or team is None:
            return JSONResponse({"refused": classroom.words.not_seated, "code": "who"}, 401)
        asked = await body_of(request, PLAYERS)
        if isinstance(asked, JSONResponse):
            return asked
        act = asked.act(team, one.device)
        wanted = ActRequest(team, act, Role.PLAYER, f"{one.device}:{asked.key}")
        return await answered(classroom, one, lambda: classroom.do(wanted))

    def _look(self, one: Pass) -> Look | None:
        """What a phone shows now; None if it was taken out."""
        classroom = self._classroom
        team = classroom.team_of(one)
        if team is None or not classroom.doors.is_good(one):
            return None
        view = self._view(team, one.device)
        last = self._rendered.get(one.device)
        if last is None or last[0] != view:
            last = view, {name: classroom.renderer.html(f"team_{name}.html", view=view) for name in REGIONS}
            self._rendered[one.device] = last
        return Look(classroom.state.lines, last[1], classroom.beat())

    def _view(self, team: str, device: str) -> TeamView:
        """The view of a device; what all phones of a team show alike is made once for each line."""
        state, shown = self._classroom.state, self._classroom.shown()
        known = self._views.get(team)
        if known is None or known[0] != state.lines or known[1] is not shown:
            known = state.lines, shown, team_view(state, shown, team, "")
            self._views[team] = known
        view = known[2]
        deciding = view.deciding
        if deciding is not None:
            deciding = replace(deciding, has_pen=deciding.pen in (None, device))
        return replace(view, device=device, deciding=deciding)
