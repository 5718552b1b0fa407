"""Forms of a figure: how wide it is, and how large its letters are, for a slide, a page and a phone."""

from dataclasses import dataclass

from tabletop.plots.style import PIXELS_PER_POINT, TEXT, TITLE


@dataclass(frozen=True)
class Form:
    """A kind of sheet; its sizes are in pixels of the sheet, whatever it is shown at."""

    name: str
    width: int
    least_height: int
    title: float
    """Points of a title; 0 where the title stands beside the picture, and not on it."""
    text: float
    """Points of a text."""
    small: float
    """Points of the smallest text."""

    @property
    def is_titled(self) -> bool:
        """Whether title and notes are part of the picture."""
        return self.title > 0

    @property
    def is_narrow(self) -> bool:
        """Whether panels have to stand below each other."""
        return self.width < 600


def _points(pixels: float) -> float:
    return pixels / PIXELS_PER_POINT


SHEET = Form("sheet", 1280, 720, TITLE, TEXT, TEXT)
"""Of the figures of an exercise."""
SLIDE = Form("slide", 1280, 720, _points(34), _points(22), _points(20))
"""A figure by itself: a slide, or a picture in a text."""
PAGE = Form("page", 860, 0, 0.0, _points(20), _points(20))
"""Half the width of a page, where it is shown at 610 pixels, so that letters have 14."""
WIDE = Form("wide", 1280, 0, 0.0, _points(20), _points(20))
"""The whole width of a page."""
PHONE = Form("phone", 440, 0, 0.0, _points(20), _points(20))
"""A phone of 360 pixels, where it is shown at 330, so that letters have 15."""
HALF = Form("half", 560, 400, 0.0, _points(20), _points(20))
"""Half the width of a sheet of paper, where it is shown at 88 mm, so that letters have 9 points."""
