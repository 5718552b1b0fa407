"""Statements: the texts of a document, and how every renderer prepares them."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

from tabletop.safe_text import UNSAFE

Style = Literal["plain", "strong", "code", "aside"]

_UNFIT = re.compile(f"[{UNSAFE}\ufdd0-\ufdef]")
"""Characters that neither a page nor an office document may hold, or that turn what stands beside them."""
_MINUS = re.compile(r"(?:(?<=[\s(])|^)-(?=\d)")


@dataclass(frozen=True)
class Run:
    """A part of a text in one style: code can be copied, an aside is smaller."""

    text: str
    style: Style = "plain"
    to: str = ""
    """The place of the document to which it leads, by its id."""
    spoken: str = ""
    """What a screen reader reads instead, where the text is only a sign."""


@dataclass(frozen=True)
class Said:
    """A statement, and the lines of an exercise's log on which it rests."""

    parts: str | tuple[str | Run, ...]
    lines: tuple[int, ...] = ()

    @property
    def runs(self) -> tuple[Run, ...]:
        """Its parts, each as a run."""
        parts = (self.parts,) if isinstance(self.parts, str) else self.parts
        return tuple(Run(part) if isinstance(part, str) else part for part in parts)

    @property
    def text(self) -> str:
        """What it says, without its lines."""
        return "".join(run.text for run in self.runs)


Words = str | Said
"""A text of a document: a plain one, or one with runs of its own or lines behind it."""


def text_of(words: Words) -> str:
    """What a text says, as it was written."""
    return words if isinstance(words, str) else words.text


@dataclass(frozen=True)
class Statement:
    """A text as it is shown: with its references, without what cannot be shown, in its direction."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """What it says, as one string."""
        return "".join(run.text for run in self.runs)

    @property
    def is_rtl(self) -> bool:
        """Whether it runs from right to left: its first letter decides."""
        return next(
            (kind != "L" for kind in map(unicodedata.bidirectional, self.text) if kind in {"L", "R", "AL"}),
            False,
        )


def treated(words: Words, places: Collection[str] = (), *, as_typed: bool = False) -> Statement:
    """A text as every renderer shows it; only what leads to one of `places` becomes a link or a reference.

    `as_typed` leaves minus signs and spaces as a keyboard has them, for what is searched and copied.
    """
    said = Said(words) if isinstance(words, str) else words
    lines = [line for line in said.lines if line_place(line) in places]
    runs = (*said.runs, *_references(lines, " " if said.text else ""))
    return Statement(
        tuple(
            replace(
                run, text=fit(run.text) if as_typed else _typeset(run), to=run.to if run.to in places else ""
            )
            for run in runs
        )
    )


def line_place(line: int) -> str:
    """The id of a line of the log, where a document holds it."""
    return f"line-{line}"


def fit(text: str) -> str:
    """A text without what neither a page nor an office document should hold; its lines end in LF."""
    return _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text from a file: blank lines divide them, or lines, where none is blank."""
    found = fit(text).strip()
    parts = re.split(r"\n\s*\n", found) if re.search(r"\n\s*\n", found) else found.split("\n")
    return tuple(" ".join(part.split()) for part in parts if part.strip())


def _typeset(run: Run) -> str:
    """Fit, with a minus that is read out as one, and a per cent sign that stays with its number."""
    text = fit(run.text)
    return text if run.style == "code" else _MINUS.sub("−", text).replace(" %", "\N{NO-BREAK SPACE}%")


def _references(lines: list[int], gap: str) -> list[Run]:
    """The lines behind a statement, after a gap: '(log lines 9, 10)'."""
    runs = [Run(f"{gap}(log line{'s' if len(lines) > 1 else ''} ", "aside")] if lines else []
    for nth, line in enumerate(lines):
        runs += [Run(", ", "aside")] if nth else []
        runs.append(Run(str(line), "aside", line_place(line), f"log line {line}"))
    return [*runs, Run(")", "aside")] if lines else []
