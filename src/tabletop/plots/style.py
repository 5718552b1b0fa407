"""The visual language of all figures: sizes, colours by verdict and by identity, marks and badges.

Marks of a figure are coloured by verdict or by identity, never both. No meaning rests on colour alone:
marks of verdicts differ in shape and fill, and whatever stands for a policy mix carries its number. The
colours of verdicts are those of Okabe & Ito (2008).
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import matplotlib.style

from tabletop.analysis.contrast import ContrastVerdict
from tabletop.plots.typefaces import families

PIXELS_PER_POINT = 100 / 72
"""A figure has a hundred pixels an inch."""

TEXT = 14.0
"""Points of the smallest text: 19 of 720 pixels, which the back row reads."""
HEAD = 15.0
TITLE = 19.0

BLACK = "#000000"
INK = "#1f1f1f"
QUIET = "#555555"
"""Text and lines of second rank."""
RULE = "#bdbdbd"
ZONE = "#e4e4e4"
"""The δ zone, and other ground that is to be seen behind marks."""
PAPER = "#ffffff"
BLUE = "#0072b2"
VERMILLION = "#d55e00"
SKY = "#56b4e9"
ORANGE = "#e69f00"

IDENTITY = (
    "#d18300", "#4b2273", "#94410f", "#9d82ed", "#8218ed", "#0b7366",
    "#51947b", "#b26212", "#73250b", "#9e62b2", "#8600b2", "#2d4d52",
)  # fmt: skip
"""Colours of policy mixes or teams by their order, found by search: far apart for every kind of eye.

White digits stand out from each of them. From the thirteenth on there is ink, and the number tells.
"""
BUSY_INK, BUSY_GROUND = "#8a4a00", "#f2c28f"
"""Work that waits, and staff that is too busy: the line and the ground of it."""


def identity(number: int) -> str:
    """The colour of the mix or team of this number; the baseline, 0, and all from 13 on are ink."""
    return IDENTITY[number - 1] if 1 <= number <= len(IDENTITY) else INK


_SETTINGS: dict[str, Any] = {
    "font.size": TEXT,
    "text.color": INK,
    "text.parse_math": False,  # a "$" in a mix's name is a "$"
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "axes.labelsize": TEXT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 1.0,
    "axes.formatter.useoffset": False,
    "xtick.labelsize": TEXT,
    "ytick.labelsize": TEXT,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "figure.facecolor": PAPER,
    "figure.dpi": 100.0,
    "savefig.dpi": 100.0,
    "savefig.facecolor": PAPER,
    "hatch.linewidth": 0.8,
    "svg.hashsalt": "tabletop",
    "path.simplify": True,
}


def applied(*, living_text: bool = False) -> AbstractContextManager[None]:
    """Within it figures look like this, whatever a user's own settings are; nothing is left behind.

    The texts of an SVG are outlines, or `living_text` that whoever shows it shapes in its own fonts.
    """
    return matplotlib.style.context(
        [
            "default",
            _SETTINGS,
            {"font.family": [*families()], "svg.fonttype": "none" if living_text else "path"},
        ]
    )


@dataclass(frozen=True)
class Mark:
    """The mark of a verdict, and the word for it."""

    word: str
    colour: str
    shape: str
    filled: bool = True

    def drawn(self, size: float = 10.0) -> dict[str, Any]:
        """What matplotlib's `plot` takes."""
        return {
            "marker": self.shape,
            "markersize": size,
            "color": self.colour,
            "markeredgecolor": self.colour,
            "markerfacecolor": self.colour if self.filled else PAPER,
            "markeredgewidth": 2.0,
        }


DASHED = (0, (3, 2))
"""The line of an interval that covers less than it says."""

_BETTER = Mark("better", BLUE, "o")
_WORSE = Mark("worse", VERMILLION, "s")
_HIGHER = Mark("higher", BLACK, "^")
_LOWER = Mark("lower", BLACK, "v")
_UNDECIDED = Mark("undecided", "#7a7a7a", "o", filled=False)

MARKS: dict[ContrastVerdict, Mark] = {
    ContrastVerdict.BETTER: _BETTER,
    ContrastVerdict.SLIGHTLY_BETTER: _BETTER,
    ContrastVerdict.WORSE: _WORSE,
    ContrastVerdict.SLIGHTLY_WORSE: _WORSE,
    ContrastVerdict.HIGHER: _HIGHER,
    ContrastVerdict.SLIGHTLY_HIGHER: _HIGHER,
    ContrastVerdict.LOWER: _LOWER,
    ContrastVerdict.SLIGHTLY_LOWER: _LOWER,
    ContrastVerdict.EQUIVALENT: Mark("as good as equal", INK, "D"),
    ContrastVerdict.UNDECIDED: _UNDECIDED,
    ContrastVerdict.UNADJUSTED: Mark("no verdict: interval not adjusted", QUIET, "d", filled=False),
    ContrastVerdict.ONE_REPLICATION: Mark("one replication: no interval", QUIET, "x"),
    ContrastVerdict.TOO_LITTLE: Mark("too little data for a verdict", QUIET, "x"),
    ContrastVerdict.NO_DIFFERENCE_SEEN: Mark("no difference seen", QUIET, "|"),
    ContrastVerdict.SAME_POLICY: Mark("same policy", QUIET, "|"),
    ContrastVerdict.MISSING: Mark("missing", QUIET, "|"),
}
"""A verdict that is 'by less than δ' looks like its greater sister: it lies inside the δ zone."""


def luminance(colour: str) -> float:
    """How light a '#rrggbb' colour is in grey, from 0 to 1 (ITU-R BT.601, as image programs convert)."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def ink_on(ground: str) -> str:
    """Black or white, whichever stands out more from a ground (contrast ratio of WCAG 2)."""
    channels = [int(ground[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return BLACK if (light + 0.05) / 0.05 >= 1.05 / (light + 0.05) else PAPER
