"""Errors: mistakes that a user can make, with what would be right."""

import errno
import reprlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches

SHOWN = 100
"""Problems that one error prints; a file that is wrong throughout need not fill the screen."""


LONGEST = 60
"""Characters of a value, a key or a name that a message repeats, and that are compared."""


def closest(name: str, names: Iterable[str]) -> str | None:
    """The known name that was probably meant."""
    known = list(names)
    same = [k for k in known if k.casefold() == name.casefold()]
    found = same or get_close_matches(name[:LONGEST], known, n=1)
    return found[0] if found else None


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """The end of a message about an unknown name: the one that was probably meant, if there is one."""
    near = closest(name, names)
    return "" if near is None else f"; did you mean '{near}'?"


class TabletopError(Exception):
    """A mistake of the user's; its text says what would be right, and the command line exits with 2."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a scenario `file`: where it is, and in `message` what would be right."""

    file: str
    line: int
    """Counted from 1; 0 when the file could not be read at all."""
    path: str
    """Keys from the top of the file, as `injects[0].day`; empty for the file as a whole."""
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.path, self.message) if part)


class ScenarioError(TabletopError):
    """A scenario file with mistakes; `problems` holds every Problem, in the order of their lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.file, p.line, p.path, p.message)))
        super().__init__(self.problems)

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems[:SHOWN]]
        left = len(self.problems) - SHOWN
        if left > 0:
            lines.append(f"{self.problems[0].file}: and {left} more problems")
        return "\n".join(lines)


class UnknownName(TabletopError):
    """A name (of a mix, a measure, a scenario) that does not exist."""

    @classmethod
    def among(cls, what: str, name: object, names: Iterable[str]) -> "UnknownName":
        """The error that there is no such `what`; its text has the most similar name, and all there are."""
        known = list(names)
        near = did_you_mean(name, known) if isinstance(name, str) else "; its name is a text"
        shown = f"'{name}'" if isinstance(name, str) else reprlib.repr(name)
        return cls(f"{shown}: no such {what}{near} (there are: {', '.join(known)})")


def known_name(what: str, name: object, names: Collection[str]) -> str:
    """The name, if it is one of these; raises UnknownName for another, or for what is no text."""
    if not isinstance(name, str) or name not in names:
        raise UnknownName.among(what, name, names)
    return name


_ADVICE = {
    "no room left on the disk; free some, and give the same command again": ("ENOSPC", "EDQUOT"),
    "permission is missing; ask for it, or name another place": ("EACCES", "EPERM"),
    "the disk may only be read; name another folder": ("EROFS",),
    "the name is too long; choose a shorter one": ("ENAMETOOLONG",),
    "too many files are open; allow more of them (`ulimit -n 256`), or ask for one worker": (
        "EMFILE",
        "ENFILE",
    ),
    "the disk keeps no locks; name a folder on a disk of this machine": ("ENOLCK", "EOPNOTSUPP", "ENOSYS"),
    "the disk does not answer, or is gone; give the same command again when it is there": ("EIO", "ESTALE"),
    "something on the way is a file, and no folder; name another folder": ("ENOTDIR", "EEXIST"),
    "there is no such folder, or no longer; name another": ("ENOENT",),
    "a folder is there that has the name of a file; move it away, or name another place": ("EISDIR",),
    "more memory is needed than there is; ask for fewer workers": ("ENOMEM", "EAGAIN"),
}
"""What to say of refusals of the system, by the names that they have there."""
_SAID = {
    getattr(errno, name): advice
    for advice, names in _ADVICE.items()
    for name in names
    if hasattr(errno, name)
}


_OF_DATABASES = {
    "SQLITE_FULL": "ENOSPC",
    "SQLITE_READONLY": "EROFS",
    "SQLITE_PERM": "EACCES",
    "SQLITE_IOERR": "EIO",
    "SQLITE_NOMEM": "ENOMEM",
}
"""What SQLite calls the same."""


def in_words(error: Exception) -> str:
    """What the system refused, and what to do about it."""
    sqlite_name = getattr(error, "sqlite_errorname", "")
    if sqlite_name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "another process is using it; wait until that is finished, and give the same command again"
    if sqlite_name.startswith("SQLITE_CANTOPEN"):
        return (
            "it cannot be opened; see that the folder may be written to, that the disk has room, and that "
            "enough files may be open (`ulimit -n 256`)"
        )
    for name, same in _OF_DATABASES.items():
        if sqlite_name.startswith(name):
            return _SAID[getattr(errno, same)]
    if isinstance(error, UnicodeError):
        return "there is something in the name that is no character; choose another"
    if isinstance(error, OSError):
        return _SAID.get(error.errno or 0, error.strerror or str(error))
    return str(error)


class EngineNote(UserWarning):
    """Runs will be slow here, and why."""
