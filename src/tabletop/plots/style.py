"""The style of all figures: sizes, colours for the colour-blind, and marks that are distinct in grey.

The colours are those of Okabe & Ito (2008). No meaning rests on colour alone: marks differ in shape,
and in grey they differ in lightness.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import matplotlib.style

from tabletop.analysis.contrast import ContrastVerdict
from tabletop.plots.typefaces import families

TEXT = 14.0
"""Points of the smallest text: 19 of 720 pixels, which the back row reads."""
HEAD = 15.0
TITLE = 19.0

BLACK = "#000000"
INK = "#222222"
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
    "svg.fonttype": "path",
    "svg.hashsalt": "tabletop",
    "path.simplify": True,
}


def applied() -> AbstractContextManager[None]:
    """Within it figures look like this, whatever a user's own settings are; nothing is left behind."""
    return matplotlib.style.context(["default", {**_SETTINGS, "font.family": [*families()]}])


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
_UNDECIDED = Mark("undecided", "#999999", "o", filled=False)

MARKS: dict[ContrastVerdict, Mark] = {
    ContrastVerdict.BETTER: _BETTER,
    ContrastVerdict.SLIGHTLY_BETTER: _BETTER,
    ContrastVerdict.WORSE: _WORSE,
    ContrastVerdict.SLIGHTLY_WORSE: _WORSE,
    ContrastVerdict.HIGHER: _HIGHER,
    ContrastVerdict.SLIGHTLY_HIGHER: _HIGHER,
    ContrastVerdict.LOWER: _LOWER,
    ContrastVerdict.SLIGHTLY_LOWER: _LOWER,
    ContrastVerdict.EQUIVALENT: Mark("equivalent within δ", BLACK, "D"),
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
