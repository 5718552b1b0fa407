"""The lock of a results folder: one process writes it at a time."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tabletop.errors import TabletopError

NAME = ".lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Nobody else writes the folder meanwhile; the system lets go when a process ends, however it ends.

    Raises TabletopError if another process holds the lock, or nothing can be written there.
    """
    with _opened(folder) as file:
        if not _taken(file):
            file.seek(0)
            holder = file.read(100).decode(errors="replace").strip()
            raise TabletopError(
                f"{folder}: {holder or 'another process'} is writing there; "
                "wait until it is finished, or name another folder with --out"
            )
        file.truncate(0)
        file.write(f"process {os.getpid()}".encode())
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def _opened(folder: Path) -> BinaryIO:
    try:
        return (folder / NAME).open("a+b")
    except OSError as error:
        raise TabletopError(
            f"{folder}: cannot be written: {error.strerror or error}; name another folder with --out"
        ) from error


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
