"""Documents as PDF, set by typst with the fonts that it carries, so that they look the same anywhere."""

import json
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from tabletop.errors import TabletopError
from tabletop.report.document.blocks import Box, Facts, Table
from tabletop.report.document.document import Document
from tabletop.report.document.geometry import PT_PER_MM, page_mm
from tabletop.report.document.statement import Said, treated
from tabletop.report.document.widths import widths
from tabletop.report.paper import paper_library

UNDATED = 946_684_800
"""Seconds: 1 January 2000, the date of what has none."""
MARGIN_MM = {"upright": 18.0, "landscape": 12.0, "slides": 15.0}
TABLE_PT = {"upright": 9.5, "landscape": 9.5, "slides": 24.0}
WIDE_TABLE_PT = 8.0
NO_WORDS = {"name", "id", "anchors", "to", "style", "layout", "svg", "mark"}
"""Fields whose strings are not read by people."""


def as_pdf(document: Document, paper: str = "a4") -> bytes:
    """A document as a PDF; the same document gives the same bytes. Raises TabletopError without typst."""
    typst = paper_library("typst")
    try:
        made: bytes = typst.compile(
            _template(),
            format="pdf",
            font_paths=_fonts(),
            sys_inputs={"document": json.dumps(_Data(document, paper).whole(), ensure_ascii=False)},
            timestamp=UNDATED,
        )
    except typst.TypstError as error:
        raise TabletopError(f"{document.name}: cannot be set in print: {error}") from error
    return made


class _Data:
    """A document as data: its texts go to typst so, and nothing in them is read as markup."""

    def __init__(self, document: Document, paper: str) -> None:
        self._document = document
        self._width, self._height = page_mm(document, paper)
        self._margin = MARGIN_MM[document.layout]

    def whole(self) -> dict[str, Any]:
        """All of the document, with the size of its pages in millimetres."""
        page = {"width": self._width, "height": self._height, "margin": self._margin}
        made = {name: self._of(getattr(self._document, name)) for name in ("full_title", "under_title")}
        return {**self._of(self._document), **made, "page": page}

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
            points = WIDE_TABLE_PT if value.is_wide else TABLE_PT[self._document.layout]
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
def _fonts() -> Any:
    return paper_library("typst").Fonts(include_system_fonts=False, include_embedded_fonts=True)
