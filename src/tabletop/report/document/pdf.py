"""Documents as PDF, set by typst with the fonts that it carries, so that they look the same anywhere."""

import json
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tabletop.errors import TabletopError
from tabletop.fonts import fallbacks
from tabletop.report.document.blocks import Box, Facts, Table
from tabletop.report.document.document import Document
from tabletop.report.document.geometry import PT_PER_MM, page_mm
from tabletop.report.document.language import direction, language_and_region
from tabletop.report.document.statement import Said, treated
from tabletop.report.document.widths import widths
from tabletop.report.paper import paper_library

UNDATED = 946_684_800
"""Seconds: 1 January 2000, the date of what has none."""
MARGIN_MM = {"upright": 18.0, "landscape": 12.0, "slides": 15.0}
TABLE_PT = {"upright": 9.5, "landscape": 9.5, "slides": 24.0}
WIDE_TABLE_PT = {"upright": 8.0, "landscape": 9.0, "slides": 24.0}
LAST_OF_EUROPE = "\u058f"
"""Latin, Greek, Cyrillic and Armenian come before."""
PUNCTUATION, SIGNS = "\u1e00", "\u27ff"
"""More Latin and Greek, punctuation, arrows and mathematical signs lie between."""
NO_WORDS = {"name", "id", "anchors", "to", "style", "layout", "svg", "mark"}
"""Fields whose strings are not read by people."""


LARGE = 1.5
"""How much larger letters are in large print, 16 points; slides are large, and lists in landscape full."""


def as_pdf(document: Document, paper: str = "a4", *, large: bool = False) -> bytes:
    """A document as a PDF, in `large` print if wanted; the same document gives the same bytes.

    Raises TabletopError without typst.
    """
    typst = paper_library("typst")
    whole = _Data(document, paper, large=large and document.layout == "upright").whole()
    data = json.dumps({**whole, "fallbacks": []}, ensure_ascii=False)
    if _is_beyond_carried(data):
        installed = set(_fonts(of_machine=True).families())
        data = json.dumps({**whole, "fallbacks": ["DejaVu Sans", *fallbacks(installed)]}, ensure_ascii=False)
    try:
        made: bytes = typst.compile(
            _template(),
            format="pdf",
            font_paths=_fonts(of_machine=_is_beyond_carried(data)),
            sys_inputs={"document": data},
            timestamp=UNDATED,
        )
    except typst.TypstError as error:
        raise TabletopError(f"{document.name}: cannot be set in print: {error}") from error
    return made


class _Data:
    """A document as data: its texts go to typst so, and nothing in them is read as markup."""

    def __init__(self, document: Document, paper: str, *, large: bool) -> None:
        self._document, self._large = document, large
        self._width, self._height = page_mm(document, paper)
        self._margin = MARGIN_MM[document.layout]

    def whole(self) -> dict[str, Any]:
        """All of the document, with the size of its pages in millimetres."""
        page = {"width": self._width, "height": self._height, "margin": self._margin}
        made = {name: self._of(getattr(self._document, name)) for name in ("full_title", "under_title")}
        lang, region = language_and_region(self._document.language)
        spoken = {"lang": lang, "region": region, "direction": direction(self._document.language)}
        return {**self._of(self._document), **made, **spoken, "page": page, "large": self._large}

    def _of(self, value: Any, field: str = "") -> Any:
        if isinstance(value, str | Said) and field not in NO_WORDS:
            one = treated(value, self._document.places)
            return {"text": one.text, "rtl": one.is_rtl, "runs": [vars(run) for run in one.runs]}
        if isinstance(value, tuple):
            return [self._of(one, field) for one in value]
        if isinstance(value, bytes):
            return value.decode() if field == "svg" else None
        if not is_dataclass(value):
            return value if isinstance(value, str | int | float) else None
        data = {one.name: self._of(getattr(value, one.name), one.name) for one in fields(value)}
        data["kind"] = getattr(value, "kind", "")
        if isinstance(value, Table):
            points = (WIDE_TABLE_PT if value.is_wide else TABLE_PT)[self._document.layout]
            points *= LARGE if self._large else 1.0
            data["pt"] = points
            data["widths"] = widths(value, (self._width - 2 * self._margin) * PT_PER_MM / points)
        if isinstance(value, Facts):
            data["rows"] = self._of(value.terms)
        if isinstance(value, Box):
            data["facts"] = self._of(value.terms)
        return data


@cache
def _template() -> bytes:
    return files("tabletop.report.document").joinpath("templates", "document.typ").read_bytes()


@cache
def _fonts(*, of_machine: bool) -> Any:
    """Typst's own fonts; or these, that of the figures, and those of the machine."""
    found = find_spec("matplotlib") if of_machine else None
    places = found.submodule_search_locations if found is not None else None
    paths = [Path(place) / "mpl-data" / "fonts" / "ttf" for place in places or ()]
    return paper_library("typst").Fonts(
        font_paths=paths, include_system_fonts=of_machine, include_embedded_fonts=True
    )


def _is_beyond_carried(text: str) -> bool:
    """Whether it has letters of scripts that typst's own fonts may lack: other than those of Europe.

    Documents without any do not ask what is installed, and so are the same everywhere.
    """
    return any(letter > LAST_OF_EUROPE and not (PUNCTUATION <= letter <= SIGNS) for letter in text)
