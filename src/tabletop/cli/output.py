"""Output: files that commands write, and what they print on."""

from pathlib import Path
from typing import Any

from rich.console import Console

from tabletop.errors import TabletopError, in_words
from tabletop.safe_text import safe

PLAIN_WIDTH = 100
"""Columns of what is not printed on a terminal."""


def write(path: Path, text: str, *, new: bool = False) -> None:
    """Writes a text file; with `new`, only one that does not exist yet."""
    try:
        with path.open("x" if new else "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise TabletopError(f"{path}: exists already, and is left as it is; choose another name") from None
    except (OSError, ValueError) as error:
        raise TabletopError(f"{path}: cannot be written: {in_words(error)}") from None


class SafeConsole(Console):
    """A console that prints texts as they are, with what a screen should not be given spelled out."""

    def print(self, *objects: Any, **how: Any) -> None:
        """Print objects; texts among them are made safe."""
        super().print(*(safe(one) if isinstance(one, str) else one for one in objects), **how)


def console() -> Console:
    """Where tables go: plain text at 100 columns when that is not a terminal."""
    found = SafeConsole(markup=False, highlight=False, emoji=False)
    if not found.is_terminal:
        found = SafeConsole(markup=False, highlight=False, emoji=False, width=PLAIN_WIDTH, color_system=None)
    return found
