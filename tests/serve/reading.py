"""How a page reads to somebody who hears it: its accessibility tree, beside the one that is kept for it.

With `WRITE_READINGS` in the environment, what is read is kept anew instead of being compared.
"""

import os
import re
from difflib import unified_diff
from pathlib import Path

FOLDER = Path(__file__).parent / "readings"
CHANGING = (
    (r"\d+:\d\d (left|over)", r"0:00 \1"),
    (r"minute \d+", "minute 0"),
    (r"\b\d\d:\d\d\b", "00:00"),
    (r"https?://127\.0\.0\.1:\d+(/j/\w+)?", "http://ADDRESS"),
)
"""What differs from one class to the next: clocks, and where it is served."""
TRIES, PAUSE = 150, 200
"""Looks, and milliseconds between two: what is still being simulated arrives meanwhile."""
STILL = 15
"""Looks that have to be alike before they are kept."""


def reading(page):
    """What is read of a page."""
    said = page.locator("body").aria_snapshot()
    for pattern, instead in CHANGING:
        said = re.sub(pattern, instead, said)
    return f"{said}\n"


def reads_as(page, name):
    """Whether a page reads as it is kept under a name, once all of it is there."""
    path = FOLDER / f"{name}.yaml"
    if "WRITE_READINGS" in os.environ:
        path.write_text(_still(page), encoding="utf-8")
    kept = path.read_text(encoding="utf-8")
    for _ in range(TRIES):
        if (said := reading(page)) == kept:
            return True
        page.wait_for_timeout(PAUSE)
    lines = unified_diff(kept.splitlines(), said.splitlines(), f"{name}, as kept", "as it reads", lineterm="")
    raise AssertionError("\n".join(("CONTRIBUTING.md says how it is kept anew.", *lines)))


def _still(page):
    alike, before = 0, ""
    for _ in range(TRIES):
        said = reading(page)
        alike = alike + 1 if said == before else 0
        if alike == STILL:
            return said
        before = said
        page.wait_for_timeout(PAUSE)
    raise AssertionError(f"never still: {before}")
