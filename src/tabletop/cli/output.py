"""Output: files that commands write, and what they print on."""

from pathlib import Path

from rich.console import Console

from tabletop.errors import TabletopError

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
        raise TabletopError(
            f"{path}: cannot be written: {getattr(error, 'strerror', None) or error}"
        ) from None


def console() -> Console:
    """Where tables go: plain text at 100 columns when that is not a terminal."""
    found = Console(markup=False, highlight=False, emoji=False)
    if not found.is_terminal:
        found = Console(markup=False, highlight=False, emoji=False, width=PLAIN_WIDTH, color_system=None)
    return found
