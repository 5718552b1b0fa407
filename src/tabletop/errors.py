"""Mistakes that a user can make."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

SHOWN = 100
"""Problems told at once; a file that is wrong throughout need not fill the screen."""


class TabletopError(Exception):
    """A mistake of the user's, told in words that say what would be right; the command line exits with 2."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a scenario file: where it is, and what would be right."""

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
    """A scenario file that says something wrong: all its problems, in the order of their lines."""

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
    def among(cls, what: str, name: str, names: Iterable[str]) -> "UnknownName":
        """No such `what`; says which is nearest, and which there are."""
        known = list(names)
        near = get_close_matches(name, known, n=1)
        hint = f"; did you mean '{near[0]}'?" if near else ""
        return cls(f"'{name}': no such {what}{hint} (there are: {', '.join(known)})")
