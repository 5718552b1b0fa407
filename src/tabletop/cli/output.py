"""Output: files that commands write, and what they print on."""

import json
import os
import sys
from io import TextIOBase
from math import isfinite
from pathlib import Path
from typing import IO, Any, cast

import typer
from rich.console import Console

from tabletop.errors import TabletopError
from tabletop.outputs import put_files
from tabletop.safe_text import safe

PLAIN_WIDTH = 100
"""Columns of what is not printed on a terminal."""


def write(path: Path, text: str, *, new: bool = False) -> None:
    """Writes a text file, whole; with `new`, only one that does not exist yet."""
    if new and os.path.lexists(path):
        raise TabletopError(f"{path}: exists already, and is left as it is; choose another name")
    put_files(path.parent, {path.name: [text]})


class SafeConsole(Console):
    """A console that prints texts as they are, with what a screen should not be given spelled out."""

    def print(self, *objects: Any, **how: Any) -> None:
        """Print objects; texts among them are made safe."""
        super().print(*(safe(one) if isinstance(one, str) else one for one in objects), **how)


def console() -> Console:
    """Where tables go. NO_COLOR takes every style away, whatever FORCE_COLOR says.

    What is no terminal gets plain text, as wide as COLUMNS says, or 100 columns.
    """
    found = SafeConsole(markup=False, highlight=False, emoji=False)
    if found.is_terminal and not os.environ.get("NO_COLOR"):
        return found
    if found.is_terminal:
        return SafeConsole(markup=False, highlight=False, emoji=False, color_system=None)
    width = asked_width() or PLAIN_WIDTH
    return SafeConsole(
        file=cast("IO[str]", _Trimmed()),
        markup=False,
        highlight=False,
        emoji=False,
        width=width,
        color_system=None,
    )


class _Trimmed(TextIOBase):
    """Standard output, whichever it is then, without the blanks that fill the lines of tables."""

    def __init__(self) -> None:
        self._begun = ""

    def write(self, text: str, /) -> int:
        """Every whole line, and the beginning of one that has no blanks at its end yet."""
        *lines, self._begun = f"{self._begun}{text}".split("\n")
        sys.stdout.write("".join(f"{line.rstrip(' ')}\n" for line in lines))
        return len(text)

    def flush(self) -> None:
        """What was begun stands there, as a prompt does, with its blanks."""
        begun, self._begun = self._begun, ""
        sys.stdout.write(begun)
        sys.stdout.flush()

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """That of standard output; rich chooses its lines by it."""
        return sys.stdout.encoding


def asked_width() -> int | None:
    """The columns that COLUMNS asks for; None where it asks for none."""
    asked = os.environ.get("COLUMNS", "")
    return int(asked) or None if asked.isdecimal() and len(asked) < 6 else None


def print_json(data: Any) -> None:
    """Data as JSON, alone on standard output; an infinite number is the text inf or -inf."""
    typer.echo(json.dumps(_finite(data), indent=2, ensure_ascii=False, allow_nan=False))


def _finite(data: Any) -> Any:
    match data:
        case dict():
            return {key: _finite(value) for key, value in data.items()}
        case list() | tuple():
            return [_finite(value) for value in data]
        case float() if not isfinite(data):
            return str(data)
        case _:
            return data
