"""Standard streams: what goes to them is safe for a terminal, and one that is closed breaks nothing."""

import errno
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO

from tabletop.errors import TabletopError, in_words
from tabletop.safe_text import safe

_OURS = re.compile(r"(\x1b\[(?:[0-9;]*m|[0-9]*[AK]|\?25[hl])|\r)")
"""What colours a text, and draws a bar over itself: nothing that leaves the line or clears the screen."""


class OutputLost(TabletopError):
    """Nothing more can be printed: what was written to files is there."""


class SafeStream:
    """Standard output or error; everything that is printed passes here."""

    def __init__(self, stream: TextIO, name: str, *, is_closed: bool) -> None:
        self._stream = stream
        self._name = name
        self._lost = "is closed, so that nothing was shown" if is_closed else ""
        """Why nothing can be printed any more."""
        self._is_missed = False

    def write(self, text: str) -> int:
        """Print a text without what a screen should not be given."""
        if not isinstance(text, str):
            raise TypeError("text is printed here, and no bytes")  # asked by who wants to know which it takes
        if self._lost or not text:
            self._is_missed = self._is_missed or bool(text.strip())
            return len(text)
        parts = _OURS.split(text)
        with self._told():
            self._stream.write("".join(safe(part) if n % 2 == 0 else part for n, part in enumerate(parts)))
        return len(text)

    def flush(self) -> None:
        """See that it has come out."""
        if not self._lost:
            with self._told():
                self._stream.flush()

    def finish(self) -> None:
        """Raise OutputLost if something was to be printed that could not be."""
        self.flush()
        if self._is_missed:
            raise self._loss()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError) as error:
            self._lost = f"cannot be written to: {in_words(error)}"
            if self._name == "error":
                return  # progress and notes: what was asked for does not need them
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise  # whoever read has seen enough
            raise self._loss() from None

    def _loss(self) -> OutputLost:
        return OutputLost(f"standard {self._name} {self._lost}; what went to files is there")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def safe_streams() -> Iterator[None]:
    """The standard streams as SafeStreams; where the system has closed one, it is as if it were empty.

    Raises OutputLost in the end if standard output was closed, and something was to be printed.
    """
    closed = _filled()
    before = sys.stdout, sys.stderr, sys.stdin
    out, err = (
        SafeStream(_usable(stream, "w"), name, is_closed=number in closed or stream is None)
        for number, stream, name in ((1, sys.stdout, "output"), (2, sys.stderr, "error"))
    )
    sys.stdout, sys.stderr = out, err
    sys.stdin = _usable(sys.stdin, "r")
    try:
        yield
        out.finish()
    except SystemExit as leaving:
        if not leaving.code:
            out.finish()
        raise
    finally:
        for stream, number in ((before[0], 1), (before[1], 2)):
            _let_go(stream, number)
        sys.stdout, sys.stderr, sys.stdin = before


def asks_nobody() -> bool:
    """Whether standard input is closed, so that no question can be answered."""
    return getattr(sys.stdin, "name", "") == os.devnull


def _filled() -> set[int]:
    """Numbers of standard streams that are closed; each is opened on nothing, or the next file took it."""
    closed = set()
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            closed.add(number)
            with suppress(OSError):
                os.open(os.devnull, os.O_RDWR)  # the lowest number that is free: this one
    return closed


def _usable(stream: TextIO | None, mode: str) -> Any:
    """The stream; one on nothing, where there is none. What it cannot encode it replaces."""
    if stream is None:
        return open(os.devnull, mode, encoding="utf-8")  # noqa: PTH123 (for as long as the process lasts)
    if mode == "w" and hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="replace")
    return stream


def _let_go(stream: TextIO | None, number: int) -> None:
    """Leave nothing behind that Python would complain of when it ends."""
    try:
        if stream is not None:
            stream.flush()
    except (OSError, ValueError):
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), number)
