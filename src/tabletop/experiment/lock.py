"""The lock of a folder of results, or of an exercise: one process writes it at a time."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO

from tabletop.errors import TabletopError, in_words
from tabletop.outputs import unwritable

NAME = ".lock"
LONGEST = 100
"""Bytes: a lock says which process holds it, and nothing else."""


@contextmanager
def locked(
    folder: Path,
    *,
    otherwise: str = "wait until it is finished, or name another folder with --out",
    program: str = "",
) -> Iterator[None]:
    """Nobody else writes the folder meanwhile; the system lets go when a process ends, however it ends.

    Raises TabletopError if another process holds the lock, which says what to do `otherwise`, or if nothing
    can be written there. What `program` holds it can be read by others.
    """
    with _opened(folder) as file:
        try:
            is_mine = _taken(file)
        except OSError as error:
            raise TabletopError(f"{folder}: cannot be locked: {in_words(error)}") from error
        if not is_mine:
            file.seek(0)
            holder = file.read(LONGEST).decode(errors="replace").strip()
            raise TabletopError(f"{folder}: {holder or 'another process'} is writing there; {otherwise}")
        _say(file, f"process {os.getpid()}" + (f" ({program})" if program else ""))
        try:
            yield
        finally:
            _say(file, "")


def holder(folder: Path) -> str:
    """Who holds the lock of a folder, as it says: `process 71 (tabletop serve)`; empty if nobody does."""
    if not (folder / NAME).exists():
        return ""
    with _opened(folder) as file:
        said = file.read(LONGEST).decode(errors="replace").strip()
        # a process that was killed left its text behind, and no lock
        return said if said and not _taken(file) else ""


def _opened(folder: Path) -> BinaryIO:
    place = folder / NAME
    try:
        file = os.fdopen(os.open(place, _OPENING, 0o666), "r+b", buffering=0)
    except OSError as error:
        if place.is_symlink():
            raise _no_lock(place) from None
        raise unwritable(folder, error) from error
    status = os.fstat(file.fileno())
    # whatever else bears that name, or has another name as well, is not emptied
    if not S_ISREG(status.st_mode) or status.st_nlink > 1 or status.st_size > LONGEST:
        file.close()
        raise _no_lock(place)
    return file


def _no_lock(place: Path) -> TabletopError:
    return TabletopError(
        f"{place}: not the lock of a results folder; remove it, or name another folder with --out"
    )


def _say(file: BinaryIO, text: str) -> None:
    """Write who holds the lock; on a full disk it is held all the same."""
    with suppress(OSError):
        file.truncate(0)
        file.seek(0)
        file.write(text.encode())


_OPENING = (
    os.O_RDWR
    | os.O_CREAT
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
)


if sys.platform == "win32":
    import msvcrt

    def _taken(file: BinaryIO) -> bool:
        # far behind the text, which others are to read
        file.seek(1 << 20)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _taken(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
