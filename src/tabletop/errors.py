"""Errors: mistakes that a user can make, with what would be right."""

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


class EngineNote(UserWarning):
    """Runs will be slow here, and why."""
