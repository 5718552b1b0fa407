"""Inputs: files that are read whole, if they are ordinary and not too large."""

import os
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from tabletop.errors import TabletopError, in_words
from tabletop.safe_text import safe_line


class InputRefused(TabletopError):
    """A file that cannot be read: the path, and why without it."""

    def __init__(self, path: Path, why: str, *, missing: bool = False) -> None:
        self.why = why
        self.missing = missing
        # the whole path, so that it can be copied, but on one line
        super().__init__(f"{safe_line(str(path))}: {why}")


def content(path: Path, most: int, *, what: str = "a file") -> bytes:
    """The bytes of a file, `most` of them at most; `what` it should be, a refusal says.

    A pipe or a device is refused before it is opened, since it may never end. Raises InputRefused.
    """
    try:
        status = path.stat()
        if S_ISDIR(status.st_mode):
            raise InputRefused(path, f"a directory; name {what} in it")
        if not S_ISREG(status.st_mode):
            raise InputRefused(path, f"not an ordinary file; name {what}")
        if status.st_size > most:
            raise InputRefused(path, f"{status.st_size:,} bytes; {what} has at most {most:,}")
        # should it have become a pipe meanwhile, opening it does not wait for somebody who writes
        with os.fdopen(os.open(path, _READING), "rb") as file:
            found = file.read(most + 1)
    except FileNotFoundError:
        raise InputRefused(path, "no such file", missing=True) from None
    except PermissionError:
        raise InputRefused(path, "may not be read; ask for permission to read it") from None
    except (OSError, ValueError) as error:
        # ValueError: a name with a NUL in it
        raise InputRefused(path, f"cannot be read: {in_words(error)}") from None
    if len(found) > most:
        raise InputRefused(path, f"more than {most:,} bytes; {what} has fewer")
    return found


_READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
