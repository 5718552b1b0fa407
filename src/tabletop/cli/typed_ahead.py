"""What was typed while nobody asked: thrown away, so that no stray key answers the next question."""

import os
import select
import stat
import sys
from contextlib import suppress

ENOUGH = 65_536
"""Bytes that are read away at once."""


def discard_typed_ahead() -> None:
    """Throw away what waits on standard input: keys of a terminal, lines of a pipe; a file is left alone."""
    try:
        number = sys.stdin.fileno()
        mode = os.fstat(number).st_mode
    except (OSError, ValueError, AttributeError):
        return  # no stream of the system
    if os.isatty(number):
        _discard_keys(number)
    elif stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode):
        with suppress(OSError, ValueError):
            while select.select([number], [], [], 0)[0] and os.read(number, ENOUGH):
                pass


def _discard_keys(number: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        while msvcrt.kbhit():
            msvcrt.getwch()
    else:
        import termios

        with suppress(termios.error):
            termios.tcflush(number, termios.TCIFLUSH)
