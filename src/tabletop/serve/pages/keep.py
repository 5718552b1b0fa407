"""A team's page to keep: one file without anything from elsewhere, for the phones of that team."""

from base64 import b64encode
from hashlib import sha256

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from tabletop.exercise.roles import Role
from tabletop.serve.classroom import Classroom
from tabletop.serve.pages.common import admitted, not_seated
from tabletop.serve.rendering import static
from tabletop.serve.views.keep import keep


class KeepPage:
    """What a phone takes home, after EndEx."""

    def __init__(self, classroom: Classroom) -> None:
        self._classroom = classroom

    @property
    def routes(self) -> list[Route]:
        """The file."""
        return [Route("/keep", self._get)]

    async def _get(self, request: Request) -> Response:
        classroom = self._classroom
        one = admitted(request, classroom, Role.PLAYER)
        team = None if one is None else classroom.team_of(one)
        if team is None:
            return not_seated(classroom)
        view = keep(classroom.state, classroom.simulation.whole, team)
        if view is None:
            words = classroom.words
            return HTMLResponse(
                classroom.renderer.page(
                    "message.html", title=words.keep, says=words.keep_not_yet, to="/team"
                ),
                409,
            )
        style = static()["class.css"][0].decode()
        digest = b64encode(sha256(style.encode()).digest()).decode()
        page = classroom.renderer.html(
            "keep.html",
            view=view,
            style=Markup(style),  # noqa: S704 (of our own)
            policy=f"default-src 'none'; style-src 'sha256-{digest}'",
        )
        # opened from a phone's own storage, where no header says what it may load: its own policy does
        name = f"table-{view.number}.html"
        return HTMLResponse(page, headers={"Content-Disposition": f'attachment; filename="{name}"'})
