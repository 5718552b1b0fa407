"""The page of the room: the view that everybody may see now, in its frame, as HTML."""

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from markupsafe import Markup

from tabletop.exercise.adjudication import Adjudicator
from tabletop.exercise.state import State
from tabletop.plots import style
from tabletop.report.document.html import template
from tabletop.report.document.language import direction
from tabletop.report.document.statement import treated
from tabletop.report.room.entrance import Entrance
from tabletop.report.room.frame import Frame, frame
from tabletop.report.room.view import View, Waiting
from tabletop.report.room.views import view_of

TEMPLATES = "tabletop.report.room"


@dataclass(frozen=True)
class RoomPage:
    """A screen: its frame, its view, and how it is laid out."""

    frame: Frame
    view: View
    language: str

    @property
    def waits(self) -> bool:
        """Whether something on it is still being simulated."""
        return isinstance(self.view, Waiting)

    def html(self, *, reloads: bool = True) -> str:
        """One file without anything from elsewhere; with `reloads` it looks every second for a newer one."""
        css, script = room_style(), room_script() if reloads else ""
        return template("room.html", TEMPLATES).render(
            screen=self.screen(),
            frame=self.frame,
            css=css,
            script=script,
            policy=_policy(css, script),
            **self._shown(),
        )

    def screen(self) -> Markup:
        """Head, view and foot alone, for a page that brings the style along."""
        shown = template(self.view.template, TEMPLATES).render(
            view=self.view, frame=self.frame, **self._shown()
        )
        return Markup(shown)  # noqa: S704 (of our own templates, which escape what they show)

    def _shown(self) -> dict[str, object]:
        return {
            "language": self.language,
            "direction": direction(self.language),
            "say": lambda words: treated(words).text,
        }


def room_page(
    state: State, adjudicator: Adjudicator, at: float, entrance: Entrance | None = None
) -> RoomPage:
    """What the room sees in a state, at a moment; simulates what it shows, as far as that is not known."""
    return RoomPage(frame(state, at), view_of(state, adjudicator, entrance), state.scenario.language)


@cache
def room_style() -> str:
    """The style of all screens."""
    colours = {
        name: getattr(style, name) for name in ("INK", "QUIET", "RULE", "ZONE", "PAPER", "BLUE", "VERMILLION")
    }
    shown = {
        **colours,
        "IDENTITY": style.IDENTITY,
        "BUSY_INK": style.BUSY_INK,
        "BUSY_GROUND": style.BUSY_GROUND,
    }
    return template("room.css", TEMPLATES).render(shown)


@cache
def room_script() -> str:
    """The script of a page that looks for a newer one, and counts the minutes down."""
    return template("room.js", TEMPLATES).render()


def _policy(css: str, script: str) -> str:
    """The content security policy of a page with this style and this script, and nothing else."""
    sources = [f"default-src 'none'; style-src '{_hashed(css)}'"]
    return "; ".join([*sources, f"script-src '{_hashed(script)}'"] if script else sources)


def _hashed(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
