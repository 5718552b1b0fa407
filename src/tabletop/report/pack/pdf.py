"""Documents as PDF, set by typst with the fonts that it carries, so that they look the same anywhere."""

import json
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from typing import Any

from tabletop.errors import TabletopError
from tabletop.report.pack.blocks import MARK, Document
from tabletop.report.paper import paper_library

UNDATED = 946_684_800
"""Seconds: 1 January 2000, the date of what has none."""


def as_pdf(document: Document, paper: str = "a4") -> bytes:
    """A document as a PDF; the same document gives the same bytes. Raises TabletopError without typst."""
    made: bytes = _compiled(document, paper, "pdf")
    return made


def _compiled(document: Document, paper: str, form: str, **options: Any) -> Any:
    """What typst makes of a document. Its texts go as data, so that nothing in them is read as markup."""
    typst = paper_library("typst")
    data = json.dumps({**asdict(document), "mark": MARK, "paper": paper}, ensure_ascii=False)
    try:
        return typst.compile(
            _template(),
            format=form,
            font_paths=_fonts(),
            sys_inputs={"document": data},
            timestamp=UNDATED,
            **options,
        )
    except typst.TypstError as error:
        raise TabletopError(f"{document.name}: cannot be set in print: {error}") from error


@cache
def _template() -> bytes:
    return files("tabletop.report").joinpath("templates", "document.typ").read_bytes()


@cache
def _fonts() -> Any:
    return paper_library("typst").Fonts(include_system_fonts=False, include_embedded_fonts=True)
