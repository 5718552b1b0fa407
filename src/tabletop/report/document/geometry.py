"""The geometry of paper: sheets by their names, and how they lie under a document."""

from collections.abc import Mapping

from tabletop.report.document.document import Document

PAPERS: Mapping[str, tuple[float, float]] = {"a4": (210.0, 297.0), "us-letter": (215.9, 279.4)}
"""Width and height in millimetres, upright."""
SLIDE = (297.0, 167.0625)
"""A slide, 16 to 9, in millimetres."""
PT_PER_MM = 72 / 25.4


def page_mm(document: Document, paper: str) -> tuple[float, float]:
    """Width and height of a document's pages on a paper of that name."""
    width, height = PAPERS[paper]
    return {"upright": (width, height), "landscape": (height, width), "slides": SLIDE}[document.layout]
