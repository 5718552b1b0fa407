"""The page of a team's phone: its routes, and what it shows."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup
from starlette.responses import Response

from tabletop.exercise.card_choices import Choice
from tabletop.exercise.exercise import Request as ActRequest
from tabletop.exercise.reveal import Shown
from tabletop.exercise.roles import Role
from tabletop.exercise.whole import Whole
from tabletop.serve.asked import PLAYERS, OfAPlayer, unless_elsewhere
from tabletop.serve.classroom import Classroom
from tabletop.serve.doors import Pass
from tabletop.serve.live import Look, Regions
from tabletop.serve.pages.common import answered
from tabletop.serve.pages.seated import ActingPage
from tabletop.serve.views.team import TeamView, team_view

OF_THE_TEAM = ("before", "main", "after")
"""Regions that all phones of a team show alike; the cards and the receipt are regions within `main`."""
OF_THE_PHONE = ("head", "foot")


@dataclass(frozen=True)
class _OfATeam:
    """What all phones of a team show alike, as long as nothing of it changes."""

    line: int
    reveals: Mapping[int, Shown]
    whole: Whole | None
    view: TeamView
    regions: Regions
    cards: dict[str, tuple[Choice, str]]
    """By code: each card, and how it is shown."""


class TeamPage(ActingPage):
    """What the phones of all teams show; what is as before is not rendered again."""

    role = Role.PLAYER
    asks = PLAYERS

    def __init__(self, classroom: Classroom) -> None:
        super().__init__(classroom)
        self._of_teams: dict[str, _OfATeam] = {}
        self._of_phones: dict[str, tuple[TeamView, int, Regions]] = {}

    def whole(self, one: Pass, now: Look) -> dict[str, Any]:
        """The cards too, for a page that is read without scripts."""
        regions = {**now.regions, "main": self._whole_main(one, now.regions)}
        return {**super().whole(one, now), "regions": regions, "title": f"{self._classroom.team_of(one)}"}

    async def do(self, one: Pass, asked: OfAPlayer) -> Response:
        """An act of the team at which the phone sits."""
        classroom, team = self._classroom, self._classroom.team_of(one)
        if team is None:
            return self.nobody()
        making, key = unless_elsewhere(asked, team, one.device), f"{one.device}:{asked.key}"
        wanted = ActRequest(team, making, Role.PLAYER, key)
        return await answered(classroom, one, lambda: classroom.do(wanted))

    def look(self, one: Pass) -> Look | None:
        """What a phone shows now; None if it was taken out."""
        classroom = self._classroom
        team = classroom.team_of(one)
        if team is None or not classroom.doors.is_good(one):
            return None
        shared = self._of_team(team)
        classroom.note_use(one)
        since = classroom.state.since(one.device)
        own = self._of_phones.get(one.device)
        if own is None or own[0] is not shared.view or own[1] != since:
            own = shared.view, since, self._of_phone(shared.view, one.device, since)
            self._of_phones[one.device] = own
        return Look(classroom.state.lines, {**shared.regions, **own[2]}, classroom.beat())

    def _of_team(self, team: str) -> _OfATeam:
        """What all phones of a team show alike: looked at once a line, rendered once it has changed."""
        state, simulation = self._classroom.state, self._classroom.simulation
        reveals, whole = simulation.reveals, simulation.whole
        known = self._of_teams.get(team)
        if known is not None and (known.line, known.reveals, known.whole) == (state.lines, reveals, whole):
            return known
        view = team_view(state, reveals, team, "", whole)
        if known is None or known.view != view:
            regions, cards = self._rendered(view, {} if known is None else known.cards)
            known = _OfATeam(state.lines, reveals, whole, view, regions, cards)
        known = replace(known, line=state.lines, reveals=reveals, whole=whole)
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

    def _of_phone(self, view: TeamView, device: str, since: int) -> Regions:
        deciding = view.deciding
        if deciding is not None:
            deciding = replace(deciding, has_pen=deciding.pen in (None, device))
        own = replace(view, device=device, since=since, deciding=deciding)
        return {name: self._classroom.renderer.html(f"team_{name}.html", view=own) for name in OF_THE_PHONE}

    def _whole_main(self, one: Pass, regions: Regions) -> str:
        """The main region with its own regions in it, for a page that is read without scripts."""
        team = self._classroom.team_of(one)
        assert team is not None
        parts = {name: Markup(html) for name, html in regions.items()}  # noqa: S704 (of our own templates)
        return self._classroom.renderer.html("team_main.html", view=self._of_team(team).view, parts=parts)
