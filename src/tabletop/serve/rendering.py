"""Rendering: views as HTML, by templates that know nothing but the view and the words."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from tabletop.report.document.html import template
from tabletop.report.document.language import direction
from tabletop.scenario.words import number
from tabletop.serve.words import Words

PACKAGE = "tabletop.serve"
TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
}


class Renderer:
    """Templates with the words of the pages; the scenario's own words are marked as of its language."""

    def __init__(self, words: Words, *, language: str) -> None:
        self._words = words
        self._language = language

    def html(self, name: str, **shown: Any) -> str:
        """A template, filled; raises UndefinedError for what it lacks."""
        return template(name, PACKAGE).render(
            words=self._words,
            amount=_amount,
            signed=_signed,
            own=self._own,
            **shown,
        )

    def page(self, name: str, *, regions: Mapping[str, str] | None = None, **shown: Any) -> str:
        """A whole page; its regions are HTML already."""
        marked = {region: Markup(html) for region, html in (regions or {}).items()}  # noqa: S704 (of our own templates)
        return self.html(name, regions=marked, **shown)

    def _own(self, text: str) -> Markup:
        """A text of the scenario's author, in its language and direction."""
        return Markup('<span lang="{}" dir="{}">{}</span>').format(
            self._language, direction(self._language), text
        )


@cache
def static() -> dict[str, tuple[bytes, str]]:
    """The scripts and the style, by name, each with its type."""
    return {
        one.name: (one.read_bytes(), TYPES[one.name.rpartition(".")[2]])
        for one in files(PACKAGE).joinpath("static").iterdir()
        if one.name.rpartition(".")[2] in TYPES
    }


def _amount(value: float) -> str:
    """Cost units, rounded so that sums look right."""
    return number(round(value, 2)).replace("-", "−")


def _signed(value: float) -> str:
    return f"{value:+.4g}".replace("-", "−") if value else "0"
