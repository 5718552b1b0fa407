"""The page of a team's phone: its routes, and what it shows."""

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import partial

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from tabletop.exercise.card_choices import Choice
from tabletop.exercise.exercise import Request as ActRequest
from tabletop.exercise.reveal import Shown
from tabletop.exercise.roles import Role
from tabletop.exercise.whole import Whole
from tabletop.serve.asked import PLAYERS
from tabletop.serve.classroom import Classroom
from tabletop.serve.doors import Pass
from tabletop.serve.live import Look, Regions
from tabletop.serve.pages.common import admitted, answered, body_of, live, not_seated
from tabletop.serve.views.team import TeamView, team_view

OF_THE_TEAM = ("before", "main", "after")
"""Regions that all phones of a team show alike; the cards and the receipt are regions within `main`."""
OF_THE_PHONE = ("head", "foot")


@dataclass(frozen=True)
class _OfATeam:
    """What all phones of a team show alike, as long as nothing of it changes."""

    line: int
    shown: Shown | None
    whole: Whole | None
    view: TeamView
    regions: Regions
    cards: dict[str, tuple[Choice, str]]
    """By code: each card, and how it is shown."""


class TeamPage:
    """What the phones of all teams show; what is as before is not rendered again."""

    def __init__(self, classroom: Classroom) -> None:
        self._classroom = classroom
        self._of_teams: dict[str, _OfATeam] = {}
        self._of_phones: dict[str, tuple[TeamView, Regions]] = {}

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
            regions={**now.regions, "main": self._whole_main(one, now.regions)},
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
        shared = self._of_team(team)
        own = self._of_phones.get(one.device)
        if own is None or own[0] is not shared.view:
            own = shared.view, self._of_phone(shared.view, one.device)
            self._of_phones[one.device] = own
        return Look(classroom.state.lines, {**shared.regions, **own[1]}, classroom.beat())

    def _of_team(self, team: str) -> _OfATeam:
        """What all phones of a team show alike: looked at once a line, rendered once it has changed."""
        state, shown = self._classroom.state, self._classroom.shown()
        whole = self._classroom.simulation.whole
        known = self._of_teams.get(team)
        if known is not None and (known.line, known.shown, known.whole) == (state.lines, shown, whole):
            return known
        view = team_view(state, shown, team, "", whole)
        if known is None or known.view != view:
            regions, cards = self._rendered(view, {} if known is None else known.cards)
            known = _OfATeam(state.lines, shown, whole, view, regions, cards)
        known = replace(known, line=state.lines, shown=shown, whole=whole)
        self._of_teams[team] = known
        return known

    def _rendered(
        self, view: TeamView, before: dict[str, tuple[Choice, str]]
    ) -> tuple[Regions, dict[str, tuple[Choice, str]]]:
        html = self._classroom.renderer.html
        regions = {name: html(f"team_{name}.html", view=view, parts=defaultdict(str)) for name in OF_THE_TEAM}
        cards = {}
        if view.deciding is not None:
            regions["receipt"] = html("team_receipt.html", view=view)
        if view.deciding is not None and view.deciding.is_open:
            for one in (one for _, offered in view.deciding.pillars for one in offered):
                code = one.card.code
                known = before.get(code)
                if known is None or known[0] != one:
                    known = one, html("team_card.html", one=one)
                cards[code] = known
                regions[f"card-{code}"] = known[1]
        return regions, cards

    def _of_phone(self, view: TeamView, device: str) -> Regions:
        deciding = view.deciding
        if deciding is not None:
            deciding = replace(deciding, has_pen=deciding.pen in (None, device))
        own = replace(view, device=device, deciding=deciding)
        return {name: self._classroom.renderer.html(f"team_{name}.html", view=own) for name in OF_THE_PHONE}

    def _whole_main(self, one: Pass, regions: Regions) -> str:
        """The main region with its own regions in it, for a page that is read without scripts."""
        team = self._classroom.team_of(one)
        assert team is not None
        parts = {name: Markup(html) for name, html in regions.items()}  # noqa: S704 (of our own templates)
        return self._classroom.renderer.html("team_main.html", view=self._of_team(team).view, parts=parts)
